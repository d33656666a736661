using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>What may be written at a place: questions about the function around it.</summary>
internal static class FunctionSyntax
{
    /// <summary>Whether the code around the node is asynchronous; top-level statements are where they await something.</summary>
    public static bool IsAsync(SyntaxNode node) => BodyGraphs.FunctionAround(node) switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        CompilationUnitSyntax unit => unit.Members.OfType<GlobalStatementSyntax>().Any(static statement =>
            statement.DescendantNodes(static part => part is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax).Any(static part => part is AwaitExpressionSyntax)),
        _ => false,
    };

    /// <summary>Whether an <c>await</c> can be written there.</summary>
    public static bool CanAwait(SyntaxNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case LockStatementSyntax or UnsafeStatementSyntax or CatchFilterClauseSyntax or QueryExpressionSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MethodDeclarationSyntax:
                    return IsAsync(node);
                case CompilationUnitSyntax:
                    return node.FirstAncestorOrSelf<GlobalStatementSyntax>() is not null;
            }
        }

        return false;
    }
}
