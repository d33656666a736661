using AiGuardrails.Core.Models;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Reports;

/// <summary>Everything that a report shows.</summary>
internal sealed record ReportPage
{
    public required CalendarDate Today { get; init; }

    public required string Version { get; init; }

    /// <summary>Gets the check of the code, and the findings of the data beside it.</summary>
    public required Report Report { get; init; }

    /// <summary>Gets the findings that are shown, with their excerpts, file by file.</summary>
    public required IReadOnlyList<ReportFinding> Findings { get; init; }

    public IReadOnlyList<DataReport> Data { get; init; } = [];

    /// <summary>Gets whether code was checked, and not data alone.</summary>
    public bool HasCode { get; init; }

    /// <summary>Gets the number of source files that were compiled.</summary>
    public int SourceFiles { get; init; }

    public int LeftOut => Report.Findings.Count - Findings.Count;

    /// <summary>What a rule is called; its identifier where nothing else is known.</summary>
    public string TitleOf(string rule) => Report.Rules.TryGetValue(rule, out var info) ? info.Title : rule;

    /// <summary>The page about a rule; null where there is none that a browser may open.</summary>
    public string? LinkOf(string rule) =>
        Report.Rules.TryGetValue(rule, out var info) && info.HelpLink is { } link && link.StartsWith("https://", StringComparison.Ordinal) ? link : null;
}
