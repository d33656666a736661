using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.CodeFixes.Rules.Cost;

/// <summary>
/// Fix of AIG2006: <c>Parallel.ForEachAsync</c> with a degree, where nobody uses the results; a degree for the methods of
/// <c>Parallel</c>. Results that are used need a place to go, and their order: that is for the team to decide.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnboundedFanOutCodeFix))]
[Shared]
public sealed class UnboundedFanOutCodeFix : AiCodeFix
{
    private const string Key = "LimitParallelism";
    private const string Options = "new global::System.Threading.Tasks.ParallelOptions { MaxDegreeOfParallelism = 8 }";

    /// <summary>Initializes a new instance of the <see cref="UnboundedFanOutCodeFix"/> class.</summary>
    public UnboundedFanOutCodeFix()
        : base(RuleIds.UnboundedFanOut)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(ChangeOf(request, diagnostic) is not null ? [new FixOffer("Run eight calls at a time", Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in diagnostics)
        {
            if (ChangeOf(request, diagnostic) is { } change)
            {
                editor.ReplaceNode(change.Old, change.New);
            }
        }

        return editor.GetChangedDocument();
    }

    private static Change? ChangeOf(FixRequest request, Diagnostic diagnostic) =>
        request.NodeOf(diagnostic).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
        && request.Model.TryGetOperation(call, request.CancellationToken) is IInvocationOperation operation
            ? FanOut.IsParallel(operation) ? WithDegree(operation, call) : ForEachAsync(request, operation, call)
            : null;

    /// <summary><c>Parallel.ForEach</c> with options; not for an asynchronous lambda, which nobody waits for.</summary>
    private static Change? WithDegree(IInvocationOperation operation, InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Any(static argument => argument.NameColon is not null || argument.Expression is AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: (int)SyntaxKind.AsyncKeyword }))
        {
            return null;
        }

        var options = SyntaxFactory.Argument(QualifiedSyntax.Expression(Options));
        if (operation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "parallelOptions") is { } given)
        {
            return given.Syntax is ArgumentSyntax { Expression: BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } } creation }
                ? new Change(creation, options.Expression.WithTriviaFrom(creation))
                : null;
        }

        // The options stand before the code that is run.
        var position = operation.TargetMethod.Parameters.IndexOf(operation.TargetMethod.Parameters.First(static parameter => parameter.Name is "body" or "localInit"));
        var list = arguments.Insert(position, options.WithTrailingTrivia());
        var separators = list.GetSeparators().Select((separator, i) => i == position && !separator.HasTrailingTrivia ? separator.WithTrailingTrivia(SyntaxFactory.Space) : separator);
        return new Change(call.ArgumentList, call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(list, separators)));
    }

    private static Change? ForEachAsync(FixRequest request, IInvocationOperation operation, InvocationExpressionSyntax call)
    {
        if (!IsAwaitedForNothing(call)
            || !request.Model.Compilation.GetTypesByMetadataName("System.Threading.Tasks.Parallel").Any(static type => !type.GetMembers("ForEachAsync").IsEmpty)
            || operation.Arguments is not [{ Value: var tasks }]
            || tasks.Unwrap() is not IInvocationOperation { TargetMethod.Name: "Select", Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax select, ArgumentList.Arguments: [var selector] } } projection
            || projection.Arguments is not [{ Value: var source }, { Parameter.Type: INamedTypeSymbol { TypeArguments.Length: 2 } }]
            || !IsEnumerable(source.Unwrap().Type ?? source.Type)
            || LambdaOf(request, selector.Expression, call) is not { } lambda)
        {
            return null;
        }

        var written = QualifiedSyntax.Expression($"global::System.Threading.Tasks.Parallel.ForEachAsync(source, {Options}, body)") as InvocationExpressionSyntax;
        var arguments = written!.ArgumentList.Arguments;
        var replaced = written.WithArgumentList(written.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(
            [arguments[0].WithExpression(select.Expression.WithoutTrivia()), arguments[1], arguments[2].WithExpression(lambda.WithoutTrivia())],
            arguments.GetSeparators())));

        return new Change(call, replaced.WithTriviaFrom(call).WithAdditionalAnnotations(Formatter.Annotation));
    }

    // "await Task.WhenAll(…);"
    private static bool IsAwaitedForNothing(InvocationExpressionSyntax call)
    {
        SyntaxNode node = call;
        while (node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } && node.Parent.Parent is InvocationExpressionSyntax configured)
        {
            node = configured;
        }

        return node.Parent is AwaitExpressionSyntax { Parent: ExpressionStatementSyntax };
    }

    private static bool IsEnumerable(ITypeSymbol? type) =>
        type is not null
        && (type is IArrayTypeSymbol || IsEnumerableItself(type) || type.AllInterfaces.Any(IsEnumerableItself));

    private static bool IsEnumerableItself(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T;

    /// <summary>The code for one element, as an asynchronous lambda that yields nothing.</summary>
    private static ExpressionSyntax? LambdaOf(FixRequest request, ExpressionSyntax selector, SyntaxNode place)
    {
        switch (selector)
        {
            case SimpleLambdaExpressionSyntax lambda:
                return LambdaOf(lambda, lambda.Parameter.Identifier.ValueText, parameter: lambda.Parameter.Identifier.Text);

            case ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [{ Type: null } only] } lambda:
                return LambdaOf(lambda, only.Identifier.ValueText, parameter: only.Identifier.Text);

            case IdentifierNameSyntax or MemberAccessExpressionSyntax when request.Model.GetSymbolInfo(selector, request.CancellationToken).Symbol is IMethodSymbol { Parameters.Length: 1 }:
                var name = CancellationSyntax.UniqueName(place, "item", new HashSet<string>(StringComparer.Ordinal));
                return QualifiedSyntax.Expression($"async ({name}, _) => await {selector.WithoutTrivia()}({name})");

            default:
                return null;
        }
    }

    private static ExpressionSyntax? LambdaOf(LambdaExpressionSyntax lambda, string name, string parameter)
    {
        // The second parameter must not hide, or be hidden by, what the code uses.
        var second = name == "_" || lambda.Body.DescendantTokens().Any(static token => token.ValueText == "_") ? "cancellationToken" : "_";
        if (lambda.Body.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == second))
        {
            return null;
        }

        var parameters = $"({parameter}, {second})";
        switch (lambda.Body)
        {
            case AwaitExpressionSyntax awaited:
                return SyntaxFactory.ParseExpression($"async {parameters} => {awaited.WithoutTrivia()}");

            case InvocationExpressionSyntax call when lambda.AsyncKeyword.IsKind(SyntaxKind.None):
                return SyntaxFactory.ParseExpression($"async {parameters} => await {call.WithoutTrivia()}");

            case BlockSyntax block when lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword) && !ReturnsValue(block):
                // The block stays as it is written, with its line breaks.
                var written = (ParenthesizedLambdaExpressionSyntax)SyntaxFactory.ParseExpression($"async {parameters} => {{ }}");
                return written.WithArrowToken(lambda.ArrowToken).WithBody(block);

            default:
                return null;
        }
    }

    private static bool ReturnsValue(BlockSyntax block) =>
        block.DescendantNodes(static node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax).Any(static node => node is ReturnStatementSyntax { Expression: not null });

    private sealed record Change(SyntaxNode Old, SyntaxNode New);
}
