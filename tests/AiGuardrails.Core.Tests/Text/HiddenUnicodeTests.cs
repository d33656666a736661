using System.Text;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Tests.Text;

public sealed class HiddenUnicodeTests
{
    [Theory]
    [InlineData("a\u200Bb", 1, 1, 0x200B)]                       // zero-width space
    [InlineData("a\u200Cb", 1, 1, 0x200C)]
    [InlineData("a\u200Db", 1, 1, 0x200D)]
    [InlineData("\u200Dab", 0, 1, 0x200D)]
    [InlineData("a\u2060\u2063b", 1, 2, 0x2060)]
    [InlineData("a\uFEFFb", 1, 1, 0xFEFF)]
    [InlineData("\u202Eabc\u202C", 0, 1, 0x202E)]                // writing direction
    [InlineData("abc\u2067", 3, 1, 0x2067)]
    [InlineData("abc\u200Fdef", 3, 1, 0x200F)]                   // a mark without a script that needs it
    [InlineData("שלום \u202Eabc", 5, 1, 0x202E)]
    [InlineData("hi\U000E0068\U000E0069", 2, 2, 0xE0068)]        // tags
    [InlineData("\U0001F3F4\U000E0067 x", 2, 1, 0xE0067)]        // tags that end in nothing
    [InlineData("a\uFE0F", 1, 1, 0xFE0F)]
    [InlineData("a\uFE00b", 1, 1, 0xFE00)]
    [InlineData("a\U000E0101", 1, 1, 0xE0101)]
    [InlineData("😀\u200Dx", 2, 1, 0x200D)]
    [InlineData("x\u180E", 1, 1, 0x180E)]
    public void Hidden_characters_are_found(string text, int start, int count, int first)
    {
        Assert.True(HiddenUnicode.TryFind(text.AsSpan(), 0, out var run));
        Assert.Equal((start, count, first), (run.Start, run.Count, run.First));
        Assert.NotEmpty(run.Description.English);

        var utf8 = Encoding.UTF8.GetBytes(text);
        Assert.True(HiddenUnicode.TryFind(utf8, 0, out var inUtf8));
        Assert.Equal(Encoding.UTF8.GetByteCount(text.AsSpan(0, start)), inUtf8.Start);
        Assert.Equal((count, first), (inUtf8.Count, inUtf8.First));
    }

    [Theory]
    [InlineData("plain text")]
    [InlineData("soft\u00ADhyphen")]
    [InlineData("👩‍👩‍👧 and 🏳️‍🌈 and 👨🏽‍💻 and ❤️‍🔥")]
    [InlineData("1️⃣ #️⃣ ©️ ☎️ ☎︎ ▶️")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F Scotland")]
    [InlineData("می‌خواهم")]                                     // Persian, zero-width non-joiner
    [InlineData("क्‍ष")]                                          // Devanagari, zero-width joiner
    [InlineData("ශ්‍රී ලංකා")]                                       // Sinhala, zero-width joiner
    [InlineData("שלום\u200F, 123\u200E")]
    [InlineData("العربية\u061C 5")]
    [InlineData("ภาษา\u200Bไทย")]                                 // Thai, zero-width space
    [InlineData("葛\U000E0100飾区")]                              // ideographic variation sequence
    [InlineData("神\uFE00")]
    [InlineData("ᠮᠣᠩᠭᠣᠯ\u180B")]
    [InlineData("“curly” — dash… €")]
    public void What_a_script_or_an_emoji_needs_is_left(string text)
    {
        Assert.False(HiddenUnicode.TryFind(text.AsSpan(), 0, out _));
        Assert.False(HiddenUnicode.TryFind(Encoding.UTF8.GetBytes(text), 0, out _));
    }

    [Fact]
    public void Runs_are_found_one_after_the_other()
    {
        const string Text = "a\u200Bb\u200Bc";
        Assert.True(HiddenUnicode.TryFind(Text.AsSpan(), 0, out var first));
        Assert.True(HiddenUnicode.TryFind(Text.AsSpan(), first.Start + first.Length, out var second));
        Assert.Equal(3, second.Start);
        Assert.False(HiddenUnicode.TryFind(Text.AsSpan(), second.Start + second.Length, out _));
    }

    [Fact]
    public void Text_that_is_none_does_no_harm()
    {
        Assert.False(HiddenUnicode.TryFind("\uD800\u0301a\uDC00".AsSpan(), 0, out _));
        Assert.False(HiddenUnicode.TryFind([0xE2, 0x80, 0xF0, 0x9F, 0xFF], 0, out _));
        Assert.True(HiddenUnicode.TryFind("\uD800\u200D".AsSpan(), 0, out _));
    }
}
