using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Secrets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>A value that is used as the key of an AI service.</summary>
/// <param name="Value">The value; behind <c>Bearer</c> where it is a whole header.</param>
/// <param name="Owner">The namespace of what takes it; empty for a header.</param>
internal readonly record struct KeyUse(IOperation Value, string Owner);

/// <summary>Where a body hands over the key of an AI service: to an SDK, to a wrapper of the team, or in a header.</summary>
internal static class KeySinks
{
    public static IEnumerable<KeyUse> In(AiContext ai, AiBody body)
    {
        foreach (var argument in body.All<IArgumentOperation>(OperationKind.Argument))
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is { } parameter && (ai.IsCredentialSink(parameter) || IsHeaderValue(argument, body)))
            {
                yield return new KeyUse(argument.Value, OwnerOf(parameter));
            }
        }

        foreach (var assignment in body.All<IAssignmentOperation>(OperationKind.SimpleAssignment).Concat(body.All<IAssignmentOperation>(OperationKind.CoalesceAssignment)))
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: { } property } target
                && (ai.IsCredentialSink(property) || (property.IsIndexer && target.Arguments is [var name] && IsKeyHeader(name.Value) && body.Http.NamesAiHost)))
            {
                yield return new KeyUse(assignment.Value, OwnerOf(property));
            }
        }
    }

    /// <summary>The key in a header: what stands behind the scheme.</summary>
    public static string WithoutScheme(string text) =>
        text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? text.Substring("Bearer ".Length).Trim() : text;

    /// <summary>Whether the text is a key, by its form alone.</summary>
    public static bool TryFindKey(string text, out SecretMatch match)
    {
        for (var from = 0; SecretDetector.TryFind(text.AsSpan(), from, out match); from = match.Start + Math.Max(match.Length, 1))
        {
            if (match.IsAIKey)
            {
                return true;
            }
        }

        return false;
    }

    // new AuthenticationHeaderValue("Bearer", key) and headers.Add("x-api-key", key), in code that speaks to an AI service.
    private static bool IsHeaderValue(IArgumentOperation argument, AiBody body) => argument switch
    {
        { Parent: IObjectCreationOperation { Type.Name: "AuthenticationHeaderValue", Arguments: [_, var value] } } => ReferenceEquals(value, argument) && body.Http.NamesAiHost,
        { Parent: IInvocationOperation { TargetMethod.Name: "Add" or "TryAddWithoutValidation", Arguments: [var name, var value] } } =>
            ReferenceEquals(value, argument) && IsKeyHeader(name.Value) && body.Http.NamesAiHost,
        _ => false,
    };

    private static bool IsKeyHeader(IOperation name) =>
        name.ConstantText() is { } text && RawHttp.KeyHeaders.Contains(text.ToLowerInvariant(), StringComparer.Ordinal);

    private static string OwnerOf(ISymbol symbol) => symbol.ContainingNamespace?.ToDisplayString() ?? "";
}
