using AiGuardrails;

namespace InvalidRecord;

[TrainingRecord]
public sealed record SupportExample // expect AIG9013
{
    [UserMessage] public required string Question { get; init; }

    [AssistantMessage] public required string Answer { get; init; }
}
