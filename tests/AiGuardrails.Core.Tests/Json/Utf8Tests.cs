using System.Text;
using CoreUtf8 = AiGuardrails.Core.Json.Utf8;

namespace AiGuardrails.Core.Tests.Json;

public sealed class Utf8Tests
{
    [Fact]
    public void Every_pair_and_many_a_sequence_is_judged_as_the_platform_judges_it()
    {
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        var random = new Random(3);
        var buffer = new byte[70];
        for (var i = 0; i < 200_000; i++)
        {
            // Well-formed text of every length, with a few bytes changed, around the borders of the blocks.
            var length = random.Next(1, 64);
            var text = new StringBuilder();
            while (text.Length < length)
            {
                text.Append(s_samples[random.Next(s_samples.Length)]);
            }

            var count = Encoding.UTF8.GetBytes(text.ToString().AsSpan(), buffer.AsSpan().Length < text.Length * 4 ? buffer = new byte[text.Length * 4] : buffer);
            var bytes = buffer.AsSpan(0, random.Next(count + 1));
            for (var edits = random.Next(3); edits > 0 && bytes.Length > 0; edits--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : s_bytes[random.Next(s_bytes.Length)]);
            }

            Assert.True((CoreUtf8.IndexOfInvalid(bytes) < 0) == IsUtf8(strict, bytes), Convert.ToHexString(bytes));
        }

        for (var pair = 0; pair < 0x10000; pair++)
        {
            byte[] bytes = [(byte)'a', (byte)(pair >> 8), (byte)pair, 0x80, 0x80];
            for (var length = 1; length <= bytes.Length; length++)
            {
                Assert.True((CoreUtf8.IndexOfInvalid(bytes.AsSpan(0, length)) < 0) == IsUtf8(strict, bytes.AsSpan(0, length)), Convert.ToHexString(bytes));
            }
        }
    }

    [Fact]
    public void Text_is_decoded_as_the_platform_decodes_it()
    {
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            // Runs of one kind of character, so that blocks are met in every state.
            var text = new StringBuilder();
            for (var runs = random.Next(6); runs > 0; runs--)
            {
                text.Insert(text.Length, s_samples[random.Next(s_samples.Length)], random.Next(random.Next(2) == 0 ? 4 : 40));
            }

            var utf8 = Encoding.UTF8.GetBytes(text.ToString());
            Assert.Equal(text.ToString(), CoreUtf8.GetStringUnchecked(utf8));
#if !NETSTANDARD_ASSETS
            Assert.Equal(text.Length, Core.Json.Utf8Decoder.CountUnits(utf8));
#endif
        }
    }

    private static readonly string[] s_samples = ["a", "b ", "é", "ü", "€", "你", "ह", "\uD7FF", "\uE000", "\uFFFD", "😀", "\U0010FFFF", "\U00010000"];

    private static readonly byte[] s_bytes = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF];

    private static bool IsUtf8(UTF8Encoding strict, ReadOnlySpan<byte> bytes)
    {
        try
        {
            _ = strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
