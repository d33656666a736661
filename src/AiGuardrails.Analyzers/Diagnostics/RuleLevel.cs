using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Diagnostics;

/// <summary>How loud a rule is until the team says otherwise. An author picks a level, and with it what the rule may cost its users.</summary>
internal enum RuleLevel
{
    /// <summary>Silent until the Strict preset or an .editorconfig line turns it on: team policy, or high volume.</summary>
    Off,

    /// <summary>Worth reading in a review.</summary>
    Suggestion,

    /// <summary>At least nine of ten hits on public code are worth fixing.</summary>
    Warning,

    /// <summary>Cannot be right: what is declared is not generated, or the provider rejects it.</summary>
    Error,
}

internal static class RuleLevelExtensions
{
    public static DiagnosticSeverity ToSeverity(this RuleLevel level) => level switch
    {
        RuleLevel.Error => DiagnosticSeverity.Error,
        RuleLevel.Suggestion => DiagnosticSeverity.Info,
        _ => DiagnosticSeverity.Warning,
    };
}
