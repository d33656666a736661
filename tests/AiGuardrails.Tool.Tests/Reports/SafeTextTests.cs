using AiGuardrails.Tool.Reports.Page;

namespace AiGuardrails.Tool.Tests.Reports;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain text, 100 %", "plain text, 100 %")]
    [InlineData("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")]
    [InlineData("\" onclick=\"x", "&quot; onclick=&quot;x")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("a\r\nb\tc", "a\nb\tc")]
    [InlineData("a\rb", "a[U+000D]b")]
    [InlineData("\0\u001B[31m", "[U+0000][U+001B][31m")]
    [InlineData("\u202Egnp.exe", "[U+202E]gnp.exe")]
    [InlineData("\u2066x\u2069", "[U+2066]x[U+2069]")]
    [InlineData("zero\u200Bwidth\uFEFF", "zero[U+200B]width[U+FEFF]")]
    [InlineData("\u2028\u2029", "[U+2028][U+2029]")]
    [InlineData("\uFFFE\uFDD0", "[U+FFFE][U+FDD0]")]
    [InlineData("数据 😀 é עברית", "数据 😀 é עברית")]
    [InlineData("👩\u200D💻", "👩\u200D💻")]
    public void Text_is_shown_and_never_obeyed(string text, string expected) => Assert.Equal(expected, SafeText.Encode(text));

    [Fact]
    public void Half_a_character_is_shown_as_what_it_is()
    {
        // Not as data of a theory, which would pass through the runner as text.
        Assert.Equal("a[U+D83D]b", SafeText.Encode("a\uD83Db"));
        Assert.Equal("[U+DE00][U+D83D]", SafeText.Encode("\uDE00\uD83D"));
    }

    [Fact]
    public void Every_character_of_ASCII_is_either_itself_or_encoded()
    {
        for (var c = ' '; c < '\u007F'; c++)
        {
            var encoded = SafeText.Encode(c.ToString());
            Assert.Equal("&<>\"'".Contains(c, StringComparison.Ordinal), encoded != c.ToString());
            Assert.Equal(c.ToString(), System.Net.WebUtility.HtmlDecode(encoded));
        }
    }

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("0123456789", 10, "0123456789")]
    [InlineData("0123456789a", 10, "0123456789… (1 more characters)")]
    [InlineData("012345678😀x", 10, "012345678… (3 more characters)")]
    public void Long_text_is_cut_between_characters_and_says_so(string text, int most, string expected) => Assert.Equal(expected, SafeText.Cut(text, most));

    [Fact]
    public void Writer_encodes_every_hole_and_writes_numbers_alike_everywhere()
    {
        var page = new HtmlWriter();
        var text = "\"><b>";
        page.Write($"""<i title="{text}">{1234567:N0} {0.5:0.##} {(string?)null}</i>""");

        Assert.Equal("""<i title="&quot;&gt;&lt;b&gt;">1,234,567 0.5 </i>""", page.ToString());
    }
}
