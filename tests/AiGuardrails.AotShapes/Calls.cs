using AiGuardrails.Runtime.Tests.Training;

namespace AiGuardrails.AotShapes;

/// <summary>What a program does with records, each call with types that are known when it is compiled.</summary>
public static class Calls
{
    public static async Task RoundTripAsync(string path, CancellationToken cancellationToken)
    {
        var options = new TrainingWriteOptions { Target = TrainingTarget.OpenAIChat };
        _ = await TrainingFile.WriteAsync(path, [new ToolUse { Question = "q", Request = new("Paris", 1), Weather = new(1, default), Answer = "a" }], options, cancellationToken: cancellationToken).ConfigureAwait(false);
        await foreach (var record in TrainingFile.ReadAsync<ToolUse>(path, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            _ = record.Answer;
        }

        _ = await TrainingFile.ValidateAsync(path, TrainingTarget.OpenAIChat, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
