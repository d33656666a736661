using AiGuardrails.Tool.Reports.Page;

namespace AiGuardrails.Tool.Reports.Charts;

/// <summary>
/// The frame of a chart: title and description for those who cannot see it, grid lines and marks along its sides. Across, everything
/// is a share of the width and not a number of pixels: letters keep their size on a phone, without a script.
/// </summary>
internal sealed class PlotArea(HtmlWriter page, string id, int markerRows = 0)
{
    private const int RowHeight = 15;
    private const int LabelHeight = 16;
    private const int PlotHeight = 170;
    private const int TicksHeight = 24;

    private readonly int _bottom = (markerRows * RowHeight) + LabelHeight + PlotHeight;

    public void Begin(string title, string description)
    {
        page.WriteLine($"""<svg class="chart" width="100%" height="{_bottom + TicksHeight}" role="img" aria-labelledby="{id}-title {id}-desc"><title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>""");
    }

    public void Down(Axis axis)
    {
        foreach (var tick in axis.Ticks)
        {
            page.Write($"""<line class="grid" x1="0" x2="100%" y1="{Y(tick.At):0.#}" y2="{Y(tick.At):0.#}" />""");
        }
    }

    /// <summary>The labels of the left side; written last, so that nothing covers them.</summary>
    public void DownLabels(Axis axis)
    {
        foreach (var tick in axis.Ticks.Where(static tick => tick.At > 0.001))
        {
            page.Write($"""<text class="halo" x="0" y="{Y(tick.At) - 4:0.#}">{tick.Label}</text>""");
        }
    }

    public void Across(Axis axis)
    {
        page.Write($"""<line class="axis" x1="0" x2="100%" y1="{_bottom}" y2="{_bottom}" />""");
        foreach (var tick in axis.Ticks)
        {
            var anchor = tick.At < 0.04 ? "start" : tick.At > 0.96 ? "end" : "middle";
            page.Write($"""<line class="axis" x1="{X(tick.At):0.##}%" x2="{X(tick.At):0.##}%" y1="{_bottom}" y2="{_bottom + 4}" /><text x="{X(tick.At):0.##}%" y="{_bottom + 18}" text-anchor="{anchor}">{tick.Label}</text>""");
        }
    }

    public void Bar(double from, double to, double height, string className)
    {
        var top = Y(height);
        page.Write($"""<rect class="{className}" x="{X(from):0.##}%" width="{X(to - from):0.##}%" y="{top:0.#}" height="{_bottom - top:0.#}" />""");
    }

    /// <summary>A straight line, cut off at the sides of the plot.</summary>
    public void Line(double x1, double y1, double x2, double y2, string className)
    {
        if (!Clip(ref x1, ref y1, ref x2, ref y2) || !Clip(ref y1, ref x1, ref y2, ref x2))
        {
            return;
        }

        page.Write($"""<line class="{className}" x1="{X(x1):0.##}%" x2="{X(x2):0.##}%" y1="{Y(y1):0.#}" y2="{Y(y2):0.#}" />""");
    }

    public void Dot(double x, double y, string className) =>
        page.Write($"""<circle class="{className}" cx="{X(x):0.##}%" cy="{Y(y):0.#}" r="4.5" />""");

    /// <summary>A line from top to bottom with its name above the plot; the second row of names is for a neighbour that is too near.</summary>
    public void Marker(double x, string label, string className, int row)
    {
        var top = (row + 1) * RowHeight - 4;
        var (anchor, shift) = x > 0.6 ? ("end", -4) : ("start", 4);
        page.Write($"""<line class="{className}" x1="{X(x):0.##}%" x2="{X(x):0.##}%" y1="{top - 9}" y2="{_bottom}" /><text class="halo" x="{X(x):0.##}%" dx="{shift}" y="{top}" text-anchor="{anchor}">{label}</text>""");
    }

    public void End() => page.WriteLine($"</svg>");

    private static double X(double share) => share * 100;

    private double Y(double share) => _bottom - (share * PlotHeight);

    // Keeps the part of a line that lies between 0 and 1 along the first of its coordinates.
    private static bool Clip(ref double a1, ref double b1, ref double a2, ref double b2)
    {
        if (Math.Max(a1, a2) < 0 || Math.Min(a1, a2) > 1)
        {
            return false;
        }

        var (fromA, fromB, toA, toB) = (a1, b1, a2, b2);
        (a1, b1) = At(Math.Clamp(fromA, 0, 1), fromA, fromB, toA, toB);
        (a2, b2) = At(Math.Clamp(toA, 0, 1), fromA, fromB, toA, toB);
        return true;

        static (double A, double B) At(double a, double fromA, double fromB, double toA, double toB) =>
            (a, fromA == toA || a == fromA ? fromB : a == toA ? toB : fromB + ((toB - fromB) * (a - fromA) / (toA - fromA)));
    }
}
