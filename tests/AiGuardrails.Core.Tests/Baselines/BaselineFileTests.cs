using AiGuardrails.Core.Baselines;

namespace AiGuardrails.Core.Tests.Baselines;

public sealed class BaselineFileTests
{
    private const string Mark = "0123456789abcdef";

    private static readonly Baseline s_baseline = new(
    [
        new(new("AIG4001", "src/b.cs", Mark), 1, 0),
        new(new("AIG1001", "src/b.cs", "fedcba9876543210"), 2, 0),
        new(new("AIG1001", "src/b.cs", Mark), 1, 0),
        new(new("AIG9001", "data/\"ü\" 😀.jsonl", BaselineText.WholeFile), 3, 0),
    ]);

    [Fact]
    public void Entries_are_sorted_one_a_line_with_line_feeds() => Assert.Equal(
        """
        {
          "version": 1,
          "findings": [
            {"rule":"AIG9001","file":"data/\"ü\" \ud83d\ude00.jsonl","code":"0000000000000000","count":3},
            {"rule":"AIG1001","file":"src/b.cs","code":"0123456789abcdef","count":1},
            {"rule":"AIG1001","file":"src/b.cs","code":"fedcba9876543210","count":2},
            {"rule":"AIG4001","file":"src/b.cs","code":"0123456789abcdef","count":1}
          ]
        }

        """.ReplaceLineEndings("\n"),
        BaselineFile.Write(s_baseline));

    [Fact]
    public void What_is_written_is_read_with_the_lines_of_the_entries()
    {
        var text = BaselineFile.Write(s_baseline);

        var read = BaselineFile.Parse(text, out var error);

        Assert.Null(error);
        Assert.NotNull(read);
        Assert.Equal(s_baseline.Entries.Select(static (entry, index) => entry with { Line = 4 + index }), read.Entries);
        Assert.Equal(text, BaselineFile.Write(read));
        Assert.Equal(["data/\"ü\" 😀.jsonl", "src/b.cs"], read.Files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Empty_baseline_is_one_too()
    {
        var text = BaselineFile.Write(new Baseline([]));

        Assert.Equal("{\n  \"version\": 1,\n  \"findings\": []\n}\n", text);
        Assert.Empty(BaselineFile.Parse(text, out _)!.Entries);
    }

    [Fact]
    public void Entry_that_a_merge_brought_twice_counts_once_with_the_larger_count()
    {
        var read = BaselineFile.Parse(
            $$"""{"version":1,"findings":[{"rule":"AIG1001","file":"a.cs","code":"{{Mark}}","count":2},{"rule":"AIG1001","file":"a.cs","code":"{{Mark}}","count":3},{"rule":"AIG1001","file":"a.cs","code":"{{Mark}}","count":1}]}""",
            out _);

        Assert.Equal(3, Assert.Single(read!.Entries).Count);
    }

    [Theory]
    [InlineData("", 1, 1, "there is no value")]
    [InlineData("[]", 1, 1, "the file must be an object")]
    [InlineData("{}", 1, 1, "the file needs 'version'")]
    [InlineData("{\"version\":1}", 1, 1, "the file needs 'findings'")]
    [InlineData("{\"version\":2,\"findings\":[]}", 1, 12, "'version' must be 1; a newer AiGuardrails wrote this file")]
    [InlineData("{\"version\":1,\"findings\":{}}", 1, 25, "'findings' must be a list")]
    [InlineData("{\"version\":1,\"findings\":[]} x", 1, 29, "more text after the value")]
    [InlineData("{\"version\":1,\"entries\":[]}", 1, 14, "'entries' is no member of the file, which has version and findings")]
    [InlineData("{\"version\":1,\"version\":1}", 1, 14, "'version' stands twice in the file")]
    [InlineData("{\"version\":1,\n\"findings\":[\n7]}", 3, 1, "an entry of 'findings' must be an object")]
    [InlineData("{\"version\":1,\"findings\":[\n<<<<<<< HEAD\n", 2, 1, "a merge was left unfinished: keep the entries of both sides")]
    [InlineData("{\"version\":1,\"findings\":[{}]}", 1, 26, "an entry needs 'rule'")]
    [InlineData("{\"version\":1,\"findings\":[{\"rule\":\"CS0168\"}]}", 1, 34, "'rule' must be the identifier of a rule, such as AIG1001")]
    [InlineData("{\"version\":1,\"findings\":[{\"file\":\"src\\\\a.cs\"}]}", 1, 34, "'file' must be a path from the folder of this file, with forward slashes")]
    [InlineData("{\"version\":1,\"findings\":[{\"file\":\"/a.cs\"}]}", 1, 34, "'file' must be a path from the folder of this file, with forward slashes")]
    [InlineData("{\"version\":1,\"findings\":[{\"code\":\"12\"}]}", 1, 34, "'code' must be a mark of 16 digits and letters from a to f")]
    [InlineData("{\"version\":1,\"findings\":[{\"count\":0}]}", 1, 35, "'count' must be a whole number above 0")]
    [InlineData("{\"version\":1,\"findings\":[{\"count\":\"1\"}]}", 1, 35, "'count' must be a number")]
    [InlineData("{\"version\":1,\"findings\":[{\"line\":1}]}", 1, 27, "'line' is no member of an entry, which has rule, file, code and count")]
    [InlineData("{\"version\":1,\"findings\":[{\"file\":\"\\ud800\"}]}", 1, 34, "'file' must be a path from the folder of this file, with forward slashes")]
    [InlineData("{\"version\":1,\"findings\":[{\"file\":\"\"}]}", 1, 34, "'file' must be a path from the folder of this file, with forward slashes")]
    [InlineData("{\"version\":1,\"findings\":[{\"r\\ud800\":1}]}", 1, 27, "a text holds half of a surrogate pair")]
    [InlineData("{\"version\":1,\"findings\":[]}\n=======\n", 2, 1, "a merge was left unfinished: keep the entries of both sides")]
    [InlineData("{\"version\":1,\"a name of more than forty characters, cut\":[]}", 1, 14, "'a name of more than forty characters, cu…' is no member of the file, which has version and findings")]
    public void File_that_cannot_be_read_says_where_and_why(string text, int line, int column, string message)
    {
        Assert.Null(BaselineFile.Parse(text, out var error));
        Assert.Equal((message, line, column), (error!.Message.English, error.Line, error.Column));
    }

    [Fact]
    public void No_beginning_of_a_file_throws()
    {
        var text = BaselineFile.Write(s_baseline);
        for (var length = 0; length < text.Length - 1; length++)
        {
            Assert.Null(BaselineFile.Parse(text[..length], out var error));
            Assert.NotNull(error);
        }
    }
}
