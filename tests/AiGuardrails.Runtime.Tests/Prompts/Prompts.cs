namespace AiGuardrails.Runtime.Tests.Prompts;

public enum ApplianceLine
{
    Oven,
    Dishwasher,
    Fridge,
}

public enum ClaimRoute
{
    Repair,
    Refuse,
}

public sealed record ClaimVerdict(ClaimRoute Route, string Reason, int ConfidencePercent, string? Note = null);

[Prompt("warranty/triage", Version = 3, Output = typeof(ClaimVerdict), MaxPromptTokens = 5_000, MaxOutputTokens = 300)]
[Block(BlockRole.System, """
    You route warranty claims for {Line}, covered until {CoveredUntil}.
    Answer like {{"route":"Repair"}}.
    """)]
[Block(BlockRole.User, """
    Manual:
    {Manual}

    Customer:
    {Complaint}
    """)]
[Block(BlockRole.User, "{Extra}")]
public sealed partial record WarrantyTriage
{
    public required ApplianceLine Line { get; init; }

    public required DateOnly CoveredUntil { get; init; }

    [Slot(MaxTokens = 900, Overflow = Overflow.KeepStart, Label = "customer")]
    public required string Complaint { get; init; }

    [Slot(MaxTokens = 100, Overflow = Overflow.DropLast, Label = "manual")]
    public IReadOnlyList<Passage> Manual { get; init; } = [];

    public string? Extra { get; init; }

    [Examples]
    private static IEnumerable<Shot<WarrantyTriage, ClaimVerdict>> Shots()
    {
        yield return new(
            new() { Line = ApplianceLine.Fridge, CoveredUntil = new(2027, 3, 1), Complaint = "Door shelf cracked." },
            new(ClaimRoute.Refuse, "\"Mechanical\" damage.", 93));
    }
}

[Prompt("all")]
[Block(BlockRole.System, "{Flag} {Number} {Share} {Id} {Time} {Span} {Lines} {Maybe}|{Tone}|{Rules}")]
[Block(BlockRole.User, "{Any}\n{Texts}")]
public sealed partial record EveryKind
{
    public bool Flag { get; init; } = true;

    public int Number { get; init; } = -1;

    public double Share { get; init; } = 0.5;

    public Guid Id { get; init; }

    public DateTime Time { get; init; } = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    public TimeSpan Span { get; init; } = TimeSpan.FromMinutes(90);

    public ApplianceLine[] Lines { get; init; } = [ApplianceLine.Oven, ApplianceLine.Fridge];

    public int? Maybe { get; init; }

    [Slot(TrustedBecause = "It comes from our own settings.")]
    public string Tone { get; init; } = "kind";

    [Slot(TrustedBecause = "It comes from our own settings.")]
    public string[] Rules { get; init; } = ["a", "b"];

    public object? Any { get; init; }

    [Slot(MaxTokens = 50)]
    public IEnumerable<string?>? Texts { get; init; }
}
