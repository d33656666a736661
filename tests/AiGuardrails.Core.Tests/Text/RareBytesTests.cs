using System.Text;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Tests.Text;

public sealed class RareBytesTests
{
    // Each character alone, at every place of a block, between letters and between ideographs.
    [Fact]
    public void What_is_found_is_suspected_first()
    {
        for (var scalar = 0x80; scalar <= 0x10FFFF; scalar += scalar < 0x10000 ? 1 : 0x3F)
        {
            if (scalar is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            foreach (var (before, after) in s_surroundings)
            {
                var utf8 = Encoding.UTF8.GetBytes(new string('x', scalar % 67) + before + char.ConvertFromUtf32(scalar) + after + new string('y', scalar % 41));
                var suspicion = RareBytes.Of(utf8);
                Assert.True(!HiddenUnicode.TryFind(utf8, 0, out _) || suspicion.HasFlag(Suspicion.Hidden), $"U+{scalar:X4}");
                Assert.True(!Mojibake.TryFind(utf8, out _) || suspicion.HasFlag(Suspicion.Mojibake), $"U+{scalar:X4}");
            }
        }

        Assert.Equal(Suspicion.Separator, RareBytes.Of("a\u2028b"u8));
        Assert.Equal(Suspicion.Separator, RareBytes.Of("a\u2029"u8));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("感谢您的来信。我已经查看了您的订单，发现它已于星期二离开仓库！（真的）")]
    [InlineData("Größe, café, “quoted” — it’s…")]
    [InlineData("Привет, мир")]
    public void Usual_text_is_not_suspected(string text) => Assert.Equal(Suspicion.None, RareBytes.Of(Encoding.UTF8.GetBytes(text)));

    private static readonly (string Before, string After)[] s_surroundings = [("a", "b"), ("ß", "é"), ("你", "好"), ("Ã", "©"), ("", ""), ("é", "€™")];
}
