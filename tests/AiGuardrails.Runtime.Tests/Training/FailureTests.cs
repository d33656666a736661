using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;

namespace AiGuardrails.Runtime.Tests.Training;

/// <summary>What the file system refuses: a clear error each time, and nothing lost.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactOnLinux(NeedsMounts = true)]
    public async Task A_full_disk_leaves_the_old_file()
    {
        // A disk of 200 KiB that only the child sees; what it holds at the end is shown before it goes.
        var path = _folder.File("disk/train.jsonl");
        Directory.CreateDirectory(_folder.File("disk"));
        var start = new ProcessStartInfo("unshare") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[]
        {
            "-rm", "/bin/sh", "-c",
            "mount -t tmpfs -o size=200k tmpfs \"$1\" && printf old > \"$2\" && { dotnet \"$3\" once \"$2\" 1; cat \"$2\"; ls -A \"$1\"; }",
            "sh", _folder.File("disk"), path, typeof(ChildWriter).Assembly.Location,
        })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Matches($"^IOException: The training file '{path}' cannot be written: No space left on device[^\n]*; nothing was replaced\noldtrain.jsonl\n$", output);
    }

    [FactOnLinux(NeedsOrdinaryUser = true)]
    [SupportedOSPlatform("linux")]
    public async Task A_folder_that_cannot_be_written_to_is_named()
    {
        await File.WriteAllTextAsync(_folder.File(), "old");
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var error = await Assert.ThrowsAsync<UnauthorizedAccessException>(() => TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(1)));

            Assert.StartsWith($"The folder '{_folder.Path}' of the training file '{_folder.File()}' cannot be written to (", error.Message, StringComparison.Ordinal);
            Assert.EndsWith("); allow it, or write to another folder", error.Message, StringComparison.Ordinal);
            Assert.Equal("old", await File.ReadAllTextAsync(_folder.File()));
        }
        finally
        {
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_file_that_somebody_holds_is_replaced_or_left_whole()
    {
        await File.WriteAllTextAsync(_folder.File(), "old");

        await using var holder = new FileStream(_folder.File(), FileMode.Open, FileAccess.Read, FileShare.None);
        if (OperatingSystem.IsWindows())
        {
            var error = await Assert.ThrowsAsync<IOException>(() => TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(10)));
            Assert.StartsWith($"The training file '{_folder.File()}' cannot be put in place: ", error.Message, StringComparison.Ordinal);
            Assert.EndsWith("; the old one is as it was", error.Message, StringComparison.Ordinal);
        }
        else
        {
            // Elsewhere a rename asks no lock: who holds the old file goes on reading it, whole.
            await TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(10));
            Assert.Equal(10, (await File.ReadAllLinesAsync(_folder.File())).Length);
        }

        using var reader = new StreamReader(holder, Encoding.UTF8);
        Assert.Equal("old", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_locked_file_cannot_be_read_or_checked_and_is_named()
    {
        await TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(10));
        await using var holder = new FileStream(_folder.File(), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var check = await Assert.ThrowsAsync<IOException>(() => TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat));
        var convert = await Assert.ThrowsAsync<IOException>(() => TrainingFile.ConvertAsync<Positional>(_folder.File(), TrainingTarget.OpenAIChat, _folder.File("to.jsonl"), TrainingTarget.OpenAIChat));

        Assert.Equal($"The process cannot access the file '{_folder.File()}' because it is being used by another process.", check.Message);
        Assert.Equal(check.Message, convert.Message);
        Assert.False(File.Exists(_folder.File("to.jsonl")));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_manifest_is_told_before_anything_is_written()
    {
        await File.WriteAllTextAsync(_folder.File(), "old");
        Directory.CreateDirectory(_folder.File("train.manifest.json"));

        var error = await Assert.ThrowsAsync<IOException>(() => TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(10)));

        Assert.Equal($"'{_folder.File("train.manifest.json")}' is a folder; give the name of a file in it", error.Message);
        Assert.Equal("old", await File.ReadAllTextAsync(_folder.File()));
    }

    [Fact]
    public async Task A_folder_that_vanishes_is_an_error_and_no_crash()
    {
        var path = _folder.File("gone/train.jsonl");
        Directory.CreateDirectory(_folder.File("gone"));

        await Assert.ThrowsAnyAsync<IOException>(() => TrainingFile.WriteAsync(path, Vanish()));

        IEnumerable<Positional> Vanish()
        {
            yield return new Positional("q", "a");
            Directory.Delete(_folder.File("gone"), recursive: true);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(1_999)]
    public async Task Cancelled_half_way_a_set_is_as_it_was(int after)
    {
        var options = new TrainingWriteOptions { MaxRecordsPerShard = 100 };
        await TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(1_000), options);
        var names = _folder.Names();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TrainingFile.WriteAsync(_folder.File(), Cancel(), options, cancellationToken: cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TrainingFile.SplitAsync(_folder.File(), _folder.File("v.jsonl"), Cancel(), options: options, cancellationToken: cancellation.Token));

        Assert.Equal(names, _folder.Names());
        Assert.Equal(1_000, (await TrainingManifest.VerifyAsync(_folder.File())).Records);

        IEnumerable<Positional> Cancel()
        {
            foreach (var record in WriteCheckTests.Some(2_000))
            {
                if (--after == 0)
                {
                    cancellation.Cancel();
                }

                yield return record;
            }
        }
    }
}

/// <summary>A test of what Linux does; skipped elsewhere, and where the user or the machine does not let it be tested.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactOnLinuxAttribute : FactAttribute
{
    private static readonly Lazy<bool> s_canMount = new(static () => Succeeds("unshare", "-rm", "/bin/sh", "-c", "mount -t tmpfs tmpfs /mnt"));

    /// <summary>Gets or sets whether the test mounts a disk of its own.</summary>
    public bool NeedsMounts { get; set; }

    /// <summary>Gets or sets whether the test is about rights, which the administrator is above.</summary>
    public bool NeedsOrdinaryUser { get; set; }

    public override string? Skip
    {
        get => !OperatingSystem.IsLinux() ? "It is about Linux."
            : NeedsOrdinaryUser && Environment.IsPrivilegedProcess ? "The administrator may write everywhere."
            : NeedsMounts && !s_canMount.Value ? "No disk can be mounted here."
            : base.Skip;
        set => base.Skip = value;
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
