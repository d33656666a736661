using System.Globalization;
using AiGuardrails.Tool.Reports.Charts;

namespace AiGuardrails.Tool.Reports.Page;

/// <summary>What training costs with each model, against the budget.</summary>
internal static class CostSection
{
    private const int MostModels = 12;

    public static void Write(HtmlWriter page, DataReport data)
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

        page.WriteLine($"""</p><table class="costs"><thead><tr><th scope="col">Model</th><th scope="col" class="wide"><span class="phone-hidden">Likely, with range{(budget is null ? "" : "; red: budget")}</span></th><th scope="col" class="number">Likely</th><th scope="col" class="number">Range</th></tr></thead><tbody>""");
        foreach (var cost in costs)
        {
            page.Write($"""<tr><th scope="row"><span class="text">{cost.Model}</span>{(cost.IsChosen ? " (chosen)" : "")}""");
            if (cost.Remark is { } remark)
            {
                page.Write($"""<br /><span class="muted small">{remark}</span>""");
            }

            page.Write($"""</th><td class="wide">""");
            BarRows.WriteRange(page, (double)cost.Cost.LowUsd / most, (double)cost.Cost.ExpectedUsd / most, (double)cost.Cost.HighUsd / most, budget is { } line ? (double)line / most : null);
            page.WriteLine($"""</td><td class="number">{Money.Format(Rounded(cost.Cost.ExpectedUsd))}{(budget is { } over && cost.Cost.LowUsd > over ? " over" : "")}</td><td class="number">{Money.Format(Rounded(cost.Cost.LowUsd))} – {Money.Format(Rounded(cost.Cost.HighUsd))}</td></tr>""");
        }

        page.WriteLine($"</tbody></table>");
    }

    // A hundredth of a cent says more than anybody knows.
    public static decimal Rounded(decimal usd) => usd >= 0.1m ? Math.Round(usd, 2) : Math.Round(usd, 4);
}
