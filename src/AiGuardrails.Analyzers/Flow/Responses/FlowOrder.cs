using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AiGuardrails.Analyzers.Flow.Responses;

/// <summary>What the ways from one place of a body to another pass.</summary>
/// <param name="Any">Whether some way passes one of the places in question.</param>
/// <param name="Every">Whether each way does.</param>
internal readonly record struct Passed(bool Any, bool Every)
{
    public static readonly Passed Unknown = new(Any: true, Every: true);
}

/// <summary>
/// The order in which the expressions of a body are evaluated, by its flow graphs. What stands in a lambda is ordered within the
/// lambda, and to the outside where the lambda is made; a local function runs at any time.
/// </summary>
internal sealed class FlowOrder(AiBody body, CancellationToken cancellationToken)
{
    private readonly Lazy<BodyGraphs> _graphs = new(() => BodyGraphs.Of(body, cancellationToken));
    private readonly Dictionary<ControlFlowGraph, Order> _orders = [];

    /// <summary>Which ways from the origin, past which nothing counts, to the use pass one of the places.</summary>
    public Passed Between(SyntaxNode origin, SyntaxNode use, IReadOnlyCollection<SyntaxNode> places)
    {
        if (places.Count == 0)
        {
            return default;
        }

        var any = false;
        var current = use;
        for (var level = 0; level < 16; level++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (GraphAround(current) is not { } graph)
            {
                return Passed.Unknown;
            }

            var function = graph.OriginalOperation.Syntax;
            var order = OrderOf(graph);
            var inside = new HashSet<SyntaxNode>();
            foreach (var place in places)
            {
                if (Lift(place, function) is { } lifted)
                {
                    if (lifted is LocalFunctionStatementSyntax)
                    {
                        return Passed.Unknown;
                    }

                    inside.Add(lifted);
                }
            }

            var start = Lift(origin, function);
            if (order.Before(current, start, inside, cancellationToken) is not { } passed)
            {
                return Passed.Unknown;
            }

            any |= passed.Any;
            if (passed.Every)
            {
                return Passed.Unknown;
            }

            if (start is not null)
            {
                return new Passed(any, Every: false);
            }

            if (FunctionOf(function) is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) || FunctionOf(function) is not { } outer)
            {
                return new Passed(any, Every: false);
            }

            if (outer is LocalFunctionStatementSyntax)
            {
                return Passed.Unknown;
            }

            current = outer;
        }

        return Passed.Unknown;
    }

    private Order OrderOf(ControlFlowGraph graph)
    {
        if (!_orders.TryGetValue(graph, out var order))
        {
            order = new Order(graph);
            _orders.Add(graph, order);
        }

        return order;
    }

    /// <summary>The node as code of that function: the node itself, or the function in it that holds the node; null where it stands elsewhere.</summary>
    private SyntaxNode? Lift(SyntaxNode node, SyntaxNode function)
    {
        var current = node;
        while (GraphAround(current) is { } graph && graph.OriginalOperation.Syntax != function)
        {
            if (FunctionOf(graph.OriginalOperation.Syntax) is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) || FunctionOf(graph.OriginalOperation.Syntax) is not { } outer || outer == current)
            {
                return null;
            }

            current = outer;
        }

        return function.Span.Contains(current.Span) ? current : null;
    }

    /// <summary>The graph of the function that the node is code of; a lambda is code of the function around it.</summary>
    private ControlFlowGraph? GraphAround(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax ? (node.Parent is { } parent ? _graphs.Value.Around(parent) : null) : _graphs.Value.Around(node);

    // The original operation of a graph is that of a block, or of the function itself.
    private static SyntaxNode? FunctionOf(SyntaxNode graph) =>
        graph.AncestorsAndSelf().FirstOrDefault(static node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax or AccessorDeclarationSyntax);

    private sealed class Order
    {
        private readonly ControlFlowGraph _graph;
        private readonly Dictionary<SyntaxNode, (int Block, int Index)> _positions = [];
        private readonly ImmutableArray<int>[] _predecessors;

        public Order(ControlFlowGraph graph)
        {
            _graph = graph;
            foreach (var block in graph.Blocks)
            {
                var index = 0;
                foreach (var operation in block.Operations.AddIfNotNull(block.BranchValue))
                {
                    Number(operation, block.Ordinal, ref index);
                }
            }

            _predecessors = [.. graph.Blocks.Select(PredecessorsOf)];
        }

        /// <summary>Which ways back from the use to the start pass a place; null where the use is not in the graph.</summary>
        public Passed? Before(SyntaxNode use, SyntaxNode? start, HashSet<SyntaxNode> places, CancellationToken cancellationToken)
        {
            if (!_positions.TryGetValue(use, out var from))
            {
                return null;
            }

            var events = new Dictionary<int, List<(int Index, bool IsPlace)>>();
            foreach (var place in places)
            {
                if (!_positions.TryGetValue(place, out var at))
                {
                    return null;
                }

                EventsOf(at.Block).Add((at.Index, true));
            }

            if (start is not null)
            {
                if (!_positions.TryGetValue(start, out var at))
                {
                    return null;
                }

                EventsOf(at.Block).Add((at.Index, false));
            }

            var any = false;
            var every = true;
            var seen = new bool[_graph.Blocks.Length];
            var pending = new Stack<(int Block, int Index)>();
            pending.Push((from.Block, from.Index));
            while (pending.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (block, before) = pending.Pop();
                var last = events.TryGetValue(block, out var list)
                    ? list.Where(entry => entry.Index < before).OrderByDescending(static entry => entry.Index).Take(1).ToList()
                    : [];
                if (last is [var found])
                {
                    any |= found.IsPlace;
                    every &= found.IsPlace;
                    continue;
                }

                if (_predecessors[block].IsEmpty && start is null)
                {
                    every = false;
                }

                foreach (var predecessor in _predecessors[block])
                {
                    if (!seen[predecessor])
                    {
                        seen[predecessor] = true;
                        pending.Push((predecessor, int.MaxValue));
                    }
                }
            }

            return new Passed(any, every);

            List<(int Index, bool IsPlace)> EventsOf(int block)
            {
                if (!events.TryGetValue(block, out var list))
                {
                    events.Add(block, list = []);
                }

                return list;
            }
        }

        // In the order of evaluation: what an operation is made of comes before it.
        private void Number(IOperation operation, int block, ref int index)
        {
            foreach (var child in operation.ChildOperations)
            {
                Number(child, block, ref index);
            }

            // A reference to a captured value has the syntax of what was captured.
            if (operation.Kind != OperationKind.FlowCaptureReference && !_positions.ContainsKey(operation.Syntax))
            {
                _positions.Add(operation.Syntax, (block, index));
            }

            index++;
        }

        private ImmutableArray<int> PredecessorsOf(BasicBlock block)
        {
            var predecessors = block.Predecessors.Select(static branch => branch.Source.Ordinal).ToList();

            // The first block of a handler is reached from anywhere in the code that it guards.
            for (var region = block.EnclosingRegion; region is not null && region.FirstBlockOrdinal == block.Ordinal; region = region.EnclosingRegion)
            {
                if (region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter or ControlFlowRegionKind.FilterAndHandler or ControlFlowRegionKind.Finally
                    && region.EnclosingRegion?.NestedRegions.FirstOrDefault(static nested => nested.Kind == ControlFlowRegionKind.Try) is { } attempt)
                {
                    predecessors.AddRange(Enumerable.Range(attempt.FirstBlockOrdinal, attempt.LastBlockOrdinal - attempt.FirstBlockOrdinal + 1));
                }
            }

            return [.. predecessors.Distinct()];
        }
    }
}
