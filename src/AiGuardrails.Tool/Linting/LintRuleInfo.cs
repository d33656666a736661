using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Linting;

/// <summary>The rules about data files, as the build describes them: the tool has the checks without the analyzers.</summary>
internal static class LintRuleInfo
{
    public const string TrainingBudgetExceeded = "AIG2009";

    public static IReadOnlyDictionary<string, RuleInfo> All { get; } = new[]
    {
        Info(TrainingBudgetExceeded, "Training budget exceeded", "AiGuardrails.Cost", tags: ["LLM06:2026"]),
        Info(LintRules.HiddenUnicode, "Hidden Unicode in prompt text", "AiGuardrails.Prompts", tags: ["LLM01:2026"]),
        Info(LintRules.NotJsonLines, "Not JSON Lines", level: FindingLevel.Error),
        Info(LintRules.DoesNotFitTarget, "Record does not fit the target format", level: FindingLevel.Error),
        Info(LintRules.Duplicate, "Duplicate examples"),
        Info(LintRules.Conflict, "Conflicting examples"),
        Info(LintRules.Leakage, "Training and validation share examples"),
        Info(LintRules.Size, "Dataset size"),
        Info(LintRules.TooManyTokens, "Example over the token limit"),
        Info(LintRules.Secret, "Secret or personal data in a training line", tags: ["LLM02:2026", "CWE-212"]),
        Info(LintRules.DamagedText, "Damaged, placeholder or empty text"),
        Info(LintRules.Unbalanced, "Unbalanced or single-label data", level: FindingLevel.Info),
        Info(LintRules.SystemPromptsDiffer, "System prompts differ within the file", level: FindingLevel.Info),
    }.ToDictionary(static rule => rule.Id, StringComparer.Ordinal);

    private static RuleInfo Info(string id, string title, string category = "AiGuardrails.TrainingData", FindingLevel level = FindingLevel.Warning, string[]? tags = null) =>
        new(id, title, $"https://github.com/aiguardrails/aiguardrails/blob/main/docs/rules/{id}.md", category) { Level = level, Tags = new(tags ?? []) };
}
