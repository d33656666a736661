using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>
/// Helpers that ask the model and do nothing else of note: to a loop, a call of one is a call of the model. A helper that throws,
/// reads, keeps a budget or hands out anything but the answer may end the loop by itself, and is none.
/// </summary>
internal sealed class GenerationHelpers
{
    private readonly AiContext _ai;
    private readonly AiBody _body;
    private readonly LoopSubject _model;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Initializes a new instance of the <see cref="GenerationHelpers"/> class.</summary>
    /// <param name="ai">The SDKs.</param>
    /// <param name="body">The body that calls them.</param>
    /// <param name="model">The calls of the model itself.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public GenerationHelpers(AiContext ai, AiBody body, LoopSubject model, CancellationToken cancellationToken)
    {
        _ai = ai;
        _body = body;
        _model = model;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether the operation calls such a helper.</summary>
    public bool IsCall(IOperation operation)
    {
        if (operation is not IInvocationOperation { TargetMethod: var method } || !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _body.Model.Compilation.Assembly))
        {
            return false;
        }

        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!_known.TryGetValue(definition, out var asks))
        {
            asks = Asks(definition);
            _known.Add(definition, asks);
        }

        return asks;
    }

    /// <summary>Whether the function asks the model each time it is called, one level deep, and its value is the answer.</summary>
    private bool Asks(IMethodSymbol method)
    {
        if (HelperBody.Of(_ai, _body, method, _cancellationToken) is not { } body
            || method.DeclaringSyntaxReferences[0].GetSyntax(_cancellationToken) is var function
            && (FunctionIn(body, function) is not { } operation || BodyGraphs.Of(body, _cancellationToken).Around(InnerOf(function)) is not { } graph
                || !operation.Descendants().Any(part => _model.Is(part) && IsAlwaysReached(part, function))
                || !IsPlain(operation, new LoopSources(_ai, body, graph, function, _model, [], _cancellationToken))))
        {
            return false;
        }

        if (method.ReturnsVoid || method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.IsEmpty: true })
        {
            return true;
        }

        return SingleReturn.Of(method, _cancellationToken) is { } returned
            && body.Model.TryGetOperation(returned, _cancellationToken) is { } value
            && BodyGraphs.Of(body, _cancellationToken).Around(returned) is { } around
            && new LoopSources(_ai, body, around, function, _model, [], _cancellationToken).Of(value) == LoopSource.Subject;
    }

    private static IOperation? FunctionIn(AiBody body, SyntaxNode function) =>
        body.Operation?.DescendantsAndSelf().FirstOrDefault(part => part.Syntax == function);

    // A graph is found by what stands in its function.
    private static SyntaxNode InnerOf(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody ?? function,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody ?? function,
        _ => function,
    };

    private bool IsPlain(IOperation function, LoopSources sources)
    {
        foreach (var part in function.Descendants())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (part is IThrowOperation
                || LoopBounds.IsGuard(_ai, part, _model.Guards)
                || (LoopBounds.IsUsedToken(part) && CancellationTokens.Of(part, _cancellationToken) >= _model.Needed)
                || (part is IInvocationOperation call && sources.IsReader(call)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAlwaysReached(IOperation part, SyntaxNode function)
    {
        for (var node = part; node.Parent is { } parent && node.Syntax != function; node = parent)
        {
            switch (parent)
            {
                case IConditionalOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ICatchClauseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation when parent.Syntax != function:
                case ICoalesceOperation coalesce when coalesce.Value != node:
                case IForEachLoopOperation each when each.Collection != node:
                case ILoopOperation and not IForEachLoopOperation:
                    return false;
            }
        }

        return true;
    }
}
