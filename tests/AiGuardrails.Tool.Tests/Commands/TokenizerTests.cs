using AiGuardrails.Core.Tests.Tokens;
using AiGuardrails.Tool.Linting;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary><c>aiguardrails lint --tokenizer</c>: exact counts with a vocabulary that is what it says, and estimates with any other.</summary>
public sealed class TokenizerTests
{
    [Fact]
    public async Task Counts_are_exact_with_the_vocabulary()
    {
        using var run = new ToolRun().Write("train.jsonl", Chats(60)).Write("small.tiktoken", SmallVocabulary.Text);
        var checker = new FileChecker(run.Context())
        {
            Target = TrainingTarget.OpenAIChat,
            BaseModel = "gpt-4.1-2025-04-14",
            Epochs = 3,
            Tokenizer = "small.tiktoken",
            KnownVocabularies = [SmallVocabulary.Known(SmallVocabulary.File)],
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
        using var run = new ToolRun().Write("train.jsonl", Chats(60)).Write("small.tiktoken", SmallVocabulary.Text);
        var checker = new FileChecker(run.Context())
        {
            Target = TrainingTarget.OpenAIChat,
            BaseModel = "gpt-3.5-turbo-0125",
            Tokenizer = "small.tiktoken",
            KnownVocabularies = [SmallVocabulary.Known(SmallVocabulary.File)],
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

    private static string Chats(int count) => string.Concat(Enumerable.Range(0, count).Select(static i =>
        $$"""{"messages":[{"role":"user","content":"Question {{i}}"},{"role":"assistant","content":"Answer {{i}}"}]}""" + "\n"));
}
