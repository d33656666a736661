using AiGuardrails.CompilerServices;

namespace AiGuardrails.Core.Training;

/// <summary>A role together with its weight: all that tells two messages of one line apart, but for their text.</summary>
internal enum MessageKind
{
    System,
    User,
    Assistant,
    AssistantNotTrained, // "weight":0
    AssistantTrained,    // "weight":1
}

internal static class MessageKinds
{
    public const int Count = 5;

    /// <summary>Gets the kind of a role with a weight; -1 is no weight, and only the assistant has one.</summary>
    public static MessageKind Of(TrainingRole role, int weight) => (role, weight) switch
    {
        (TrainingRole.System, -1) => MessageKind.System,
        (TrainingRole.User, -1) => MessageKind.User,
        (TrainingRole.Assistant, -1) => MessageKind.Assistant,
        (TrainingRole.Assistant, 0) => MessageKind.AssistantNotTrained,
        (TrainingRole.Assistant, 1) => MessageKind.AssistantTrained,
        _ => throw new ArgumentOutOfRangeException(nameof(weight), weight, "Only an assistant message has a weight, and it is 0 or 1."),
    };

    public static string RoleName(this MessageKind kind) => kind switch
    {
        MessageKind.System => "system",
        MessageKind.User => "user",
        _ => "assistant",
    };

    /// <summary>Gets the kind as a reader would name it: role, and weight if there is one.</summary>
    public static string Describe(this MessageKind kind) => kind switch
    {
        MessageKind.AssistantNotTrained => "assistant, weight 0",
        MessageKind.AssistantTrained => "assistant, weight 1",
        _ => kind.RoleName(),
    };
}
