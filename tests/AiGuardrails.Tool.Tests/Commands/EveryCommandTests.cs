using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using AiGuardrails.Tool.Checking;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary>What every command has: text and JSON, plain text where it is asked for, pipes where there are data, and examples that run.</summary>
public sealed class EveryCommandTests
{
    private const char Escape = '\u001B';

    private const string Solution = """
        Microsoft Visual Studio Solution File, Format Version 12.00
        Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "SupportBot", "src\SupportBot\SupportBot.csproj", "{11111111-1111-1111-1111-111111111111}"
        EndProject
        Global
        	GlobalSection(SolutionConfigurationPlatforms) = preSolution
        		Debug|Any CPU = Debug|Any CPU
        	EndGlobalSection
        	GlobalSection(ProjectConfigurationPlatforms) = postSolution
        		{11111111-1111-1111-1111-111111111111}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
        		{11111111-1111-1111-1111-111111111111}.Debug|Any CPU.Build.0 = Debug|Any CPU
        	EndGlobalSection
        EndGlobal
        """;

    public static TheoryData<string> Names => new(EveryCommand.Names);

    public static TheoryData<string> ReadsData => new("convert", "dedup", "estimate", "fix", "lint", "split");

    public static TheoryData<string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in EveryCommand.Names)
            {
                foreach (var example in EveryCommand.ExamplesOf(name))
                {
                    data.Add(name, example);
                }
            }

            return data;
        }
    }

    [Fact]
    public void No_command_is_forgotten() => Assert.Equal(EveryCommand.Names, EveryCommand.Lines.Keys.Order(StringComparer.Ordinal));

    /// <summary>The standard output is one JSON value and nothing else, and both formats end alike.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Json_is_one_value_and_ends_as_text_does(string name)
    {
        using var first = EveryCommand.Folder();
        using var second = EveryCommand.Folder();
        var line = EveryCommand.Lines[name].Split(' ');

        var text = await first.RunAsync([.. line, "--format", "text"]);
        var json = await second.RunAsync([.. line, "--format", "json"]);

        Assert.NotEqual(ExitCodes.NotChecked, text);
        Assert.Equal(text, json);
        Assert.NotEmpty(first.Output);
        Assert.Equal(JsonValueKind.Object, second.Json.ValueKind);
        Assert.ThrowsAny<JsonException>(() => first.Json);
        Assert.DoesNotContain(Escape, first.Output + first.Error + second.Output + second.Error);

        // What is written is the same, in whatever words it is told.
        Assert.Equal(first.Files, second.Files);
    }

    /// <summary>At a terminal, where colours and lines that move would otherwise be.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_color_is_heeded_at_a_terminal(string name)
    {
        if (await AtTerminalAsync(name, noColor: true) is not { } output)
        {
            // Without util-linux there is no terminal to be had.
            Assert.False(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"));
            return;
        }

        // The run-time tells the terminal of its keys, whatever a program writes; that is no colour and no line that moves.
        Assert.NotEmpty(output);
        Assert.DoesNotContain(Escape, output.Replace("\u001B[?1h\u001B=", "", StringComparison.Ordinal).Replace("\u001B[?1l\u001B>", "", StringComparison.Ordinal));
    }

    /// <summary>Without this, the test above would say nothing.</summary>
    [Fact]
    public async Task A_terminal_has_colours_otherwise()
    {
        if (await AtTerminalAsync("lint", noColor: false) is { } output)
        {
            Assert.Matches("\u001B\\[[0-9;]*m", output);
        }
    }

    [Theory]
    [MemberData(nameof(ReadsData))]
    public async Task Data_come_through_a_pipe_as_from_a_file(string name)
    {
        using var file = EveryCommand.Folder();
        using var pipe = new ToolRun { Input = EveryCommand.Chats };
        var line = EveryCommand.Lines[name].Split(' ');
        string[] outputs = name == "split" ? ["--train-out", "a.jsonl", "--validation-out", "b.jsonl"] : [];

        var fromFile = await file.RunAsync([.. line, .. outputs]);
        var fromPipe = await pipe.RunAsync([.. line.Select(static word => word == "train.jsonl" ? "-" : word), .. outputs]);

        Assert.Equal(fromFile, fromPipe);
        if (name is "lint" or "estimate")
        {
            Assert.Equal(file.Output.Replace("train.jsonl", "stdin", StringComparison.Ordinal), pipe.Output);
            return;
        }

        if (name == "split")
        {
            Assert.All(outputs.Where(static word => word.EndsWith(".jsonl", StringComparison.Ordinal)), output => Assert.Equal(file.Read(output), pipe.Read(output)));
            return;
        }

        // What has no name of its own goes on through the pipe, and what is said of it does not stand between.
        var written = Assert.Single(file.Files, static path => path.EndsWith(".jsonl", StringComparison.Ordinal) && path != "train.jsonl");
        Assert.Equal(file.ReadBytes(written), pipe.OutputBytes);
        Assert.Empty(pipe.Output);
        Assert.Empty(pipe.Files);
    }

    /// <summary>As they are printed, by a shell, in a repository that has what they name.</summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_of_the_help_runs_as_printed(string name, string example)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.False(File.Exists("/bin/bash"));
            return;
        }

        using var run = Repository(example);
        var (exitCode, output, error) = await ShellAsync(run, example);

        if (example == "aiguardrails decide")
        {
            // It asks, and nobody is there.
            Assert.Equal((ExitCodes.NotChecked, ""), (exitCode, output));
            Assert.StartsWith("Nobody is there to be asked, so the answers are options; missing: --tried-prompting, ", error, StringComparison.Ordinal);
        }
        else if (example.Contains("--tokenizer", StringComparison.Ordinal))
        {
            // The published file is not ours to have here; what is here in its place is told.
            Assert.Equal(ExitCodes.NotChecked, exitCode);
            Assert.Contains("o200k_base.tiktoken: the vocabulary cannot be used, so tokens are estimated: ", output, StringComparison.Ordinal);
        }
        else
        {
            Assert.True(exitCode is ExitCodes.Clean or ExitCodes.Findings, $"{name}: exit code {exitCode}\n{output}\n{error}");
            Assert.DoesNotContain("Not checked", error, StringComparison.Ordinal);
        }
    }

    private static ToolRun Repository(string example)
    {
        const string Alpaca = """{"instruction":"Where is my parcel?","input":"","output":"It is on its way."}""" + "\n";
        var train = example.Contains("--from alpaca", StringComparison.Ordinal) ? Alpaca : EveryCommand.Chats;
        var run = new ToolRun()
            .Project("src/SupportBot/SupportBot.csproj")
            .Write("src/SupportBot/Bot.cs", "class Bot { string Model => \"ft:a\"; }\n")
            .Write("MySolution.sln", Solution)
            .Write("data/train.jsonl", EveryCommand.Chats)
            .Write("train.jsonl", train)
            .Write("data.jsonl", EveryCommand.Chats)
            .Write("a.jsonl", EveryCommand.Chats)
            .Write("b.jsonl", EveryCommand.Chats)
            .Write("valid.jsonl", """{"messages":[{"role":"user","content":"Can I return shoes?"},{"role":"assistant","content":"Yes, within 30 days."}]}""" + "\n")
            .Write("o200k_base.tiktoken", "AA== 0\n");

        using (var packed = File.Create(Path.Combine(run.Folder, "train.jsonl.gz")))
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(System.Text.Encoding.UTF8.GetBytes(EveryCommand.Chats));
        }

        if (example.Contains("baseline --check", StringComparison.Ordinal))
        {
            _ = run.Write("aiguardrails.baseline.json", "{\n  \"version\": 1,\n  \"findings\": []\n}\n");
        }

        return run;
    }

    private static async Task<(int ExitCode, string Output, string Error)> ShellAsync(ToolRun run, string example)
    {
        var bin = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(run.Folder)!, "bin")).FullName;
        var command = Path.Combine(bin, "aiguardrails");
        await File.WriteAllTextAsync(command, $"#!/bin/sh\nexec '{DotnetHost.Path}' '{ToolProcess.Dll}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var prepare = example.Contains("--since", StringComparison.Ordinal)
            ? "git init -q -b main && git add -A && git -c user.name=Test -c user.email=test@example.com -c commit.gpgsign=false commit -q -m first && git update-ref refs/remotes/origin/main HEAD && "
            : "";
        var start = new ProcessStartInfo("/bin/bash", ["-o", "pipefail", "-c", prepare + example])
        {
            WorkingDirectory = run.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        DotnetHost.CleanEnvironment(start.Environment);
        start.Environment["PATH"] = bin + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");

        using var shell = Process.Start(start)!;
        shell.StandardInput.Close();
        var output = shell.StandardOutput.ReadToEndAsync();
        var error = shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, await output, await error);
    }

    /// <summary>What a command writes at a terminal, by the program that records terminals; null where that is not there.</summary>
    private static async Task<string?> AtTerminalAsync(string name, bool noColor)
    {
        const string Recorder = "/usr/bin/script";
        if (!OperatingSystem.IsLinux() || !File.Exists(Recorder))
        {
            return null;
        }

        using var run = EveryCommand.Folder();
        var start = new ProcessStartInfo(Recorder, ["--quiet", "--command", $"'{DotnetHost.Path}' '{ToolProcess.Dll}' {EveryCommand.Lines[name]}", "/dev/null"])
        {
            WorkingDirectory = run.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        DotnetHost.CleanEnvironment(start.Environment);
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["NO_COLOR"] = noColor ? "1" : null;

        using var recorded = Process.Start(start)!;
        recorded.StandardInput.Close();
        var output = await recorded.StandardOutput.ReadToEndAsync();
        await recorded.WaitForExitAsync();
        return output;
    }
}
