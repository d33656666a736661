using AiGuardrails;

namespace TrainingPipeline;

/// <summary>A claim, and the code that an expert gave it.</summary>
[TrainingRecord("openai-chat")]
public sealed partial record ClaimExample
{
    [SystemMessage]
    public static string Task => "Give the code of the damage for a claim. Answer with the code alone.";

    [UserMessage]
    public required string Claim { get; init; }

    [AssistantMessage]
    public required string Code { get; init; }
}

public static class Claims
{
    private static readonly (string Text, string Code)[] s_kinds =
    [
        ("Water came through the ceiling of the flat below, {0} m2 of parquet", "W-210"),
        ("Hail dented the roof and the bonnet, {0} dents", "H-104"),
        ("Somebody took {0} bicycles out of the locked cellar", "T-330"),
        ("A pan caught fire, the hood and {0} cupboards are black", "F-115"),
        ("The dog of a guest broke {0} plates", "L-020"),
    ];

    /// <summary>Claims with their codes. Yours come from the archive.</summary>
    public static IEnumerable<ClaimExample> All { get; } =
        Enumerable.Range(2, 150).Select(static number => new ClaimExample { Claim = string.Format(s_kinds[number % s_kinds.Length].Text, number) + ".", Code = s_kinds[number % s_kinds.Length].Code });
}
