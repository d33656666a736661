using System.Globalization;
using AiGuardrails.Core.Training.Statistics;
using AiGuardrails.Tool.Reports.Charts;

namespace AiGuardrails.Tool.Reports.Page;

/// <summary>What the files of training data look like, one after the other.</summary>
internal static class DataSection
{
    private const int LongestText = 200;
    private const int MostLabels = 20;
    private const int LongestPath = 300;

    public static void Write(HtmlWriter page, ReportPage report)
    {
        if (report.Data.Count == 0)
        {
            return;
        }

        page.WriteLine($"""<section id="data" aria-labelledby="data-title"><h2 id="data-title">Training data</h2>""");
        foreach (var (index, data) in report.Data.Index())
        {
            WriteFile(page, report, data, string.Create(CultureInfo.InvariantCulture, $"d{index + 1}"));
        }

        page.WriteLine($"</section>");
    }

    private static void WriteFile(HtmlWriter page, ReportPage report, DataReport data, string id)
    {
        page.WriteLine($"""<section class="panel stack" id="{id}" aria-labelledby="{id}-title"><div><h3 id="{id}-title"><span class="path">{SafeText.Cut(data.File, LongestPath)}</span> <span class="muted small">{data.Request.Target.Name}</span></h3>""");
        WriteFacts(page, report, data);
        page.WriteLine($"</div>");
        if (data.Statistics.Tokens.Count == 0)
        {
            page.WriteLine($"""<p class="empty"><strong>No example could be read</strong>The findings say why; there is nothing to count.</p></section>""");
            return;
        }

        page.WriteLine($"""<div class="two">""");
        TokenChart.Write(page, data, id);
        page.WriteLine($"<div>");
        WriteParts(page, data);
        page.WriteLine($"</div></div>");
        WriteLabels(page, data);
        WriteClusters(page, "Duplicates", "examples repeat an earlier one", data.Duplicates, "same as line", "No two examples are the same.");
        if (data.NearDuplicates.Records > 0)
        {
            WriteClusters(page, "Near duplicates", "examples are nearly an earlier one", data.NearDuplicates, "nearly line", "");
        }

        WriteClusters(page, "Conflicts", "examples answer the input of an earlier one differently", data.Conflicts, "another answer to line", "No two examples answer one input differently.");
        WriteLeaks(page, data);
        CostSection.Write(page, data);
        BreakEvenChart.Write(page, data, id);
        page.WriteLine($"</section>");
    }

    private static void WriteFacts(HtmlWriter page, ReportPage report, DataReport data)
    {
        var tokens = data.Statistics.Tokens;
        var found = report.Report.Findings.Count(finding => finding.Place.File == data.File);
        page.Write($"""<dl class="facts">""");
        Fact("Examples", data.Summary.Records.ToString("N0", CultureInfo.InvariantCulture), data.Summary.Lines == data.Summary.Records ? "" : $"of {Words.Count(data.Summary.Lines, "line")}");
        Fact("Size", Size(data.Summary.Bytes), "");
        Fact("Tokens", tokens.Total.ToString("N0", CultureInfo.InvariantCulture), "estimated");
        Fact("Median example", Tokens(tokens.Quantile(0.5)), "");
        Fact("Longest example", Tokens(tokens.Maximum), "");
        if (data.ValidationSummary is { } validation)
        {
            Fact("Validation", validation.Records.ToString("N0", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{(double)validation.Records / Math.Max(1, validation.Records + data.Summary.Records):P0} of all"));
        }

        Fact("Findings", found.ToString("N0", CultureInfo.InvariantCulture), "");
        page.WriteLine($"</dl>");

        void Fact(string name, string value, string remark)
        {
            page.Write($"<div><dt>{name}</dt><dd>{value}");
            if (remark.Length > 0)
            {
                page.Write($""" <span class="muted">{remark}</span>""");
            }

            page.Write($"</dd></div>");
        }
    }

    private static void WriteParts(HtmlWriter page, DataReport data)
    {
        var parts = data.Statistics.Parts.Where(static part => part.Part != TrainingPart.Other).ToList();
        if (parts.Count == 0)
        {
            return;
        }

        var all = Math.Max(1.0, parts.Sum(static part => part.Tokens));
        page.WriteLine($"""<table><caption>Balance of roles, by tokens</caption><thead><tr><th scope="col">Role</th><th scope="col" class="wide"></th><th scope="col" class="number">Share</th><th scope="col" class="number">Texts</th></tr></thead><tbody>""");
        foreach (var part in parts)
        {
            page.Write($"""<tr><th scope="row">{NameOf(part.Part)}</th><td class="wide">""");
            BarRows.Write(page, new BarPiece(part.Tokens / all, "plain"));
            page.WriteLine($"""</td><td class="number">{part.Tokens / all * 100:0} %</td><td class="number">{part.Texts:N0}</td></tr>""");
        }

        page.WriteLine($"</tbody></table>");
    }

    private static void WriteLabels(HtmlWriter page, DataReport data)
    {
        var labels = data.Statistics.Labels;
        if (labels.Count == 0)
        {
            return;
        }

        var most = (double)labels.Max(static label => label.Count);
        var all = (double)labels.Sum(static label => label.Count);
        page.WriteLine($"""<div><table><caption>Balance of labels</caption><thead><tr><th scope="col">Answer</th><th scope="col" class="wide"></th><th scope="col" class="number">Share</th><th scope="col" class="number">Examples</th></tr></thead><tbody>""");
        foreach (var label in labels.Take(MostLabels))
        {
            page.Write($"""<tr><th scope="row"><span class="text">{label.Text}</span></th><td class="wide">""");
            BarRows.Write(page, new BarPiece(label.Count / most, "plain"));
            page.WriteLine($"""</td><td class="number">{label.Count / all * 100:0.#} %</td><td class="number">{label.Count:N0}</td></tr>""");
        }

        page.WriteLine($"</tbody></table>");
        if (labels.Count > MostLabels)
        {
            page.WriteLine($"""<p class="muted small">{Words.Count(labels.Count - MostLabels, "rarer answer")} not shown.</p>""");
        }

        page.WriteLine($"</div>");
    }

    private static void WriteClusters(HtmlWriter page, string title, string what, ClusterList clusters, string relation, string none)
    {
        page.Write($"<div><h4>{title}</h4>");
        if (clusters.Records == 0)
        {
            page.WriteLine($"""<p class="muted">{none}</p></div>""");
            return;
        }

        page.WriteLine($"""<p class="muted">{clusters.Records:N0} {what}, in {(clusters.IsComplete ? "" : "more than ")}{Words.Count(clusters.Groups, "group")}.</p>""");
        WriteLargest(page, clusters, relation);
        page.WriteLine($"</div>");
    }

    private static void WriteLargest(HtmlWriter page, ClusterList clusters, string relation)
    {
        page.WriteLine($"""<ol class="clusters">""");
        foreach (var view in clusters.Largest)
        {
            page.Write($"""<li>{Lines(view.Cluster)}: {relation} {view.Cluster.FirstLine}""");
            if (view.Text is { } text)
            {
                page.Write($"""<span class="text small">{SafeText.Cut(text, LongestText)}</span>""");
            }

            page.WriteLine($"</li>");
        }

        page.WriteLine($"</ol>");
        if (clusters.Groups > clusters.Largest.Count)
        {
            page.WriteLine($"""<p class="muted small">{Words.Count(clusters.Groups - clusters.Largest.Count, "smaller group")} not shown.</p>""");
        }
    }

    private static void WriteLeaks(HtmlWriter page, DataReport data)
    {
        if (data.ValidationFile is not { } validation)
        {
            page.WriteLine($"""<div><h4>Leakage</h4><p class="muted">No validation data is declared, so there is nothing to leak into.</p></div>""");
            return;
        }

        page.Write($"""<div><h4>Leakage into <span class="path">{SafeText.Cut(validation, LongestPath)}</span></h4>""");
        if (data.Leaks.Records == 0)
        {
            page.WriteLine($"""<p class="muted">No input of the validation data stands in the training data.</p></div>""");
            return;
        }

        var share = (double)data.Leaks.Records / Math.Max(1, data.ValidationSummary?.Records ?? 1);
        page.WriteLine($"""<p class="muted">{Words.Count(data.Leaks.Records, "validation example")} ({share * 100:0.#} %) with an input that the model is trained on: they measure what it has learnt by heart.</p>""");
        WriteLargest(page, data.Leaks, "the input of training line");
        page.WriteLine($"</div>");
    }

    private static string Lines(RecordCluster cluster)
    {
        var lines = cluster.Lines.Select(static line => line.ToString(CultureInfo.InvariantCulture)).ToList();
        var more = cluster.Count - lines.Count;
        var last = more > 0 ? string.Create(CultureInfo.InvariantCulture, $"{more:N0} more") : lines[^1];
        var first = more > 0 ? lines : lines[..^1];
        return (cluster.Count == 1 ? "Line " : "Lines ") + (first.Count == 0 ? last : string.Join(", ", first) + " and " + last);
    }

    private static string NameOf(TrainingPart part) => part switch
    {
        TrainingPart.Prompt => "prompt",
        TrainingPart.Completion => "answer",
        TrainingPart.Rejected => "rejected answer",
        _ => part.ToString().ToLowerInvariant(),
    };

    private static string Tokens(long number) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? "token" : "tokens")}");

    private static string Size(long bytes) => bytes switch
    {
        >= 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.#} GB"),
        >= 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MB"),
        >= 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes"),
    };
}
