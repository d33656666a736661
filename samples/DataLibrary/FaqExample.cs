using AiGuardrails;

namespace DataLibrary;

/// <summary>A question and its answer, as this library ships them.</summary>
[TrainingRecord]
public sealed partial record FaqExample
{
    [SystemMessage]
    public static string Task => "You answer questions about the library of our town.";

    [UserMessage]
    public required string Question { get; init; }

    [AssistantMessage]
    public required string Answer { get; init; }
}
