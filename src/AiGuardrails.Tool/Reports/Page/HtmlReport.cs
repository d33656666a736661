using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Reports.Page;

/// <summary>The report as one page that needs nothing from anywhere: its policy forbids whatever is not in it.</summary>
internal static class HtmlReport
{
    private const int MostProblems = 20;
    private const int LongestProblem = 600;

    public static string Render(ReportPage report)
    {
        var page = new HtmlWriter();
        WriteHead(page, report);
        page.WriteLine($"""<body><a class="skip" href="#main">Skip to the content</a>""");
        WriteHeader(page, report);
        page.WriteLine($"""<main id="main" class="wrap">""");
        FindingsSection.Write(page, report);
        DataSection.Write(page, report);
        DecisionSection.Write(page, report);
        WriteNotChecked(page, report);
        page.WriteLine($"</main>");
        page.WriteLine($"""<footer class="wrap">Made by <code>aiguardrails report</code> {report.Version} on {report.Today.ToString()}. The page holds all that it shows and asks the network for nothing. Secrets and data about people that it found are hidden behind asterisks.</footer>""");
        page.Write($"<script>");
        page.WriteOwn(PageAsset.Script);
        page.WriteLine($"</script></body></html>");
        return page.ToString();
    }

    private static void WriteHead(HtmlWriter page, ReportPage report)
    {
        page.WriteLine($"<!DOCTYPE html>");
        page.WriteLine($"""<html lang="en"><head><meta charset="utf-8" />""");
        page.WriteLine($"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {PageAsset.Style.Policy}; script-src {PageAsset.Script.Policy}; base-uri 'none'; form-action 'none'" />""");
        page.WriteLine($"""<meta name="viewport" content="width=device-width, initial-scale=1" /><meta name="referrer" content="no-referrer" /><meta name="generator" content="aiguardrails {report.Version}" />""");
        page.WriteLine($"<title>{Headline(report)} · AiGuardrails</title>");
        page.Write($"<style>");
        page.WriteOwn(PageAsset.Style);
        page.WriteLine($"</style></head>");
    }

    private static string Headline(ReportPage report) => report.Report.Findings.Count == 0
        ? report.Report.Problems.Count == 0 ? "No findings" : "No findings in what could be checked"
        : $"{Words.Count(report.Report.Findings.Count, "finding")} in {Words.Count(report.Report.FilesWithFindings, "file")}";

    private static void WriteHeader(HtmlWriter page, ReportPage report)
    {
        page.WriteLine($"""<header class="wrap"><div class="bar-top"><span class="brand">AiGuardrails report</span><button type="button" id="theme" hidden="">Dark</button></div>""");
        page.WriteLine($"<h1>{Headline(report)}</h1>");
        page.WriteLine($"""<p class="lede">{Seen(report)}, checked on <time datetime="{report.Today.ToString()}">{report.Today.ToString()}</time> with aiguardrails {report.Version}.""");
        if (report.Report.Problems.Count > 0)
        {
            page.Write($""" Not everything could be checked: <a href="#not-checked">{Words.Count(report.Report.Problems.Count, "problem")}</a>.""");
        }

        page.WriteLine($"</p>");
        WriteTiles(page, report);
        page.WriteLine($"</header>");

        page.Write($"""<nav class="wrap" aria-label="Sections"><ul><li><a href="#findings">Findings</a></li>""");
        if (report.Data.Count > 0)
        {
            page.Write($"""<li><a href="#data">Training data</a></li>""");
        }

        if (DecisionSection.IsShown(report))
        {
            page.Write($"""<li><a href="#decisions">Decision to train</a></li>""");
        }

        if (HasRemarks(report))
        {
            page.Write($"""<li><a href="#not-checked">{(report.Report.Problems.Count > 0 ? "Not checked" : "Notes")}</a></li>""");
        }

        page.WriteLine($"</ul></nav>");
    }

    private static string Seen(ReportPage report)
    {
        var parts = new List<string>();
        if (report.HasCode)
        {
            parts.Add($"{Words.Count(report.Report.ProjectsChecked, "project")} with {Words.Count(report.SourceFiles, "source file")}");
        }

        if (report.Data.Count > 0)
        {
            parts.Add(Words.Count(report.Data.Count, "file") + " of training data");
        }

        return parts.Count == 0 ? "Nothing" : string.Join(" and ", parts);
    }

    private static void WriteTiles(HtmlWriter page, ReportPage report)
    {
        page.Write($"""<dl class="tiles">""");
        foreach (var level in (FindingLevel[])[FindingLevel.Error, FindingLevel.Warning, FindingLevel.Info])
        {
            var count = report.Report.Count(level);
            var name = level switch { FindingLevel.Error => "error", FindingLevel.Warning => "warning", _ => "info" };
            Tile(name + (count == 0 ? " zero" : ""), count == 1 || level == FindingLevel.Info ? name : name + "s", count);
        }

        if (report.Report.Suppressed > 0)
        {
            Tile("other", "suppressed in code", report.Report.Suppressed);
        }

        if (report.Report.Known.Count > 0)
        {
            Tile("other", "known from the baseline", report.Report.Known.Count);
        }

        page.WriteLine($"</dl>");

        void Tile(string className, string label, int count) => page.Write($"""<div class="{className}"><dt>{label}</dt><dd>{count:N0}</dd></div>""");
    }

    private static bool HasRemarks(ReportPage report) => report.Report.Problems.Count > 0 || report.Report.Notes.Count > 0;

    private static void WriteNotChecked(HtmlWriter page, ReportPage report)
    {
        if (!HasRemarks(report))
        {
            return;
        }

        page.WriteLine($"""<section id="not-checked" aria-labelledby="not-checked-title"><h2 id="not-checked-title">{(report.Report.Problems.Count > 0 ? "Not checked" : "Notes")}</h2>""");
        if (report.Report.Problems.Count > 0)
        {
            page.WriteLine($"""<p class="muted">What kept a part from being seen. Findings may be missing because of it.</p><ul class="list">""");
            foreach (var problem in report.Report.Problems.Take(MostProblems))
            {
                page.WriteLine($"""<li><span class="path">{SafeText.Cut(problem.Place.ToString(), LongestProblem)}</span> {problem.Code} <span class="text">{SafeText.Cut(problem.Message, LongestProblem)}</span></li>""");
            }

            if (report.Report.Problems.Count > MostProblems)
            {
                page.WriteLine($"<li>and {report.Report.Problems.Count - MostProblems:N0} more</li>");
            }

            page.WriteLine($"</ul>");
        }

        if (report.Report.Notes.Count > 0)
        {
            page.WriteLine($"""<ul class="list muted">""");
            foreach (var note in report.Report.Notes.Take(MostProblems))
            {
                page.WriteLine($"""<li class="text">{SafeText.Cut(note, LongestProblem)}</li>""");
            }

            page.WriteLine($"</ul>");
        }

        page.WriteLine($"</section>");
    }
}
