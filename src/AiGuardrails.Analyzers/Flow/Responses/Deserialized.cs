using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Responses;

/// <summary>What becomes of an object that was made of JSON, and may be null.</summary>
internal static class Deserialized
{
    /// <summary>Whether the object is used as if it were there: null-forgiven, dereferenced, or returned as what cannot be null.</summary>
    public static bool IsTrusted(IInvocationOperation call)
    {
        IOperation current = call;
        while (current.Parent is IConversionOperation or IParenthesizedOperation or IAwaitOperation
            || current.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" } passed && passed.Instance == current
            || current.Parent is IPropertyReferenceOperation { Property: { Name: "Result", ContainingType.Name: "Task" or "ValueTask" } })
        {
            current = current.Parent!;
        }

        var isForgiven = IsForgiven(call.Syntax, current.Syntax);
        return current.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => IsTrusted(local, call, isForgiven),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment when assignment.Value == current => IsTrusted(local, call, isForgiven),
            IReturnOperation => isForgiven || IsNeverNull(call),
            ICoalesceOperation or IConditionalAccessOperation or IIsPatternOperation or IIsTypeOperation or IBinaryOperation or ICoalesceAssignmentOperation => false,
            IPropertyReferenceOperation property => property.Instance == current,
            IFieldReferenceOperation field => field.Instance == current,
            IInvocationOperation method => method.Instance == current,
            IArrayElementReferenceOperation element => element.ArrayReference == current,
            IForEachLoopOperation loop => loop.Collection.Syntax.Span.Contains(current.Syntax.Span),
            IDeconstructionAssignmentOperation => true,
            _ => isForgiven,
        };
    }

    private static bool IsTrusted(ILocalSymbol local, IInvocationOperation call, bool isForgiven)
    {
        var isTrusted = isForgiven;
        foreach (var mention in ValueSources.ReferencesOf(local, call).OfType<ILocalReferenceOperation>())
        {
            IOperation current = mention;
            while (current.Parent is IConversionOperation or IParenthesizedOperation)
            {
                current = current.Parent;
            }

            switch (current.Parent)
            {
                // A null test, and code that is given the object and may be one: a validator, a mapper, an assertion.
                case IIsPatternOperation or IIsTypeOperation or IConditionalAccessOperation or IBinaryOperation or ICoalesceOperation or ICoalesceAssignmentOperation or ISwitchOperation or ISwitchExpressionOperation:
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } when !Keeps(method):
                    return false;
                case IPropertyReferenceOperation property when property.Instance == current:
                case IFieldReferenceOperation field when field.Instance == current:
                case IInvocationOperation invocation when invocation.Instance == current:
                case IArrayElementReferenceOperation element when element.ArrayReference == current:
                case IForEachLoopOperation:
                case IReturnOperation when IsForgiven(mention.Syntax, current.Syntax) || IsNeverNull(mention):
                    isTrusted = true;
                    break;
            }
        }

        return isTrusted;
    }

    // What only keeps or shows an object says nothing about it.
    private static bool Keeps(IMethodSymbol method) =>
        method.Name is "Add" or "AddRange" or "Write" or "WriteLine" or "Serialize" or "SerializeObject" || method.Name.StartsWith("Log", StringComparison.Ordinal);

    /// <summary>Whether a <c>!</c> stands somewhere between the inner and the outer expression, or right behind it.</summary>
    private static bool IsForgiven(SyntaxNode inner, SyntaxNode outer)
    {
        for (var current = inner; current is not null; current = current.Parent)
        {
            if (current.Parent.IsKind(SyntaxKind.SuppressNullableWarningExpression))
            {
                return true;
            }

            if (current.Span.Contains(outer.Span) && current.Parent is not (ParenthesizedExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Whether the function around the operation says that it does not return null.</summary>
    private static bool IsNeverNull(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IAnonymousFunctionOperation:
                    return false;
                case ILocalFunctionOperation function:
                    return IsNeverNull(function.Symbol.ReturnType);
                case IMethodBodyOperation or IBlockOperation { Parent: null } when current.SemanticModel?.GetDeclaredSymbol(current.Syntax is ArrowExpressionClauseSyntax or BlockSyntax ? current.Syntax.Parent! : current.Syntax) is IMethodSymbol method:
                    return IsNeverNull(method.ReturnType);
            }
        }

        return false;
    }

    private static bool IsNeverNull(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] }
            ? result is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated }
            : type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated };
}
