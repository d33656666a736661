namespace AiGuardrails.Tool.Tests.Commands;

/// <summary>Ctrl-C in the middle of each command that writes: the real process, the real signal.</summary>
public sealed class InterruptTests
{
    private const string Old = "what was there before";

    /// <summary>Commands that wait for more of what is piped in, and the files that they are to write.</summary>
    public static TheoryData<string> ReadingCommands => new(
        "lint - --target openai-chat --format json --output new.json",
        "fix - --target openai-chat --output new.jsonl",
        "fix - --target openai-chat --drop-duplicates --output new.jsonl",
        "dedup - --target openai-chat --near --output new.jsonl",
        "split - --target openai-chat --train-out new.jsonl --validation-out other.jsonl --manifest",
        "convert - --from openai-chat --to trl-chat --output new.jsonl",
        "estimate - --target openai-chat");

    /// <summary>Commands that wait for a build.</summary>
    public static TheoryData<string> BuildingCommands => new(
        "check --format sarif --output new.sarif",
        "baseline",
        "prompts lock",
        "report --output new.html");

    [SkippableUnixTheory]
    [MemberData(nameof(ReadingCommands))]
    public async Task Reading_ends_at_once_and_leaves_the_old_files(string command)
    {
        using var run = new ToolRun();
        foreach (var name in command.Split(' ').Where(static word => word.StartsWith("new.", StringComparison.Ordinal)))
        {
            _ = run.Write(name, Old);
        }

        var before = run.Snapshot();
        using var tool = Start(run, command);

        // More than a pipe holds: when the last of it is taken, the tool is in the middle of its work, and waits for more.
        await tool.Input.WriteAsync(string.Concat(Enumerable.Range(0, 4000).Select(static i =>
            $$"""{"messages":[{"role":"user","content":"Where is parcel {{i}}?"},{"role":"assistant","content":"Parcel {{i}} is on its way."}]}""" + "\n")));
        await tool.Input.FlushAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.False(tool.HasExited);
        tool.Interrupt();

        var (exitCode, output, error) = await tool.EndAsync();
        Assert.Equal((ExitCodes.Cancelled, "", "Cancelled.\n"), (exitCode, output, error));
        AssertNothingIsLeft(run, before);
    }

    [SkippableUnixTheory]
    [MemberData(nameof(BuildingCommands))]
    public async Task Building_ends_with_its_build_and_leaves_the_old_files(string command)
    {
        using var run = new ToolRun();
        var signs = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(run.Folder)!, "signs")).FullName;
        _ = run.Write("a.cs", "class A;").Write(
            "app.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <Target Name="Wait" BeforeTargets="CoreCompile"><Exec Command="echo $$$$ &gt; '{signs}/begun'; exec sleep 600" /></Target>
            </Project>
            """);
        foreach (var name in command.Split(' ').Where(static word => word.StartsWith("new.", StringComparison.Ordinal)))
        {
            _ = run.Write(name, Old);
        }

        var before = run.Snapshot();
        using var tool = Start(run, command);
        while (!File.Exists(Path.Combine(signs, "begun")) && !tool.HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        Assert.False(tool.HasExited);
        tool.Interrupt();

        var (exitCode, output, error) = await tool.EndAsync();
        Assert.Equal((ExitCodes.Cancelled, "", "Cancelled.\n"), (exitCode, output, error));
        AssertNothingIsLeft(run, before);
    }

    /// <summary>Only a line ends the wait of a terminal, and Ctrl-C must not need one.</summary>
    [Fact]
    public async Task A_question_that_nobody_answers_can_be_left()
    {
        using var run = new ToolRun();
        using var reader = new SilentReader();
        using var stop = new CancellationTokenSource();
        var asked = CommandLine.RunAsync(["decide"], run.Context() with { Answers = reader }, stop.Token);
        await reader.Asked;

        await stop.CancelAsync();

        Assert.Equal(ExitCodes.Cancelled, await asked);
        Assert.EndsWith("Cancelled." + Environment.NewLine, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static ToolProcess Start(ToolRun run, string command) =>
        new(run.Folder, command.Split(' '), new Dictionary<string, string?>(StringComparer.Ordinal) { ["TMPDIR"] = run.Temporary });

    private static void AssertNothingIsLeft(ToolRun run, IReadOnlyList<string> before)
    {
        Assert.Equal(before, run.Snapshot());

        // Sockets and pipes of the run-time and of MSBuild are theirs; what the tool begins bears its name.
        Assert.Empty(Directory.EnumerateFileSystemEntries(run.Temporary, "aiguardrails*").Select(Path.GetFileName));
        Assert.DoesNotContain(run.Files, static name => name.Contains(".aigtmp", StringComparison.Ordinal));
    }

    private sealed class SilentReader : TextReader
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _end = new();

        public Task Asked => _asked.Task;

        public override string? ReadLine()
        {
            _ = _asked.TrySetResult();
            _end.Wait();
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            _end.Set();
            base.Dispose(disposing);
        }
    }
}

/// <summary>Signals are those of Unix.</summary>
public sealed class SkippableUnixTheoryAttribute : TheoryAttribute
{
    public SkippableUnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no signals that one process could send another." : null!;
}
