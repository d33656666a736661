using System.ComponentModel;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails.CompilerServices;

/// <summary>Makes a training record of a rendered prompt. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PromptTraining
{
    /// <summary>Makes the record.</summary>
    /// <param name="prompt">The prompt, with its inputs in place.</param>
    /// <param name="version">Its version.</param>
    /// <param name="hash">The hash of its text, its inputs and its answer.</param>
    /// <param name="answer">The answer that it should get, as the model shall write it.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="prompt"/>, <paramref name="hash"/> or <paramref name="answer"/> is null.</exception>
    public static PromptTrainingRecord CreateRecord(RenderedPrompt prompt, int version, string hash, string answer)
    {
        if (prompt is null)
        {
            throw new ArgumentNullException(nameof(prompt));
        }

        var turns = new List<ChatTurn>(prompt.Messages.Count + 1);
        foreach (var message in prompt.Messages)
        {
            turns.Add(message.Role switch
            {
                BlockRole.User => ChatTurn.User(message.Text),
                BlockRole.Assistant => ChatTurn.Assistant(message.Text, weight: 0),
                _ => ChatTurn.System(message.Text),
            });
        }

        turns.Add(ChatTurn.Assistant(answer));
        return new PromptTrainingRecord(turns, new TrainingManifestPrompt(prompt.PromptId, version, hash ?? throw new ArgumentNullException(nameof(hash))));
    }
}

/// <summary>How a prompt with its answer is written: by the same plans as a record that a project declares.</summary>
internal sealed class PromptTrainingSchema() : TrainingRecordSchema<PromptTrainingRecord>(Array.ConvertAll(PromptRecord.Members, static member => new TrainingMember(member)))
{
    public override void Write(ref TrainingRecordWriter writer, PromptTrainingRecord record)
    {
        var turns = record.Turns;
        var last = turns.Count - 1;
        if (!writer.Layout.HasWeights && !writer.Layout.AnswerIsApart && turns.Any(static turn => turn.Weight == 0))
        {
            writer.Refuse(PromptRecord.Messages, "it holds answers that are context, such as those of examples, and the target trains on every answer; if that is meant, write record.TrainingOnEveryAnswer()");
            return;
        }

        // Where the instructions stand apart there is one place for all of them.
        var leading = 0;
        while (leading < last && turns[leading].Role == ChatTurnRole.System && (leading == 0 || writer.StandsApart(PromptRecord.Instructions, PromptRecord.Messages)))
        {
            leading++;
        }

        writer.Message(PromptRecord.Instructions, leading switch
        {
            0 => null,
            1 => turns[0].Text,
            _ => string.Join("\n\n", turns.Take(leading).Select(static turn => turn.Text)),
        });
        writer.Turns(PromptRecord.Messages, turns.Skip(leading).Take(last - leading));
        writer.Message(PromptRecord.Answer, turns[last].Text);
    }

    public override PromptTrainingRecord Read(TrainingRecordValues values)
    {
        var turns = new List<ChatTurn>();
        if (values.OptionalText(PromptRecord.Instructions) is { } instructions)
        {
            turns.Add(ChatTurn.System(instructions));
        }

        turns.AddRange(values.Turns(PromptRecord.Messages) ?? []);
        turns.Add(ChatTurn.Assistant(values.Text(PromptRecord.Answer)));
        return new PromptTrainingRecord(turns, prompt: null);
    }

    internal override TrainingManifestPrompt? PromptOf(PromptTrainingRecord record) => record.Prompt;
}
