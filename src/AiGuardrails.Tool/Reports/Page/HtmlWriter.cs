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

    public void Write([InterpolatedStringHandlerArgument("")] Html html) => html.End();

    public void WriteLine([InterpolatedStringHandlerArgument("")] Html html)
    {
        html.End();
        _ = _page.Append('\n');
    }

    /// <summary>Writes what is ours in whole: the style and the script of the page.</summary>
    public void WriteOwn(PageAsset asset) => _page.Append(asset.Text);

    public override string ToString() => _page.ToString();

    /// <summary>The parts of one interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Html
    {
        private readonly HtmlWriter _writer;

        public Html(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _writer = writer;
            _ = writer._page.EnsureCapacity(writer._page.Length + literalLength + (formattedCount * 8));
        }

        public void AppendLiteral(string markup) => _writer._page.Append(markup);

        public void AppendFormatted(string? text) => SafeText.Append(_writer._page, text ?? "");

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable =>
            SafeText.Append(_writer._page, value.ToString(format, CultureInfo.InvariantCulture));

        /// <summary>Does nothing: the parts are written one by one.</summary>
        internal void End()
        {
        }
    }
}
