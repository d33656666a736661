using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>
/// Every way through a flow graph while a job goes from under way to one given state. A node is a block together with what is
/// known when it is entered; where a branch is undecided, both ways are walked.
/// </summary>
internal sealed class JobWalk
{
    // The bound on the work for one state. Real methods stay under a few hundred nodes; past it nothing is decided.
    private const int MaxNodes = 4000;

    private readonly JobVocabulary _vocabulary;
    private readonly ControlFlowGraph _graph;
    private readonly JobState _before;
    private readonly JobState _after;
    private readonly bool _stopAtChecks;
    private readonly int _depth;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<(int Block, bool Ended, JobEnvironment Environment), int> _index = [];
    private readonly List<Node> _nodes = [];
    private readonly Queue<int> _pending = new();
    private readonly Dictionary<CaptureId, ILocalSymbol> _capturedTargets = [];

    private JobWalk(JobVocabulary vocabulary, ControlFlowGraph graph, JobState before, JobState after, bool stopAtChecks, int depth, CancellationToken cancellationToken)
    {
        _vocabulary = vocabulary;
        _graph = graph;
        _before = before;
        _after = after;
        _stopAtChecks = stopAtChecks;
        _depth = depth;
        _cancellationToken = cancellationToken;

        // "flag = a || b" becomes branches between the evaluation of its target and the assignment, so that the graph captures
        // the target as well.
        foreach (var capture in graph.Blocks.SelectMany(static block => block.Operations).OfType<IFlowCaptureOperation>())
        {
            if (capture.Value is ILocalReferenceOperation { Local: var local })
            {
                _capturedTargets[capture.Id] = local;
            }
        }
    }

    /// <summary>Gets a value indicating whether the bound was reached, so that nothing may be concluded.</summary>
    public bool IsUndecided { get; private set; }

    /// <summary>Gets the reads of a missing result that were put to use after the job had ended.</summary>
    public HashSet<IOperation> UsedMissingResults { get; } = [];

    /// <summary>Walks the graph from its entry.</summary>
    /// <param name="vocabulary">What the expressions of the body mean for the job.</param>
    /// <param name="graph">The graph of one method, lambda or local function.</param>
    /// <param name="before">The state of the job until it is read again in a loop, or waited for.</param>
    /// <param name="after">The state that it then has, for good.</param>
    /// <param name="stopAtChecks">Whether a branch that hangs on the job in a way that is not understood ends the way.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public static JobWalk Run(JobVocabulary vocabulary, ControlFlowGraph graph, JobState before, JobState after, bool stopAtChecks, CancellationToken cancellationToken)
    {
        var walk = new JobWalk(vocabulary, graph, before, after, stopAtChecks, depth: 0, cancellationToken);
        walk.Enter(graph.Blocks[0].Ordinal, ended: ReferenceEquals(before, after), JobEnvironment.Empty);
        walk.Exhaust();
        return walk;
    }

    /// <summary>What the returns of a helper method may yield: true, false, or null for undecided.</summary>
    public static IEnumerable<bool?> Returns(JobVocabulary vocabulary, ControlFlowGraph graph, JobEnvironment start, JobState state, int depth, CancellationToken cancellationToken)
    {
        var walk = new JobWalk(vocabulary, graph, state, state, stopAtChecks: false, depth, cancellationToken);
        walk.Enter(graph.Blocks[0].Ordinal, ended: true, start);
        walk.Exhaust();
        return walk.IsUndecided ? [null] : walk._nodes.Where(static node => node.Returns is not null).SelectMany(static node => node.Returns!).Distinct();
    }

    /// <summary>What became of the ways that entered a loop with the job in its last state.</summary>
    public LoopOutcome OutcomeOf(ImmutableArray<LoopMembership> membership)
    {
        var inside = new List<int>();
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (_nodes[i].Ended && membership[_nodes[i].Block] == LoopMembership.Inside)
            {
                inside.Add(i);
            }
        }

        if (inside.Count == 0)
        {
            return default;
        }

        var leaves = Closure((node, reached) =>
            membership[node.Block] != LoopMembership.Outside
            && (node.Escaped || node.LeavesFunction || node.Throws || node.Next.Any(next => membership[_nodes[next].Block] == LoopMembership.Outside || reached[next])));
        var leavesQuietly = Closure((node, reached) =>
            membership[node.Block] != LoopMembership.Outside
            && (node.Escaped || node.LeavesFunction || node.Next.Any(next => membership[_nodes[next].Block] == LoopMembership.Outside || reached[next])));

        // A node goes round for ever where not every way from it has to leave.
        var mustLeave = Closure((node, reached) =>
            membership[node.Block] != LoopMembership.Outside
            && node.Next.All(next => membership[_nodes[next].Block] == LoopMembership.Outside || reached[next]));

        return new LoopOutcome(
            IsEntered: true,
            MayLeave: inside.Any(node => leaves[node]),
            MayLeaveQuietly: inside.Any(node => leavesQuietly[node]),
            MayStay: inside.Any(node => !mustLeave[node]));
    }

    /// <summary>The blocks outside the loop that were reached.</summary>
    public HashSet<int> BlocksOutside(ImmutableArray<LoopMembership> membership) =>
        [.. _nodes.Select(static node => node.Block).Where(block => membership[block] != LoopMembership.Inside)];

    private bool[] Closure(Func<Node, bool[], bool> holds)
    {
        var reached = new bool[_nodes.Count];
        var changed = true;
        while (changed)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            changed = false;

            // Successors mostly have higher numbers, so that walking backwards settles most graphs in two rounds.
            for (var i = _nodes.Count - 1; i >= 0; i--)
            {
                if (!reached[i] && holds(_nodes[i], reached))
                {
                    reached[i] = true;
                    changed = true;
                }
            }
        }

        return reached;
    }

    private void Exhaust()
    {
        while (_pending.Count > 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (_nodes.Count > MaxNodes)
            {
                IsUndecided = true;
                return;
            }

            Step(_nodes[_pending.Dequeue()]);
        }
    }

    private int Enter(int block, bool ended, JobEnvironment environment)
    {
        var key = (block, ended, environment);
        if (!_index.TryGetValue(key, out var index))
        {
            index = _nodes.Count;
            _index.Add(key, index);
            _nodes.Add(new Node(block, ended, environment));
            _pending.Enqueue(index);
        }

        return index;
    }

    private void Step(Node node)
    {
        var block = _graph.Blocks[node.Block];
        if (!node.Ended)
        {
            var change = _vocabulary.EventIn(block, _cancellationToken);
            if (change != JobEvent.None)
            {
                node.Next.Add(Enter(node.Block, ended: true, node.Environment));
            }

            if (change == JobEvent.Wait)
            {
                return;
            }
        }

        var evaluator = new JobEvaluator(_vocabulary, _capturedTargets, node.Environment, node.Ended ? _after : _before, _depth, _cancellationToken);
        foreach (var operation in block.Operations)
        {
            evaluator.Evaluate(operation);
            node.LeavesFunction |= operation is IReturnOperation { Kind: OperationKind.YieldReturn };
            if (evaluator.Threw || IsChecked(node, evaluator))
            {
                break;
            }
        }

        var stopped = evaluator.Threw || IsChecked(node, evaluator);
        var value = stopped ? JobValue.Unknown : evaluator.Evaluate(block.BranchValue);
        if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return && block.BranchValue is not null && !ReturnsNullable())
        {
            evaluator.Use(value);
        }

        if (node.Ended)
        {
            UsedMissingResults.UnionWith(evaluator.UsedMissingResults);
        }

        node.Escaped = evaluator.Escaped;
        node.Throws = evaluator.Threw;
        if (evaluator.Threw || IsChecked(node, evaluator))
        {
            return;
        }

        if (block.ConditionKind == ControlFlowConditionKind.None)
        {
            if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return)
            {
                (node.Returns ??= []).Add(value.AsBoolean());
            }

            Follow(node, block.FallThroughSuccessor, evaluator.Environment);
            return;
        }

        var answer = value.AsBoolean();
        if (_stopAtChecks && node.Ended && answer is null && value.ConcernsJob)
        {
            return;
        }

        var conditional = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        if (answer != !conditional)
        {
            Follow(node, block.ConditionalSuccessor, evaluator.Environment);
        }

        if (answer != conditional)
        {
            Follow(node, block.FallThroughSuccessor, evaluator.Environment);
        }
    }

    // Code out of view was given the job: it may have thrown for a job that failed.
    private bool IsChecked(Node node, JobEvaluator evaluator) => _stopAtChecks && node.Ended && evaluator.Escaped;

    private void Follow(Node node, ControlFlowBranch? branch, JobEnvironment environment)
    {
        switch (branch)
        {
            case { Semantics: ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow or ControlFlowBranchSemantics.ProgramTermination or ControlFlowBranchSemantics.Error }:
                node.Throws = true;
                EnterHandlers(node, ThrownBy(node), environment);
                break;

            case { Destination: { Kind: BasicBlockKind.Exit } }:
                node.LeavesFunction = true;
                break;

            case { Destination: { } destination }:
                node.Next.Add(Enter(destination.Ordinal, node.Ended, environment));
                break;
        }
    }

    // What a throw statement throws, where its type is in view.
    private ITypeSymbol? ThrownBy(Node node) => _graph.Blocks[node.Block] is { FallThroughSuccessor.Semantics: ControlFlowBranchSemantics.Throw, BranchValue: { } thrown } ? thrown.Unwrap().Type : null;

    /// <summary>An exception may be caught in the same method: by the first handler that certainly takes its type, or by any that may.</summary>
    private void EnterHandlers(Node node, ITypeSymbol? thrown, JobEnvironment environment)
    {
        for (var region = _graph.Blocks[node.Block].EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion.Kind: ControlFlowRegionKind.TryAndCatch })
            {
                continue;
            }

            foreach (var handler in region.EnclosingRegion.NestedRegions)
            {
                if (handler.Kind is not (ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler))
                {
                    continue;
                }

                var takes = Takes(handler, thrown);
                if (takes != false)
                {
                    node.Next.Add(Enter(handler.FirstBlockOrdinal, node.Ended, environment));
                }

                if (takes == true)
                {
                    return;
                }
            }
        }
    }

    private static bool? Takes(ControlFlowRegion handler, ITypeSymbol? thrown)
    {
        if (thrown is null || handler.ExceptionType is not { } caught || caught.SpecialType == SpecialType.System_Object)
        {
            return null;
        }

        return DerivesFrom(thrown, caught) ? handler.Kind == ControlFlowRegionKind.Catch ? true : null
            : DerivesFrom(caught, thrown) ? null
            : false;
    }

    private static bool DerivesFrom(ITypeSymbol type, ITypeSymbol from)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, from))
            {
                return true;
            }
        }

        return false;
    }

    // Returning the missing result as "string?" tells the caller; the caller decides.
    private bool ReturnsNullable()
    {
        var operation = _graph.OriginalOperation;
        var method = operation switch
        {
            ILocalFunctionOperation function => function.Symbol,
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            _ => operation.SemanticModel?.GetDeclaredSymbol(operation.Syntax, _cancellationToken) as IMethodSymbol,
        };

        var type = method?.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } ? result : method?.ReturnType;
        return type?.NullableAnnotation == NullableAnnotation.Annotated;
    }

    private sealed class Node(int block, bool ended, JobEnvironment environment)
    {
        public int Block { get; } = block;

        public bool Ended { get; } = ended;

        public JobEnvironment Environment { get; } = environment;

        public List<int> Next { get; } = [];

        public bool LeavesFunction { get; set; }

        public bool Throws { get; set; }

        public bool Escaped { get; set; }

        public List<bool?>? Returns { get; set; }
    }
}

/// <summary>Where a block stands with regard to a loop. An empty block belongs to whatever comes after it.</summary>
internal enum LoopMembership
{
    Neutral,
    Inside,
    Outside,
}

/// <summary>What became of the ways that entered a loop with the job in one state.</summary>
internal readonly record struct LoopOutcome(bool IsEntered, bool MayLeave, bool MayLeaveQuietly, bool MayStay);
