using AiGuardrails.Tool.Checking;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary>
/// What every command makes of what it cannot use: one line that says what and how to go on, exit code 2, nothing written and nothing left.
/// </summary>
public sealed class BadInputTests
{
    private const string NoFile = "'none.jsonl' does not exist; give the path of a JSON Lines file, or - for the standard input.";
    private const string Target = "'openai-chatt' is not a target; did you mean 'openai-chat'? ";

    private static readonly string[] s_build = ["check", "baseline", "prompts lock", "report"];

    private static readonly Dictionary<string, string> s_data = new(StringComparer.Ordinal)
    {
        ["lint"] = "lint {0} --target openai-chat",
        ["fix"] = "fix {0} --target openai-chat",
        ["estimate"] = "estimate {0} --target openai-chat",
        ["split"] = "split {0} --target openai-chat",
        ["convert"] = "convert {0} --from openai-chat --to trl-chat",
        ["dedup"] = "dedup {0} --target openai-chat",
        ["report"] = "report --data {0} --target openai-chat",
    };

    /// <summary>A command line, and what the line has that says what is wrong with it.</summary>
    public static TheoryData<string, string> OneLine
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (name, line) in s_data)
            {
                // A file that is not there, a link that leads nowhere, a folder where a file should be, and a folder without data.
                data.Add(Of(line, "none.jsonl"), NoFile);
                data.Add(Of(line, "dangling.jsonl"), "'dangling.jsonl' does not exist; give the path of a JSON Lines file, or - for the standard input.");
                data.Add(Of(line, "empty"), name is "lint" or "report" ? "'empty' holds no .jsonl file; give a folder that does, or the files by name." : "'empty' is a folder; give one file of it.");
                data.Add(Of(line, "folder.jsonl"), name is "lint" or "report" ? "'folder.jsonl' holds no .jsonl file; give a folder that does, or the files by name." : "'folder.jsonl' is a folder; give one file of it.");
            }

            foreach (var name in s_build)
            {
                data.Add(name + " none", "'none' does not exist; ");
                data.Add(name + " dangling.csproj", "'dangling.csproj' does not exist; ");
                data.Add(name + " empty", "'empty' holds no project, no solution and no .cs file; ");
                data.Add(name + " data.jsonl", "'data.jsonl' cannot be checked: the rules read C#; ");
            }

            // Where nothing can be written: a folder, and a path below what is a file.
            foreach (var line in (string[])
            [
                "lint data.jsonl --target openai-chat --format json", "fix data.jsonl --target openai-chat", "convert data.jsonl --from openai-chat --to trl-chat",
                "dedup data.jsonl --target openai-chat", "report --data data.jsonl --target openai-chat",
            ])
            {
                data.Add(line + " --output empty", "empty' is a folder; give the name of a file in it.");
                data.Add(line + " --output data.jsonl/out", line.StartsWith("convert", StringComparison.Ordinal) ? "Free the path, or give one that can be used." : "data.jsonl/out' cannot be written (");
            }

            data.Add("split data.jsonl --target openai-chat --train-out empty", "empty' is a folder; give the name of a file in it.");
            data.Add("estimate data.jsonl --target openai-chat --catalogue none.json", "'none.json' does not exist; ");
            data.Add("estimate data.jsonl --target openai-chat --catalogue data.jsonl", "'data.jsonl' is no model catalogue, ");
            data.Add("estimate data.jsonl --target openai-chat --model gpt-4o-minni", "'gpt-4o-minni' is not in the model catalogue; did you mean 'gpt-4o-mini'?");
            data.Add("models --catalogue empty", "'empty' ");
            data.Add("models --catalogue data.jsonl", "'data.jsonl' is no model catalogue, ");
            data.Add("models --provider Opnai", "'Opnai' is not a provider of the catalogue; did you mean 'OpenAI'?");
            data.Add("decide --budget much", "'much' is no answer to --budget; ");
            data.Add("decide", "Nobody is there to be asked, ");
            return data;
        }
    }

    /// <summary>Targets are named in the command line, whose errors come with the way to its help.</summary>
    public static TheoryData<string> UnknownTargets => new(
        [.. s_data.Values.Select(static line => Of(line, "data.jsonl").Replace("openai-chat", "openai-chatt", StringComparison.Ordinal)), "convert data.jsonl --from openai-chat --to openai-chatt"]);

    public static TheoryData<string> DataCommands => new(s_data.Keys);

    public static TheoryData<string> BuildCommands => new(s_build);

    [Fact]
    public void No_command_is_forgotten() => Assert.Equal(
        EveryCommand.Names,
        OneLine.Select(static row => EveryCommand.Names.Single(name => ((string)row[0] + " ").StartsWith(name + " ", StringComparison.Ordinal))).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(OneLine))]
    public async Task What_cannot_be_used_is_one_line(string command, string expected)
    {
        using var run = Folder();
        var before = run.Snapshot();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(command.Split(' ')));

        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(run.Output);
        AssertNothingIsLeft(run, before);
    }

    [Theory]
    [MemberData(nameof(UnknownTargets))]
    public async Task Unknown_target_is_told_with_the_nearest(string command)
    {
        using var run = Folder();
        var before = run.Snapshot();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(command.Split(' ')));

        Assert.StartsWith(Target, run.Error, StringComparison.Ordinal);
        Assert.Matches("^[^\n]+\nRun 'aiguardrails [a-z]+ --help' for what is possible\\.\r?\n$", run.Error);
        AssertNothingIsLeft(run, before);
    }

    /// <summary>A person who may not read the file. Who may read everything is told nothing here.</summary>
    [Theory]
    [MemberData(nameof(DataCommands))]
    public async Task File_that_may_not_be_read_is_one_line(string command)
    {
        using var run = Folder();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(run.Folder, "data.jsonl"), UnixFileMode.None);
        }

        try
        {
            File.OpenRead(Path.Combine(run.Folder, "data.jsonl")).Dispose();

            // Root, and Windows, where the mode means nothing: no permission is missing that could be tested.
            return;
        }
        catch (UnauthorizedAccessException)
        {
            Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(Of(s_data[command], "data.jsonl").Split(' ')));
        }

        Assert.Contains("data.jsonl", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(". Free the path, or give one that can be used." + Environment.NewLine, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A gigabyte in one line would be a gigabyte of memory: a line longer than 64 MiB is none that any service takes.</summary>
    [Theory]
    [MemberData(nameof(DataCommands))]
    public async Task File_of_one_huge_line_is_told_in_bounded_memory(string command)
    {
        using var run = new ToolRun();
        using (var file = File.Create(Path.Combine(run.Folder, "huge.jsonl")))
        {
            file.Write("{\"messages\":[{\"role\":\"user\",\"content\":\""u8);
            var piece = new byte[1024 * 1024];
            Array.Fill(piece, (byte)'a');
            for (var i = 0; i < 65; i++)
            {
                file.Write(piece);
            }

            file.Write("\"}]}\n"u8);
        }

        var exitCode = await run.RunAsync(Of(s_data[command], "huge.jsonl").Split(' '));

        // lint, fix and report go on and say which line; the others say what keeps them from their work.
        Assert.True(exitCode is ExitCodes.NotChecked or ExitCodes.Findings || command == "report", run.Output + run.Error);
        Assert.DoesNotContain("error of its own", run.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch("aaaaaaaaaa.{1000}", run.Output + run.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(run.Temporary));
        Assert.DoesNotContain(run.Files, static name => name.Contains(".aigtmp", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(BuildCommands))]
    public async Task Project_that_does_not_restore_is_told(string command)
    {
        using var run = new ToolRun()
            .Project("app.csproj", items: "<PackageReference Include=\"No.Such.Package.Anywhere\" Version=\"1.2.3\" />")
            .Write("nuget.config", "<configuration><packageSources><clear /><add key=\"here\" value=\".\" /></packageSources></configuration>")
            .Write("a.cs", "class A;\n");
        var before = run.Snapshot();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(command.Split(' ')));

        // What is wrapped to the width of a table is one sentence all the same.
        var said = string.Join(' ', (run.Output + run.Error).Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("NU1101: Unable to find package No.Such.Package.Anywhere", said, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?m)^\s+at .+\(", run.Output + run.Error);
        AssertNothingIsLeft(run, before, written: "aiguardrails-report.html");
    }

    /// <summary>An installation that runs programs and has no SDK: the real host, copied to where no SDK stands beside it.</summary>
    [Theory]
    [MemberData(nameof(BuildCommands))]
    public async Task Missing_SDK_is_one_line(string command)
    {
        if (OperatingSystem.IsWindows())
        {
            // Links need a right there that few have.
            Assert.EndsWith(".exe", DotnetHost.Path, StringComparison.OrdinalIgnoreCase);
            return;
        }

        using var run = Folder().Project("app.csproj").Write("a.cs", "class A;\n");
        var before = run.Snapshot();
        var installation = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(run.Folder)!, "dotnet")).FullName;
        var real = Path.GetDirectoryName(new FileInfo(DotnetHost.Path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? DotnetHost.Path)!;
        var host = Path.Combine(installation, "dotnet");
        File.Copy(Path.Combine(real, "dotnet"), host);
        _ = Directory.CreateSymbolicLink(Path.Combine(installation, "host"), Path.Combine(real, "host"));
        _ = Directory.CreateSymbolicLink(Path.Combine(installation, "shared"), Path.Combine(real, "shared"));

        var (exitCode, output, error) = await ToolProcess.RunAsync(
            run.Folder,
            command.Split(' ').Append("app.csproj"),
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", ["DOTNET_HOST_PATH"] = null, ["DOTNET_ROOT"] = null, ["TMPDIR"] = run.Temporary },
            host);

        Assert.Equal(ExitCodes.NotChecked, exitCode);
        Assert.Contains("The .NET SDK is not installed; install it from https://dot.net.", string.Join(' ', (output + error).Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?m)^\s+at .+\(", output + error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(run.Temporary, "aiguardrails*"));
        Assert.Equal(before, run.Snapshot().Where(static entry => !entry.Contains("aiguardrails-report.html", StringComparison.Ordinal)));
    }

    private static string Of(string line, string file) => line.Replace("{0}", file, StringComparison.Ordinal);

    private static ToolRun Folder()
    {
        var run = new ToolRun().Write("data.jsonl", EveryCommand.Chats);
        _ = Directory.CreateDirectory(Path.Combine(run.Folder, "empty"));
        _ = Directory.CreateDirectory(Path.Combine(run.Folder, "folder.jsonl"));
        _ = File.CreateSymbolicLink(Path.Combine(run.Folder, "dangling.jsonl"), Path.Combine(run.Folder, "gone.jsonl"));
        _ = File.CreateSymbolicLink(Path.Combine(run.Folder, "dangling.csproj"), Path.Combine(run.Folder, "gone.csproj"));
        return run;
    }

    private static void AssertNothingIsLeft(ToolRun run, IReadOnlyList<string> before, string? written = null)
    {
        Assert.Equal(before, run.Snapshot().Where(entry => written is null || !entry.Contains(written, StringComparison.Ordinal)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(run.Temporary));
    }
}
