using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Flow.Values;

/// <summary>Members of the compilation that can return in one place only: what they return there is what they are.</summary>
internal static class SingleReturn
{
    /// <summary>The only expression that the method, local function or property can return, or null.</summary>
    public static ExpressionSyntax? Of(ISymbol member, CancellationToken cancellationToken) =>
        member.DeclaringSyntaxReferences is [var declaration]
            ? declaration.GetSyntax(cancellationToken) switch
            {
                MethodDeclarationSyntax method => Of(method.ExpressionBody, method.Body),
                LocalFunctionStatementSyntax function => Of(function.ExpressionBody, function.Body),
                PropertyDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression,
                PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } =>
                    accessors.FirstOrDefault(static accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration)) is { } getter ? Of(getter.ExpressionBody, getter.Body) : null,
                _ => null,
            }
            : null;

    private static ExpressionSyntax? Of(ArrowExpressionClauseSyntax? arrow, BlockSyntax? body)
    {
        if (arrow is not null || body is null)
        {
            return arrow?.Expression;
        }

        ExpressionSyntax? found = null;
        foreach (var node in body.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            switch (node)
            {
                case YieldStatementSyntax:
                case ReturnStatementSyntax when found is not null:
                    return null;
                case ReturnStatementSyntax statement:
                    found = statement.Expression;
                    break;
            }
        }

        return found;
    }
}
