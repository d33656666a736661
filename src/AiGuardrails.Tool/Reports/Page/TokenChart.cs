using System.Globalization;
using AiGuardrails.Core.Training.Targets;
using AiGuardrails.Tool.Reports.Charts;

namespace AiGuardrails.Tool.Reports.Page;

/// <summary>The histogram of tokens per example, with the table behind it.</summary>
internal static class TokenChart
{
    private const int MostBars = 32;
    private const double NearEachOther = 0.35;

    public static void Write(HtmlWriter page, DataReport data, string id)
    {
        var tokens = data.Statistics.Tokens;
        var bars = tokens.Bars(MostBars);
        var width = bars[0].To!.Value - bars[0].From;
        var (start, end) = Around(bars[0].From, bars[^1].To ?? bars[^1].From + width, width);
        var across = Axis.Linear(start, end, 5, Axis.Short, isRound: false, leastStep: 1);
        var down = Axis.Linear(0, bars.Max(static bar => bar.Count), 3, Axis.Short, leastStep: 1);
        var (median, high) = (tokens.Quantile(0.5), tokens.Quantile(0.95));

        page.WriteLine($"""<figure><figcaption>Tokens per example <span class="muted">examples, by their estimated number of tokens</span></figcaption>""");
        var plot = new PlotArea(page, id + "-tokens", markerRows: 2);
        plot.Begin("Tokens per example", Describe(data));
        plot.Down(down);
        foreach (var bar in bars)
        {
            var from = across.At(bar.From);
            var to = across.At(bar.To ?? bar.From + width);
            var gap = Math.Min(0.004, (to - from) * 0.1);
            plot.Bar(from + gap, to - gap, down.At(bar.Count), bar.To is null ? "open" : "plain");
        }

        plot.Across(across);
        var (atMedian, atHigh) = (across.At(Math.Min(median, end)), across.At(Math.Min(high, end)));
        plot.Marker(atMedian, string.Create(CultureInfo.InvariantCulture, $"median {median:N0}"), "quantile", row: 0);
        if (high > median)
        {
            plot.Marker(atHigh, string.Create(CultureInfo.InvariantCulture, $"95 % up to {high:N0}"), "quantile", Math.Abs(atHigh - atMedian) < NearEachOther ? 1 : 0);
        }

        if (TargetDescriptions.Of(data.Request.Target).MaxTokens is > 0 and var most && most > start && most < end)
        {
            plot.Marker(across.At(most), "limit", "bound", row: 1);
        }

        plot.DownLabels(down);
        plot.End();
        if (bars[^1].To is null)
        {
            page.WriteLine($"""<p class="muted small">The last bar holds all of {bars[^1].From:N0} tokens and more; the longest has {tokens.Maximum:N0}.</p>""");
        }

        page.WriteLine($"""<details><summary>Table of the histogram</summary><table><thead><tr><th scope="col">Tokens</th><th scope="col" class="number">Examples</th></tr></thead><tbody>""");
        foreach (var bar in bars)
        {
            var range = bar.To is not { } to ? string.Create(CultureInfo.InvariantCulture, $"{bar.From:N0} and more")
                : to - bar.From == 1 ? bar.From.ToString("N0", CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{bar.From:N0} to {to - 1:N0}");
            page.WriteLine($"""<tr><th scope="row">{range}</th><td class="number">{bar.Count:N0}</td></tr>""");
        }

        page.WriteLine($"</tbody></table></details></figure>");
    }

    // A single bar from side to side would look like a mistake.
    private static (long Start, long End) Around(long start, long end, long width)
    {
        const int FewestBars = 12;
        var missing = FewestBars - ((end - start) / width);
        if (missing <= 0)
        {
            return (start, end);
        }

        var before = Math.Min(start, missing / 2 * width);
        return (start - before, end + (missing * width) - before);
    }

    private static string Describe(DataReport data)
    {
        var tokens = data.Statistics.Tokens;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{tokens.Count:N0} examples of {tokens.Minimum:N0} to {tokens.Maximum:N0} tokens. Half of them have up to {tokens.Quantile(0.5):N0}, 95 % up to {tokens.Quantile(0.95):N0}. The table below has the numbers.");
    }
}
