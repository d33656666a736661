using System.Text;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Tests.Text;

public sealed class MojibakeTests
{
    [Theory]
    [InlineData("Größe")]
    [InlineData("café, naïve, señor, à la carte")]
    [InlineData("it’s “so” — well…")]
    [InlineData("Привет")]
    [InlineData("👍")]
    [InlineData("£5 and 20 °C")]
    public void Text_read_in_the_wrong_encoding_is_found(string text)
    {
        // Windows-1252 is not at hand everywhere; Latin-1 differs from it in control characters only, and those are found too.
        var damaged = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

        Assert.True(Mojibake.TryFind(damaged.AsSpan(), out _));
        Assert.True(Mojibake.TryFind(Encoding.UTF8.GetBytes(damaged), out _));
        Assert.False(Mojibake.TryFind(text.AsSpan(), out _));
    }

    [Theory]
    [InlineData("â€œquotedâ€\u009D")]
    [InlineData("itâ€™s")]
    [InlineData("GrÃ¶ÃŸe")]
    [InlineData("ðŸ‘ good")]
    [InlineData("Â£5")]
    [InlineData("ï»¿{")]
    [InlineData("\uFFFD")]
    [InlineData("ä½\u00A0å¥½")]
    public void Traces_are_found(string text) => Assert.True(Mojibake.TryFind(text.AsSpan(), out _));

    [Theory]
    [InlineData("SÃO PAULO")]
    [InlineData("a “MANHÔ, a «MANHû, IRMÃ…")]
    [InlineData("Âge, Âme, Ârea")]
    [InlineData("ÑANDÚ, ĐÀ NẴNG, Ð, Ñ")]
    [InlineData("être, naïve, Åse, ç, é»")]
    [InlineData("5 €, 20 °C, ½, ¿qué?, «oui»")]
    public void Rare_text_is_left(string text) => Assert.False(Mojibake.TryFind(text.AsSpan(), out _));
}
