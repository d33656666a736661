using AiGuardrails.CompilerServices;

namespace AiGuardrails.Core.Training.Records;

/// <summary>
/// The members of a record that is a prompt with its answer: what the run time writes by and reads by, and what the build reads the
/// data of a prompt by.
/// </summary>
internal static class PromptRecord
{
    public const int Instructions = 0;
    public const int Messages = 1;
    public const int Answer = 2;

    /// <summary>Gets the members, in the order in which they are written.</summary>
    public static RecordMember[] Members { get; } =
    [
        new("Instructions", TrainingRole.System, weight: -1, isOptional: true, isStatic: false, TrainingValue.Text, wireName: null, tools: null),
        new("Messages", TrainingRole.Conversation, weight: -1, isOptional: false, isStatic: false, TrainingValue.Turns, wireName: null, tools: null),
        new("Answer", TrainingRole.Assistant, weight: -1, isOptional: false, isStatic: false, TrainingValue.Text, wireName: null, tools: null),
    ];
}
