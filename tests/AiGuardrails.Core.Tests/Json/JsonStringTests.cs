using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Tests.Json;

public sealed class JsonStringTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text", "plain text")]
    [InlineData("say \"hi\"", "say \\\"hi\\\"")]
    [InlineData("back\\slash", "back\\\\slash")]
    [InlineData("\b\f\n\r\t", "\\b\\f\\n\\r\\t")]
    [InlineData("\0\u0001\u001f", "\\u0000\\u0001\\u001F")]
    [InlineData("\u2028\u2029", "\\u2028\\u2029")]
    [InlineData("</script>&'+`\u007f", "</script>&'+`\u007f")]
    [InlineData("é ü ß \u0080\u07ff", "é ü ß \u0080\u07ff")]
    [InlineData("汉字 \u0800\ud7ff\ue000\uffff\ufeff", "汉字 \u0800\ud7ff\ue000\uffff\ufeff")]
    [InlineData("👩‍💻\U00010000\U0010ffff", "👩‍💻\U00010000\U0010ffff")]
    public void Only_what_must_be_escaped_is(string text, string expected) => Assert.Equal(expected, Write(text));

    // No theory: attributes are stored as UTF-8, which has no lone surrogates.
    [Fact]
    public void Lone_surrogates_are_refused_at_their_index()
    {
        (string Text, int Index)[] cases =
        [
            ("\ud800", 0),
            ("ab\udc00", 2),
            ("\ud83d\ud83d\ude00", 0),
            ("\ud83d\ude00\ude00", 2),
            (new string('x', 53) + "\ud83d", 53),
            (new string('汉', 30_000) + "\ud83d", 30_000),
        ];
        foreach (var (text, index) in cases)
        {
            var writer = new JsonUtf8Writer(new ArrayBufferWriter<byte>());

            Assert.Equal(index, writer.WriteText(text));
        }
    }

    // Every position of every kind of character within and around the vectors of the fast path.
    [Theory]
    [InlineData('x', 'y')]
    [InlineData('汉', '字')]
    [InlineData('é', '字')]
    public void Every_character_at_every_offset_reads_back(char before, char after)
    {
        string[] specials = ["", "\"", "\\", "\n", "\u0000", "\u001f", " ", "\u007f", "\u0080", "é", "\u2028", "汉", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "😀"];
        for (var length = 0; length <= 70; length++)
        {
            for (var at = 0; at <= length; at++)
            {
                foreach (var special in specials)
                {
                    var text = new string(before, at) + special + new string(after, length - at);
                    var json = Write(text);

                    Assert.Equal(text, JsonSerializer.Deserialize<string>($"\"{json}\""));
                    Assert.Equal(text, Read(json));
                }
            }
        }
    }

    [Fact]
    public void Every_code_unit_reads_back()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            if (!char.IsSurrogate((char)c))
            {
                var text = $"<{(char)c}>";

                Assert.Equal(text, Read(Write(text)));
            }
        }
    }

    [Fact]
    public void Long_texts_are_written_in_pieces()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => (i % 7) switch { 0 => "\n", 1 => "汉字", 2 => "😀", _ => "plain text " }));

        Assert.Equal(text, Read(Write(text)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(40)]
    public void A_small_destination_gets_whole_characters(int room)
    {
        const string Text = "ab\"😀汉\u0001 and so on until the destination is full for certain";
        var bytes = new byte[room];

        var status = JsonString.Encode(Text, bytes, out var read, out var written);

        Assert.Equal(OperationStatus.DestinationTooSmall, status);
        Assert.Equal(Write(Text[..read]), Encoding.UTF8.GetString(bytes, 0, written));
    }

    [Theory]
    [InlineData("a\\/b", "a/b")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("\\u00e9\\u00E9", "éé")]
    [InlineData("\\\"\\\\\\b\\f\\n\\r\\t", "\"\\\b\f\n\r\t")]
    [InlineData("\\u6c49 汉 \\u0041", "汉 汉 A")]
    public void Escapes_of_others_are_decoded(string json, string expected) => Assert.Equal(expected, Read(json));

    [Fact]
    public void A_lone_surrogate_is_unescaped_to_the_bytes_that_utf8_forbids()
    {
        var bytes = new byte[6];

        Assert.Equal(3, JsonString.Unescape("\\ud800"u8, bytes));
        Assert.Equal("EDA080", Convert.ToHexString(bytes, 0, 3));
    }

    [Fact]
    public void The_first_byte_that_is_not_plain_is_found_at_every_offset()
    {
        foreach (var special in new byte[] { 0, 0x1F, (byte)'"', (byte)'\\', 0x80, 0xFF })
        {
            for (var length = 1; length <= 80; length++)
            {
                for (var at = 0; at < length; at++)
                {
                    var bytes = Enumerable.Repeat((byte)'x', length).ToArray();
                    bytes[at] = special;
                    bytes[^1] = special;

                    Assert.Equal(at, JsonString.IndexOfNotPlain(bytes));
                }
            }
        }

        Assert.Equal(77, JsonString.IndexOfNotPlain(Enumerable.Repeat((byte)0x7F, 77).ToArray()));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var output = new ArrayBufferWriter<byte>(1 << 16);
        const string Text = "A text with \"quotes\", umlauts äöü and 汉字 in it, long enough for the vectors to have work.";
        WriteTo(output, Text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            output.ResetWrittenCount();
            WriteTo(output, Text);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void WriteTo(ArrayBufferWriter<byte> output, string text)
    {
        var writer = new JsonUtf8Writer(output);
        writer.WriteRaw("\""u8);
        _ = writer.WriteText(text);
        writer.WriteRaw("\""u8);
        writer.Flush();
    }

    private static string Write(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new JsonUtf8Writer(output);
        Assert.Equal(-1, writer.WriteText(text));
        writer.Flush();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Read(string json)
    {
        var reader = new JsonUtf8Reader(Encoding.UTF8.GetBytes($"\"{json}\""));
        Assert.True(reader.Read(), string.Create(CultureInfo.InvariantCulture, $"{reader.Error}"));
        return JsonString.Decode(reader.Value, reader.HasEscapes);
    }
}
