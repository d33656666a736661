using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace AiGuardrails.CodeFixes.Rules.Responses;

/// <summary>Fix of AIG3003: the statement in a <c>try</c>, with a handler of <c>JsonException</c> and a test for null.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModelOutputDeserializedUncheckedCodeFix))]
[Shared]
public sealed class ModelOutputDeserializedUncheckedCodeFix : AiCodeFix
{
    private const string Key = "HandleJsonException";
    private const string Null = "The model's text holds no object.";
    private const string Invalid = "The model's text is not the JSON that was asked for.";

    private static readonly ImmutableArray<string> s_names = ["exception", "jsonException", "parseException"];

    /// <summary>Initializes a new instance of the <see cref="ModelOutputDeserializedUncheckedCodeFix"/> class.</summary>
    public ModelOutputDeserializedUncheckedCodeFix()
        : base(RuleIds.ModelOutputDeserializedUnchecked)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(PlaceOf(request, diagnostic) is not null ? [new FixOffer("Handle JsonException and null", Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        foreach (var group in diagnostics.Select(diagnostic => PlaceOf(request, diagnostic)).OfType<Place>().GroupBy(static place => place.Statement))
        {
            Replace(editor, group.First(), [.. group.Select(static place => place.Object)]);
        }

        return editor.GetChangedDocument();
    }

    private static void Replace(DocumentEditor editor, Place place, ImmutableArray<ExpressionSyntax> objects)
    {
        var changed = place.Statement.ReplaceNodes(objects, static (original, current) => OrThrow(
            current,
            original.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or CastExpressionSyntax or ConditionalAccessExpressionSyntax or BinaryExpressionSyntax));
        var statements = new List<StatementSyntax>();
        if (place.Declared is { } declared)
        {
            var declarator = ((LocalDeclarationStatementSyntax)changed).Declaration.Variables[0];
            statements.Add(SyntaxFactory.ParseStatement($"{declared} {declarator.Identifier.ValueText};").WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation));
            changed = SyntaxFactory.ExpressionStatement(SyntaxFactory.AssignmentExpression(
                SyntaxKind.SimpleAssignmentExpression,
                SyntaxFactory.IdentifierName(declarator.Identifier.WithoutTrivia()),
                declarator.Initializer!.Value.WithoutTrailingTrivia()));
        }

        var attempt = SyntaxFactory.TryStatement(
            SyntaxFactory.Block(changed.WithoutLeadingTrivia().WithoutTrailingTrivia()),
            SyntaxFactory.SingletonList(SyntaxFactory.CatchClause(
                SyntaxFactory.CatchDeclaration(GeneratedSyntax.TypeName(place.Exception), SyntaxFactory.Identifier(place.Name)),
                filter: null,
                SyntaxFactory.Block(SyntaxFactory.ThrowStatement(GeneratedSyntax.InvalidOperation(GeneratedSyntax.Text(Invalid))
                    .AddArgumentListArguments(SyntaxFactory.Argument(SyntaxFactory.IdentifierName(place.Name))))))),
            @finally: null);

        var end = place.Statement.GetTrailingTrivia();
        var isLast = place.Statement.GetLastToken().GetNextToken().IsKind(SyntaxKind.CloseBraceToken);
        statements.Add(attempt.WithTrailingTrivia(isLast ? end : end.Add(SyntaxFactory.ElasticLineFeed)).WithAdditionalAnnotations(Formatter.Annotation));
        statements[0] = statements[0].WithLeadingTrivia(place.Statement.GetLeadingTrivia());
        if (statements.Count == 2)
        {
            statements[0] = statements[0].WithTrailingTrivia(SyntaxFactory.ElasticLineFeed);
        }

        switch (place.Statement.Parent)
        {
            case GlobalStatementSyntax global:
                editor.InsertBefore(global, statements.Take(statements.Count - 1).Select(SyntaxFactory.GlobalStatement));
                editor.ReplaceNode(global, SyntaxFactory.GlobalStatement(statements[statements.Count - 1]));
                break;

            default:
                if (statements.Count == 2)
                {
                    editor.InsertBefore(place.Statement, statements[0]);
                }

                editor.ReplaceNode(place.Statement, statements[statements.Count - 1]);
                break;
        }
    }

    private static ExpressionSyntax OrThrow(ExpressionSyntax value, bool needsParentheses)
    {
        var inner = value;
        while (inner is ParenthesizedExpressionSyntax || inner.IsKind(SyntaxKind.SuppressNullableWarningExpression))
        {
            inner = inner is ParenthesizedExpressionSyntax parenthesized ? parenthesized.Expression : ((PostfixUnaryExpressionSyntax)inner).Operand;
        }

        var checkedValue = GeneratedSyntax.OrThrow(inner.WithoutTrivia(), Null);

        return needsParentheses ? SyntaxFactory.ParenthesizedExpression(checkedValue).WithTriviaFrom(value) : checkedValue.WithTriviaFrom(value);
    }

    private static Place? PlaceOf(FixRequest request, Diagnostic diagnostic)
    {
        var node = request.NodeOf(diagnostic);
        if (Guards.FlowAround(request, node)?.Deserializations.FirstOrDefault(found => found.Parse.Span == diagnostic.Location.SourceSpan) is not { Parse: InvocationExpressionSyntax call })
        {
            return null;
        }

        // The object itself: awaited, without its "!".
        ExpressionSyntax whole = call;
        while (whole.Parent is AwaitExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } or ParenthesizedExpressionSyntax
            || whole.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax } || whole.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } } passed && passed.Expression == whole)
        {
            whole = (ExpressionSyntax)whole.Parent;
        }

        var statement = whole.FirstAncestorOrSelf<StatementSyntax>();
        if (statement?.Parent is not (BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax)
            || whole.Ancestors().TakeWhile(parent => parent != statement).Any(static parent => parent is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax)
            || (statement.Parent is SwitchSectionSyntax && statement is LocalDeclarationStatementSyntax)
            || whole.DescendantTrivia().Any(static trivia => trivia.IsDirective))
        {
            return null;
        }

        var exception = call.Expression.ToString().Contains("JsonConvert") ? "Newtonsoft.Json.JsonException" : "System.Text.Json.JsonException";
        var name = NameFor(statement, request);
        switch (statement)
        {
            case ReturnStatementSyntax or ExpressionStatementSyntax or ForEachStatementSyntax when !DeclaresVariables(statement):
                return new Place(statement, whole, null, exception, name);

            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, IsConst: false, Declaration: { Type: not RefTypeSyntax, Variables: [{ Initializer.Value: var value } declarator] } declaration } when !value.DescendantNodes().Any(static part => part is DeclarationExpressionSyntax or VariableDesignationSyntax):
                var type = request.Model.GetDeclaredSymbol(declarator, request.CancellationToken) is ILocalSymbol local && !local.Type.IsAnonymousType && local.Type.TypeKind != TypeKind.Error && !local.IsRef
                    ? !declaration.Type.IsVar ? declaration.Type.WithoutTrivia().ToString()
                    : (request.Model.GetTypeInfo(value, request.CancellationToken).Nullability.FlowState == NullableFlowState.NotNull || value == whole ? local.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : local.Type).ToMinimalDisplayString(request.Model, statement.SpanStart)
                    : null;
                return type is null ? null : new Place(statement, whole, type, exception, name);

            default:
                return null;
        }
    }

    private static bool DeclaresVariables(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax && statement.DescendantNodes().Any(static part => part is DeclarationExpressionSyntax or VariableDesignationSyntax);

    // A handler beside this one may have the same name; one around it, or a variable, may not.
    private static string NameFor(StatementSyntax statement, FixRequest request)
    {
        var names = new HashSet<string>(
            request.Model.LookupSymbols(statement.SpanStart).Where(static symbol => symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol).Select(static symbol => symbol.Name)
                .Concat(statement.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText)),
            StringComparer.Ordinal);

        return s_names.FirstOrDefault(name => !names.Contains(name)) ?? "modelOutputException";
    }

    private sealed record Place(StatementSyntax Statement, ExpressionSyntax Object, string? Declared, string Exception, string Name);
}
