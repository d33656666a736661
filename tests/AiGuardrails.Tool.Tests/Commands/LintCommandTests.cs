using System.Text;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Tool.Linting;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary><c>aiguardrails lint</c>. What is found is tested with the linter; here it is how it is asked and shown.</summary>
public sealed class LintCommandTests
{
    [Fact]
    public async Task Findings_have_file_line_column_and_the_level_of_the_build()
    {
        using var run = new ToolRun().Write("data/train.jsonl", Chats(12) + Chat("数据😀", "TODO") + "{\"messages\":]}\n");

        Assert.Equal(ExitCodes.Findings, await run.RunAsync("lint", "data/train.jsonl", "--target", "openai-chat", "--format", "json"));

        Assert.Equal(
            [
                "data/train.jsonl(0,0): warning AIG9006",
                "data/train.jsonl(13,78): warning AIG9009",
                "data/train.jsonl(14,13): error AIG9001",
            ],
            run.Findings);
        var summary = run.Json.GetProperty("summary");
        Assert.Equal((3, 1, true), (summary.GetProperty("findings").GetInt32(), summary.GetProperty("files").GetInt32(), summary.GetProperty("complete").GetBoolean()));
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("markdown")]
    public async Task Every_format_is_there(string format)
    {
        using var run = new ToolRun().Write("train.jsonl", Chats(60) + Chat("a", "TODO"));

        Assert.Equal(ExitCodes.Findings, await run.RunAsync("lint", "train.jsonl", "-t", "openai-chat", "-f", format));

        Assert.Contains("AIG9009", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sarif_describes_the_rules()
    {
        using var run = new ToolRun().Write("train.jsonl", "nonsense\n");

        _ = await run.RunAsync("lint", "train.jsonl", "--target", "openai-chat", "--format", "sarif");

        var rules = run.Json.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        Assert.Contains(rules, static rule => rule.GetProperty("helpUri").GetString()!.EndsWith("/AIG9001.md", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("info", 1)]
    [InlineData("warning", 0)]
    public async Task Exit_code_follows_the_level(string failOn, int expected)
    {
        using var run = new ToolRun().Write("train.jsonl", Chats(60));

        Assert.Equal(expected, await run.RunAsync("lint", "train.jsonl", "--target", "openai-chat", "--fail-on", failOn));
        Assert.Contains("60 examples, where 100 are recommended", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validation_data_is_checked_against_every_file_and_is_no_training_data()
    {
        using var run = new ToolRun()
            .Write("a.jsonl", Chats(60, "a"))
            .Write("b.jsonl", Chats(60, "b"))
            .Write("valid.jsonl", Chats(20, "c") + Chat("b question 7", "other") + Chat("d", "TBD"));

        _ = await run.RunAsync("lint", "a.jsonl", "b.jsonl", "./valid.jsonl", "--validation", "valid.jsonl", "--target", "openai-chat", "--format", "json");

        Assert.Equal(["valid.jsonl(21,1): warning AIG9005", "valid.jsonl(22,75): warning AIG9009"], run.Findings.Where(static finding => finding.StartsWith("valid", StringComparison.Ordinal)));
        Assert.Contains("line 8 of 'b.jsonl'", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, run.Json.GetProperty("summary").GetProperty("files").GetInt32());
    }

    [Fact]
    public async Task Standard_input_is_read()
    {
        using var run = new ToolRun { Input = Chats(60) + Chat("a", "TODO") };

        Assert.Equal(ExitCodes.Findings, await run.RunAsync("lint", "-", "--target", "openai-chat", "--format", "json"));
        Assert.Contains("stdin(61,75): warning AIG9009", run.Findings);
    }

    [Fact]
    public async Task Cost_over_the_budget_is_a_finding_and_below_it_a_note()
    {
        using var run = new ToolRun().Write("train.jsonl", Chats(120));

        Assert.Equal(ExitCodes.Findings, await Lint("0.0001"));
        Assert.Contains("Training 'gpt-4.1-2025-04-14' with 'train.jsonl' is estimated to cost", run.Output, StringComparison.Ordinal);
        Assert.Equal(["train.jsonl(0,0): warning AIG2009"], run.Findings);

        Assert.Equal(ExitCodes.Clean, await Lint("25"));
        Assert.Contains("Training 'gpt-4.1-2025-04-14' with 'train.jsonl' costs about $", run.Output, StringComparison.Ordinal);
        Assert.Contains("120 examples", run.Output, StringComparison.Ordinal);

        Task<int> Lint(string cost) => run.RunAsync(
            "lint", "train.jsonl", "--target", "openai-chat", "--base-model", "gpt-4.1-2025-04-14", "--epochs", "3", "--max-cost", cost, "--format", "json");
    }

    [Fact]
    public async Task Price_that_is_not_known_is_said_and_a_budget_then_cannot_be_kept()
    {
        using var run = new ToolRun().Write("train.jsonl", Chats(120));

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("lint", "train.jsonl", "--target", "openai-chat", "--base-model", "ours", "--near-duplicates"));
        Assert.Contains("Nothing is known of what OpenAI asks", run.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("lint", "train.jsonl", "--target", "openai-chat", "--base-model", "ours", "--max-cost", "5"));
        Assert.Contains("nothing is known of what OpenAI asks for training 'ours'", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lint train.jsonl --target openai", "'openai' is not a target; choose one of openai-chat, ")]
    [InlineData("lint train.jsonl --target openai-chat --epochs many", "'many' is not a number of epochs; ")]
    [InlineData("lint train.jsonl --target openai-chat --base-model m --max-cost lots", "'lots' is not an amount; ")]
    [InlineData("lint train.jsonl --target openai-chat --max-cost 5", "--max-cost needs --base-model: ")]
    [InlineData("lint train.jsonl --target openai-chat --no-such-option", "'--no-such-option' is not an option of this command; ")]
    [InlineData("lint train.jsonl", "Option '--target' is required.")]
    public async Task Wrong_usage_is_said_with_the_way_on(string arguments, string message)
    {
        using var run = new ToolRun().Write("train.jsonl", Chats(60));

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(arguments.Split(' ')));

        Assert.Empty(run.Output);
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("Run 'aiguardrails lint --help' for what is possible", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing-here.jsonl", "'nothing-here.jsonl' does not exist; ")]
    [InlineData("data", "'data' holds no .jsonl file; give a folder that does, or the files by name.")]
    [InlineData("data/*.jsonl", "No file matches 'data/*.jsonl'; give the path of a JSON Lines file, or - for the standard input.")]
    public async Task File_that_cannot_be_read_is_one_line(string path, string message)
    {
        using var run = new ToolRun().Write("data/readme.txt", "");

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("lint", path, "--target", "openai-chat"));

        Assert.Empty(run.Output);
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Help_names_every_option_and_target()
    {
        using var run = new ToolRun();

        Assert.Equal(0, await run.RunAsync("lint", "--help"));

        foreach (var text in (string[])["--target", "--validation", "--base-model", "--epochs", "--max-cost", "--near-duplicates", "--max-findings", "--format", "--fail-on", "--output", "bedrock-converse"])
        {
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bytes_that_the_compiler_does_not_see_are_seen()
    {
        using var run = new ToolRun();
        await File.WriteAllBytesAsync(Path.Combine(run.Folder, "bom.jsonl"), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Chats(120))]);
        await File.WriteAllBytesAsync(Path.Combine(run.Folder, "latin.jsonl"), Encoding.Latin1.GetBytes(Chats(120) + Chat("a", "été")));

        _ = await run.RunAsync("lint", "bom.jsonl", "latin.jsonl", "--target", "together-chat", "--format", "json");

        Assert.Equal(["bom.jsonl(1,1): warning AIG9001", "latin.jsonl(121,75): error AIG9001"], run.Findings);
    }

    [Fact]
    public async Task Progress_and_pieces_change_nothing()
    {
        // More than one piece of the reader, with characters across its ends.
        var text = string.Concat(Enumerable.Range(0, 3000).Select(static i => Chat($"数据 {i} 😀é", $"答 {i} 😀")));
        using var run = new ToolRun().Write("train.jsonl", text + Chat("😀", "…"));

        _ = await run.RunAsync("lint", "train.jsonl", "--target", "openai-chat", "--format", "json");

        Assert.Equal(["train.jsonl(3001,76): warning AIG9009"], run.Findings);
    }

    [Fact]
    public void Titles_are_those_of_the_pages()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "AiGuardrails.sln")))
        {
            root = root.Parent;
        }

        Assert.Equal(LintRules.All.Append("AIG2009").Order(StringComparer.Ordinal), LintRuleInfo.All.Keys.Order(StringComparer.Ordinal));
        Assert.All(LintRuleInfo.All.Values, rule =>
        {
            // The page of a rule that is not written yet is missed by the tests of the pages.
            var page = Path.Combine(root.FullName, "docs", "rules", rule.Id + ".md");
            Assert.True(!File.Exists(page) || File.ReadLines(page).First() == $"# {rule.Id}: {rule.Title}", rule.Id);
        });
    }

    private static string Chats(int count, string prefix = "") => string.Concat(Enumerable.Range(0, count).Select(i => Chat($"{prefix} question {i}", $"answer {i}")));

    private static string Chat(string question, string answer) =>
        $$"""{"messages":[{"role":"user","content":"{{question}}"},{"role":"assistant","content":"{{answer}}"}]}""" + "\n";
}
