using AiGuardrails.Tool.Findings;
using AiGuardrails.Tool.Output;
using AiGuardrails.Tool.Reports.Charts;

namespace AiGuardrails.Tool.Reports.Page;

/// <summary>The findings: how many of each rule and in each file, and then one by one with the code that they are about.</summary>
internal static class FindingsSection
{
    private const int LongestMessage = 1200;
    private const int LongestPath = 300;
    private const int MostFiles = 12;

    private static readonly FindingLevel[] s_levels = [FindingLevel.Error, FindingLevel.Warning, FindingLevel.Info];

    public static void Write(HtmlWriter page, ReportPage report)
    {
        page.WriteLine($"""<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2>""");
        if (report.Report.Findings.Count == 0)
        {
            WriteNone(page, report);
        }
        else
        {
            page.WriteLine($"""<div class="panel stack">""");
            WriteRules(page, report);
            WriteFiles(page, report);
            page.WriteLine($"</div>");
            WriteFilters(page, report);
            WriteList(page, report);
        }

        page.WriteLine($"</section>");
    }

    private static void WriteNone(HtmlWriter page, ReportPage report)
    {
        page.Write($"""<div class="panel empty">""");
        if (report.Report.Problems.Count > 0)
        {
            page.Write($"""<strong>Nothing was found in what could be checked</strong>But not everything could be: see <a href="#not-checked">what was not checked</a>.""");
        }
        else
        {
            page.Write($"<strong>Nothing to mend</strong>Everything was checked, and no rule has anything to say.");
        }

        if (report.Report.Suppressed > 0)
        {
            page.Write($" {Words.Count(report.Report.Suppressed, "finding")} suppressed in code.");
        }

        if (report.Report.Known.Count > 0)
        {
            page.Write($" {Words.Count(report.Report.Known.Count, "finding")} known from the baseline.");
        }

        page.WriteLine($"</div>");
    }

    private static void WriteRules(HtmlWriter page, ReportPage report)
    {
        var rules = report.Report.Findings
            .GroupBy(static finding => finding.Rule, StringComparer.Ordinal)
            .OrderByDescending(static rule => rule.Count()).ThenBy(static rule => rule.Key, StringComparer.Ordinal)
            .ToList();
        var most = (double)rules.Max(static rule => rule.Count());
        var shown = report.Findings.ToLookup(static finding => finding.Finding.Rule, StringComparer.Ordinal);

        page.WriteLine($"""<div><table><caption>By rule</caption><thead><tr><th scope="col">Rule</th><th scope="col" class="wide"><span class="phone-hidden"><span class="key error">errors</span> <span class="key warning">warnings</span> <span class="key info">info</span></span></th><th scope="col" class="number">Findings</th></tr></thead><tbody>""");
        foreach (var rule in rules)
        {
            page.Write($"""<tr id="rule-{rule.Key}"><th scope="row">""");
            WriteRule(page, report, rule.Key);
            page.Write($""" <span class="title">{report.TitleOf(rule.Key)}</span></th><td class="wide">""");
            BarRows.Write(page, [.. s_levels.Select(level => new BarPiece(rule.Count(finding => finding.Level == level) / most, Sentences.NameOf(level)))]);
            page.Write($"""</td><td class="number">""");
            if (shown[rule.Key].FirstOrDefault() is { } first)
            {
                page.Write($"""<a href="#f{first.Number}" aria-label="{Words.Count(rule.Count(), "finding")} of {rule.Key}, go to the first">{rule.Count():N0}</a>""");
            }
            else
            {
                page.Write($"{rule.Count():N0}");
            }

            page.WriteLine($"</td></tr>");
        }

        page.WriteLine($"</tbody></table></div>");
    }

    private static void WriteFiles(HtmlWriter page, ReportPage report)
    {
        var files = report.Report.Findings
            .GroupBy(static finding => finding.Place.File, StringComparer.Ordinal)
            .OrderByDescending(static file => file.Count()).ThenBy(static file => file.Key, StringComparer.Ordinal)
            .ToList();
        var most = (double)files.Max(static file => file.Count());
        var first = report.Findings.GroupBy(static finding => finding.Finding.Place.File, StringComparer.Ordinal).ToDictionary(static file => file.Key, static file => file.First().Number, StringComparer.Ordinal);

        page.WriteLine($"""<div><table><caption>By file</caption><thead><tr><th scope="col">File</th><th scope="col" class="wide"><span class="phone-hidden"><span class="key error">errors</span> <span class="key warning">warnings</span> <span class="key info">info</span></span></th><th scope="col" class="number">Findings</th></tr></thead><tbody>""");
        foreach (var file in files.Take(MostFiles))
        {
            page.Write($"""<tr><th scope="row">""");
            if (first.TryGetValue(file.Key, out var number))
            {
                page.Write($"""<a class="path" href="#g{number}">{SafeText.Cut(file.Key, LongestPath)}</a>""");
            }
            else
            {
                page.Write($"""<span class="path">{SafeText.Cut(file.Key, LongestPath)}</span>""");
            }

            page.Write($"""</th><td class="wide">""");
            BarRows.Write(page, [.. s_levels.Select(level => new BarPiece(file.Count(finding => finding.Level == level) / most, Sentences.NameOf(level)))]);
            page.WriteLine($"""</td><td class="number">{file.Count():N0}</td></tr>""");
        }

        if (files.Count > MostFiles)
        {
            page.WriteLine($"""<tr><th scope="row" class="muted" colspan="2">{Words.Count(files.Count - MostFiles, "more file")}</th><td class="number muted">{files.Skip(MostFiles).Sum(static file => file.Count()):N0}</td></tr>""");
        }

        page.WriteLine($"</tbody></table></div>");
    }

    // There without a script too, but not seen: what filters nothing would be in the way.
    private static void WriteFilters(HtmlWriter page, ReportPage report)
    {
        page.WriteLine($"""<form id="filters" class="panel" role="search" aria-label="Findings" hidden=""><div class="filters">""");
        page.Write($"""<div><label for="filter-rule">Rule</label><select id="filter-rule"><option value="">All rules</option>""");
        foreach (var rule in report.Findings.Select(static finding => finding.Finding.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            page.Write($"""<option value="{rule}">{rule} {report.TitleOf(rule)}</option>""");
        }

        page.WriteLine($"</select></div>");
        page.Write($"""<div><label for="filter-level">Level</label><select id="filter-level"><option value="">All levels</option>""");
        foreach (var level in s_levels)
        {
            page.Write($"""<option value="{Sentences.NameOf(level)}">{Sentences.NameOf(level)}</option>""");
        }

        page.WriteLine($"</select></div>");
        page.WriteLine($"""<div><label for="filter-file">File contains</label><input id="filter-file" type="search" autocomplete="off" spellcheck="false" /></div>""");
        page.WriteLine($"""<div><label for="filter-text">Text contains</label><input id="filter-text" type="search" autocomplete="off" spellcheck="false" /></div>""");
        page.WriteLine($"""<div><button type="reset">Clear filters</button></div></div><p class="status" id="shown" role="status" aria-live="polite"></p></form>""");
    }

    private static void WriteList(HtmlWriter page, ReportPage report)
    {
        if (report.LeftOut > 0)
        {
            page.WriteLine($"""<p class="muted">The {report.Findings.Count:N0} most severe findings are listed; {report.LeftOut:N0} more are counted above. <code>aiguardrails check --format json</code> lists all.</p>""");
        }

        page.WriteLine($"""<p id="none-shown" class="panel empty" hidden=""><strong>No finding fits the filters</strong>Take one back, or clear them all.</p>""");
        foreach (var file in report.Findings.GroupBy(static finding => finding.Finding.Place.File, StringComparer.Ordinal))
        {
            var first = file.First().Number;
            page.WriteLine($"""<section class="group" id="g{first}" aria-labelledby="g{first}-title" data-file="{SafeText.Cut(file.Key, LongestPath)}"><h3 id="g{first}-title"><span class="path">{SafeText.Cut(file.Key, LongestPath)}</span> <span class="muted">{Words.Count(file.Count(), "finding")}</span></h3><ul>""");
            foreach (var finding in file)
            {
                WriteFinding(page, report, finding);
            }

            page.WriteLine($"</ul></section>");
        }
    }

    private static void WriteFinding(HtmlWriter page, ReportPage report, ReportFinding shown)
    {
        var finding = shown.Finding;
        var level = Sentences.NameOf(finding.Level);
        page.Write($"""<li class="finding" id="f{shown.Number}" data-rule="{finding.Rule}" data-level="{level}"><div class="head"><span class="level {level}">{level}</span>""");
        WriteRule(page, report, finding.Rule);
        page.Write($"""<span>{report.TitleOf(finding.Rule)}</span>""");
        if (finding.Place.Line > 0)
        {
            page.Write($"""<span class="place">line {finding.Place.Line}{(finding.Place.Column > 0 ? ", column " : "")}{(finding.Place.Column > 0 ? finding.Place.Column.ToString(System.Globalization.CultureInfo.InvariantCulture) : "")}</span>""");
        }
        else
        {
            page.Write($"""<span class="place">the whole file</span>""");
        }

        page.WriteLine($"""</div><p class="message text">{SafeText.Cut(finding.Message, LongestMessage)}</p>""");
        if (shown.Excerpt is { Lines.Count: > 0 } excerpt)
        {
            WriteExcerpt(page, finding, excerpt);
        }

        page.WriteLine($"</li>");
    }

    private static void WriteRule(HtmlWriter page, ReportPage report, string rule)
    {
        if (report.LinkOf(rule) is { } link)
        {
            page.Write($"""<a href="{link}" rel="noreferrer">{rule}</a>""");
        }
        else
        {
            page.Write($"""<span>{rule}</span>""");
        }
    }

    private static void WriteExcerpt(HtmlWriter page, Finding finding, Excerpt excerpt)
    {
        // What all lines are indented by says nothing and takes a third of a phone's width.
        var indent = excerpt.Lines.Where(static line => line.Before.Length + line.Marked.Length > 0 && !string.IsNullOrWhiteSpace(line.Before + line.Marked + line.After) && !line.IsCut.Start)
            .Select(static line => line.Before.Length - line.Before.TrimStart(' ').Length)
            .DefaultIfEmpty(0).Min();

        page.Write($"""<div class="code">""");
        foreach (var line in excerpt.Lines)
        {
            var before = !line.IsCut.Start && line.Before.Length >= indent ? line.Before[indent..] : line.Before;
            page.Write($"""<div class="line{(line.Number == finding.Place.Line ? " here" : "")}"><span class="n">{line.Number}</span><span class="t">{(line.IsCut.Start ? "…" : "")}{before}""");
            if (line.Marked.Length > 0)
            {
                page.Write($"<mark>{line.Marked}</mark>");
            }

            page.WriteLine($"{line.After}{(line.IsCut.End ? "…" : "")}</span></div>");
        }

        page.WriteLine($"</div>");
    }
}
