using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Output;

/// <summary>What the formats for people say in the same words.</summary>
internal static class Sentences
{
    private const int MaxProblems = 20;

    public static string NameOf(FindingLevel level) => level switch
    {
        FindingLevel.Error => "error",
        FindingLevel.Warning => "warning",
        _ => "info",
    };

    /// <summary>Problems as lines, but not all: one missing reference makes a thousand errors, and the first say what is wrong.</summary>
    public static IEnumerable<string> Problems(Report report, Func<Problem, string> line)
    {
        var first = report.Problems.Take(MaxProblems).Select(line);
        var rest = report.Problems.Count - MaxProblems;
        return rest > 0 ? first.Append($"and {rest} more") : first;
    }

    /// <summary><c>5 findings (1 error, 4 warnings) in 3 files; 1 project, 12 files analysed</c></summary>
    public static string Summary(Report report)
    {
        var found = report.Findings.Count == 0
            ? "No findings"
            : $"{Words.Count(report.Findings.Count, "finding")} ({Levels(report)}) in {Words.Count(report.FilesWithFindings, "file")}";

        var seen = report.ProjectsChecked == 0
            ? $"{Words.Count(report.FilesChecked, "file")} analysed"
            : $"{Words.Count(report.ProjectsChecked, "project")}, {Words.Count(report.FilesChecked, "file")} analysed";

        var suppressed = report.Suppressed == 0 ? "" : $"; {report.Suppressed} suppressed in code";
        var known = report.Known.Count == 0 ? "" : $"; {report.Known.Count} known from the baseline";
        var problems = report.Problems.Count == 0 ? "" : $"; not everything could be checked ({Words.Count(report.Problems.Count, "problem")})";

        return found + "; " + seen + suppressed + known + problems;
    }

    private static string Levels(Report report)
    {
        var counts =
            from level in (FindingLevel[])[FindingLevel.Error, FindingLevel.Warning, FindingLevel.Info]
            let count = report.Count(level)
            where count > 0
            select level == FindingLevel.Info ? $"{count} info" : Words.Count(count, NameOf(level));

        return string.Join(", ", counts);
    }
}
