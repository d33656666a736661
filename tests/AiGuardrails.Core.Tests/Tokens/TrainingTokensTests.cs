namespace AiGuardrails.Core.Tests.Tokens;

public sealed class TrainingTokensTests
{
    [Fact]
    public void Texts_of_messages_are_counted_and_what_stands_around_them()
    {
        var tokens = new TrainingTokens("gpt-4o-mini");
        tokens.AddLine("""{"messages":[{"role":"user","content":"one two three four"},{"role":"assistant","content":"five six","weight":1}]}"""u8);

        // Six words and two roles; three tokens for the line and three for each message.
        Assert.Equal(1, tokens.Examples);
        Assert.Equal(6 + 2 + 3 + 6, tokens.Total.Expected);
    }

    [Fact]
    public void Escapes_are_counted_as_what_they_stand_for()
    {
        var escaped = new TrainingTokens("gpt-4o-mini");
        escaped.AddLine("""{"text":"\u0077ord\n\u00e9t\u00e9"}"""u8);
        var plain = new TrainingTokens("gpt-4o-mini");
        plain.AddLine("{\"text\":\"word"u8);
        Assert.Equal(1, plain.InvalidLines);
        Assert.Equal(TokenEstimator.ForModel("gpt-4o-mini").Estimate("word\nété"), escaped.Total);
    }

    [Fact]
    public void Definitions_of_tools_are_counted_with_their_names()
    {
        var with = new TrainingTokens("gpt-4o-mini");
        with.AddLine("""{"messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"properties":{"city":{"type":"string"}}}}}],"user":"x"}"""u8);
        var without = new TrainingTokens("gpt-4o-mini");
        without.AddLine("""{"messages":[{"role":"user","content":"hi"}],"user":"x"}"""u8);

        Assert.InRange(with.Total.Expected - without.Total.Expected, 10, 30);
    }

    [Fact]
    public void Lines_that_are_no_objects_are_not_counted()
    {
        var tokens = new TrainingTokens("gpt-4o-mini");
        tokens.AddLine(""u8);
        tokens.AddLine("  \r"u8);
        tokens.AddLine("[1]"u8);
        tokens.AddLine("{"u8);
        tokens.AddLine("{\"a\":\"b\"} x"u8);
        tokens.AddLine([0xFF, 0xFE]);
        Assert.Equal((0, 4), (tokens.Examples, tokens.InvalidLines));
        Assert.Equal(default, tokens.Total);
    }

    [Fact]
    public void Byte_order_mark_is_no_text()
    {
        var tokens = new TrainingTokens("gpt-4o-mini");
        tokens.AddLine([0xEF, 0xBB, 0xBF, .. "{\"text\":\"word\"}"u8]);
        Assert.Equal(1, tokens.Examples);
    }

    [Fact]
    public void Long_examples_are_cut_at_the_limit()
    {
        var tokens = new TrainingTokens("gpt-3.5-turbo", maxTokensPerExample: 10);
        tokens.AddLine("{\"text\":\"short\"}"u8);
        tokens.AddLine("{\"text\":\"a text of a good many words, more by far than there is room for in ten tokens\"}"u8);
        Assert.Equal(1, tokens.CutExamples);
        Assert.InRange(tokens.Total.Expected, 11, 12);
        Assert.InRange(tokens.Total.High, 11, 15);
    }

    [Fact]
    public void Vocabulary_makes_the_count_exact()
    {
        var vocabulary = SmallVocabulary.Read(SmallVocabulary.File);
        var tokens = new TrainingTokens("gpt-4o-mini", maxTokensPerExample: null, vocabulary);
        tokens.AddLine("""{"messages":[{"role":"user","content":"hello world\nhell\u006f"}]}"""u8);
        tokens.AddLine("""{"messages":[{"role":"user","content":"x"}]}"""u8);

        // "hello", " world", a line break, "hello"; "x"; twice "user", which is four letters; 3 for each line and message.
        var expected = 4 + 1 + (2 * 4) + (2 * 6);
        Assert.Equal(new TokenEstimate(expected, expected, expected), tokens.Total);
        Assert.Equal($"{expected} tokens", tokens.Total.ToString());
    }

    [Fact]
    public void Example_is_cut_at_the_limit_by_its_exact_count()
    {
        var vocabulary = SmallVocabulary.Read(SmallVocabulary.File);
        var tokens = new TrainingTokens("gpt-4o-mini", maxTokensPerExample: 10, vocabulary);
        tokens.AddLine("""{"text":"0123456789"}"""u8);
        tokens.AddLine("""{"text":"0123456789a"}"""u8);
        Assert.Equal((1, 20), (tokens.CutExamples, tokens.Total.Expected));
        Assert.Equal((20, 20), (tokens.Total.Low, tokens.Total.High));
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentNullException>(static () => new TrainingTokens(null!));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TrainingTokens("gpt-4o", 0));
        Assert.Throws<ArgumentException>(static () => new TrainingTokens("gpt-4", null, SmallVocabulary.Read(SmallVocabulary.File)));
    }
}
