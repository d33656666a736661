using AiGuardrails.CompilerServices;

namespace AiGuardrails.Core.Training;

/// <summary>What a value of a line is: a role together with its weight, or the place that a target has for it.</summary>
internal enum MessageKind
{
    System,
    User,
    Assistant,
    AssistantNotTrained, // "weight":0
    AssistantTrained,    // "weight":1
    ToolCall,
    ToolResult,
    Conversation,
    Answer,              // a completion or a preferred answer that stands apart from the messages
    Rejected,
    Text,
    Label,
    Field,
}

internal static class MessageKinds
{
    /// <summary>Gets the kind of a message of a role with a weight; -1 is no weight, and only the assistant has one.</summary>
    public static MessageKind Of(TrainingRole role, int weight) => (role, weight) switch
    {
        (TrainingRole.Assistant, 0) => MessageKind.AssistantNotTrained,
        (TrainingRole.Assistant, 1) => MessageKind.AssistantTrained,
        (_, not -1) => throw new ArgumentOutOfRangeException(nameof(weight), weight, "Only an assistant message has a weight, and it is 0 or 1."),
        (TrainingRole.System, _) => MessageKind.System,
        (TrainingRole.User or TrainingRole.Prompt, _) => MessageKind.User,
        (TrainingRole.Assistant or TrainingRole.Completion, _) => MessageKind.Assistant,
        (TrainingRole.ToolCall, _) => MessageKind.ToolCall,
        (TrainingRole.ToolResult, _) => MessageKind.ToolResult,
        (TrainingRole.Conversation, _) => MessageKind.Conversation,
        (TrainingRole.Text, _) => MessageKind.Text,
        (TrainingRole.Chosen, _) => MessageKind.Answer,
        (TrainingRole.Rejected, _) => MessageKind.Rejected,
        (TrainingRole.Label, _) => MessageKind.Label,
        (TrainingRole.GraderField, _) => MessageKind.Field,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role."),
    };

    public static bool IsAssistant(this MessageKind kind) => kind is MessageKind.Assistant or MessageKind.AssistantNotTrained or MessageKind.AssistantTrained;

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
