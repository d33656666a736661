using System.Globalization;

namespace AiGuardrails.Runtime.Tests.Training;

public sealed class WriteErrorTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, "it is null, and every record needs it; give it a text, or declare it 'string?' if the message may be left out")]
    [InlineData("", "it is empty; a message needs a text")]
    [InlineData(" \t\r\n\u00a0\u3000", "it is white space only; a message needs a text")]
    public async Task A_text_that_is_no_message_names_record_member_and_reason(string? text, string reason)
    {
        var error = await FailAsync([new Positional("q", "a"), new Positional("q", text!)]);

        Assert.Equal((2, "Answer", 0, _folder.File()), (error.RecordNumber, error.MemberName, error.Column, error.Path));
        Assert.Equal(reason, error.Reason);
        Assert.Equal($"Record 2 cannot be written to '{_folder.File()}': 'Answer': {reason}", error.Message);
    }

    [Fact]
    public async Task A_lone_surrogate_is_named_with_its_index()
    {
        var error = await FailAsync([new Positional("cut \ud83d", "a")]);

        Assert.Equal("Question", error.MemberName);
        Assert.Equal("it holds a surrogate without its other half (U+D83D at index 4), which is no character; repair the text where it was cut", error.Reason);
    }

    [Fact]
    public async Task A_blank_optional_text_is_an_error_too()
    {
        var error = await Assert.ThrowsAsync<TrainingRecordException>(() =>
            TrainingFile.WriteAsync(_folder.File(), [new WithOptional { Question = "q", Answer = "a", FollowUp = " " }]));

        Assert.Equal("FollowUp", error.MemberName);
    }

    [Fact]
    public async Task The_first_member_at_fault_is_named()
    {
        var error = await FailAsync([new Positional(null!, null!)]);

        Assert.Equal("Question", error.MemberName);
    }

    [Fact]
    public async Task The_default_of_a_struct_is_refused()
    {
        var error = await Assert.ThrowsAsync<TrainingRecordException>(() => TrainingFile.WriteAsync(_folder.File(), [default(Pair)]));

        Assert.Equal((1, "Question"), (error.RecordNumber, error.MemberName));
    }

    [Fact]
    public async Task A_null_record_is_refused()
    {
        var error = await FailAsync([new Positional("q", "a"), null!]);

        Assert.Equal((2, null, "it is null"), (error.RecordNumber, error.MemberName, error.Reason));
    }

    [Fact]
    public async Task A_derived_record_is_not_written_as_its_base()
    {
        var error = await Assert.ThrowsAsync<TrainingRecordException>(() =>
            TrainingFile.WriteAsync<Derived>(_folder.File(), [new FurtherDerived { Question = "q", Answer = "a" }]));

        Assert.Equal("it is of the type 'FurtherDerived', which 'Derived' cannot hold; write it as what it is", error.Reason);
    }

    [Fact]
    public async Task A_failure_half_way_keeps_the_old_file_and_nothing_else()
    {
        await TrainingFile.WriteAsync(_folder.File(), [new Positional("old", "old")], new TrainingWriteOptions { Manifest = false });
        var old = await File.ReadAllBytesAsync(_folder.File());

        // More than a block before the bad one, so that much is on the disk already.
        var records = Enumerable.Repeat(new Positional("q", new string('a', 1_000)), 1_000).Append(new Positional("q", ""));
        var error = await FailAsync(records);

        Assert.Equal(1_001, error.RecordNumber);
        Assert.Equal(old, await File.ReadAllBytesAsync(_folder.File()));
        Assert.Equal(["train.jsonl"], _folder.Names());
    }

    [Fact]
    public async Task An_exception_of_the_source_passes_and_leaves_nothing()
    {
        await Assert.ThrowsAsync<FormatException>(() => TrainingFile.WriteAsync(_folder.File(), FailHalfWay()));

        Assert.Empty(_folder.Names());
    }

    [Fact]
    public async Task Cancellation_keeps_the_old_file_and_nothing_else()
    {
        await File.WriteAllTextAsync(_folder.File(), "old");
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            TrainingFile.WriteAsync(_folder.File(), CancelHalfWay(cancellation), cancellationToken: cancellation.Token));

        Assert.Equal("old", await File.ReadAllTextAsync(_folder.File()));
        Assert.Equal(["train.jsonl"], _folder.Names());
    }

    [Fact]
    public async Task Cancellation_after_the_last_record_keeps_the_old_file_too()
    {
        await File.WriteAllTextAsync(_folder.File(), "old");
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TrainingFile.WriteAsync(_folder.File(), CancelAtTheEndAsync(cancellation), cancellationToken: cancellation.Token));

        Assert.Equal("old", await File.ReadAllTextAsync(_folder.File()));
        Assert.Equal(["train.jsonl"], _folder.Names());
    }

    [Fact]
    public async Task The_old_file_is_there_until_the_new_one_is_complete()
    {
        await File.WriteAllTextAsync(_folder.File(), "old");

        await TrainingFile.WriteAsync(_folder.File(), Observe());

        Assert.NotEqual("old", await File.ReadAllTextAsync(_folder.File()));
        Assert.Equal(["train.jsonl", "train.manifest.json"], _folder.Names());

        IEnumerable<Positional> Observe()
        {
            for (var i = 0; i < 1_000; i++)
            {
                Assert.Equal("old", File.ReadAllText(_folder.File()));
                Assert.Equal(2, _folder.Names().Length);
                yield return new Positional("q", new string('a', 500));
            }
        }
    }

    [Fact]
    public async Task What_a_crash_left_behind_is_cleaned_up_and_nothing_else_is()
    {
        string[] stale =
        [
            _folder.File(".train.jsonl.0123456789abcdef.aigtmp"),
            _folder.File(".train.manifest.json.0123456789abcdef.aigtmp"),
        ];
        var live = _folder.File(".train.jsonl.0123456789abcde1.aigtmp");
        string[] others =
        [
            _folder.File(".other.jsonl.0123456789abcdef.aigtmp"),
            _folder.File(".train.jsonl.0123456789abcdeg.aigtmp"),
            _folder.File(".train.jsonl.0123456789abcdef.tmp"),
            _folder.File("train.jsonl.0123456789abcdef.aigtmp"),
            _folder.File(".train.jsonl.0123456789abcdef0.aigtmp"),
        ];
        foreach (var path in others.Concat(stale).Append(live))
        {
            await File.WriteAllTextAsync(path, "half");

            // On Windows a file that was written just now may be one that a live writer is about to rename.
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(OperatingSystem.IsWindows() ? -5 : 0));
        }

        using (new FileStream(live, FileMode.Open, FileAccess.Write, FileShare.None))
        {
            await TrainingFile.WriteAsync(_folder.File(), [new Positional("q", "a")]);
        }

        Assert.All(stale, static path => Assert.False(File.Exists(path), path));
        Assert.True(File.Exists(live));
        Assert.All(others, static path => Assert.True(File.Exists(path), path));
    }

    [Fact]
    public async Task Two_writers_of_one_file_do_not_disturb_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            TrainingFile.WriteAsync(_folder.File(), Enumerable.Repeat(new Positional(i.ToString(CultureInfo.InvariantCulture), "a"), 5_000)))));

        var lines = await File.ReadAllLinesAsync(_folder.File());
        Assert.Equal(5_000, lines.Length);
        Assert.Single(lines.Distinct(StringComparer.Ordinal));
        Assert.Equal(["train.jsonl", "train.manifest.json"], _folder.Names());
    }

#if !NETSTANDARD_ASSETS
    [Fact]
    public async Task The_rights_of_the_old_file_stay()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllTextAsync(_folder.File(), "old");
        File.SetUnixFileMode(_folder.File(), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        await TrainingFile.WriteAsync(_folder.File(), [new Positional("q", "a")]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(_folder.File()));
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(_folder.File("data"));
        await File.WriteAllTextAsync(_folder.File("data/real.jsonl"), "old");
        File.CreateSymbolicLink(_folder.File(), _folder.File("data/real.jsonl"));

        await TrainingFile.WriteAsync(_folder.File(), [new Positional("q", "a")]);

        Assert.NotNull(new FileInfo(_folder.File()).LinkTarget);
        Assert.StartsWith("{\"messages\"", await File.ReadAllTextAsync(_folder.File("data/real.jsonl")), StringComparison.Ordinal);
    }
#endif

    [Fact]
    public async Task Places_that_cannot_be_written_are_named()
    {
        Positional[] records = [new("q", "a")];
        await File.WriteAllTextAsync(_folder.File("fixed.jsonl"), "old");
        File.SetAttributes(_folder.File("fixed.jsonl"), FileAttributes.ReadOnly);

        var folder = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => TrainingFile.WriteAsync(_folder.File("none/x.jsonl"), records));
        var directory = await Assert.ThrowsAsync<IOException>(() => TrainingFile.WriteAsync(_folder.Path, records));
        var slash = await Assert.ThrowsAsync<IOException>(() => TrainingFile.WriteAsync(_folder.File("new/"), records));
        var readOnly = await Assert.ThrowsAsync<UnauthorizedAccessException>(() => TrainingFile.WriteAsync(_folder.File("fixed.jsonl"), records));

        Assert.Equal($"The folder '{_folder.File("none")}' of the training file '{_folder.File("none/x.jsonl")}' does not exist; create it first", folder.Message);
        Assert.Equal($"'{_folder.Path}' is a folder; give the name of a file in it", directory.Message);
        Assert.Contains("is a folder", slash.Message, StringComparison.Ordinal);
        Assert.Equal($"The training file '{_folder.File("fixed.jsonl")}' is read-only; make it writable, or write to another file", readOnly.Message);
        Assert.Equal("old", await File.ReadAllTextAsync(_folder.File("fixed.jsonl")));
        File.SetAttributes(_folder.File("fixed.jsonl"), FileAttributes.Normal);
    }

    [Fact]
    public async Task Arguments_are_checked_at_once()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("path", () => TrainingFile.WriteAsync(null!, Array.Empty<Ticket>()));
        await Assert.ThrowsAsync<ArgumentException>("path", () => TrainingFile.WriteAsync("", Array.Empty<Ticket>()));
        await Assert.ThrowsAsync<ArgumentNullException>("records", () => TrainingFile.WriteAsync(_folder.File(), (IEnumerable<Ticket>)null!));
        Assert.Throws<ArgumentNullException>("path", () => { _ = TrainingFile.ReadAsync<Ticket>(null!); });
        Assert.Throws<ArgumentOutOfRangeException>("options", () => { _ = TrainingFile.ReadAsync<Ticket>(_folder.File(), new TrainingReadOptions { MaxLineBytes = 0 }); });
    }

    private static IEnumerable<Positional> FailHalfWay()
    {
        for (var i = 0; i < 100; i++)
        {
            yield return new Positional("q", new string('a', 1_000));
        }

        throw new FormatException("the source failed");
    }

    private static IEnumerable<Positional> CancelHalfWay(CancellationTokenSource cancellation)
    {
        for (var i = 0; i < 1_000; i++)
        {
            if (i == 500)
            {
                cancellation.Cancel();
            }

            yield return new Positional("q", new string('a', 1_000));
        }
    }

    private static async IAsyncEnumerable<Positional> CancelAtTheEndAsync(CancellationTokenSource cancellation)
    {
        yield return new Positional("q", "a");
        await cancellation.CancelAsync();
    }

    private Task<TrainingRecordException> FailAsync(IEnumerable<Positional> records) =>
        Assert.ThrowsAsync<TrainingRecordException>(() => TrainingFile.WriteAsync(_folder.File(), records));
}
