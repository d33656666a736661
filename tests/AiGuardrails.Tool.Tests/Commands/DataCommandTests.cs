using System.Text;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary><c>aiguardrails split</c>, <c>convert</c> and <c>dedup</c>.</summary>
public sealed class DataCommandTests
{
    [Fact]
    public async Task Split_puts_every_question_on_one_side_whatever_the_order()
    {
        var lines = Chats.Lines(300).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var run = new ToolRun()
            .Write("data.jsonl", string.Join('\n', lines) + "\n")
            .Write("turned.jsonl", string.Join('\n', lines.Reverse().Append(Chats.Line("Q  QUESTION 7", "another"))) + "\n");

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("split", "data.jsonl", "--target", "openai-chat", "--validation", "0.2", "--format", "json"));
        var validation = run.Json.GetProperty("summary").GetProperty("validation");
        Assert.Equal("data.validation.jsonl", validation.GetProperty("file").GetString());
        Assert.InRange(validation.GetProperty("records").GetInt32(), 30, 90);

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("split", "turned.jsonl", "--target", "openai-chat", "--validation", "0.2", "--train-out", "t/a.jsonl", "--validation-out", "t/b.jsonl"));

        var (first, second) = (Set("data.validation.jsonl"), Set("t/b.jsonl"));
        Assert.Equal(first, second.Where(line => !line.Contains("QUESTION", StringComparison.Ordinal)).ToHashSet());
        Assert.Equal(lines.ToHashSet(), Set("data.train.jsonl").Union(first).ToHashSet());
        Assert.Equal(
            first.Any(static line => line.Contains("question 7\"", StringComparison.Ordinal)),
            second.Any(static line => line.Contains("QUESTION 7\"", StringComparison.Ordinal)));

        HashSet<string> Set(string path) => [.. run.Read(path).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    [Fact]
    public async Task Split_of_the_standard_input_writes_two_files_and_manifests_where_they_are_asked_for()
    {
        using var run = new ToolRun { Input = Chats.Lines(100) };

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("split", "-", "--target", "openai-chat", "--train-out", "a.jsonl", "--validation-out", "b.jsonl", "--manifest"));

        Assert.Equal(["a.jsonl", "a.manifest.json", "b.jsonl", "b.manifest.json"], run.Files);
    }

    [Fact]
    public async Task Split_refuses_data_with_errors_unless_told_otherwise()
    {
        using var run = new ToolRun().Write("data.jsonl", Chats.Lines(100) + "{\"messages\":]}\n");

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("split", "data.jsonl", "--target", "openai-chat"));
        Assert.StartsWith("Nothing was written: the data have 1 error", run.Error, StringComparison.Ordinal);
        Assert.Equal(["data.jsonl"], run.Files);

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("split", "data.jsonl", "--target", "openai-chat", "--allow-errors", "--format", "json"));
        Assert.Contains(run.Findings, static finding => finding.EndsWith("error AIG9001", StringComparison.Ordinal));
        Assert.Equal(101, run.Json.GetProperty("summary").GetProperty("training").GetProperty("records").GetInt32() + run.Json.GetProperty("summary").GetProperty("validation").GetProperty("records").GetInt32());
    }

    [Theory]
    [InlineData("--validation 1.5", "'1.5' is not a share; give a number from 0.0001 to 0.9999.")]
    [InlineData("--train-out data.jsonl", "'data.jsonl' is the file that is read; ")]
    [InlineData("--train-out x.jsonl --validation-out ./x.jsonl", "--train-out and --validation-out name one file; give two.")]
    [InlineData("--train-out -", "Two files cannot go through one pipe; ")]
    public async Task Split_says_what_it_cannot_do(string options, string message)
    {
        using var run = new ToolRun().Write("data.jsonl", Chats.Lines(20));

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(["split", "data.jsonl", "--target", "openai-chat", .. options.Split(' ')]));

        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(["data.jsonl"], run.Files);
    }

    [Fact]
    public async Task Dedup_keeps_the_first_of_each_and_the_order()
    {
        using var run = new ToolRun().Write("a.jsonl", Chats.Lines(5) + "no json\n" + Chats.Line("Q  question 3", "ANSWER 3") + "\n" + Chats.Line("q question 3", "another") + "\n");

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("dedup", "a.jsonl", "--target", "openai-chat", "--format", "json"));

        Assert.Equal(Chats.Lines(5) + "no json\n" + Chats.Line("q question 3", "another") + "\n", run.Read("a.dedup.jsonl"));
        var summary = run.Json.GetProperty("summary");
        Assert.Equal((8, 7, 1, 0, 1), (Number("lines"), Number("kept"), Number("exact"), Number("near"), Number("noRecords")));
        Assert.Equal(7, run.Json.GetProperty("removed")[0].GetProperty("line").GetInt32());

        int Number(string name) => summary.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Dedup_takes_near_duplicates_where_that_is_asked_for()
    {
        const string Answer = "a fox may rest where it likes but most of them have a den below the roots of an old tree which keeps the rain away and the young ones warm while their parents are out for food in the fields behind the village";
        const string Words = "the quick brown fox jumps over the lazy dog and then runs home through the dark wood to sleep until the sun comes up again over the hills";
        var text = Chats.Line(Words, Answer) + "\n" + Chats.Line(Words + " today", Answer) + "\n";
        using var run = new ToolRun { Input = text };

        _ = await run.RunAsync("dedup", "-", "--target", "openai-chat");
        Assert.Equal(text, Encoding.UTF8.GetString(run.OutputBytes));

        _ = await run.RunAsync("dedup", "-", "--target", "openai-chat", "--near");
        Assert.Equal(Chats.Line(Words, Answer) + "\n", Encoding.UTF8.GetString(run.OutputBytes));
        Assert.Contains("0 duplicates and 1 near duplicate left out of 2 lines", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai-chat", "bedrock-converse")]
    [InlineData("openai-chat", "gemini")]
    [InlineData("openai-chat", "sharegpt")]
    [InlineData("openai-chat", "alpaca")]
    [InlineData("openai-chat", "trl-prompt-completion")]
    public async Task Convert_and_back_is_the_same(string from, string to)
    {
        var text = Chats.Lines(20) + """{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"数据 \"x\""},{"role":"assistant","content":"y"}]}""" + "\n";
        using var run = new ToolRun().Write("a.jsonl", text);

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("convert", "a.jsonl", "--from", from, "--to", to));
        Assert.Equal(ExitCodes.Clean, await run.RunAsync("convert", $"a.{to}.jsonl", "--from", to, "--to", from, "-o", "back.jsonl", "--format", "json"));

        Assert.Equal(21, run.Json.GetProperty("summary").GetProperty("records").GetInt32());
        Assert.Equal(Normal(text), Normal(run.Read("back.jsonl")));

        static string Normal(string text) => text.Replace(" ", "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai-dpo", "trl-preference", """{"input":{"messages":[{"role":"user","content":"a"}],"tools":[],"parallel_tool_calls":true},"preferred_output":[{"role":"assistant","content":"b"}],"non_preferred_output":[{"role":"assistant","content":"c"}]}""")]
    [InlineData("together-text", "replicate-text", """{"text":"a"}""")]
    [InlineData("trl-kto", "sharegpt", """{"prompt":"a","completion":"b","label":true}""")]
    public async Task Convert_knows_what_is_no_conversation(string from, string to, string line)
    {
        using var run = new ToolRun { Input = line.Replace(""","tools":[],"parallel_tool_calls":true""", "", StringComparison.Ordinal) + "\n" };

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("convert", "-", "--from", from, "--to", to));

        Assert.Contains("\"a\"", Encoding.UTF8.GetString(run.OutputBytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai-chat", "openai-chat", "--from and --to are both 'openai-chat'; give two formats.")]
    [InlineData("openai-chat", "openai-dpo", "What 'openai-chat' holds cannot be said in 'openai-dpo'; it can in azure-chat, ")]
    [InlineData("openai-rft", "azure-rft", "'openai-rft' has fields of its own, ")]
    [InlineData("openai-cat", "gemini", "'openai-cat' is not a target; did you mean 'openai-chat'?")]
    public async Task Convert_says_what_it_cannot_do(string from, string to, string message)
    {
        using var run = new ToolRun().Write("a.jsonl", Chats.Lines(3));

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("convert", "a.jsonl", "--from", from, "--to", to));

        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(["a.jsonl"], run.Files);
    }

    [Fact]
    public async Task Convert_never_drops_what_the_other_format_cannot_say()
    {
        const string Tool = """{"messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"r"},{"role":"assistant","content":"b"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}}]}""";
        using var run = new ToolRun().Write("a.jsonl", Chats.Lines(3) + Tool + "\n");

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("convert", "a.jsonl", "--from", "openai-chat", "--to", "gemini"));

        Assert.Contains("nothing was written", run.Error, StringComparison.Ordinal);
        Assert.Contains("4", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Folder, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["a.jsonl"], run.Files);
    }

    [Theory]
    [InlineData("split data.jsonl --target openai-chat")]
    [InlineData("convert data.jsonl --from openai-chat --to gemini")]
    [InlineData("dedup data.jsonl --target openai-chat --in-place")]
    [InlineData("estimate data.jsonl --target openai-chat")]
    [InlineData("lint data.jsonl --target openai-chat --output report.json --format json")]
    public async Task Stopped_commands_leave_the_old_files_and_no_others(string arguments)
    {
        using var run = new ToolRun().Write("data.jsonl", Chats.Lines(50) + Chats.Lines(50));
        var before = run.ReadBytes("data.jsonl");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.Equal(ExitCodes.Cancelled, await run.RunAsync(arguments.Split(' '), cancelled.Token));

        Assert.Equal("Cancelled." + Environment.NewLine, run.Error);
        Assert.Equal(["data.jsonl"], run.Files);
        Assert.Equal(before, run.ReadBytes("data.jsonl"));
    }

    [Theory]
    [InlineData("fix none.jsonl --target openai-chat")]
    [InlineData("split none.jsonl --target openai-chat")]
    [InlineData("convert none.jsonl --from openai-chat --to gemini")]
    [InlineData("dedup none.jsonl --target openai-chat")]
    [InlineData("estimate none.jsonl --target openai-chat")]
    [InlineData("lint none.jsonl --target openai-chat")]
    public async Task A_file_that_is_not_there_is_one_line_and_makes_none(string arguments)
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(arguments.Split(' ')));

        Assert.Equal("'none.jsonl' does not exist; give the path of a JSON Lines file, or - for the standard input." + Environment.NewLine, run.Error);
        Assert.Empty(run.Files);
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_one_line()
    {
        using var run = new ToolRun().Write("data.jsonl", Chats.Lines(20));
        using var locked = new FileStream(Path.Combine(run.Folder, "data.jsonl"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("lint", "data.jsonl", "--target", "openai-chat"));

        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith("Free the path, or give one that can be used." + Environment.NewLine, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_and_patterns_stand_for_their_files()
    {
        using var run = new ToolRun().Write("data/b.jsonl", Chats.Lines(20, "b")).Write("data/deep/a.jsonl", Chats.Lines(20, "a")).Write("data/c.txt", "x").Write("data/.hidden.jsonl", "x");

        _ = await run.RunAsync("lint", "data", "--target", "openai-chat", "--format", "json");
        Assert.Equal(2, run.Json.GetProperty("summary").GetProperty("files").GetInt32());

        _ = await run.RunAsync("lint", "data/*.jsonl", "data/**/*.jsonl", "--target", "openai-chat", "--format", "json");
        Assert.Equal(2, run.Json.GetProperty("summary").GetProperty("files").GetInt32());

        _ = await run.RunAsync("lint", "dat?/*.jsonl", "--target", "openai-chat", "--format", "json");
        Assert.All(run.Findings, static finding => Assert.StartsWith("data/b.jsonl", finding, StringComparison.Ordinal));
    }
}
