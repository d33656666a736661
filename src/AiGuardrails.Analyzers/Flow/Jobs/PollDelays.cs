using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>
/// The shortest time that certainly passes between two reads in one loop: over every way from a read, through the beginning of
/// a new round, to the next read, while the job stays in one state. Conditions on the job are decided by that state; where another
/// condition is undecided, the slower way counts. A way through a handler counts unless the handler can leave the loop.
/// </summary>
internal sealed class PollDelays
{
    // Real methods stay under a few hundred; past it nothing is known.
    private const int MaxNodes = 2000;

    // Going through the nodes backwards settles most graphs in three rounds.
    private const int MaxRounds = 32;

    // A time that is not known, as a number: longer than any that is asked for. Infinite stands for a way that is not walked yet.
    private const double VeryLong = 1e9;

    private readonly LoopGraph _loop;
    private readonly Func<IOperation, bool> _isRead;
    private readonly Delays _delays;
    private readonly JobVocabulary? _vocabulary;
    private readonly JobState? _state;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<(int Block, JobEnvironment Environment), int> _index = [];
    private readonly List<Node> _nodes = [];
    private readonly Queue<int> _pending = new();
    private readonly Dictionary<BasicBlock, ImmutableArray<Step>> _steps = [];
    private readonly Dictionary<CaptureId, ILocalSymbol> _capturedTargets = [];

    private PollDelays(LoopGraph loop, Func<IOperation, bool> isRead, Delays delays, JobVocabulary? vocabulary, JobState? state, CancellationToken cancellationToken)
    {
        _loop = loop;
        _isRead = isRead;
        _delays = delays;
        _vocabulary = vocabulary;
        _state = state;
        _cancellationToken = cancellationToken;
        foreach (var capture in loop.Graph.Blocks.SelectMany(static block => block.Operations).OfType<IFlowCaptureOperation>())
        {
            if (capture.Value is ILocalReferenceOperation { Local: var local })
            {
                _capturedTargets[capture.Id] = local;
            }
        }
    }

    /// <summary>The time in milliseconds between two reads of a poll loop, at its shortest over the states in which the job goes on.</summary>
    public static double Between(PollLoop poll, Delays delays, CancellationToken cancellationToken) =>
        poll.Job.States
            .Where(static state => state.Kind is JobStateKind.Pending or JobStateKind.Working or JobStateKind.Held)
            .Select(state => Between(poll.Graph, poll.IsRead, delays, poll.Vocabulary, state, cancellationToken))
            .DefaultIfEmpty(Delays.Unknown)
            .Min();

    /// <summary>The same for any loop; infinite where it is not known, or where no read follows another.</summary>
    public static double Between(LoopGraph loop, Func<IOperation, bool> isRead, Delays delays, JobVocabulary? vocabulary, JobState? state, CancellationToken cancellationToken)
    {
        var walk = new PollDelays(loop, isRead, delays, vocabulary, state, cancellationToken);
        return walk.Explore() ? walk.Shortest() : Delays.Unknown;
    }

    private bool Explore()
    {
        Enter(_loop.Graph.Blocks[0], JobEnvironment.Empty);
        while (_pending.Count > 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (_nodes.Count > MaxNodes)
            {
                return false;
            }

            Follow(_nodes[_pending.Dequeue()]);
            if (_pending.Count == 0 && !_nodes.Any(node => _loop.IsInside(node.Block)))
            {
                // Behind another loop that stays in this state; nothing is known of locals then.
                Enter(_loop.Head, JobEnvironment.Empty);
            }
        }

        return true;
    }

    private int Enter(BasicBlock block, JobEnvironment environment)
    {
        var key = (block.Ordinal, environment);
        if (!_index.TryGetValue(key, out var index))
        {
            index = _nodes.Count;
            _index.Add(key, index);
            _nodes.Add(new Node(block, environment));
            _pending.Enqueue(index);
        }

        return index;
    }

    private void Follow(Node node)
    {
        var block = node.Block;
        var isInside = _loop.IsInside(block);
        if (isInside)
        {
            foreach (var handler in _loop.ExceptionEdgesFrom(block).Where(edge => !CanLeave(edge.Block!)))
            {
                node.Handlers.Add(Enter(handler.Block!, node.Environment));
            }
        }

        var environment = node.Environment;
        bool? answer = null;
        if (_vocabulary is not null && _state is not null)
        {
            var evaluator = new JobEvaluator(_vocabulary, _capturedTargets, environment, _state, depth: 0, _cancellationToken);
            foreach (var operation in block.Operations)
            {
                evaluator.Evaluate(operation);
                if (evaluator.Threw)
                {
                    return;
                }
            }

            answer = evaluator.Evaluate(block.BranchValue).AsBoolean();
            environment = evaluator.Environment;
        }

        var branches = LoopGraph.BranchesOf(block).ToArray();
        if (branches.Length == 2 && answer is { } decided)
        {
            var conditional = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            branches = [decided == conditional ? block.ConditionalSuccessor! : block.FallThroughSuccessor!];
        }

        node.IsUndecided = branches.Length == 2;
        foreach (var branch in branches)
        {
            foreach (var edge in _loop.EdgesOf(block, branch))
            {
                if (edge.Block is { } next)
                {
                    node.Next.Add(new Way(Enter(next, environment), edge.Kind, isInside ? FinallyOf(branch) : 0));
                }
            }
        }
    }

    /// <summary>Whether the handler that begins here has a way out of the loop of its own: a count of errors, an error that is let through.</summary>
    private bool CanLeave(BasicBlock handler)
    {
        var region = handler.EnclosingRegion;
        while (region.EnclosingRegion is { } outer && outer.Kind is not (ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.Try or ControlFlowRegionKind.Root))
        {
            region = outer;
        }

        if (TypesOf(region).Any(static type => type.Name is "OperationCanceledException" or "TaskCanceledException"))
        {
            return true;
        }

        for (var i = region.FirstBlockOrdinal; i <= region.LastBlockOrdinal; i++)
        {
            if (_loop.EdgesFrom(_loop.Graph.Blocks[i]).Any(static edge => edge.Kind == LoopEdgeKind.Leave))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<ITypeSymbol> TypesOf(ControlFlowRegion region) =>
        region.NestedRegions.Where(static nested => nested.Kind == ControlFlowRegionKind.Catch).Select(static nested => nested.ExceptionType).Append(region.ExceptionType).OfType<ITypeSymbol>();

    private double FinallyOf(ControlFlowBranch branch)
    {
        var total = 0d;
        foreach (var region in branch.FinallyRegions)
        {
            for (var i = region.FirstBlockOrdinal; i <= region.LastBlockOrdinal; i++)
            {
                total += StepsOf(_loop.Graph.Blocks[i]).Sum(static step => step.Time);
            }
        }

        return total;
    }

    private ImmutableArray<Step> StepsOf(BasicBlock block)
    {
        if (!_steps.TryGetValue(block, out var steps))
        {
            steps = [.. LoopGraph.OperationsOf(block).Select(StepOf)];
            _steps.Add(block, steps);
        }

        return steps;
    }

    private Step StepOf(IOperation operation)
    {
        var calls = operation.DescendantsAndSelf().OfType<IInvocationOperation>().ToArray();
        var isRead = calls.Any(call => _isRead(call));
        return new Step(isRead, MayThrow: isRead || calls.Any(static call => !Delays.IsDelay(call) && call.TargetMethod.Name != "ConfigureAwait"), Math.Min(_delays.In(operation), VeryLong));
    }

    private double Shortest()
    {
        // For each node: the time from its beginning to a read, first before a new round has begun, then after.
        var values = new double[2][];
        values[0] = [.. Enumerable.Repeat(Delays.Unknown, _nodes.Count)];
        values[1] = [.. Enumerable.Repeat(Delays.Unknown, _nodes.Count)];
        var changed = true;
        for (var round = 0; changed; round++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (round > MaxRounds)
            {
                // A loop in the loop that waits in each of its own rounds: nobody knows how often.
                return Delays.Unknown;
            }

            changed = false;
            for (var i = _nodes.Count - 1; i >= 0; i--)
            {
                for (var phase = 1; phase >= 0; phase--)
                {
                    var value = From(_nodes[i], phase, firstStep: 0, values);
                    changed |= value != values[phase][i];
                    values[phase][i] = value;
                }
            }
        }

        var shortest = VeryLong;
        foreach (var node in _nodes.Where(node => _loop.IsInside(node.Block)))
        {
            var steps = StepsOf(node.Block);
            for (var i = 0; i < steps.Length; i++)
            {
                if (steps[i].IsRead)
                {
                    // The read itself may throw, and what stands in the same statement comes after it.
                    shortest = Math.Min(shortest, Math.Min(ShortestOf(node.Handlers, values[0]), steps[i].Time + From(node, phase: 0, i + 1, values)));
                }
            }
        }

        return shortest < VeryLong ? shortest : Delays.Unknown;
    }

    private static double ShortestOf(List<int> nodes, double[] values) => nodes.Select(node => values[node]).DefaultIfEmpty(Delays.Unknown).Min();

    /// <summary>The time from a place in a node to the read; infinite where no way to one is known yet.</summary>
    private double From(Node node, int phase, int firstStep, double[][] values)
    {
        if (!_loop.IsInside(node.Block))
        {
            return Delays.Unknown;
        }

        var steps = StepsOf(node.Block);
        var passed = 0d;
        var thrown = Delays.Unknown;
        for (var i = firstStep; i < steps.Length; i++)
        {
            if (steps[i].IsRead)
            {
                // A read before the new round begins another way.
                return Math.Min(thrown, phase == 1 ? passed : Delays.Unknown);
            }

            if (steps[i].MayThrow)
            {
                thrown = Math.Min(thrown, passed + ShortestOf(node.Handlers, values[phase]));
            }

            passed += steps[i].Time;
        }

        // Where a condition is undecided the slower way counts, of those that lead to a read at all.
        var further = node.Next
            .Where(static way => way.Kind != LoopEdgeKind.Leave)
            .Select(way => way.Finally + values[way.Kind == LoopEdgeKind.Round ? 1 : phase][way.Node])
            .Where(static time => !double.IsInfinity(time))
            .ToArray();

        if (further.Length == 0)
        {
            return thrown;
        }

        var next = node.IsUndecided ? further.Max() : further.Min();
        return Math.Min(thrown, Math.Min(passed + next, VeryLong));
    }

    private readonly record struct Step(bool IsRead, bool MayThrow, double Time);

    private readonly record struct Way(int Node, LoopEdgeKind Kind, double Finally);

    private sealed class Node(BasicBlock block, JobEnvironment environment)
    {
        public BasicBlock Block { get; } = block;

        public JobEnvironment Environment { get; } = environment;

        public List<Way> Next { get; } = [];

        public List<int> Handlers { get; } = [];

        public bool IsUndecided { get; set; }
    }
}
