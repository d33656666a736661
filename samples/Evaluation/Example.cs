using AiGuardrails;

namespace Evaluation;

public enum Mood { Pleased, Neutral, Angry }

/// <summary>One labelled review. The same record was trained on; what is measured here was held out.</summary>
[TrainingRecord]
public sealed partial record ReviewExample
{
    [SystemMessage]
    public static string Task => "Name the mood of a review: Pleased, Neutral or Angry. Answer with the one word.";

    /// <summary>Gets the best prompt that was found for the model as it is: it explains, and it shows.</summary>
    public static string Prompt => $"""
        {Task}
        Pleased: the customer says what is good. Angry: something is broken, late or missing, or the customer does not come back.
        Neutral: all else, and reviews that say both. Customers exaggerate; exclamation marks alone mean nothing.
        Review: Arrived a day early, and it fits! Answer: Pleased
        Review: The handle came off when I lifted it. Answer: Angry
        Review: It is a lamp. It gives light. Answer: Neutral
        """;

    [UserMessage]
    public required string Review { get; init; }

    [AssistantMessage]
    public required Mood Mood { get; init; }
}

public static class Reviews
{
    private static readonly (string Text, Mood Mood)[] s_kinds =
    [
        ("Works as it should, room {0}.", Mood.Neutral),
        ("Best thing I have bought this year, number {0}!", Mood.Pleased),
        ("Broke after {0} days. Never again.", Mood.Angry),
        ("Oh great, the {0}th one that does not fit.", Mood.Angry),
    ];

    /// <summary>Labelled reviews. Yours come from people.</summary>
    public static IEnumerable<ReviewExample> All { get; } =
        Enumerable.Range(1, 200).Select(static number => new ReviewExample { Review = string.Format(s_kinds[number % s_kinds.Length].Text, number), Mood = s_kinds[number % s_kinds.Length].Mood });
}
