using System.Globalization;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Checking;

/// <summary>What a <c>[FineTuningDecision]</c> of the code states: its arguments by name, as constants.</summary>
internal sealed record DecisionRecord(Place Place, string Owner, IReadOnlyDictionary<string, object?> Fields)
{
    /// <summary>Gets the profile that the team's settings name for the file; null where they name none.</summary>
    public string? Profile { get; init; }

    public TrainingFacts Facts => new()
    {
        TriedPrompting = Flag(nameof(TrainingFacts.TriedPrompting)),
        TriedRag = Flag(nameof(TrainingFacts.TriedRag)),
        LabeledExamples = (int)Whole(nameof(TrainingFacts.LabeledExamples), int.MaxValue),
        BudgetUsd = Amount(nameof(TrainingFacts.BudgetUsd)) ?? 0,
        MachineLearningExpertise = Flag(nameof(TrainingFacts.MachineLearningExpertise)),
        KnowledgeIsStable = Flag(nameof(TrainingFacts.KnowledgeIsStable)),
        RequestsPerMonth = Whole(nameof(TrainingFacts.RequestsPerMonth)),
        SavingPerRequestUsd = Amount(nameof(TrainingFacts.SavingPerRequestUsd)),
        TrainingCostUsd = Amount(nameof(TrainingFacts.TrainingCostUsd)),
        Goal = (TrainingGoal)(int)Whole(nameof(TrainingFacts.Goal), int.MaxValue),
    };

    public string? Text(string field) => Fields.TryGetValue(field, out var value) ? value as string : null;

    private bool Flag(string field) => Fields.TryGetValue(field, out var value) && value is true;

    // Code that does not compile may state what no number of the type can be.
    private long Whole(string field, long most = long.MaxValue) => Number(field) switch
    {
        null or double.NaN or float.NaN => 0,
        { } number when Convert.ToDouble(number, CultureInfo.InvariantCulture) is var value && Math.Abs(value) >= most => value < 0 ? -most : most,
        { } number => Convert.ToInt64(number, CultureInfo.InvariantCulture),
    };

    private decimal? Amount(string field) => Number(field) is { } number ? Money.FromDouble(Convert.ToDouble(number, CultureInfo.InvariantCulture)) : null;

    private object? Number(string field) => Fields.TryGetValue(field, out var value) && value is not (null or bool or string or char) ? value : null;
}
