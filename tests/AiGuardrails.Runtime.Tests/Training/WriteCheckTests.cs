using System.Globalization;
using System.Text;

namespace AiGuardrails.Runtime.Tests.Training;

public sealed class WriteCheckTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_written_is_checked_as_the_file_is()
    {
        var result = await TrainingFile.WriteAsync(_folder.File(), [.. Some(30), .. Some(3), new Positional("mail me at jane.doe@contoso.com", "done")]);

        var file = await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat);
        Assert.Equal(file.Findings.Select(static finding => finding.ToString()), result.Report!.Findings.Select(static finding => finding.ToString()));
        Assert.Equal(3, result.Report.Findings.Count(static finding => finding.Rule == "AIG9003"));
        Assert.Contains(result.Report.Findings, static finding => finding is { Rule: "AIG9008", Line: 34 });
        Assert.Equal((file.Bytes, file.Records, file.Tokens), (result.Report.Bytes, result.Report.Records, result.Report.Tokens));
    }

    [Fact]
    public async Task Warnings_are_in_the_result_and_too_few_examples_do_not_refuse()
    {
        var result = await TrainingFile.WriteAsync(_folder.File(), [new Positional("q", "a"), new Positional("q", "a")]);

        Assert.Contains(result.Report!.Findings, static finding => finding is { Rule: "AIG9006", Level: TrainingFindingLevel.Error });
        Assert.Contains(result.Report.Findings, static finding => finding is { Rule: "AIG9003", Level: TrainingFindingLevel.Warning });
        Assert.Throws<TrainingDataException>(() => result.Report.ThrowIfAny());
        Assert.Equal(2, (await File.ReadAllLinesAsync(_folder.File())).Length);
    }

    [Fact]
    public async Task Duplicates_can_be_refused_and_nothing_is_replaced_then()
    {
        await File.WriteAllTextAsync(_folder.File(), "old");

        var error = await Assert.ThrowsAsync<TrainingDataException>(() =>
            TrainingFile.WriteAsync(_folder.File(), [new Positional("q", "a"), new Positional(" Q ", "A")], new TrainingWriteOptions { RefuseDuplicates = true }));

        Assert.StartsWith(
            $"The training file '{_folder.File()}' is not written, for what is in it: 1 error, 1 warning, 0 infos; the first that refuses it: (2,1): warning AIG9003: the example is the same as that of line 1",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(2, error.Report.Records);
        Assert.Equal("old", await File.ReadAllTextAsync(_folder.File()));
        Assert.Equal(["train.jsonl"], _folder.Names());
    }

    [Fact]
    public async Task Duplicates_beyond_the_listing_are_refused_too()
    {
        var options = new TrainingWriteOptions { RefuseDuplicates = true, Checks = { MaxFindingsPerRule = 1, NearDuplicates = true } };
        const string Long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty";
        Positional[] records = [new(Long + " a", Long), new(Long + " b", Long), new(Long + " b", Long)];

        var error = await Assert.ThrowsAsync<TrainingDataException>(() => TrainingFile.WriteAsync(_folder.File(), records, options));

        Assert.Contains("warning AIG9003", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conflicts_can_be_refused()
    {
        Positional[] records = [new("q", "yes"), new("q", "no")];

        Assert.Contains((await TrainingFile.WriteAsync(_folder.File(), records)).Report!.Findings, static finding => finding.Rule == "AIG9004");
        var error = await Assert.ThrowsAsync<TrainingDataException>(() => TrainingFile.WriteAsync(_folder.File(), records, new TrainingWriteOptions { RefuseConflicts = true }));

        Assert.Contains("AIG9004: the example has the input of line 1 and another answer", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TrainingFindingLevel.Error, true)]
    [InlineData(TrainingFindingLevel.Warning, false)]
    [InlineData(TrainingFindingLevel.Info, false)]
    [InlineData(null, true)]
    public async Task The_level_that_refuses_is_an_option(TrainingFindingLevel? level, bool written)
    {
        var options = new TrainingWriteOptions { RefuseFrom = level };
        Positional[] records = [.. Some(100), new Positional("what is hidden\u200bhere", "answer")];

        if (written)
        {
            Assert.Equal(1, (await TrainingFile.WriteAsync(_folder.File(), records, options)).Report!.Warnings);
        }
        else
        {
            await Assert.ThrowsAsync<TrainingDataException>(() => TrainingFile.WriteAsync(_folder.File(), records, options));
            Assert.Empty(_folder.Names());
        }
    }

    [Fact]
    public async Task Errors_refuse_by_default()
    {
        // A record of ours has no errors of the format: the writer refuses them by the name of the member. Lines of others have.
        await File.WriteAllTextAsync(_folder.File("all.jsonl"), """{"messages":[{"role":"user","content":"q"},{"role":"bot","content":"a"}]}""" + "\n");
        await File.WriteAllTextAsync(_folder.File(), "as it was");

        var error = await Assert.ThrowsAsync<TrainingDataException>(() => TrainingFile.SplitAsync(_folder.File("all.jsonl"), _folder.File(), _folder.File("valid.jsonl")));

        Assert.Contains(error.Report.Findings, static finding => finding is { Rule: "AIG9002", Level: TrainingFindingLevel.Error, Line: 1 });
        File.Delete(_folder.File("all.jsonl"));
        Assert.Equal(["train.jsonl"], _folder.Names());
        Assert.Equal("as it was", await File.ReadAllTextAsync(_folder.File()));
    }

    [Fact]
    public async Task Warnings_refuse_where_they_are_to()
    {
        var records = Enumerable.Range(0, 20).Select(static i => new Turns { First = Text(i), Draft = "a", Second = "b", Final = "c" });
        var options = new TrainingWriteOptions { Checks = { MaxTokensPerExample = 1 } };

        var written = await TrainingFile.WriteAsync(_folder.File(), records, options);
        Assert.Contains(written.Report!.Findings, static finding => finding is { Rule: "AIG9007", Level: TrainingFindingLevel.Warning });

        options.RefuseFrom = TrainingFindingLevel.Warning;
        var error = await Assert.ThrowsAsync<TrainingDataException>(() => TrainingFile.WriteAsync(_folder.File(), records, options));
        Assert.Contains("AIG9007", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_can_be_off()
    {
        var result = await TrainingFile.WriteAsync(_folder.File(), [new Positional("q", "a"), new Positional("q", "a")], new TrainingWriteOptions { Validate = false });

        Assert.Null(result.Report);
        Assert.Null((await TrainingManifest.ReadAsync(_folder.File())).Tokens);
    }

    [Fact]
    public async Task The_files_are_the_same_with_and_without_checks()
    {
        await TrainingFile.WriteAsync(_folder.File("a.jsonl"), Some(2_000));
        await TrainingFile.WriteAsync(_folder.File("b.jsonl"), Some(2_000), new TrainingWriteOptions { Validate = false, Manifest = false });

        Assert.Equal(await File.ReadAllBytesAsync(_folder.File("a.jsonl")), await File.ReadAllBytesAsync(_folder.File("b.jsonl")));
    }

    [Fact]
    public async Task Options_that_do_not_go_together_are_refused_at_once()
    {
        foreach (var options in new TrainingWriteOptions[]
        {
            new() { Validate = false, RefuseDuplicates = true },
            new() { Validate = false, RefuseConflicts = true },
            new() { Manifest = false, MaxRecordsPerShard = 1 },
            new() { Manifest = false, MaxBytesPerShard = 100 },
        })
        {
            await Assert.ThrowsAsync<ArgumentException>("options", () => TrainingFile.WriteAsync(_folder.File(), Some(1), options));
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("options", () => TrainingFile.WriteAsync(_folder.File(), Some(1), new TrainingWriteOptions { MaxRecordsPerShard = 0 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("options", () => TrainingFile.WriteAsync(_folder.File(), Some(1), new TrainingWriteOptions { Checks = { MaxFindingsPerRule = 0 } }));
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public async Task A_file_is_converted_in_place_and_to_another()
    {
        await File.WriteAllTextAsync(_folder.File(), string.Concat(Some(50).Select(static record =>
            $$"""{ "messages" : [ {"content":"{{record.Question}}", "role":"user"}, {"role":"assistant","content":"{{record.Answer}}"} ] }""" + "\r\n")));

        var other = await TrainingFile.ConvertAsync<Positional>(_folder.File(), TrainingTarget.OpenAIChat, _folder.File("other.jsonl"), TrainingTarget.OpenAIChat);
        await TrainingFile.ConvertAsync<Positional>(_folder.File(), TrainingTarget.OpenAIChat, _folder.File(), TrainingTarget.OpenAIChat);

        Assert.Equal(50, other.Records);
        Assert.Equal(await File.ReadAllBytesAsync(_folder.File("other.jsonl")), await File.ReadAllBytesAsync(_folder.File()));
        Assert.StartsWith("""{"messages":[{"role":"user","content":"question 0"},""", await File.ReadAllTextAsync(_folder.File()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_cannot_be_converted_leaves_the_old_file()
    {
        await File.WriteAllTextAsync(_folder.File(), """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""" + "\nbroken\n");
        await File.WriteAllTextAsync(_folder.File("to.jsonl"), "old", Encoding.UTF8);

        var error = await Assert.ThrowsAsync<TrainingRecordException>(() =>
            TrainingFile.ConvertAsync<Positional>(_folder.File(), TrainingTarget.OpenAIChat, _folder.File("to.jsonl"), TrainingTarget.OpenAIChat));

        Assert.Equal(2, error.RecordNumber);
        Assert.Equal("old", await File.ReadAllTextAsync(_folder.File("to.jsonl")));
        Assert.Equal(["to.jsonl", "train.jsonl"], _folder.Names());
    }

    internal static IEnumerable<Positional> Some(int count) => Enumerable.Range(0, count).Select(static i => new Positional(Text(i), string.Create(CultureInfo.InvariantCulture, $"answer {i}")));

    private static string Text(int i) => string.Create(CultureInfo.InvariantCulture, $"question {i}");
}
