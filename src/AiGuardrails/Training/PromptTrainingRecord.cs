using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Training;

namespace AiGuardrails;

/// <summary>
/// A prompt as it is sent, and the answer that it should get: what the generated <c>ToTrainingRecord</c> of a prompt makes, for
/// <see cref="TrainingFile"/> to write. So a model is trained on the prompt that it will be called with.
/// </summary>
/// <remarks>
/// <para>
/// Instructions of the role <c>developer</c> are written as the instructions that the target knows, which for most is <c>system</c>.
/// Where a target has one place for instructions, apart from the messages, several are joined by an empty line.
/// </para>
/// <para>
/// Answers that are part of the prompt, such as those of its examples, are context: they get the weight 0. A target that trains on
/// every answer refuses the record, until <see cref="TrainingOnEveryAnswer"/> says that this is meant.
/// </para>
/// </remarks>
[TrainingRecordSchema(typeof(PromptTrainingSchema))]
public sealed class PromptTrainingRecord : ITrainingRecord<PromptTrainingRecord>, IEquatable<PromptTrainingRecord>
{
    internal PromptTrainingRecord(IReadOnlyList<ChatTurn> turns, TrainingManifestPrompt? prompt)
    {
        Turns = turns;
        Prompt = prompt;
    }

    /// <summary>Gets the messages in order: the instructions first, the answer last.</summary>
    public IReadOnlyList<ChatTurn> Turns { get; }

    /// <summary>Gets the prompt that the messages were rendered from; null for a record that was read from a file, which does not say.</summary>
    public TrainingManifestPrompt? Prompt { get; }

    /// <summary>Gets the same record with every answer to be trained on, those of the examples too: for targets that cannot leave one out.</summary>
    /// <returns>The record.</returns>
    public PromptTrainingRecord TrainingOnEveryAnswer() =>
        new([.. Turns.Select(static turn => turn.Weight is null ? turn : new ChatTurn(turn.Data with { Kind = MessageKind.Assistant }))], Prompt);

    /// <inheritdoc/>
    public bool Equals(PromptTrainingRecord? other) => other is not null && Turns.SequenceEqual(other.Turns);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PromptTrainingRecord);

    /// <inheritdoc/>
    public override int GetHashCode() => Turns.Count == 0 ? 0 : Turns[Turns.Count - 1].GetHashCode();

    /// <summary>Writes the messages one below the other, for logs.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join("\n\n", Turns.Select(static turn => $"# {turn.Role.ToString().ToLowerInvariant()}\n\n{turn.Text}"));
}
