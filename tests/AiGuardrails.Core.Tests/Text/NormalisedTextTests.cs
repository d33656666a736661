using System.Text;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Tests.Text;

public sealed class NormalisedTextTests
{
    [Theory]
    [InlineData("Hello", "hello")]
    [InlineData("  Hello\t \r\n World  ", "hello world")]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    [InlineData("THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG  AND THEN SOME MORE\nOF IT", "the quick brown fox jumps over the lazy dog and then some more of it")]
    [InlineData("Ärger, ÜBER çà", "ärger, über çà")]
    [InlineData("A\u0308rger", "ärger")]
    [InlineData("Ｆｕｌｌ　Ｗｉｄｔｈ！", "full width!")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφοσ")]
    [InlineData("Σίσυφος", "σίσυφοσ")]
    [InlineData("ПРИВЕТ", "привет")]
    [InlineData("ﬁne ²", "fine 2")]
    [InlineData("wait…", "wait...")]
    [InlineData("你好，世界", "你好,世界")]
    [InlineData("か\u3099", "が")]
    [InlineData("a\u00A0\u2003b", "a b")]
    [InlineData("😀 𝐀", "😀 a")]
    public void Text_is_normalised(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(new NormalisedText().Of(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Both_ways_agree()
    {
        // A character without a short way at the end sends the whole text the long way.
        var texts = new NormalisedText();
        for (var c = 0x20; c < 0x10000; c++)
        {
            // Neither surrogates nor the two code points that are no characters.
            if (c is (>= 0xD800 and <= 0xDFFF) or >= 0xFFFE)
            {
                continue;
            }

            var text = "Ab " + (char)c + " cD";
            var either = Encoding.UTF8.GetString(texts.Of(Encoding.UTF8.GetBytes(text)));
            var longWay = Encoding.UTF8.GetString(texts.Of(Encoding.UTF8.GetBytes(text + "ﬁ")));
            Assert.True(longWay == either + "fi", $"U+{c:X4}: {either} and {longWay}");
        }
    }

    [Fact]
    public void Both_ways_agree_on_mixed_text()
    {
        string[] samples = ["你", "好世界", "䀀", "鿿", "，", "。", "、", "！", "Ａ", "ｚ", "９", "“", "”", "’", "—", "…", " ", "　", "か", "한", "a", "Zz ", "12", "é", "😀", "『"];
        var random = new Random(5);
        var texts = new NormalisedText();
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => samples[random.Next(2) == 0 ? random.Next(2) : random.Next(samples.Length)]));
            var either = Encoding.UTF8.GetString(texts.Of(Encoding.UTF8.GetBytes(text + "x")));
            var longWay = Encoding.UTF8.GetString(texts.Of(Encoding.UTF8.GetBytes(text + "xﬁ")));
            Assert.True(longWay == either + "fi", text);
        }
    }

    [Fact]
    public void Runs_of_every_length_are_lower_case()
    {
        var texts = new NormalisedText();
        for (var length = 0; length < 100; length++)
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(static i => i % 11 == 5 ? ' ' : "AbZzaYé"[i % 7]));
            Assert.Equal(text.ToLowerInvariant().TrimEnd(), Encoding.UTF8.GetString(texts.Of(Encoding.UTF8.GetBytes(text))));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_do_no_harm() => Assert.Equal([0xED, 0xA0, 0x80, (byte)'a'], new NormalisedText().Of([0xED, 0xA0, 0x80, (byte)'a']).ToArray());
}
