using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>
/// Functions that call themselves after they have called the model, and that nothing but the model keeps from doing so again: no
/// argument that gets on by itself, no condition on anything else.
/// </summary>
internal sealed class Recursion
{
    private const int MaxOutcomes = 63;

    private readonly AiContext _ai;
    private readonly LoopSubject _subject;
    private readonly CancellationToken _cancellationToken;
    private readonly ControlFlowGraph _graph;
    private readonly ImmutableArray<IInvocationOperation> _calls;
    private readonly LoopSources _sources;

    private Recursion(AiContext ai, AiBody body, ControlFlowGraph graph, SyntaxNode function, ImmutableArray<IInvocationOperation> calls, LoopSubject subject, CancellationToken cancellationToken)
    {
        _ai = ai;
        _subject = subject;
        _cancellationToken = cancellationToken;
        _graph = graph;
        _calls = calls;
        _sources = new LoopSources(ai, body, graph, function, subject, calls.SelectMany(PassedBy), cancellationToken);
    }

    /// <summary>The calls by which functions of the body call themselves without an end in view.</summary>
    public static IEnumerable<IInvocationOperation> UnboundedIn(AiContext ai, AiBody body, LoopSubject subject, CancellationToken cancellationToken)
    {
        foreach (var group in body.All<IInvocationOperation>(OperationKind.Invocation)
            .Select(call => (Call: call, Function: FunctionOf(call)))
            .Where(static found => found.Function is not null)
            .GroupBy(static found => found.Function!, static found => found.Call))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (BodyGraphs.Of(body, cancellationToken).Around(group.First().Syntax) is { } graph)
            {
                var recursion = new Recursion(ai, body, graph, group.Key, [.. group], subject, cancellationToken);
                foreach (var call in recursion._calls.Where(recursion.FollowsSubject))
                {
                    if (!recursion.IsBounded())
                    {
                        yield return call;
                    }
                }
            }
        }
    }

    /// <summary>The function around the call, where the call is of that function itself.</summary>
    private static SyntaxNode? FunctionOf(IInvocationOperation call)
    {
        var target = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        return (!target.IsVirtual && !target.IsAbstract && !target.IsOverride || target.ContainingType.IsSealed)
            && BodyGraphs.FunctionAround(call.Syntax) is { } function
            && target.DeclaringSyntaxReferences.Any(declaration => declaration.SyntaxTree == function.SyntaxTree && declaration.Span == function.Span)
            ? function
            : null;
    }

    /// <summary>The arguments that differ from the parameters that they are passed for.</summary>
    private static IEnumerable<IArgumentOperation> PassedBy(IInvocationOperation call) =>
        call.Arguments.Where(static argument =>
            argument.ArgumentKind != ArgumentKind.DefaultValue
            && argument.Parameter is { } parameter
            && !CancellationTokens.IsToken(parameter.Type)
            && !(argument.Value.Unwrap() is IParameterReferenceOperation same && same.Parameter.Ordinal == parameter.Ordinal));

    /// <summary>Whether the model is called on a way to the call.</summary>
    private bool FollowsSubject(IInvocationOperation call)
    {
        var goals = BlocksOf(call.Syntax).ToImmutableHashSet();
        var seen = new HashSet<BasicBlock>();
        var pending = new Stack<BasicBlock>(_graph.Blocks.Where(block => PartsOf(block).Any(_subject.Is)));
        while (pending.Count > 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var block = pending.Pop();
            if (goals.Contains(block))
            {
                return true;
            }

            foreach (var next in LoopGraph.BranchesOf(block).Select(static branch => branch.Destination).OfType<BasicBlock>().Concat(LoopGraph.HandlersOf(_graph, block)))
            {
                if (seen.Add(next))
                {
                    pending.Push(next);
                }
            }
        }

        return false;
    }

    private bool IsBounded()
    {
        const LoopSource bounds = LoopSource.Counter | LoopSource.Clock | LoopSource.Cancellation | LoopSource.Input | LoopSource.Other;
        return _calls.Any(call => PassedBy(call).Any(GetsOn))
            || (Decisions() & bounds) != LoopSource.None
            || _sources.Operation is not { } function
            || function.Descendants().Any(operation =>
                LoopBounds.IsGuard(_ai, operation, _subject.Guards)
                || (LoopBounds.IsUsedToken(operation) && CancellationTokens.Of(operation, _cancellationToken) >= _subject.Needed)
                || (operation is IInvocationOperation call && _sources.IsReader(call)));
    }

    /// <summary>Whether the argument brings the recursion on, or may: a number, a part of the data, a word that says that this is a second try.</summary>
    private bool GetsOn(IArgumentOperation argument)
    {
        var source = _sources.Of(argument.Value);
        return (source & LoopSource.Subject) == LoopSource.None && !(source == LoopSource.None && IsLongerText(argument.Value));
    }

    // "prompt + more": the question grows, and nothing else.
    private static bool IsLongerText(IOperation value) =>
        value.Unwrap() is IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }
        && value.Descendants().All(static part => part is not IInvocationOperation);

    private LoopSource Decisions()
    {
        var self = _calls.SelectMany(call => BlocksOf(call.Syntax)).ToImmutableHashSet();
        var ways = new Dictionary<ControlFlowBranch, ulong>();
        var outcomes = _graph.Blocks.ToDictionary(static block => block, block => self.Contains(block) ? 1UL : 0UL);
        for (var changed = true; changed;)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            changed = false;
            foreach (var block in _graph.Blocks.Reverse().Where(block => block.IsReachable && !self.Contains(block)))
            {
                var all = LoopGraph.BranchesOf(block).Aggregate(outcomes[block], (found, branch) => found | OutcomeOf(branch, outcomes, ways));
                all = LoopGraph.HandlersOf(_graph, block).Aggregate(all, (found, handler) => found | outcomes[handler]);
                changed |= all != outcomes[block];
                outcomes[block] = all;
            }
        }

        var decisions = LoopSource.None;
        foreach (var block in _graph.Blocks.Where(static block => block.IsReachable))
        {
            if (LoopGraph.BranchesOf(block).ToArray() is [var one, var other] && OutcomeOf(one, outcomes, ways) != OutcomeOf(other, outcomes, ways))
            {
                decisions |= _sources.Of(block.BranchValue);
            }
        }

        return decisions;
    }

    private static ulong OutcomeOf(ControlFlowBranch branch, Dictionary<BasicBlock, ulong> outcomes, Dictionary<ControlFlowBranch, ulong> ways)
    {
        if (branch.Destination is { Kind: not BasicBlockKind.Exit } next)
        {
            return outcomes[next];
        }

        if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
        {
            return 0;
        }

        if (!ways.TryGetValue(branch, out var way))
        {
            way = 1UL << Math.Min(ways.Count + 1, MaxOutcomes);
            ways.Add(branch, way);
        }

        return way;
    }

    private IEnumerable<BasicBlock> BlocksOf(SyntaxNode syntax) => _graph.Blocks.Where(block => PartsOf(block).Any(part => part.Syntax == syntax));

    private static IEnumerable<IOperation> PartsOf(BasicBlock block) => LoopGraph.OperationsOf(block).SelectMany(static operation => operation.DescendantsAndSelf());
}
