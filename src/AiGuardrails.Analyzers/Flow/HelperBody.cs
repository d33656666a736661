using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>The code of a method that a body calls, where it is in view and cannot be overridden.</summary>
internal static class HelperBody
{
    /// <summary>The body of the method; null where another may run in its place, or where it holds no word of interest.</summary>
    public static AiBody? Of(AiContext ai, AiBody caller, IMethodSymbol method, CancellationToken cancellationToken) =>
        SyntaxOf(method, cancellationToken) is { } syntax && SemanticModels.Of(caller.Model, syntax.SyntaxTree) is { } model
            ? ai.FileOf(model, cancellationToken).Bodies.FirstOrDefault(body => body.Syntax.Span.Contains(syntax.Span))
            : null;

    /// <summary>The one value that the method returns; null where it does more than return it.</summary>
    public static IOperation? ReturnedBy(AiBody caller, IMethodSymbol method, CancellationToken cancellationToken)
    {
        var returned = SyntaxOf(method, cancellationToken) switch
        {
            MethodDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression,
            MethodDeclarationSyntax { Body.Statements: [ReturnStatementSyntax { Expression: { } expression }] } => expression,
            LocalFunctionStatementSyntax { ExpressionBody: { } arrow } => arrow.Expression,
            LocalFunctionStatementSyntax { Body.Statements: [ReturnStatementSyntax { Expression: { } expression }] } => expression,
            _ => null,
        };

        return returned is not null ? SemanticModels.Of(caller.Model, returned.SyntaxTree)?.TryGetOperation(returned, cancellationToken) : null;
    }

    /// <summary>The values that a body returns itself, and not through a lambda or local function in it.</summary>
    public static IEnumerable<IOperation> ReturnsOf(AiBody body) =>
        body.All<IReturnOperation>(OperationKind.Return)
            .Where(static returned => returned.ReturnedValue is not null && !IsNested(returned))
            .Select(static returned => returned.ReturnedValue!);

    private static bool IsNested(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static SyntaxNode? SyntaxOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return definition is { IsVirtual: false, IsAbstract: false, IsOverride: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, DeclaringSyntaxReferences: [var declaration] }
            && definition.ContainingType?.TypeKind != TypeKind.Interface
            ? declaration.GetSyntax(cancellationToken)
            : null;
    }
}
