using AiGuardrails;
using Microsoft.Extensions.AI;

namespace Evaluation;

/// <summary>What one model did with the examples that were held out.</summary>
public sealed record Score(string Name, int Right, int Unusable, int Total, decimal Usd)
{
    public double Accuracy => Total == 0 ? 0 : (double)Right / Total;
}

public static class Evaluator
{
    private const int MaxOutputTokens = 5;

    // By name alone: a number is no answer.
    private static readonly Dictionary<string, Mood> Moods = Enum.GetValues<Mood>().ToDictionary(static mood => mood.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Asks a model every held-out example, with the instructions that it needs and within a budget.</summary>
    public static async Task<Score> RunAsync(
        string name,
        IChatClient client,
        string instructions,
        string path,
        TokenPrice price,
        CostMeter meter,
        CancellationToken cancellationToken)
    {
        var (right, unusable, total, spent) = (0, 0, 0, 0m);
        await foreach (var example in TrainingFile.ReadAsync<ReviewExample>(path, cancellationToken: cancellationToken))
        {
            total++;
            using var reservation = meter.Reserve(price.CostOf(inputTokens: 500, MaxOutputTokens));
            var response = await client.GetResponseAsync(
                [new ChatMessage(ChatRole.System, instructions), new ChatMessage(ChatRole.User, example.Review)],
                new ChatOptions { MaxOutputTokens = MaxOutputTokens },
                cancellationToken);

            var cost = price.CostOf(response.Usage?.InputTokenCount ?? 500, response.Usage?.OutputTokenCount ?? MaxOutputTokens);
            reservation.Complete(cost);
            spent += cost;

            // An answer that was cut off, or that is none of the moods, is no answer.
            if (response.FinishReason != ChatFinishReason.Stop || !Moods.TryGetValue(response.Text.Trim(), out var mood))
            {
                unusable++;
            }
            else if (mood == example.Mood)
            {
                right++;
            }
        }

        return new Score(name, right, unusable, total, spent);
    }
}
