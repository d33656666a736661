using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>The control-flow graphs of a body: its own, and one for every lambda and local function in it. Made once, for all rules.</summary>
internal sealed class BodyGraphs
{
    // The compiler makes a graph in one go and asks no token on the way: a body with more operations, some 1,500 lines of calls,
    // would keep whoever cancels waiting for more than 50 milliseconds, and has no graph here.
    private const int MaxOperations = 10_000;

    private static readonly ConditionalWeakTable<AiBody, BodyGraphs> s_known = new();

    private readonly ImmutableArray<ControlFlowGraph> _graphs;

    private BodyGraphs(AiBody body, ImmutableArray<ControlFlowGraph> graphs, CancellationToken cancellationToken)
    {
        _graphs = graphs;
        WrittenInNestedFunctions = Written(body, cancellationToken);
    }

    /// <summary>Gets the graphs, the body's own before those of the functions in it.</summary>
    public ImmutableArray<ControlFlowGraph> All => _graphs;

    /// <summary>Gets the locals that a lambda or local function writes although it does not declare them.</summary>
    public ImmutableHashSet<ISymbol> WrittenInNestedFunctions { get; }

    public static BodyGraphs Of(AiBody body, CancellationToken cancellationToken)
    {
        if (s_known.TryGetValue(body, out var known))
        {
            return known;
        }

        var graphs = new BodyGraphs(body, Create(body, cancellationToken), cancellationToken);
        return s_known.GetValue(body, _ => graphs);
    }

    /// <summary>The graph of a method; null where it is too large for one.</summary>
    public static ControlFlowGraph? OfMethod(IMethodBodyOperation method, CancellationToken cancellationToken) =>
        HasGraph(method, cancellationToken) ? ControlFlowGraph.Create(method, cancellationToken) : null;

    /// <summary>The graph of the function that the node stands in; null where there is none.</summary>
    public ControlFlowGraph? Around(SyntaxNode node)
    {
        ControlFlowGraph? innermost = null;
        foreach (var graph in _graphs)
        {
            var syntax = graph.OriginalOperation.Syntax;
            if (syntax.Span.Contains(node.Span) && (innermost is null || innermost.OriginalOperation.Syntax.Span.Contains(syntax.Span)))
            {
                innermost = graph;
            }
        }

        return innermost;
    }

    /// <summary>The function that the node stands in: a lambda, a local function, or the member.</summary>
    public static SyntaxNode? FunctionAround(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(static ancestor =>
            ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);

    private static ImmutableArray<ControlFlowGraph> Create(AiBody body, CancellationToken cancellationToken)
    {
        var graphs = new List<ControlFlowGraph>();
        var root = body.Operation switch
        {
            null or { Parent: not null } => null,
            { } large when !HasGraph(large, cancellationToken) => null,
            IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellationToken),
            IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellationToken),
            IBlockOperation block => ControlFlowGraph.Create(block, cancellationToken),
            IFieldInitializerOperation field => ControlFlowGraph.Create(field, cancellationToken),
            IPropertyInitializerOperation property => ControlFlowGraph.Create(property, cancellationToken),
            _ => null,
        };

        if (root is not null)
        {
            graphs.Add(root);
        }

        for (var i = 0; i < graphs.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var graph = graphs[i];
            graphs.AddRange(graph.LocalFunctions.Select(function => graph.GetLocalFunctionControlFlowGraph(function, cancellationToken)));
            graphs.AddRange(graph.Blocks
                .SelectMany(static block => block.Operations.AddIfNotNull(block.BranchValue))
                .SelectMany(static operation => operation.DescendantsAndSelf())
                .OfType<IFlowAnonymousFunctionOperation>()
                .Select(function => graph.GetAnonymousFunctionControlFlowGraph(function, cancellationToken)));
        }

        return [.. graphs];
    }

    private static bool HasGraph(IOperation body, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var operation in body.Descendants())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++count > MaxOperations)
            {
                return false;
            }
        }

        return true;
    }

    private static ImmutableHashSet<ISymbol> Written(AiBody body, CancellationToken cancellationToken)
    {
        var written = ImmutableHashSet.CreateBuilder<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var function in body.All<IOperation>(OperationKind.AnonymousFunction).Concat(body.All<IOperation>(OperationKind.LocalFunction)))
        {
            foreach (var operation in function.Descendants())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var target = operation switch
                {
                    IAssignmentOperation assignment => assignment.Target,
                    IIncrementOrDecrementOperation step => step.Target,
                    IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                    _ => null,
                };

                var symbol = target switch
                {
                    ILocalReferenceOperation { Local: var local } => (ISymbol)local,
                    IParameterReferenceOperation { Parameter: var parameter } => parameter,
                    _ => null,
                };

                if (symbol is { Locations: [var declared, ..] } && !function.Syntax.Span.Contains(declared.SourceSpan))
                {
                    written.Add(symbol);
                }
            }
        }

        return written.ToImmutable();
    }
}
