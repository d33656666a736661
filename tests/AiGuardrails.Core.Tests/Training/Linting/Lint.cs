using System.Text;
using AiGuardrails.Core.Training.Linting;

namespace AiGuardrails.Core.Tests.Training.Linting;

/// <summary>Runs the linter over texts and shows findings as one line each.</summary>
internal static class Lint
{
    public static List<LintFinding> File(TrainingTarget target, ReadOnlySpan<byte> file, LintOptions? options = null)
    {
        var findings = new List<LintFinding>();
        TrainingLinter.Check(target, file, options ?? new LintOptions(), findings.Add);
        return findings;
    }

    public static List<LintFinding> File(TrainingTarget target, string file, LintOptions? options = null) => File(target, Encoding.UTF8.GetBytes(file), options);

    /// <summary>Lints lines and leaves what is said of their number.</summary>
    public static List<LintFinding> Lines(TrainingTarget target, params string[] lines) =>
        File(target, string.Concat(lines.Select(static line => line + "\n")), new LintOptions { Disabled = [LintRules.Size] });

    /// <summary>Shows a finding: rule, level, place and message.</summary>
    public static string Show(LintFinding finding) => $"{finding.Rule} {finding.Level} {finding.Line}:{finding.Column} {finding.Message}";

    /// <summary>Makes a chat of a question and an answer.</summary>
    public static string Chat(string question, string answer, string? system = null) =>
        "{\"messages\":["
        + (system is null ? "" : $$"""{"role":"system","content":"{{system}}"},""")
        + $$"""{"role":"user","content":"{{question}}"},{"role":"assistant","content":"{{answer}}"}]}""";
}
