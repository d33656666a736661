using AiGuardrails.Core.Tests.Tokens;
using AiGuardrails.Tool.Linting;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary><c>aiguardrails lint --tokenizer</c> and <c>estimate --tokenizer</c>: exact counts with a vocabulary that is what it says, and estimates with any other.</summary>
public sealed class TokenizerTests
{
    private static readonly string[] s_estimate = ["estimate", "train.jsonl", "--target", "openai-chat", "--tokenizer", "small.tiktoken"];

    [Fact]
    public async Task Counts_are_exact_with_the_vocabulary()
    {
        using var run = WithVocabulary();
        var checker = new FileChecker(run.Context())
        {
            Target = TrainingTarget.OpenAIChat,
            BaseModel = "gpt-4.1-2025-04-14",
            Epochs = 3,
            Tokenizer = "small.tiktoken",
        };

        var report = await checker.CheckAsync(["train.jsonl"], static _ => { }, CancellationToken.None);

        Assert.Empty(report.Problems);
        Assert.Matches(@"costs about \$[0-9.]+: 60 examples, [0-9,]+ tokens, 3 epochs, prices as of ", Assert.Single(report.Notes));
    }

    [Theory]
    [InlineData("AA== 0\nnonsense\n", "line 2 is not a token in base64, a space and 1, its rank")]
    [InlineData(null, "its SHA-256 is ")]
    public async Task File_that_is_no_published_vocabulary_is_said_and_counts_are_estimates(string? text, string expected)
    {
        using var run = new ToolRun().Write("train.jsonl", Chats(60));
        _ = run.Write("o200k_base.tiktoken", text ?? SmallVocabulary.Text);

        var exit = await run.RunAsync("lint", "train.jsonl", "--target", "openai-chat", "--base-model", "gpt-4.1-2025-04-14", "--tokenizer", "o200k_base.tiktoken", "--format", "json");

        Assert.Equal(ExitCodes.NotChecked, exit);
        Assert.StartsWith(
            "the vocabulary cannot be used, so tokens are estimated: " + expected,
            run.Json.GetProperty("summary").GetProperty("problems")[0].GetProperty("message").GetString(),
            StringComparison.Ordinal);
        Assert.Matches(@"60 examples, [0-9,]+ tokens \([0-9,]+ to [0-9,]+\)", run.Error);
    }

    [Fact]
    public async Task Vocabulary_of_another_model_is_said()
    {
        using var run = WithVocabulary();
        var checker = new FileChecker(run.Context())
        {
            Target = TrainingTarget.OpenAIChat,
            BaseModel = "gpt-3.5-turbo-0125",
            Tokenizer = "small.tiktoken",
        };

        var report = await checker.CheckAsync(["train.jsonl"], static _ => { }, CancellationToken.None);

        Assert.Equal(
            "the vocabulary cannot be used, so tokens are estimated: it is small, and the vocabulary of 'gpt-3.5-turbo-0125' is cl100k_base",
            Assert.Single(report.Problems).Message);
    }

    [Fact]
    public async Task Missing_file_is_an_error_of_the_command_line()
    {
        using var run = new ToolRun().Write("train.jsonl", Chats(60));

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("lint", "train.jsonl", "--target", "openai-chat", "--tokenizer", "none.tiktoken"));

        Assert.Equal("'none.tiktoken' does not exist; give the path of a vocabulary, such as o200k_base.tiktoken.", run.Error.Trim());
    }

    [Fact]
    public async Task Estimate_counts_for_the_models_whose_vocabulary_it_is_and_estimates_for_the_others()
    {
        using var run = WithVocabulary();

        Assert.Equal(ExitCodes.Clean, await run.RunAsync([.. s_estimate, "--model", "gpt-4.1-2025-04-14", "--model", "gpt-3.5-turbo-0125", "--format", "json"]));

        var models = run.Json.GetProperty("models").EnumerateArray().ToDictionary(static model => model.GetProperty("model").GetString()!, StringComparer.Ordinal);
        var (counted, estimated) = (models["gpt-4.1-2025-04-14"], models["gpt-3.5-turbo-0125"]);
        Assert.True(counted.GetProperty("exact").GetBoolean());
        Assert.Equal(Expected(60), counted.GetProperty("tokens").GetProperty("minimum").GetInt64());
        Assert.Equal(Expected(60), counted.GetProperty("tokens").GetProperty("maximum").GetInt64());
        Assert.False(estimated.GetProperty("exact").GetBoolean());
        Assert.NotEqual(estimated.GetProperty("tokens").GetProperty("low").GetInt64(), estimated.GetProperty("tokens").GetProperty("high").GetInt64());
        Assert.Equal(Expected(60), run.Json.GetProperty("tokens").GetProperty("expected").GetInt64());
        Assert.Equal("small", run.Json.GetProperty("summary").GetProperty("tokenizer").GetString());
        Assert.Equal(0, run.Json.GetProperty("summary").GetProperty("problems").GetArrayLength());

        Assert.Equal(ExitCodes.Clean, await run.RunAsync([.. s_estimate]));
        Assert.StartsWith(FormattableString.Invariant($"train.jsonl: 60 examples, {Expected(60):N0} tokens by small"), run.Output, StringComparison.Ordinal);
        Assert.Contains("Tokens are counted for the models whose vocabulary is small, and estimated for the others", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("small.tiktoken", "it is small, and the vocabulary of 'gpt-3.5-turbo-0125' is cl100k_base")]
    [InlineData("train.jsonl", "line 1 is not a token in base64, a space and 0, its rank")]
    public async Task Estimate_says_why_a_vocabulary_is_of_no_use(string file, string expected)
    {
        using var run = WithVocabulary();
        string[] arguments = ["estimate", "train.jsonl", "--target", "openai-chat", "--model", "gpt-3.5-turbo-0125", "--tokenizer", file];

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(arguments));
        Assert.Contains($"{file}: the vocabulary cannot be used, so tokens are estimated: {expected}", run.Output, StringComparison.Ordinal);
        Assert.Contains("where nothing is known of the model", run.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync([.. arguments, "--format", "json"]));
        Assert.Equal(file, Assert.Single(run.Json.GetProperty("summary").GetProperty("problems").EnumerateArray()).GetProperty("file").GetString());
        Assert.False(run.Json.GetProperty("summary").GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task Estimate_without_the_file_is_an_error_of_the_command_line()
    {
        using var run = WithVocabulary();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("estimate", "train.jsonl", "--target", "openai-chat", "--tokenizer", "none.tiktoken"));

        Assert.Equal("'none.tiktoken' does not exist; give the path of a vocabulary, such as o200k_base.tiktoken.", run.Error.Trim());
        Assert.Empty(run.Output);
    }

    private static ToolRun WithVocabulary() => new ToolRun { KnownVocabularies = [SmallVocabulary.Known(SmallVocabulary.File)] }
        .Write("train.jsonl", Chats(60))
        .Write("small.tiktoken", SmallVocabulary.Text);

    // What OpenAI's notebooks count around the texts, and the texts: each role is one of them.
    private static long Expected(int count)
    {
        var vocabulary = SmallVocabulary.Read(SmallVocabulary.File);
        return Enumerable.Range(0, count).Sum(i => 3 + (2 * 3)
            + vocabulary.Count("user") + vocabulary.Count("assistant")
            + vocabulary.Count(FormattableString.Invariant($"Question {i}")) + vocabulary.Count(FormattableString.Invariant($"Answer {i}")));
    }

    private static string Chats(int count) => string.Concat(Enumerable.Range(0, count).Select(static i =>
        $$"""{"messages":[{"role":"user","content":"Question {{i}}"},{"role":"assistant","content":"Answer {{i}}"}]}""" + "\n"));
}
