using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>Small questions about operations that Roslyn leaves to its callers.</summary>
internal static class OperationExtensions
{
    /// <summary>The operation behind conversions, parentheses and awaits: what the value is, not what it is turned into.</summary>
    public static IOperation Unwrap(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IAwaitOperation await:
                    operation = await.Operation;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The text of a constant string, or null.</summary>
    public static string? ConstantText(this IOperation? operation) =>
        operation?.ConstantValue is { HasValue: true, Value: string text } ? text : null;

    /// <summary>The text of a constant key, also where the parameter is an <c>object</c>, as in <c>token.Value&lt;string&gt;("status")</c>.</summary>
    public static string? KeyText(this IArgumentOperation key) => key.Value.ConstantText() ?? key.Value.Unwrap().ConstantText();

    /// <summary>The argument for the parameter of that name, or null where it is absent or its default.</summary>
    public static IArgumentOperation? ArgumentNamed(this IInvocationOperation invocation, string parameter)
    {
        foreach (var argument in invocation.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter?.Name == parameter)
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>The elements that a call passes to a <c>params</c> parameter, one by one; null where the argument is anything else.</summary>
    public static IReadOnlyList<IOperation>? ParamsElements(this IArgumentOperation argument) => argument switch
    {
        { ArgumentKind: ArgumentKind.ParamArray, Value: IArrayCreationOperation { Initializer: { } elements } } => elements.ElementValues,
        { ArgumentKind: ArgumentKind.ParamCollection } when argument.Value.Unwrap() is ICollectionExpressionOperation collection => collection.Elements,
        _ => null,
    };
}
