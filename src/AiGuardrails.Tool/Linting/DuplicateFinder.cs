using AiGuardrails.Core.Training.Linting;

namespace AiGuardrails.Tool.Linting;

/// <summary>The linter of the build with one question: is this line there already?</summary>
internal static class DuplicateFinder
{
    private static readonly string[] s_others = [.. LintRules.All.Where(static rule => rule != LintRules.Duplicate)];

    /// <summary>Prepares the search.</summary>
    /// <param name="target">The format of the data.</param>
    /// <param name="near">Whether examples count that are nearly the same.</param>
    /// <param name="report">Told of a duplicate while its line is written to the linter.</param>
    public static TrainingLinter Create(TrainingTarget target, bool near, Action<LintFinding> report) =>
        new(target, new LintOptions { Disabled = s_others, NearDuplicates = near, MaxFindingsPerRule = int.MaxValue }, report);
}
