using System.Globalization;
using AiGuardrails.Tool.Reports.Charts;

namespace AiGuardrails.Tool.Reports.Page;

/// <summary>What training costs with each model, against the budget, and after how many requests it has paid back.</summary>
internal static class CostCharts
{
    private const int MostLines = 4;
    private const int MostModels = 12;

    // What a request may save, in US dollars: a shorter prompt to a small model at the one end, a page of output of a large one at the other.
    private const double LeastSaving = 0.0001;
    private const double MostSaving = 0.1;

    private static readonly string[] s_lines = ["one", "two-s", "three", "four"];
    private static readonly double[] s_savings = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1];

    public static void Write(HtmlWriter page, DataReport data, string id)
    {
        page.WriteLine($"<div><h4>Cost of training</h4>");
        if (data.CostNote is { } note)
        {
            page.WriteLine($"""<p class="muted text">{note}</p>""");
        }

        if (data.Costs.Count == 0)
        {
            page.WriteLine($"</div>");
            return;
        }

        WriteCosts(page, data);
        page.WriteLine($"</div>");
        WriteBreakEven(page, data, id);
    }

    private static void WriteCosts(HtmlWriter page, DataReport data)
    {
        var costs = data.Costs.Take(MostModels).ToList();
        var budget = data.Request.MaxCostUsd;
        var most = (double)Math.Max(costs.Max(static cost => cost.Cost.HighUsd), budget is { } limit && limit <= 4 * costs.Max(static cost => cost.Cost.HighUsd) ? limit : 0);
        most = Math.Max(most, 1e-9);
        var first = costs[0].Cost;
        var days = costs.Select(static cost => cost.Cost.Price.AsOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        page.Write($"""<p class="muted">One job of {first.Epochs.ToString()}{(data.Request.Epochs is null ? ", as services choose where nobody says" : "")}; prices as of {string.Join(", ", days)}.""");
        if (budget is { } given)
        {
            var within = costs.Count(cost => cost.Cost.HighUsd <= given);
            page.Write($""" The budget of {Money.Format(given)} is enough for {(within == costs.Count ? "all of them" : within == 0 ? "none of them" : within.ToString(CultureInfo.InvariantCulture) + " of " + costs.Count.ToString(CultureInfo.InvariantCulture))}.""");
        }

        page.WriteLine($"""</p><table><thead><tr><th scope="col">Model</th><th scope="col" class="wide"><span class="phone-hidden">Likely, with range{(budget is null ? "" : "; red: budget")}</span></th><th scope="col" class="number">Likely</th><th scope="col" class="number">Range</th></tr></thead><tbody>""");
        foreach (var cost in costs)
        {
            page.Write($"""<tr><th scope="row"><span class="text">{cost.Model}</span>{(cost.IsChosen ? " (chosen)" : "")}""");
            if (cost.Remark is { } remark)
            {
                page.Write($"""<br /><span class="muted small">{remark}</span>""");
            }

            page.Write($"""</th><td class="wide">""");
            BarRows.WriteRange(page, (double)cost.Cost.LowUsd / most, (double)cost.Cost.ExpectedUsd / most, (double)cost.Cost.HighUsd / most, budget is { } line ? (double)line / most : null);
            page.WriteLine($"""</td><td class="number">{Money.Format(Cents(cost.Cost.ExpectedUsd))}{(budget is { } over && cost.Cost.LowUsd > over ? " over" : "")}</td><td class="number">{Money.Format(Cents(cost.Cost.LowUsd))} – {Money.Format(Cents(cost.Cost.HighUsd))}</td></tr>""");
        }

        page.WriteLine($"</tbody></table>");
    }

    private static void WriteBreakEven(HtmlWriter page, DataReport data, string id)
    {
        var chosen = data.Costs.Where(static cost => cost.IsChosen);
        var costs = chosen.Concat(data.Costs.Where(static cost => !cost.IsChosen)).Where(static cost => cost.Cost.ExpectedUsd > 0).Take(MostLines).ToList();
        if (costs.Count == 0)
        {
            return;
        }

        var across = Axis.Logarithmic(LeastSaving, MostSaving, 4, static value => Axis.Dollars(value));
        var down = Axis.Logarithmic(
            Math.Max(1, (double)costs.Min(static cost => cost.Cost.ExpectedUsd) / MostSaving),
            Math.Max(10, (double)costs.Max(static cost => cost.Cost.ExpectedUsd) / LeastSaving),
            4,
            Axis.Short);

        page.WriteLine($"""<figure><figcaption>Break-even <span class="muted">requests after which training has paid back (up), by what one request saves in US dollars (across); both in factors of ten</span></figcaption>""");
        var plot = new PlotArea(page, id + "-even");
        plot.Begin("Break-even of training", Describe(data, costs[0]));
        plot.Down(down);
        foreach (var (index, cost) in costs.Index())
        {
            var usd = (double)cost.Cost.ExpectedUsd;
            plot.Line(across.At(LeastSaving), down.At(usd / LeastSaving), across.At(MostSaving), down.At(usd / MostSaving), "series " + s_lines[index]);
        }

        plot.Across(across);
        if (data.Request.SavingPerRequestUsd is > 0 and var saving && across.At((double)saving) is >= 0 and <= 1 and var at)
        {
            plot.Marker(at, $"{Money.Format(saving)} as stated", "quantile");
            plot.Dot(at, down.At((double)costs[0].Cost.ExpectedUsd / (double)saving), "point");
        }

        plot.DownLabels(down);
        plot.End();

        page.Write($"""<ul class="legend">""");
        foreach (var (index, cost) in costs.Index())
        {
            page.Write($"""<li><svg width="28" height="8" aria-hidden="true" focusable="false"><line class="series {s_lines[index]}" x1="1" x2="27" y1="4" y2="4" /></svg><span class="text">{cost.Model}</span></li>""");
        }

        page.WriteLine($"</ul>");
        page.WriteLine($"""<p class="muted small">{Describe(data, costs[0])}</p>""");
        WriteTable(page, data, costs);
        page.WriteLine($"</figure>");
    }

    private static void WriteTable(HtmlWriter page, DataReport data, List<ModelCost> costs)
    {
        page.Write($"""<details><summary>Table of the break-even</summary><table><thead><tr><th scope="col">A request saves</th>""");
        foreach (var cost in costs)
        {
            page.Write($"""<th scope="col" class="number text">{cost.Model}</th>""");
        }

        page.WriteLine($"</tr></thead><tbody>");
        var savings = s_savings.Select(static saving => (decimal)saving);
        savings = data.Request.SavingPerRequestUsd is > 0 and var stated ? savings.Append(stated).Distinct().Order() : savings;
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

    private static string Describe(DataReport data, ModelCost cost)
    {
        if (data.Request.SavingPerRequestUsd is not { } saving)
        {
            const decimal Example = 0.001m;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Training {cost.Model} for {Money.Format(Cents(cost.Cost.ExpectedUsd))} has paid back after {cost.Cost.BreakEvenRequests(Example):N0} requests that save {Money.Format(Example)} each.");
        }

        if (cost.Cost.BreakEvenRequests(saving) is not { } requests)
        {
            return $"A request that saves {Money.Format(saving)} never pays back {Money.Format(Cents(cost.Cost.ExpectedUsd))}.";
        }

        var months = data.Request.RequestsPerMonth is > 0 and var monthly
            ? string.Create(CultureInfo.InvariantCulture, $"; {monthly:N0} requests a month are that in {Months((decimal)requests / monthly)}")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Training {cost.Model} for {Money.Format(Cents(cost.Cost.ExpectedUsd))} has paid back after {requests:N0} requests that save {Money.Format(saving)} each{months}.");
    }

    private static string Months(decimal months) => months < 1 ? "less than a month" : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(months * 10) / 10:0.#} months");

    // A hundredth of a cent says more than anybody knows.
    private static decimal Cents(decimal usd) => usd >= 0.1m ? Math.Round(usd, 2) : Math.Round(usd, 4);
}
