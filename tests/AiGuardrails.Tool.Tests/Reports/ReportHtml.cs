using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AiGuardrails.Tool.Tests.Reports;

/// <summary>
/// A page taken apart. It is written so strictly that it is XML once style and script are set aside; whatever is not well-formed, or
/// was not encoded, fails here.
/// </summary>
internal sealed partial class ReportHtml
{
    private readonly XDocument _document;

    public ReportHtml(string html)
    {
        Text = html;
        Style = StyleElement().Match(html).Groups["own"].Value;
        Script = ScriptElement().Match(html).Groups["own"].Value;
        _document = XDocument.Parse(ScriptElement().Replace(StyleElement().Replace(html, "<style></style>", 1), "<script></script>", 1), LoadOptions.PreserveWhitespace);
    }

    public string Text { get; }

    public string Style { get; }

    public string Script { get; }

    public XElement Root => _document.Root!;

    public IEnumerable<XElement> All(string name) => Root.Descendants(name);

    public IEnumerable<XElement> WithClass(string name) => Root.Descendants().Where(element => (element.Attribute("class")?.Value ?? "").Split(' ').Contains(name, StringComparer.Ordinal));

    public XElement ById(string id) => Root.Descendants().Single(element => element.Attribute("id")?.Value == id);

    public bool Has(string id) => Root.Descendants().Any(element => element.Attribute("id")?.Value == id);

    [GeneratedRegex("<style>(?<own>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex StyleElement();

    [GeneratedRegex("<script>(?<own>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ScriptElement();
}
