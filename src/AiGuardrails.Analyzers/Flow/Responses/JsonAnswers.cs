using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Responses;

/// <summary>Replies that are read as JSON, member by member: <c>choices[0].message.content</c>.</summary>
internal static class JsonAnswers
{
    private const int MaxMembers = 16;

    /// <summary>Whether the body names the members that lead to an answer.</summary>
    public static bool AreReadIn(AiBody body) =>
        body.All<IOperation>(OperationKind.Literal).Any(static literal => literal.ConstantText() is { } text && RawHttp.AnswerMembers.Contains(text));

    /// <summary>Whether the operation takes what the model wrote out of such a reply; the reply itself is no text of the model.</summary>
    public static bool IsText(IOperation operation, CancellationToken cancellationToken)
    {
        var value = operation switch
        {
            IInvocationOperation { TargetMethod.Name: "GetString" or "ToString" or "GetValue" or "Value", Instance: { } instance } => instance,
            IConversionOperation { Type.SpecialType: SpecialType.System_String, Operand: var operand } => operand,
            _ => null,
        };

        if (value is null || !RawHttp.IsJson(value.Unwrap().Type))
        {
            return false;
        }

        var members = MembersOf(value, MaxMembers, cancellationToken).ToList();

        return members.Count > 1 && RawHttp.TextMembers.Contains(members[0]) && members.Any(RawHttp.AnswerMembers.Contains);
    }

    /// <summary>The names of the members that lead to the value, the last one first.</summary>
    private static IEnumerable<string> MembersOf(IOperation value, int bound, CancellationToken cancellationToken)
    {
        if (bound == 0 || ValueSources.Of(value, cancellationToken) is not [var source])
        {
            yield break;
        }

        var (receiver, key) = source.Value switch
        {
            IInvocationOperation { TargetMethod.Name: "GetProperty", Instance: { } instance, Arguments: [{ Value: var name }, ..] } => (instance, name.ConstantText()),
            IInvocationOperation { Instance: { } instance } => (instance, null),
            IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [{ Value: var first }, ..] } => (first, null),
            IPropertyReferenceOperation { Instance: { } instance, Arguments: [{ Value: var name }] } => (instance, name.ConstantText()),
            IPropertyReferenceOperation { Instance: { } instance } => (instance, null),
            IConditionalAccessOperation access => (access.WhenNotNull, null),
            IConditionalAccessInstanceOperation instance => (StablePath.ReceiverOf(instance), null),
            _ => (null, null),
        };

        if (key is not null)
        {
            yield return key;
        }

        foreach (var member in receiver is null ? [] : MembersOf(receiver, bound - 1, cancellationToken))
        {
            yield return member;
        }
    }
}
