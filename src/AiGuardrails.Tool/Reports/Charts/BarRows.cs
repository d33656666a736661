using AiGuardrails.Tool.Reports.Page;

namespace AiGuardrails.Tool.Reports.Charts;

/// <summary>A piece of a bar: its share of the full width, and the class that colours it.</summary>
internal readonly record struct BarPiece(double Share, string Class);

/// <summary>
/// Bars in the rows of a table. The table says everything in text, so the bars are for the eye alone; their widths are shares, so they
/// fit any screen.
/// </summary>
internal static class BarRows
{
    private const int Height = 12;

    public static void Write(HtmlWriter page, params IReadOnlyList<BarPiece> pieces)
    {
        page.Write($"""<svg class="bar" width="100%" height="{Height}" aria-hidden="true" focusable="false">""");
        var start = 0.0;
        foreach (var piece in pieces.Where(static piece => piece.Share > 0))
        {
            page.Write($"""<rect class="{piece.Class}" x="{start * 100:0.##}%" width="{piece.Share * 100:0.##}%" height="{Height}" />""");
            start += piece.Share;
        }

        page.Write($"</svg>");
    }

    /// <summary>A bar with the range that it may lie in, and a line for a limit.</summary>
    public static void WriteRange(HtmlWriter page, double low, double expected, double high, double? limit)
    {
        const int Middle = Height / 2;
        page.Write($"""<svg class="bar" width="100%" height="{Height}" aria-hidden="true" focusable="false"><rect class="plain" x="0" width="{expected * 100:0.##}%" height="{Height}" />""");
        page.Write($"""<line class="range" x1="{low * 100:0.##}%" x2="{high * 100:0.##}%" y1="{Middle}" y2="{Middle}" />""");
        if (limit is >= 0 and <= 1)
        {
            page.Write($"""<line class="limit" x1="{limit.Value * 100:0.##}%" x2="{limit.Value * 100:0.##}%" y1="0" y2="{Height}" />""");
        }

        page.Write($"</svg>");
    }
}
