using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Linting;

/// <summary>Findings of the run-time library, as every command shows them.</summary>
internal static class RunTimeFindings
{
    public static Finding Of(string file, TrainingFinding finding) => new(
        finding.Rule,
        finding.Level switch { TrainingFindingLevel.Error => FindingLevel.Error, TrainingFindingLevel.Warning => FindingLevel.Warning, _ => FindingLevel.Info },
        new Place(file, finding.Line, finding.Column),
        finding.ProviderMessage is null ? finding.Message : $"{finding.Message} (in the provider's words: {finding.ProviderMessage})");
}
