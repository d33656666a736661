using System.Text;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Output;

/// <summary>A table that reads well in a comment on a pull request.</summary>
internal static class MarkdownReport
{
    public static void Write(Report report, TextWriter writer)
    {
        writer.WriteLine("### AiGuardrails");
        writer.WriteLine();
        writer.WriteLine(Text(Sentences.Summary(report)) + ".");

        if (report.Findings.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine("| | Place | Rule | Message |");
            writer.WriteLine("|---|---|---|---|");
            foreach (var finding in report.Findings)
            {
                var place = finding.Place.Line == 0 ? finding.Place.File : $"{finding.Place.File}:{finding.Place.Line}";
                writer.WriteLine($"| {Sentences.NameOf(finding.Level)} | {Code(place)} | {Rule(finding, report)} | {Text(finding.Message)} |");
            }
        }

        WriteList(writer, "Not checked", Sentences.Problems(report, problem => $"{Code(problem.Place.ToString())} {Text((problem.Code + " " + problem.Message).Trim())}"));
        WriteList(writer, "Notes", report.Notes.Select(Text));
    }

    private static void WriteList(TextWriter writer, string title, IEnumerable<string> lines)
    {
        var first = true;
        foreach (var line in lines)
        {
            if (first)
            {
                writer.WriteLine();
                writer.WriteLine($"**{title}**");
                writer.WriteLine();
                first = false;
            }

            writer.WriteLine("- " + line);
        }
    }

    private static string Rule(Finding finding, Report report) =>
        report.Rules.TryGetValue(finding.Rule, out var rule) && rule.HelpLink is { Length: > 0 } link ? $"[{finding.Rule}]({link})" : finding.Rule;

    // A message quotes code, and code is full of what Markdown takes for its own.
    private static string Text(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '~' or '#' or '@' or '&')
            {
                _ = escaped.Append('\\');
            }

            _ = escaped.Append(c);
        }

        return escaped.ToString();
    }

    // A path with a backtick or a pipe cannot be shown as code in a table.
    private static string Code(string text) => text.AsSpan().IndexOfAny('`', '|') < 0 ? $"`{text}`" : Text(text);
}
