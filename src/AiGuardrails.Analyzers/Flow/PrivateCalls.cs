using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>The calls of a method that nobody outside its type can call.</summary>
internal static class PrivateCalls
{
    // A helper that is called from more places is no helper of one wait.
    private const int MaxCalls = 32;

    /// <summary>What the calls give to a parameter, with the body of the call; null for a use that is no call, or not in view.</summary>
    public static IEnumerable<(IOperation Value, AiBody Body)?> ArgumentsOf(AiContext ai, AiBody body, IParameterSymbol parameter, IMethodSymbol method, CancellationToken cancellationToken)
    {
        if ((method.MethodKind != MethodKind.LocalFunction && method.DeclaredAccessibility != Accessibility.Private)
            || method.ContainingType is not { DeclaringSyntaxReferences: [var type] }
            || type.SyntaxTree != body.Syntax.SyntaxTree)
        {
            yield return null;
            yield break;
        }

        var bodies = ai.FileOf(body.Model, cancellationToken).Bodies;
        var count = 0;
        foreach (var token in type.GetSyntax(cancellationToken).DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != method.Name || token.Parent is not SimpleNameSyntax name)
            {
                continue;
            }

            yield return ++count <= MaxCalls && CallOf(name) is { } call && bodies.FirstOrDefault(around => around.Syntax.Span.Contains(call.Span)) is { } caller
                ? ArgumentOf(caller, call, parameter, method, cancellationToken)
                : null;
        }
    }

    private static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call => call,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Name == name => call,
        _ => null,
    };

    private static (IOperation Value, AiBody Body)? ArgumentOf(AiBody caller, InvocationExpressionSyntax syntax, IParameterSymbol parameter, IMethodSymbol method, CancellationToken cancellationToken) =>
        caller.Model.TryGetOperation(syntax, cancellationToken) is IInvocationOperation call
        && SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method.OriginalDefinition)
        && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is { } argument
            ? (argument.Value, caller)
            : null;
}
