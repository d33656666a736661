using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace AiGuardrails.Tool.Reports.Page;

/// <summary>
/// Builds a page. It takes interpolated strings alone: what stands in the string is markup of ours, and what fills its holes is text,
/// which is encoded whatever it says. There is no way in for markup from elsewhere.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _page = new();

    public void Write(Html html) => _page.Append(html.Text);

    public void WriteLine(Html html) => _page.Append(html.Text).Append('\n');

    /// <summary>Writes what is ours in whole: the style and the script of the page.</summary>
    public void WriteOwn(PageAsset asset) => _page.Append(asset.Text);

    public override string ToString() => _page.ToString();

    /// <summary>One interpolated string, encoded.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Html(int literalLength, int formattedCount)
    {
        public StringBuilder Text { get; } = new(literalLength + (formattedCount * 8));

        public void AppendLiteral(string markup) => Text.Append(markup);

        public void AppendFormatted(string? text) => SafeText.Append(Text, text ?? "");

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable =>
            SafeText.Append(Text, value.ToString(format, CultureInfo.InvariantCulture));
    }
}
