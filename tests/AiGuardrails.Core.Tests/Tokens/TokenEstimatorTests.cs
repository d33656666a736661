using System.Text;
using AiGuardrails.Core.Tokens;

namespace AiGuardrails.Core.Tests.Tokens;

public sealed class TokenEstimatorTests
{
    private static readonly TokenEstimator s_cl100k = TokenEstimator.ForModel("gpt-4");
    private static readonly TokenEstimator s_o200k = TokenEstimator.ForModel("gpt-4o");

    // Pieces of text that the patterns of the vocabularies treat each in its own way.
    private static readonly string[] s_parts =
    [
        "a", "word", "Word", "camelCase", "don't", "'t", "'S", "'", "''", "we'll", "rock'n'roll", "1", "12", "1234567", " ", "  ", "\t", "\n", "\r\n", "\n\n  ",
        ".", "...", "/", "//", "!/", "(", "{\"", "\"}", "é", "e\u0301", "straße", "ſ", "'ſ", "Ω", "слово", "שלום", "مرحبا", "สวัสดี", "日本語", "かな", "한국어", "，", "\u3000",
        "\u00A0", "\u200B", "\u0663", "Ⅷ", "½", "😀", "👩‍💻", "€", "\u0085", "_", "snake_case", "0x1f", "\u0001", "ǅ", "ª", "\u0378",
    ];

    public static TheoryData<string, string> Encodings => new()
    {
        { "gpt-4", "Cl100k" },
        { "gpt-4-0613", "Cl100k" },
        { "gpt-4-turbo", "Cl100k" },
        { "gpt-3.5-turbo-0125", "Cl100k" },
        { "gpt-35-turbo", "Cl100k" },
        { "davinci-002", "Cl100k" },
        { "babbage-002", "Cl100k" },
        { "ft:gpt-4-0613:acme::AbC12345", "Cl100k" },
        { "ft:gpt-3.5-turbo-0125:acme:support:AbC12345", "Cl100k" },
        { "gpt-4o", "O200k" },
        { "gpt-4o-mini-2024-07-18", "O200k" },
        { "gpt-4.1-nano-2025-04-14", "O200k" },
        { "gpt-4.5-preview", "O200k" },
        { "gpt-5.1", "O200k" },
        { "o1", "O200k" },
        { "o3-mini", "O200k" },
        { "o4-mini-2025-04-16", "O200k" },
        { "gpt-oss-20b", "O200k" },
        { "openai/gpt-4o-mini", "O200k" },
        { "ft:gpt-4o-mini-2024-07-18:acme::AbC12345", "O200k" },
        { "ft:gpt-4.1-2025-04-14:acme::AbC12345", "O200k" },
        { "ft:gpt-4.1-mini-2025-04-14:acme:support:AbC12345:ckpt-step-90", "O200k" },
        { "gpt-4.1-2025-04-14.ft-0123456789abcdef0123456789abcdef", "O200k" },
        { "o1234", "Unknown" },
        { "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference", "Unknown" },
        { "gemini-2.0-flash", "Unknown" },
        { "ft:", "Unknown" },
        { "", "Unknown" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Vocabulary_follows_from_the_base_of_the_model(string model, string expected) =>
        Assert.Equal(expected, TokenEncodings.Of(model).ToString());

    [Fact]
    public void Nothing_has_no_tokens()
    {
        Assert.Equal(default, s_o200k.Estimate(""));
        Assert.Equal(default, s_o200k.Estimate(ReadOnlySpan<char>.Empty));
        Assert.Equal(default, s_o200k.Estimate(ReadOnlySpan<byte>.Empty));
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(static () => TokenEstimator.ForModel(null!));
        Assert.Throws<ArgumentNullException>(static () => s_o200k.Estimate((string)null!));
    }

    // Counted with the vocabulary; the first three are OpenAI's own examples.
    [Theory]
    [InlineData("antidisestablishmentarianism", 6)]
    [InlineData("2 + 2 = 4", 7)]
    [InlineData("お誕生日おめでとう", 9)]
    public void Known_counts_lie_between_the_bounds(string text, int tokens)
    {
        var estimate = s_cl100k.Estimate(text);
        Assert.InRange(tokens, estimate.Minimum, estimate.Maximum);
        Assert.InRange(tokens, estimate.Low, estimate.High);
    }

    [Theory]
    [InlineData("plain words of English text, and a number: 1234", 5)]
    [InlineData("déjà vu, ça va très bien aujourd'hui à l'école", 3)]
    [InlineData("这是一个用于测试的句子，没有别的意思。", 2)]
    [InlineData("これはテストの文です。ほかに意味はありません。", 2)]
    [InlineData("Это предложение нужно только для проверки.", 4)]
    public void Characters_per_token_are_those_of_the_language(string text, double charactersPerToken)
    {
        text = string.Concat(Enumerable.Repeat(text + " ", 50));
        Assert.InRange(text.Length / (double)s_o200k.Estimate(text).Expected, charactersPerToken * 0.6, charactersPerToken * 1.4);
    }

    [Fact]
    public void Older_vocabulary_needs_more_tokens_for_other_scripts() =>
        Assert.All(
            ["слово за словом", "你好世界", "안녕하세요", "مرحبا بالعالم"],
            static text => Assert.True(s_cl100k.Estimate(text).Expected > s_o200k.Estimate(text).Expected, text));

    [Fact]
    public void Band_is_ten_per_cent_for_a_page_of_English()
    {
        var estimate = s_o200k.Estimate(string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog. ", 100)));
        Assert.InRange(estimate.High / (double)estimate.Expected, 1.09, 1.11);
        Assert.InRange(estimate.Low / (double)estimate.Expected, 0.89, 1);
    }

    [Fact]
    public void Band_is_wider_for_a_few_words_and_for_an_unknown_vocabulary()
    {
        const string Text = "A few words.";
        var few = s_o200k.Estimate(Text);
        Assert.True(few.High - few.Expected >= 2);

        var text = string.Concat(Enumerable.Repeat(Text, 200));
        var unknown = TokenEstimator.ForModel("some-model").Estimate(text);
        Assert.InRange(unknown.High / (double)unknown.Expected, 1.34, 1.36);
    }

    [Fact]
    public void Hashes_widen_the_band_upwards()
    {
        var text = string.Concat(Enumerable.Repeat("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 ", 20));
        var estimate = s_o200k.Estimate(text);
        Assert.True(estimate.High >= text.Length / 1.7, estimate.ToString());
    }

    [Fact]
    public void Bounds_and_order_hold_for_any_text()
    {
        foreach (var text in RandomTexts(seed: 1, count: 20_000))
        {
            var bytes = Encoding.UTF8.GetByteCount(text);
            foreach (var (estimator, pieces) in new[] { (s_cl100k, PreSplit.Cl100k(text)), (s_o200k, PreSplit.O200k(text)) })
            {
                var estimate = estimator.Estimate(text);
                Assert.True(estimate.Minimum <= pieces || pieces == 0 || estimate.Minimum == 1, $"{estimate.Minimum} > {pieces}: {Escape(text)}");
                Assert.Equal(bytes, estimate.Maximum);
                Assert.True(
                    estimate.Minimum <= estimate.Low && estimate.Low <= estimate.Expected && estimate.Expected <= estimate.High && estimate.High <= estimate.Maximum,
                    Escape(text));
            }
        }
    }

    [Fact]
    public void Lower_bound_is_close_for_English()
    {
        const string Text = "The customer asks whether the parcel, sent on 12 March, has arrived; it hasn't. \"We'll look into it,\" says the agent.\n";
        Assert.InRange(s_cl100k.Estimate(Text).Minimum, PreSplit.Cl100k(Text) * 0.9, PreSplit.Cl100k(Text));
    }

    [Fact]
    public void Bytes_and_characters_give_the_same()
    {
        foreach (var text in RandomTexts(seed: 2, count: 5_000))
        {
            Assert.Equal(s_o200k.Estimate(text), s_o200k.Estimate(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(s_cl100k.Estimate(text), s_cl100k.Estimate(text.AsSpan()));
        }
    }

    [Fact]
    public void Longer_text_has_no_lower_bounds_below_those_of_its_parts()
    {
        var texts = RandomTexts(seed: 3, count: 4_000).ToArray();
        for (var i = 0; i + 1 < texts.Length; i += 2)
        {
            var left = s_o200k.Estimate(texts[i]);
            var right = s_o200k.Estimate(texts[i + 1]);
            var both = s_o200k.Estimate(texts[i] + texts[i + 1]);

            Assert.Equal(left.Maximum + right.Maximum, both.Maximum);
            Assert.True(both.Expected >= Math.Max(left.Minimum, right.Minimum) - 2, Escape(texts[i] + "|" + texts[i + 1]));
        }
    }

    [Fact]
    public void Any_bytes_are_counted()
    {
        var random = new Random(4);
        var bytes = new byte[64];
        for (var i = 0; i < 5_000; i++)
        {
            random.NextBytes(bytes);
            var estimate = s_cl100k.Estimate(bytes.AsSpan(0, i % 64));
            Assert.Equal(i % 64, estimate.Maximum);
        }
    }

    [Fact]
    public void Lone_surrogates_are_counted_as_encoders_write_them() =>
        Assert.Equal(s_o200k.Estimate(Encoding.UTF8.GetBytes("a\uFFFDb")), s_o200k.Estimate("a\uD800b"));

    [Fact]
    public void Nothing_is_allocated()
    {
        var text = string.Concat(s_parts);
        _ = s_o200k.Estimate(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = s_o200k.Estimate(text);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(2, 1, 3)]
    [InlineData(1, 3, 2)]
    public void Estimate_out_of_order_is_refused(long low, long expected, long high) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenEstimate(low, expected, high));

    [Fact]
    public void Estimates_add_up_and_stop_at_the_largest_number()
    {
        Assert.Equal(new TokenEstimate(11, 22, 33), new TokenEstimate(1, 2, 3) + new TokenEstimate(10, 20, 30));
        Assert.Equal(long.MaxValue, (new TokenEstimate(1, 2, long.MaxValue) + new TokenEstimate(1, 2, 3)).High);
        Assert.Equal("1,200 tokens (1,100 to 1,300)", new TokenEstimate(1100, 1200, 1300).ToString());
    }

    private static IEnumerable<string> RandomTexts(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (var parts = random.Next(1, 9); parts > 0; parts--)
            {
                text.Append(s_parts[random.Next(s_parts.Length)]);
            }

            yield return text.ToString();
        }
    }

    private static string Escape(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
