using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>Where control goes when it leaves a block.</summary>
internal enum LoopEdgeKind
{
    /// <summary>To another block of the loop.</summary>
    Inside,

    /// <summary>Back to the beginning: a round of the loop is over.</summary>
    Round,

    /// <summary>Out of the loop, by whatever means.</summary>
    Leave,
}

/// <summary>One way out of a block of a loop.</summary>
/// <param name="Kind">Whether it stays, goes round or leaves.</param>
/// <param name="Block">The block that it leads to; null where it leaves the function.</param>
/// <param name="Branch">The branch of the graph; null for the way of an exception.</param>
internal readonly record struct LoopEdge(LoopEdgeKind Kind, BasicBlock? Block, ControlFlowBranch? Branch);

/// <summary>
/// A loop as the flow graph has it: its blocks, the edges that begin a new round, and those that leave. Exceptions are edges from
/// the blocks of a <c>try</c> to its handlers.
/// </summary>
internal sealed class LoopGraph
{
    private readonly int _first;
    private readonly int _last;
    private readonly int _head;
    private readonly ImmutableArray<(int First, int Last)> _nestedAtHead;

    private LoopGraph(ControlFlowGraph graph, SyntaxNode loop, int first, int last, int head, ImmutableArray<(int First, int Last)> nestedAtHead)
    {
        Graph = graph;
        Loop = loop;
        _first = first;
        _last = last;
        _head = head;
        _nestedAtHead = nestedAtHead;
        Blocks = [.. graph.Blocks.Where(block => block.Ordinal >= head && block.Ordinal <= last && block.IsReachable)];
    }

    public ControlFlowGraph Graph { get; }

    /// <summary>Gets the statement.</summary>
    public SyntaxNode Loop { get; }

    /// <summary>Gets the blocks of a round, in the order of the text.</summary>
    public ImmutableArray<BasicBlock> Blocks { get; }

    /// <summary>Gets the block that each round begins with.</summary>
    public BasicBlock Head => Graph.Blocks[_head];

    /// <summary>The loop in the graph of its function, or null where no second round can begin.</summary>
    public static LoopGraph? Of(ControlFlowGraph graph, SyntaxNode loop)
    {
        var (first, last) = RangeOf(graph, loop);
        if (first < 0)
        {
            return null;
        }

        // Loops in the loop that may begin at the same block: their rounds are not rounds of this one.
        var nested = loop.DescendantNodes(static node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .Where(static node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)
            .Select(inner => RangeOf(graph, inner))
            .Where(static range => range.First >= 0)
            .ToImmutableArray();

        var head = int.MaxValue;
        foreach (var block in graph.Blocks)
        {
            if (!block.IsReachable)
            {
                continue;
            }

            foreach (var branch in BranchesOf(block))
            {
                if (branch.Destination is { } to
                    && to.Ordinal <= block.Ordinal
                    && to.Ordinal >= first
                    && to.Ordinal <= last
                    && to.Ordinal < head
                    && !nested.Any(range => Contains(range, to.Ordinal) && Contains(range, block.Ordinal)))
                {
                    head = to.Ordinal;
                }
            }
        }

        return head == int.MaxValue
            ? null
            : new LoopGraph(graph, loop, first, last, head, [.. nested.Where(range => Contains(range, head))]);
    }

    /// <summary>What is done in each round: the statement of a loop, or the body of a function that calls itself.</summary>
    public static SyntaxNode? RoundsOf(SyntaxNode scope) => scope switch
    {
        WhileStatementSyntax loop => loop.Statement,
        DoStatementSyntax loop => loop.Statement,
        ForStatementSyntax loop => loop.Statement,
        CommonForEachStatementSyntax loop => loop.Statement,
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        LocalFunctionStatementSyntax function => (SyntaxNode?)function.Body ?? function.ExpressionBody,
        _ => null,
    };

    /// <summary>Whether the block is one of the loop.</summary>
    public bool IsInside(BasicBlock block) => block.Ordinal >= _head && block.Ordinal <= _last && block.Ordinal >= _first;

    /// <summary>Where control may go from the end of a block, without an exception.</summary>
    public IEnumerable<LoopEdge> EdgesFrom(BasicBlock block)
    {
        foreach (var branch in BranchesOf(block))
        {
            foreach (var edge in EdgesOf(block, branch))
            {
                yield return edge;
            }
        }
    }

    /// <summary>Where a branch leads: one edge, or for a <c>throw</c> one for each handler.</summary>
    public IEnumerable<LoopEdge> EdgesOf(BasicBlock from, ControlFlowBranch branch)
    {
        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                foreach (var handler in HandlersOf(from))
                {
                    yield return new LoopEdge(LoopEdgeKind.Inside, handler, branch);
                }

                // Whether a handler takes it is not asked.
                yield return new LoopEdge(LoopEdgeKind.Leave, null, branch);
                break;

            case ControlFlowBranchSemantics.Return or ControlFlowBranchSemantics.ProgramTermination or ControlFlowBranchSemantics.Error:
                yield return new LoopEdge(LoopEdgeKind.Leave, null, branch);
                break;

            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                // The end of a finally, or of a filter that declines: control goes where it was bound for before.
                break;

            default:
                if (branch.Destination is { } to)
                {
                    yield return new LoopEdge(KindOf(from, to), to, branch);
                }

                break;
        }
    }

    /// <summary>The handlers in the loop that an exception in the block may end up in.</summary>
    public IEnumerable<LoopEdge> ExceptionEdgesFrom(BasicBlock block) =>
        HandlersOf(block).Select(handler => new LoopEdge(LoopEdgeKind.Inside, handler, null));

    /// <summary>The blocks of the loop that hold code of this node.</summary>
    public IEnumerable<BasicBlock> BlocksOf(SyntaxNode node) =>
        Blocks.Where(block => OperationsOf(block).Any(operation => operation.DescendantsAndSelf().Any(part => part.Syntax == node)));

    /// <summary>The branches that control can take out of a block; a constant condition leaves one.</summary>
    public static IEnumerable<ControlFlowBranch> BranchesOf(BasicBlock block)
    {
        var constant = block.ConditionKind == ControlFlowConditionKind.None ? null : block.BranchValue?.ConstantValue is { HasValue: true, Value: bool value } ? value : (bool?)null;
        var whenTrue = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        if (block.ConditionalSuccessor is { } conditional && (constant is null || constant == whenTrue))
        {
            yield return conditional;
        }

        if (block.FallThroughSuccessor is { } fallThrough && (block.ConditionKind == ControlFlowConditionKind.None || constant is null || constant != whenTrue))
        {
            yield return fallThrough;
        }
    }

    /// <summary>Everything that a block evaluates, its condition last.</summary>
    public static IEnumerable<IOperation> OperationsOf(BasicBlock block) => block.Operations.AddIfNotNull(block.BranchValue);

    private LoopEdgeKind KindOf(BasicBlock from, BasicBlock to) =>
        to.Ordinal == _head && from.Ordinal >= _head && !_nestedAtHead.Any(range => Contains(range, from.Ordinal)) ? LoopEdgeKind.Round
        : IsInside(to) ? LoopEdgeKind.Inside
        : LoopEdgeKind.Leave;

    private IEnumerable<BasicBlock> HandlersOf(BasicBlock block) => HandlersOf(Graph, block).Where(IsInside);

    /// <summary>Where an exception in the block may be handled in the same function.</summary>
    public static IEnumerable<BasicBlock> HandlersOf(ControlFlowGraph graph, BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region is { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { Kind: ControlFlowRegionKind.TryAndCatch } both })
            {
                foreach (var handler in both.NestedRegions.Where(static nested => nested.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler))
                {
                    yield return graph.Blocks[handler.FirstBlockOrdinal];
                }
            }
        }
    }

    /// <summary>The ordinals of the blocks that hold code of a round; -1 where there are none.</summary>
    private static (int First, int Last) RangeOf(ControlFlowGraph graph, SyntaxNode loop)
    {
        var first = -1;
        var last = -1;
        foreach (var block in graph.Blocks)
        {
            if (OperationsOf(block).Any(operation => loop.Span.Contains(operation.Syntax.Span) && operation.Syntax != loop && !IsBeforeRounds(loop, operation)))
            {
                first = first < 0 ? block.Ordinal : first;
                last = block.Ordinal;
            }
        }

        // Empty blocks before the first one, where the variables of a condition begin to live.
        while (first > 1 && graph.Blocks[first - 1] is { BranchValue: null, Operations.IsEmpty: true, FallThroughSuccessor.Destination: { } next } && next.Ordinal == first)
        {
            first--;
        }

        // Empty blocks behind the last one: those that only go round, and the end of a finally.
        while (last >= 0 && last + 1 < graph.Blocks.Length
            && graph.Blocks[last + 1] is { BranchValue: null, Operations.IsEmpty: true } after
            && ((after.FallThroughSuccessor?.Destination is { } to && to.Ordinal >= first && to.Ordinal <= last)
                || (after.EnclosingRegion is { Kind: ControlFlowRegionKind.Finally } region && region.FirstBlockOrdinal >= first)))
        {
            last++;
        }

        return (first, last);
    }

    private static bool IsBeforeRounds(SyntaxNode loop, IOperation operation) => loop is ForStatementSyntax { } statement
        && ((statement.Declaration?.Span.Contains(operation.Syntax.Span) ?? false) || statement.Initializers.Any(initializer => initializer.Span.Contains(operation.Syntax.Span)));

    private static bool Contains((int First, int Last) range, int ordinal) => ordinal >= range.First && ordinal <= range.Last;
}
