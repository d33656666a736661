using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Flow.Responses;

/// <summary>The code of a method of the project, where no other can run in its place.</summary>
internal static class HelperSyntax
{
    public static SyntaxNode? Of(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;

        return definition is { IsVirtual: false, IsAbstract: false, IsOverride: false, DeclaringSyntaxReferences: [var declaration] } && definition.ContainingType?.TypeKind != TypeKind.Interface
            ? declaration.GetSyntax(cancellationToken) switch
            {
                BaseMethodDeclarationSyntax { Body: null, ExpressionBody: null } => null,
                BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax => declaration.GetSyntax(cancellationToken),
                _ => null,
            }
            : null;
    }
}
