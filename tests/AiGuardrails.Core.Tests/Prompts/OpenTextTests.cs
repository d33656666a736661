using AiGuardrails.Core.Prompts;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Tests.Prompts;

public sealed class OpenTextTests
{
    [Theory]
    [InlineData("plain text\n\twith a tab")]
    [InlineData("👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣")]
    [InlineData("می‌خواهم")]
    [InlineData("क्‍ष")]
    [InlineData("שלום abc\u200F")]
    [InlineData("日本語、é à")]
    public void Sound_text_is_left_alone(string text) => Assert.Same(text, OpenText.Clean(text));

    [Theory]
    [InlineData("a\u200Bb", "ab")]
    [InlineData("\uFEFFa", "a")]
    [InlineData("a\u202Eb\u202C", "ab")]
    [InlineData("hi\U000E0068\U000E0069!", "hi!")]
    [InlineData("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne")]
    [InlineData("a\0\u001B[31mb\u007F\u009B", "a[31mb")]
    [InlineData("\U000E007F\u200D😀", "😀")]
    public void Hidden_and_control_characters_are_taken_out(string text, string expected) => Assert.Equal(expected, OpenText.Clean(text));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a\uFFFDb\uFFFD", OpenText.Clean("a" + (char)0xD83D + "b" + (char)0xDE00));

    [Fact]
    public void The_short_way_is_the_long_one()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            foreach (var text in new[] { $"{(char)c}", $"a{(char)c}b", $"日{(char)c}\n", $"م{(char)c}😀" })
            {
                Assert.Equal(OpenText.CleanThoroughly(text), OpenText.Clean(text));
            }
        }

        var random = new Random(45);
        for (var i = 0; i < 20_000; i++)
        {
            var text = RandomText.Next(random, 40);
            Assert.Equal(OpenText.CleanThoroughly(text), OpenText.Clean(text));
        }
    }

    [Fact]
    public void Cleaning_twice_is_cleaning_once()
    {
        var random = new Random(44);
        for (var i = 0; i < 20_000; i++)
        {
            var cleaned = OpenText.Clean(RandomText.Next(random, 40));

            Assert.Equal(cleaned, OpenText.Clean(cleaned));
            Assert.False(HiddenUnicode.TryFind(cleaned.AsSpan(), 0, out _));
        }
    }

    [Fact]
    public void A_text_made_to_be_slow_is_not() =>
        Assert.Equal(500_000, OpenText.Clean(string.Concat(Enumerable.Repeat("a\u200E", 500_000))).Length);
}
