using System.Text;

namespace AiGuardrails.Core.Tests.Tokens;

public sealed class TokenVocabularyTests
{
    private static readonly TokenVocabulary s_small = SmallVocabulary.Read(SmallVocabulary.File);

    [Theory]
    [InlineData("", 0)]
    [InlineData("hello", 1)]
    [InlineData("hello world", 2)]
    [InlineData("hell", 1)]
    [InlineData("help", 3)]
    [InlineData(" wxld", 3)]
    [InlineData("日", 1)]
    [InlineData("日本語", 9)] // nothing joins two bytes of it
    [InlineData("aaaaa", 2)]
    [InlineData("aaaaaaa", 3)]
    [InlineData("<|endoftext|>", 13)]
    public void Tokens_are_counted(string text, long expected)
    {
        Assert.Equal(expected, s_small.Count(text));
        Assert.Equal(expected, s_small.Count(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Lone_surrogate_is_counted_as_encoders_write_it() => Assert.Equal(3, s_small.Count("\uD800"));

    // The definition itself: of all neighbours that are a token together, join the first of the lowest rank, until there are none.
    [Fact]
    public void Pairs_are_joined_in_the_order_of_their_ranks_however_long_the_piece()
    {
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            // A vocabulary as training makes one: each token joins two that are there before it.
            var tokens = new List<string> { "a", "b", "c" };
            while (tokens.Count < 40)
            {
                var token = tokens[random.Next(tokens.Count)] + tokens[random.Next(tokens.Count)];
                if (!tokens.Contains(token, StringComparer.Ordinal))
                {
                    tokens.Add(token);
                }
            }

            var file = SmallVocabulary.Of([.. tokens.Skip(3)]);
            var vocabulary = SmallVocabulary.Read(file);
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => "abc"[random.Next(3)]));

            Assert.Equal(Naive(text, [.. tokens.Skip(3)]), vocabulary.Count(text));
        }
    }

    [Fact]
    public void Long_piece_of_one_letter_is_counted()
    {
        // A megabyte that is one piece: quadratic work would not come to an end.
        Assert.Equal(250_000, s_small.Count(new string('a', 1_000_000)));
        Assert.Equal(1_000_000, s_small.Count(new string('x', 1_000_000)));
    }

    [Fact]
    public void Counts_lie_within_the_bounds_of_the_estimate()
    {
        const string Text = "The customer asks whether the parcel has arrived; it hasn't. 日本語 1234 {\"x\": 1}";
        var estimate = TokenEstimator.ForModel("gpt-4o").Estimate(Text);
        Assert.InRange(s_small.Count(Text), estimate.Minimum, estimate.Maximum);
    }

    [Fact]
    public void Any_bytes_are_counted()
    {
        var random = new Random(6);
        var bytes = new byte[300];
        for (var i = 0; i < 3_000; i++)
        {
            random.NextBytes(bytes);
            Assert.InRange(s_small.Count(bytes.AsSpan(0, i % 300)), 0, i % 300);
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var text = Encoding.UTF8.GetBytes("hello world, 日本語; a text of some length. " + new string('q', 90));
        _ = s_small.Count(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = s_small.Count(text);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void File_of_another_hash_is_refused_by_its_hash()
    {
        Assert.False(TokenVocabulary.TryRead(SmallVocabulary.File, out var vocabulary, out var problem));
        Assert.Null(vocabulary);
        Assert.Matches("^its SHA-256 is [0-9a-f]{64}, which is that of none of cl100k_base and o200k_base$", problem);

        // One byte more is another file.
        byte[] longer = [.. SmallVocabulary.File, .. "YmFiYQ== 270\n"u8];
        Assert.False(TokenVocabulary.TryRead(longer, [SmallVocabulary.Known(SmallVocabulary.File)], out _, out _));
        Assert.True(TokenVocabulary.TryRead(longer, [SmallVocabulary.Known(longer)], out _, out _));
    }

    [Theory]
    [InlineData("", "there is no token for the byte 00")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "line 1 is not a token in base64, a space and 0, its rank")]
    [InlineData("AA==\n", "line 1 is not a token in base64, a space and 0, its rank")]
    [InlineData("AA== 0\r\n", "line 1 is not a token in base64, a space and 0, its rank")]
    [InlineData("AA== 0 \n", "line 1 is not a token in base64, a space and 0, its rank")]
    [InlineData(" 0\n", "line 1 is not a token in base64, a space and 0, its rank")]
    [InlineData("AA== 0\nAQ== 2\n", "line 2 is not a token in base64, a space and 1, its rank")]
    [InlineData("AA== 0\nA 1\n", "line 2 is not a token in base64, a space and 1, its rank")]
    [InlineData("AA== 0\n\n", "line 2 is not a token in base64, a space and 1, its rank")]
    [InlineData("AA== 0\nAA== 1\n", "line 2 has a token that an earlier line has too")]
    [InlineData("AA== 0\nAQ== 1", "there is no token for the byte 02")]
    public void Damaged_file_is_refused_with_its_line(string file, string expected)
    {
        Assert.False(TokenVocabulary.TryRead(Encoding.UTF8.GetBytes(file), out _, out var problem));
        Assert.Equal(expected, problem);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => TokenVocabulary.Read(Encoding.UTF8.GetBytes(file))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_throw_anything_else()
    {
        var random = new Random(9);
        for (var i = 0; i < 2_000; i++)
        {
            var file = (byte[])SmallVocabulary.File.Clone();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            Assert.False(TokenVocabulary.TryRead(file.AsSpan(0, random.Next(file.Length)), out _, out var problem));
            Assert.NotEmpty(problem);
        }
    }

    [Fact]
    public void Vocabulary_is_for_the_models_of_its_kind()
    {
        Assert.True(s_small.IsFor("gpt-4o-mini"));
        Assert.True(s_small.IsFor("ft:gpt-4.1-2025-04-14:acme::AbC12345"));
        Assert.False(s_small.IsFor("gpt-3.5-turbo"));
        Assert.False(s_small.IsFor("some-model"));
        Assert.Null(s_small.ProblemWith("gpt-4o-mini"));
        Assert.Equal("it is small, and the vocabulary of 'gpt-3.5-turbo' is cl100k_base", s_small.ProblemWith("gpt-3.5-turbo"));
        Assert.Equal("nothing is known of the vocabulary of 'some-model', so it may not be small", s_small.ProblemWith("some-model"));
    }

    private static int Naive(string text, List<string> tokens)
    {
        // What is a token as a whole is one.
        if (tokens.Contains(text, StringComparer.Ordinal))
        {
            return 1;
        }

        var parts = text.Select(static c => c.ToString()).ToList();
        while (true)
        {
            var best = Enumerable.Range(0, parts.Count - 1)
                .Select(i => (Rank: tokens.IndexOf(parts[i] + parts[i + 1]), Place: i))
                .Where(static pair => pair.Rank >= 0)
                .OrderBy(static pair => pair.Rank).ThenBy(static pair => pair.Place)
                .Select(static pair => (int?)pair.Place)
                .FirstOrDefault();
            if (best is not { } place)
            {
                return parts.Count;
            }

            parts[place] += parts[place + 1];
            parts.RemoveAt(place + 1);
        }
    }
}
