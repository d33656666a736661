using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace AiGuardrails.CodeFixes;

/// <summary>Code that fixes write as text, with every type by its full name; the editor shortens what a using allows.</summary>
internal static class QualifiedSyntax
{
    public static ExpressionSyntax Expression(string text) => Annotated(SyntaxFactory.ParseExpression(text));

    public static StatementSyntax Statement(string text) => Annotated(SyntaxFactory.ParseStatement(text));

    // The simplifier looks at the nodes that are marked, and not reliably at what is in them.
    private static T Annotated<T>(T node)
        where T : SyntaxNode =>
        node.ReplaceNodes(
                node.DescendantNodes().Where(static part => part is MemberAccessExpressionSyntax or NameSyntax && part.ToString().StartsWith("global::", StringComparison.Ordinal)),
                static (_, part) => part.WithAdditionalAnnotations(Simplifier.Annotation))
            .WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation);
}
