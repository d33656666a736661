using AiGuardrails;

namespace SupportBot;

/// <summary>One example of how support answers. Its writer and reader are generated.</summary>
[TrainingRecord]
public sealed partial record SupportExample
{
    [SystemMessage]
    public static string Persona => "You are a customer support agent for Acme Corp. Answer in at most two sentences.";

    [UserMessage]
    public required string Question { get; init; }

    [AssistantMessage]
    public required string Answer { get; init; }
}
