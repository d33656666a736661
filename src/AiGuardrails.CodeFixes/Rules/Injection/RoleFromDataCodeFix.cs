using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Rules.Injection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace AiGuardrails.CodeFixes.Rules.Injection;

/// <summary>Fix of AIG7004: a switch that lets the roles of a client through, and nothing else.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RoleFromDataCodeFix))]
[Shared]
public sealed class RoleFromDataCodeFix : AiCodeFix
{
    private const string Key = "ChooseAmongRoles";

    /// <summary>Creates the fix.</summary>
    public RoleFromDataCodeFix()
        : base(RuleIds.RoleFromData)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(ChoiceFor(request, diagnostic) is not null ? [new FixOffer("Let only the roles of a client through", Key)] : []);

    private protected override Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var choices = diagnostics.Select(diagnostic => ChoiceFor(request, diagnostic)).OfType<(ExpressionSyntax Role, ExpressionSyntax Choice)>().ToDictionary(static pair => pair.Role, static pair => pair.Choice);
        return Task.FromResult(request.Document.WithSyntaxRoot(request.Root.ReplaceNodes(choices.Keys, (original, _) => choices[original])));
    }

    private static (ExpressionSyntax Role, ExpressionSyntax Choice)? ChoiceFor(FixRequest request, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.ContainsKey(RoleFromDataAnalyzer.MadeOfText)
            || request.NodeOf(diagnostic) is not ExpressionSyntax role
            || request.Root.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 })
        {
            return null;
        }

        // `new ChatRole(text)` is the role; a text that is converted to one stands for it.
        var (text, type) = role is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var argument }], Initializer: null } creation && request.Ai.IsRole(request.Model.GetTypeInfo(creation, request.CancellationToken).Type)
            ? (argument, request.Model.GetTypeInfo(creation, request.CancellationToken).Type)
            : (role, request.Model.GetTypeInfo(role, request.CancellationToken).ConvertedType);

        if (type is null || !request.Ai.IsRole(type) || request.Ai.ClientRolesOf(type) is not { Length: > 0 } roles || ContainsComment(role))
        {
            return null;
        }

        var name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        var arms = string.Concat(roles.OrderByDescending(static member => member, StringComparer.Ordinal).Select(member => $"\"{member.ToLowerInvariant()}\" => {name}.{member},\n"));
        var value = text is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax
            ? text.WithoutTrivia().ToString()
            : $"({text.WithoutTrivia()})";
        var choice = $"{value} switch\n{{\n{arms}_ => throw new global::System.InvalidOperationException(\"The role of a message is that of the user or the assistant.\"),\n}}";

        // An argument or the right of an assignment takes it as it is; anywhere else the switch would take more than its own.
        var isWhole = role.Parent is ArgumentSyntax or EqualsValueClauseSyntax or AssignmentExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax;
        return (role, QualifiedSyntax.Expression(isWhole ? choice : $"({choice})").WithTriviaFrom(role).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static bool ContainsComment(ExpressionSyntax role) =>
        role.DescendantTrivia().Any(trivia => role.Span.Contains(trivia.Span) && trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia);
}
