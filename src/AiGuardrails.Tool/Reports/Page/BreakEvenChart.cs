using System.Globalization;
using AiGuardrails.Tool.Reports.Charts;

namespace AiGuardrails.Tool.Reports.Page;

/// <summary>
/// After how many requests training has paid back. Where it is stated what a request saves, money over requests; where it is not,
/// requests over whatever one may save, so that no figure is made up.
/// </summary>
internal static class BreakEvenChart
{
    private const int MostLines = 4;

    // What a request may save, in US dollars: a shorter prompt to a small model at the one end, a page of output of a large one at the other.
    private const double LeastSaving = 0.0001;
    private const double MostSaving = 0.1;

    private static readonly string[] s_lines = ["one", "two-s", "three", "four"];
    private static readonly decimal[] s_savings = [0.0001m, 0.0005m, 0.001m, 0.005m, 0.01m, 0.05m, 0.1m];

    public static void Write(HtmlWriter page, DataReport data, string id)
    {
        var costs = data.Costs.Where(static cost => cost.IsChosen).Concat(data.Costs.Where(static cost => !cost.IsChosen))
            .Where(static cost => cost.Cost.ExpectedUsd > 0)
            .Take(MostLines)
            .ToList();
        if (costs.Count == 0)
        {
            return;
        }

        page.Write($"<figure>");
        var summary = Describe(data.Request, costs[0]);
        if (data.Request.SavingPerRequestUsd is > 0 and var saving)
        {
            WriteBalance(page, costs, (double)saving, summary, id);
        }
        else
        {
            WriteRequests(page, costs, summary, id);
        }

        page.Write($"""<ul class="legend">""");
        foreach (var (index, cost) in costs.Index())
        {
            page.Write($"""<li><svg width="28" height="8" aria-hidden="true" focusable="false"><line class="series {s_lines[index]}" x1="1" x2="27" y1="4" y2="4" /></svg><span class="text">{cost.Model}</span></li>""");
        }

        page.WriteLine($"</ul>");
        page.WriteLine($"""<p class="muted small">{summary}</p>""");
        WriteTable(page, data.Request, costs);
        page.WriteLine($"</figure>");
    }

    // Money saved less money spent: down at the cost at first, and up by what each request saves.
    private static void WriteBalance(HtmlWriter page, List<ModelCost> costs, double saving, string summary, string id)
    {
        var dearest = (double)costs.Max(static cost => cost.Cost.ExpectedUsd);
        var end = 1.3 * dearest / saving;
        var across = Axis.Linear(0, end, 5, Axis.Short, isRound: false);
        var down = Axis.Linear(-dearest, (end * saving) - (double)costs.Min(static cost => cost.Cost.ExpectedUsd), 4, Axis.Dollars);

        page.WriteLine($"""<figcaption>Break-even <span class="muted">US dollars saved less the cost of training (up), by the number of requests (across)</span></figcaption>""");
        var plot = new PlotArea(page, id + "-even");
        plot.Begin("Break-even of training", summary);
        plot.Down(down);
        plot.Line(0, down.At(0), 1, down.At(0), "zero");
        foreach (var (index, cost) in costs.Index())
        {
            var usd = (double)cost.Cost.ExpectedUsd;
            plot.Line(0, down.At(-usd), 1, down.At((end * saving) - usd), "series " + s_lines[index]);
            plot.Dot(across.At(usd / saving), down.At(0), s_lines[index]);
        }

        plot.Across(across);
        plot.DownLabels(down);
        plot.End();
    }

    private static void WriteRequests(HtmlWriter page, List<ModelCost> costs, string summary, string id)
    {
        var across = Axis.Logarithmic(LeastSaving, MostSaving, 4, Axis.Dollars);
        var down = Axis.Logarithmic(
            Math.Max(1, (double)costs.Min(static cost => cost.Cost.ExpectedUsd) / MostSaving),
            Math.Max(10, (double)costs.Max(static cost => cost.Cost.ExpectedUsd) / LeastSaving),
            6,
            Axis.Short);

        page.WriteLine($"""<figcaption>Break-even <span class="muted">requests after which training has paid back (up), by what one request saves in US dollars (across); both in factors of ten</span></figcaption>""");
        var plot = new PlotArea(page, id + "-even");
        plot.Begin("Break-even of training", summary);
        plot.Down(down);
        foreach (var (index, cost) in costs.Index())
        {
            var usd = (double)cost.Cost.ExpectedUsd;
            plot.Line(0, down.At(usd / LeastSaving), 1, down.At(usd / MostSaving), "series " + s_lines[index]);
        }

        plot.Across(across);
        plot.DownLabels(down);
        plot.End();
    }

    private static void WriteTable(HtmlWriter page, DataRequest request, List<ModelCost> costs)
    {
        page.Write($"""<details><summary>Table of the break-even, in requests</summary><table class="dense"><thead><tr><th scope="col">A request saves</th>""");
        foreach (var cost in costs)
        {
            page.Write($"""<th scope="col" class="number text">{cost.Model}</th>""");
        }

        page.WriteLine($"</tr></thead><tbody>");
        IEnumerable<decimal> savings = request.SavingPerRequestUsd is > 0 and var stated ? s_savings.Append(stated).Distinct().Order() : s_savings;
        foreach (var saving in savings)
        {
            page.Write($"""<tr><th scope="row">{Money.Format(saving)}</th>""");
            foreach (var cost in costs)
            {
                page.Write($"""<td class="number">{cost.Cost.BreakEvenRequests(saving) ?? 0:N0}</td>""");
            }

            page.WriteLine($"</tr>");
        }

        page.WriteLine($"</tbody></table></details>");
    }

    private static string Describe(DataRequest request, ModelCost cost)
    {
        const decimal Example = 0.001m;
        var saving = request.SavingPerRequestUsd ?? Example;
        if (cost.Cost.BreakEvenRequests(saving) is not { } requests)
        {
            return $"A request that saves {Money.Format(saving)} never pays back {Money.Format(CostSection.Rounded(cost.Cost.ExpectedUsd))}.";
        }

        var months = request is { SavingPerRequestUsd: not null, RequestsPerMonth: > 0 and var monthly }
            ? string.Create(CultureInfo.InvariantCulture, $", {Months((decimal)requests / monthly)} at {monthly:N0} requests a month")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Training {cost.Model} for {Money.Format(CostSection.Rounded(cost.Cost.ExpectedUsd))} has paid back after {requests:N0} requests that save {Money.Format(saving)} each{months}.");
    }

    private static string Months(decimal months) => months < 1 ? "less than a month" : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(months * 10) / 10:0.#} months");
}
