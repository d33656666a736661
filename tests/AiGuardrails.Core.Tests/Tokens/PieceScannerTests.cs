using System.Text;
using AiGuardrails.Core.Tokens;

namespace AiGuardrails.Core.Tests.Tokens;

public sealed class PieceScannerTests
{
    // Pieces of text that the patterns treat each in its own way. No character beyond the basic plane: the pattern in .NET sees two.
    private static readonly string[] s_parts =
    [
        "a", "b", "A", "B", "word", "Word", "WORD", "camelCase", "HTMLElement", "don't", "'t", "'S", "'", "''", "'ll", "'LL", "'lL", "'v", "'ve", "'RE", "'d'd", "we'll", "rock'n'roll",
        "1", "12", "1234567", "٣٤", "Ⅷ", "½", " ", "  ", "   ", "\t", "\n", "\r\n", "\r", "\n\n", "\n  ", "  \n", "\v", "\f", "\u0085", "\u00A0", "\u3000", "\u2028", "\u2029", "\u180E", "\u200B",
        ".", "...", "/", "//", "!/", "/\n", "\n/", "(", "{\"", "\"}", "_", "-", "€", "©", "\0", "\u0001", "\uFEFF", "\uFFFD", "\u0378", "\uE000",
        "é", "É", "e\u0301", "\u0301", "\u0301\u0301", "A\u0301", "\u0301A", "\u0903", "\u20DD", "straße", "ǅ", "ǅa", "aǅ", "ª", "ʰ", "Aʰ", "ʰA", "Ω", "слово", "СЛОВО", "Слово",
        "שלום", "مرحبا", "สวัสดี", "日本語", "A日", "日A", "日AB", "AB日cd", "かな", "한국어", "，", "。", "ſ",
    ];

    [Theory]
    [InlineData("Cl100k")]
    [InlineData("O200k")]
    public void Pieces_are_those_of_the_published_pattern(string encoding)
    {
        var random = new Random(7);
        var text = new StringBuilder();
        for (var i = 0; i < 30_000; i++)
        {
            text.Clear();
            for (var parts = random.Next(1, 9); parts > 0; parts--)
            {
                // Now and then any character of the basic plane.
                text.Append(random.Next(12) > 0 ? s_parts[random.Next(s_parts.Length)] : Rune(random));
            }

            Check(text.ToString(), Enum.Parse<TokenEncoding>(encoding));
        }
    }

    [Theory]
    [InlineData("Cl100k")]
    [InlineData("O200k")]
    public void All_combinations_of_classes_are_cut_as_by_the_published_pattern(string encoding)
    {
        // One of each class of characters, all combinations up to four of them.
        string[] classes = ["a", "A", "日", "\u0301", "7", " ", "\t", "\n", "!", "/", "'", "s", "L"];
        var kind = Enum.Parse<TokenEncoding>(encoding);
        for (var length = 1; length <= 4; length++)
        {
            for (var number = 0; number < Math.Pow(classes.Length, length); number++)
            {
                var text = "";
                for (int i = 0, rest = number; i < length; i++, rest /= classes.Length)
                {
                    text += classes[rest % classes.Length];
                }

                Check(text, kind);
            }
        }
    }

    [Fact]
    public void Characters_beyond_the_basic_plane_are_one_each()
    {
        // Letters with case, letters without, digits, marks and an emoji, which the pattern in .NET takes for punctuation all.
        Assert.Equal(["\U00010428\U00010429", "!"], Pieces("\U00010428\U00010429!", TokenEncoding.O200k));
        Assert.Equal([" \U00020000\U00020001", "\U0001F600"], Pieces(" \U00020000\U00020001\U0001F600", TokenEncoding.Cl100k));
        Assert.Equal(["\U0001D7D8\U0001D7D9\U0001D7DA", "\U0001D7DB"], Pieces("\U0001D7D8\U0001D7D9\U0001D7DA\U0001D7DB", TokenEncoding.Cl100k));
        Assert.Equal(["x\U000E0100"], Pieces("x\U000E0100", TokenEncoding.O200k));
        Assert.Equal(["x", "\U000E0100"], Pieces("x\U000E0100", TokenEncoding.Cl100k));
    }

    // What the regular expressions of tiktoken, which know the simple case folding of Unicode, make of a long s.
    [Fact]
    public void Long_s_is_an_s()
    {
        Assert.Equal(["it", "'ſ", " x"], Pieces("it'ſ x", TokenEncoding.Cl100k));
        Assert.Equal(["it'ſ", " x"], Pieces("it'ſ x", TokenEncoding.O200k));
    }

    [Fact]
    public void Any_bytes_are_cut_into_pieces_that_are_not_empty()
    {
        var random = new Random(8);
        var bytes = new byte[48];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            foreach (var encoding in new[] { TokenEncoding.Cl100k, TokenEncoding.O200k })
            {
                var rest = bytes.AsSpan(0, i % 48);
                while (!rest.IsEmpty)
                {
                    var length = PieceScanner.Next(rest, encoding);
                    Assert.InRange(length, 1, rest.Length);
                    rest = rest[length..];
                }
            }
        }
    }

    private static void Check(string text, TokenEncoding encoding)
    {
        if (text.Contains("'ſ", StringComparison.Ordinal))
        {
            return; // As above.
        }

        var expected = PreSplit.Pieces(text, encoding);
        var actual = Pieces(text, encoding);
        Assert.True(expected.SequenceEqual(actual, StringComparer.Ordinal), $"{encoding}, {Escape([text])}: {Escape(expected)}, and not {Escape(actual)}");
    }

    private static List<string> Pieces(string text, TokenEncoding encoding)
    {
        var pieces = new List<string>();
        var utf8 = Encoding.UTF8.GetBytes(text).AsSpan();
        while (!utf8.IsEmpty)
        {
            var length = PieceScanner.Next(utf8, encoding);
            pieces.Add(Encoding.UTF8.GetString(utf8[..length]));
            utf8 = utf8[length..];
        }

        return pieces;
    }

    private static char Rune(Random random)
    {
        char c;
        while (char.IsSurrogate(c = (char)random.Next(0x10000)))
        {
        }

        return c;
    }

    private static string Escape(IEnumerable<string> texts) => System.Text.Json.JsonSerializer.Serialize(texts);
}
