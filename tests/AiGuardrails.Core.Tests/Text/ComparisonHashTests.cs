using System.Text;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Tests.Text;

public sealed class ComparisonHashTests
{
    // What is equal to the first of a row, once it is normalised, and what only looks like it.
    private static readonly string[][] s_pieces =
    [
        ["你", "好", "䀀", "㐀", "鿿", "豈", "\uF900", "更", "\uF901", "一", "㆒", "⼀"],
        ["，", ",", "。", "、", "！", "!", "？", "?", "：", ":", "“", "”", "‘", "’", "\u201F", "\"", "《", "〉", "【", "\u3029", "〪", "〰"],
        ["Ａ", "A", "a", "ａ", "Ｚ", "z", "９", "9", "²", "2", "＠", "@", "［", "[", "～", "~", "\uFF5F", "\uFFE5", "¥"],
        [" ", "\u3000", "\u00A0", "\n", "\t", "  ", "\u2003", "\u2028", "\u200B", ""],
        ["…", "...", "．．．", "—", "–", "⸺", "・", "･"],
        ["が", "か\u3099", "ｶﾞ", "ガ", "カ\u3099", "か", "ー", "ｰ"],
        ["한", "\u1112\u1161\u11AB", "하", "ﾡ", "가", "\u1100\u1161"],
        ["é", "e\u0301", "É", "Ä", "A\u0308", "ß", "ς", "σ", "Σ", "ж", "Ж", "ﬁ", "fi", "İ"],
        ["😀", "🀄", "𝐀", "𠀀", "\U0002F800", "丽", "👍\U0001F3FD", "\U0010FFFF"],
    ];

    [Fact]
    public void Those_texts_are_equal_that_normalisation_makes_equal()
    {
        var random = new Random(17);
        var normalised = new NormalisedText();
        var comparison = new ComparisonHash();
        var hashes = new Dictionary<string, ulong>(StringComparer.Ordinal);
        var texts = new Dictionary<ulong, string>();
        var equals = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var text = new StringBuilder();
            for (var pieces = random.Next(6); pieces > 0; pieces--)
            {
                var kind = s_pieces[random.Next(s_pieces.Length)];
                text.Append(random.Next(3) == 0 ? new string("你好，a "[random.Next(5)], random.Next(45)) : kind[random.Next(kind.Length)]);
            }

            // Twice: as it is, and with pieces that another of the row stands for.
            for (var each = 0; each < 2; each++)
            {
                var utf8 = Encoding.UTF8.GetBytes(text.ToString());
                var compared = Convert.ToHexString(normalised.Of(utf8));
                var hash = comparison.Of(utf8, seed: 1);
                equals += hashes.ContainsKey(compared) ? 1 : 0;
                Assert.True(!hashes.TryGetValue(compared, out var known) || known == hash, text.ToString());
                Assert.True(!texts.TryGetValue(hash, out var other) || other == compared, text.ToString());
                hashes[compared] = hash;
                texts[hash] = compared;
                var row = s_pieces[random.Next(s_pieces.Length)];
                text.Replace('，', ',').Replace("。", "｡").Replace('a', 'Ａ').Replace(row[0], row[1]);
            }
        }

        Assert.True(equals > 5_000, $"only {equals} texts were those of before");
    }

    [Fact]
    public void Every_character_counts_wherever_it_stands()
    {
        // Of each length, the texts that differ in one place.
        var comparison = new ComparisonHash();
        var seen = new HashSet<ulong>();
        var count = 0;
        for (var length = 0; length < 150; length++)
        {
            var text = new string('文', length).ToCharArray();
            Assert.True(seen.Add(comparison.Of(Encoding.UTF8.GetBytes(text), seed: 0)), $"length {length}");
            count++;
            for (var at = 0; at < length; at++)
            {
                foreach (var other in "字a，é")
                {
                    text[at] = other;
                    seen.Add(comparison.Of(Encoding.UTF8.GetBytes(text), seed: 0));
                    count++;
                }

                text[at] = '文';
            }
        }

        Assert.Equal(count, seen.Count);
    }

    [Fact]
    public void Each_character_is_compared_as_it_is_normalised()
    {
        // In the midst of a run, where it is one of ten, and at the end of one.
        var normalised = new NormalisedText();
        var comparison = new ComparisonHash();
        for (var c = 0x80; c < 0x10000; c++)
        {
            if (c is (>= 0xD800 and <= 0xDFFF) or >= 0xFFFE)
            {
                continue;
            }

            foreach (var text in (string[])[$"中文中文中文中文中文中文中文{(char)c}中文中文中文中文中文中文中文", $"中文中文中文中文中文中文中文{(char)c}"])
            {
                var utf8 = Encoding.UTF8.GetBytes(text);
                var compared = normalised.Of(utf8).ToArray();

                // What is normalised stays as it is, but for the few characters of which Unicode says otherwise.
                if (normalised.Of(compared).SequenceEqual(compared))
                {
                    Assert.True(comparison.Of(utf8, seed: 0) == comparison.Of(compared, seed: 0), $"U+{c:X4}");
                }
            }
        }
    }

    [Fact]
    public void The_seed_counts() => Assert.NotEqual(new ComparisonHash().Of("你好"u8, seed: 1), new ComparisonHash().Of("你好"u8, seed: 2));

    [Fact]
    public void Bytes_that_are_no_text_do_no_harm() =>
        Assert.NotEqual(new ComparisonHash().Of([0xED, 0xA0, 0x80, (byte)'a'], seed: 0), new ComparisonHash().Of([0xED, 0xA0, 0x81, (byte)'a'], seed: 0));
}
