using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Linting;

/// <summary>The rules about data files, as the build describes them: the tool has the checks without the analyzers.</summary>
internal static class LintRuleInfo
{
    public const string TrainingBudgetExceeded = "AIG2009";

    public static IReadOnlyDictionary<string, RuleInfo> All { get; } = new[]
    {
        Info(TrainingBudgetExceeded, "Training budget exceeded", "AiGuardrails.Cost"),
        Info(LintRules.HiddenUnicode, "Hidden Unicode in prompt text", "AiGuardrails.Prompts"),
        Info(LintRules.NotJsonLines, "Not JSON Lines"),
        Info(LintRules.DoesNotFitTarget, "Record does not fit the target format"),
        Info(LintRules.Duplicate, "Duplicate examples"),
        Info(LintRules.Conflict, "Conflicting examples"),
        Info(LintRules.Leakage, "Training and validation share examples"),
        Info(LintRules.Size, "Dataset size"),
        Info(LintRules.TooManyTokens, "Example over the token limit"),
        Info(LintRules.Secret, "Secret or personal data in a training line"),
        Info(LintRules.DamagedText, "Damaged, placeholder or empty text"),
        Info(LintRules.Unbalanced, "Unbalanced or single-label data"),
        Info(LintRules.SystemPromptsDiffer, "System prompts differ within the file"),
    }.ToDictionary(static rule => rule.Id, StringComparer.Ordinal);

    private static RuleInfo Info(string id, string title, string category = "AiGuardrails.TrainingData") =>
        new(id, title, $"https://github.com/aiguardrails/aiguardrails/blob/main/docs/rules/{id}.md", category);
}
