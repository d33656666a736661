using System.Text;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary><c>aiguardrails fix</c>: what has one meaning is mended, and all else is left as it is and said.</summary>
public sealed class FixCommandTests
{
    private static readonly string s_first = Chats.Line("a", "one");
    private static readonly string s_second = Chats.Line("b", "two");

    private static string Good => s_first + "\n" + s_second + "\n";

    public static TheoryData<string, string, string> Mended() => new()
    {
        { "byteOrderMark", "\uFEFF" + Good, Good },
        { "lineEnds", Good.Replace("\n", "\r\n", StringComparison.Ordinal), Good },
        { "lineEnds", s_first + "\r" + s_second + "\r", Good },
        { "blankLines", "\n" + s_first + "\n \t\n" + s_second + "\n\n", Good },
        { "trailingCommas", s_first + ",\n" + s_second + " , \n", s_first + "\n" + s_second + "  \n" },
        { "trailingCommas", Good.Replace("]}", ",]}", StringComparison.Ordinal), Good },
        { "trailingCommas", Good.Replace("\"}", "\", }", StringComparison.Ordinal), Good.Replace("\"}", "\" }", StringComparison.Ordinal) },
        { "valuesPutOnLines", "[" + s_first + ", " + s_second + "]", Good },
        { "valuesPutOnLines", "[\n  " + s_first + ",\n  " + s_second + ",\n]\n", Good },
        { "valuesPutOnLines", "[" + s_first + ",\n" + s_second + "]\n", Good },
        { "valuesPutOnLines", Good.Replace("{", "{\n  ", StringComparison.Ordinal), Good },
        { "hiddenCharacters", Good.Replace("one", "o\u200Bn\u2060\u2060e", StringComparison.Ordinal), Good },
        { "hiddenCharacters", Good.Replace("one", "on\\u200b\\udb40\\udc41e\\u0041", StringComparison.Ordinal), Good.Replace("one", "one\\u0041", StringComparison.Ordinal) },
    };

    /// <summary>What looks like a mistake and is none, or has more than one meaning.</summary>
    public static TheoryData<string> Left() => new()
    {
        Good,
        Chats.Line("a, ]", "b,}") + "\n",
        Chats.Line("a \\\", ]", "b\\\\") + "\n",
        Chats.Line("👨\u200D👩\u200D👧", "می\u200Cخواهم") + "\n",
        Chats.Line("half \\ud83d", "x") + "\n",
        "{\"messages\":[{\"role\":\"user\"\n" + s_second + "\n",
        "{\"a\":,}\n",
        "{\"a\":1,,}\n",
        ",\n" + s_second + "\n",
        "[" + s_first + "]\n[" + s_second + "]\n",
        "{'role':'user',}\n",
        "x\0" + Good,
    };

    [Theory]
    [MemberData(nameof(Mended))]
    public async Task What_has_one_meaning_is_mended(string change, string before, string after)
    {
        using var run = new ToolRun().Write("train.jsonl", before);
        var bytes = run.ReadBytes("train.jsonl");

        _ = await run.RunAsync("fix", "train.jsonl", "--target", "openai-chat", "--format", "json");

        Assert.Equal(after, run.Read("train.fixed.jsonl"));
        Assert.Equal(bytes, run.ReadBytes("train.jsonl"));
        var changes = run.Json.GetProperty("summary").GetProperty("changes").EnumerateObject().Where(static counted => counted.Value.GetInt64() > 0).Select(static counted => counted.Name);
        Assert.Contains(change, changes);
        Assert.DoesNotContain(run.Findings, static finding => finding.Contains("AIG9001", StringComparison.Ordinal) || finding.Contains("AIG8004", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_numbers_that_only_a_blank_holds_apart_never_become_one()
    {
        using var run = new ToolRun().Write("train.jsonl", "{\n  \"a\":1 2\n}\n");

        _ = await run.RunAsync("fix", "train.jsonl", "--target", "openai-chat", "--format", "json");

        Assert.Equal("{\"a\":1 2}\n", run.Read("train.fixed.jsonl"));
        Assert.Contains("train.fixed.jsonl(1,8): error AIG9001", run.Findings);
    }

    [Theory]
    [MemberData(nameof(Left))]
    public async Task What_has_no_one_meaning_is_left_byte_by_byte(string text)
    {
        using var run = new ToolRun().Write("train.jsonl", text);

        _ = await run.RunAsync("fix", "train.jsonl", "--target", "openai-chat", "--format", "json");

        Assert.Equal(text, run.Read("train.fixed.jsonl"));
        Assert.All(run.Json.GetProperty("summary").GetProperty("changes").EnumerateObject(), static change => Assert.Equal(0, change.Value.GetInt64()));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task Other_encodings_become_utf8(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = Chats.Line("数据😀", "ответ") + "\n" + Chats.Lines(3000);
        using var run = new ToolRun { InputBytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)] };

        _ = await run.RunAsync("fix", "-", "--target", "openai-chat");

        Assert.Equal(text, Encoding.UTF8.GetString(run.OutputBytes));
        Assert.Contains("Changed: rewritten as UTF-8", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Utf16_without_a_mark_is_known_by_its_zeros()
    {
        using var run = new ToolRun { InputBytes = Encoding.Unicode.GetBytes(Good) };

        _ = await run.RunAsync("fix", "-", "--target", "openai-chat");

        Assert.Equal(Good, Encoding.UTF8.GetString(run.OutputBytes));
    }

    [Fact]
    public async Task What_remains_is_said_at_its_new_line_and_decides_the_exit_code()
    {
        using var run = new ToolRun().Write("train.jsonl", "\n" + Chats.Lines(100) + "\n{\"messages\":]}\n");

        Assert.Equal(ExitCodes.Findings, await run.RunAsync("fix", "train.jsonl", "--target", "openai-chat", "-o", "out/mended.jsonl", "--format", "json"));

        Assert.Equal(["out/mended.jsonl(101,13): error AIG9001"], run.Findings);
        Assert.Equal(2, run.Json.GetProperty("summary").GetProperty("changes").GetProperty("blankLines").GetInt32());
    }

    [Fact]
    public async Task A_file_that_is_well_stays_as_it_is_and_the_exit_code_is_0()
    {
        using var run = new ToolRun().Write("train.jsonl", Chats.Lines(120));

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("fix", "train.jsonl", "--target", "openai-chat", "--in-place"));

        Assert.Equal(Chats.Lines(120), run.Read("train.jsonl"));
        Assert.Contains("Nothing was to be mended", run.Output, StringComparison.Ordinal);
        Assert.Equal(["train.jsonl"], run.Files);
    }

    [Fact]
    public async Task In_place_replaces_the_file()
    {
        using var run = new ToolRun().Write("train.jsonl", "\uFEFF" + Good);

        _ = await run.RunAsync("fix", "train.jsonl", "--target", "openai-chat", "--in-place");

        Assert.Equal(Good, run.Read("train.jsonl"));
        Assert.Equal(["train.jsonl"], run.Files);
    }

    [Theory]
    [InlineData("-o train.jsonl", "'train.jsonl' is the file that is read; give another one, or --in-place to replace it.")]
    [InlineData("-o ./sub/../train.jsonl", "'./sub/../train.jsonl' is the file that is read; ")]
    [InlineData("-o sub", "'sub' is a folder; give the name of a file in it.")]
    [InlineData("-o a.jsonl --in-place", "--in-place and --output exclude each other; ")]
    public async Task The_data_are_never_replaced_by_accident(string options, string message)
    {
        using var run = new ToolRun().Write("train.jsonl", "\uFEFF" + Good).Write("sub/x.txt", "");
        var before = run.ReadBytes("train.jsonl");

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(["fix", "train.jsonl", "--target", "openai-chat", .. options.Split(' ')]));

        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, run.ReadBytes("train.jsonl"));
        Assert.Equal(["sub/x.txt", "train.jsonl"], run.Files);
    }

    [Theory]
    [InlineData("[\n{\"a\":\"x\n\"}]")]
    [InlineData("[\n{\"a\":1}\n]\n{\"b\":1}\n")]
    [InlineData("{\n\"a\":1\n,\n{\"b\":1}\n")]
    public async Task A_list_that_is_none_is_one_line_and_nothing_is_written(string text)
    {
        using var run = new ToolRun().Write("train.jsonl", text);

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("fix", "train.jsonl", "--target", "openai-chat"));

        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["train.jsonl"], run.Files);
    }

    [Fact]
    public async Task Duplicates_go_only_where_that_is_asked_for()
    {
        using var run = new ToolRun().Write("train.jsonl", Good + s_first + "\n");

        _ = await run.RunAsync("fix", "train.jsonl", "--target", "openai-chat");
        Assert.Equal(Good + s_first + "\n", run.Read("train.fixed.jsonl"));

        _ = await run.RunAsync("fix", "train.jsonl", "--target", "openai-chat", "--drop-duplicates");
        Assert.Equal(Good, run.Read("train.fixed.jsonl"));
    }

    [Fact]
    public async Task Lists_that_a_target_allows_stay_lines()
    {
        const string Text = "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]\n";
        using var run = new ToolRun().Write("train.jsonl", Text);

        _ = await run.RunAsync("fix", "train.jsonl", "--target", "autotrain-text");

        Assert.Equal(Text, run.Read("train.fixed.jsonl"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task The_pieces_that_come_do_not_matter(int size)
    {
        var mender = new System.Buffers.ArrayBufferWriter<byte>();
        var data = new AiGuardrails.Tool.Mending.DataMender(allowsLists: false, line =>
        {
            System.Buffers.BuffersExtensions.Write(mender, line);
            System.Buffers.BuffersExtensions.Write(mender, "\n"u8);
        });
        var bytes = Encoding.UTF8.GetBytes("\uFEFF[\r\n" + s_first + ",\r\n" + s_second.Replace("two", "t\u200Bwo", StringComparison.Ordinal) + ",\r\n]\r\n");

        foreach (var piece in bytes.Chunk(size))
        {
            data.Write(piece);
        }

        data.Complete();

        Assert.Equal(Good, Encoding.UTF8.GetString(mender.WrittenSpan));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Stopped_in_the_middle_leaves_the_old_file_and_no_other()
    {
        using var run = new ToolRun().Write("train.jsonl", "\uFEFF" + Good);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.Equal(ExitCodes.Cancelled, await run.RunAsync(["fix", "train.jsonl", "--target", "openai-chat", "--in-place"], cancelled.Token));

        Assert.Equal("Cancelled." + Environment.NewLine, run.Error);
        Assert.Equal(["train.jsonl"], run.Files);
        Assert.StartsWith("\uFEFF", Encoding.UTF8.GetString(run.ReadBytes("train.jsonl")), StringComparison.Ordinal);
    }
}
