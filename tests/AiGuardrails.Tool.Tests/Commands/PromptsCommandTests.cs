using AiGuardrails.Core.Prompts;

namespace AiGuardrails.Tool.Tests.Commands;

public sealed class PromptsCommandTests
{
    private const string Hello = "0123456789abcdef";
    private const string Bye = "fedcba9876543210";

    // What the generator writes for a prompt, as far as an assembly shows it.
    private const string Interface = "namespace AiGuardrails { public interface IPrompt { } }\n";

    [Fact]
    public async Task Prompts_of_the_generator_are_locked_and_a_change_is_found()
    {
        using var run = new ToolRun();
        run.Project("Bot/Bot.csproj", "<Nullable>enable</Nullable>", $"{Item("Reference", "AiGuardrails")}{Item("Reference", "AiGuardrails.Core")}{Item("Analyzer", "AiGuardrails.Generators")}{Item("Analyzer", "AiGuardrails.Core")}");
        run.Write("Bot/Reply.cs", Reply("Be brief.", version: 2));

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("prompts", "lock", "Bot"));
        var locked = Assert.Single(Lock(run, "Bot").Entries);
        Assert.Equal(("support/reply", 2), (locked.Id, locked.Version));
        Assert.Contains("'support/reply' was added with version 2", run.Output, StringComparison.Ordinal);
        Assert.Contains("Bot/prompts.lock.json was written: 1 prompt.", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(run.Folder, "Bot", "obj")));

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("prompts", "lock", "Bot", "--check"));

        run.Write("Bot/Reply.cs", Reply("Be very brief.", version: 2));
        var before = run.Snapshot();
        Assert.Equal(ExitCodes.Findings, await run.RunAsync("prompts", "lock", "Bot/Bot.csproj", "--check", "--format", "json"));
        Assert.Equal(["Bot/prompts.lock.json(4,5): warning AIG8005"], run.Findings);
        Assert.Contains("give it version 3", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, run.Snapshot());

        run.Write("Bot/Reply.cs", Reply("Be very brief.", version: 3));
        Assert.Equal(ExitCodes.Clean, await run.RunAsync("prompts", "lock", "Bot", "--format", "json"));
        Assert.Equal(["Bot/prompts.lock.json(4,5): info AIG8005"], run.Findings);
        var changed = Assert.Single(Lock(run, "Bot").Entries);
        Assert.Equal(3, changed.Version);
        Assert.NotEqual(locked.Hash, changed.Hash);

        static string Item(string kind, string name) => $"<{kind} Include=\"{Path.Combine(AppContext.BaseDirectory, "package", name + ".dll")}\" />";
    }

    [Fact]
    public async Task Every_difference_is_told_and_the_file_brought_up_to_date()
    {
        using var run = new ToolRun();
        run.Project("Bot.csproj");
        run.Write("Prompts.cs", Interface + Prompt("a", 1, Hello) + Prompt("changed", 2, Hello) + Prompt("higher", 3, Hello) + Prompt("lower", 1, Hello) + Prompt("new", 1, Hello));
        run.Write("prompts.lock.json", PromptLock.Of([new("a", 1, Hello), new("changed", 2, Bye), new("gone", 1, Bye), new("higher", 2, Bye), new("lower", 4, Hello)]).ToText());

        Assert.Equal(ExitCodes.Findings, await run.RunAsync("prompts", "lock", "--check", "-f", "json"));
        Assert.Equal(
            ["changed 5 warning", "gone 6 warning", "higher 7 warning", "lower 8 warning", "new 0 warning"],
            run.Json.GetProperty("findings").EnumerateArray().Select(static finding => $"{Name(finding.GetProperty("message").GetString()!)} {finding.GetProperty("line")} {finding.GetProperty("level")}").Order(StringComparer.Ordinal));

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("prompts", "lock", "-f", "json"));
        Assert.Equal(
            [
                "info 'gone' was removed: no prompt is called so any more",
                "info 'higher' went from version 2 to 3",
                "info 'new' was added with version 1",
                "warning 'changed' changed under version 2, and its entry with it; give it version 3 and run the command again if that version was in use",
                "warning 'lower' went back from version 4 to 1; give it version 5 and run the command again if that was not meant",
            ],
            run.Json.GetProperty("findings").EnumerateArray().Select(static finding => $"{finding.GetProperty("level")} {finding.GetProperty("message")}").Order(StringComparer.Ordinal));
        Assert.Equal([new("a", 1, Hello), new("changed", 2, Hello), new("higher", 3, Hello), new("lower", 1, Hello), new("new", 1, Hello)], Lock(run, "").Entries);
        Assert.Equal(["Bot.csproj", "Directory.Build.props", "Prompts.cs", "prompts.lock.json"], Directory.GetFileSystemEntries(run.Folder).Select(Path.GetFileName).Append("Directory.Build.props").Distinct().Order(StringComparer.Ordinal));

        // Ends of lines are for the checkout to decide; the order is not.
        var path = Path.Combine(run.Folder, "prompts.lock.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Clean, await run.RunAsync("prompts", "lock", "--check"));
        File.WriteAllText(path, File.ReadAllText(path).Replace("\r\n", " ", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Findings, await run.RunAsync("prompts", "lock", "--check"));
        Assert.Contains("not in the form", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);

        static string Name(string message) => message.Split('\'')[1];
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_left_as_it_is()
    {
        using var run = new ToolRun();
        run.Project("A/A.csproj").Write("A/Prompts.cs", Interface + Prompt("a", 1, Hello));
        run.Project("B/B.csproj").Write("B/Prompts.cs", Interface + Prompt("b", 1, Hello)).Write("B/prompts.lock.json", "{ \"version\": 1,\n  \"prompts\": {}, \"note\": \"kept\" }");

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("prompts", "lock", "--format", "json"));

        Assert.Empty(run.Findings);
        Assert.Contains("B/prompts.lock.json(2,18): AIG8005: 'note' is no member of the file, which has 'version' and 'prompts'; mend the file or delete it, and run the command again", run.Error, StringComparison.Ordinal);
        Assert.Contains("kept", File.ReadAllText(Path.Combine(run.Folder, "B", "prompts.lock.json")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.Folder, "A", "prompts.lock.json")));
    }

    [Fact]
    public async Task A_project_that_does_not_compile_is_not_locked()
    {
        using var run = new ToolRun();
        run.Project("Bot.csproj").Write("Prompts.cs", Interface + Prompt("a", 1, Hello) + "class Broken { int x = y; }");
        run.Write("prompts.lock.json", PromptLock.Of([new("a", 1, Bye)]).ToText());
        var before = File.ReadAllText(Path.Combine(run.Folder, "prompts.lock.json"));

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("prompts", "lock"));

        Assert.Contains("CS0103", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(run.Folder, "prompts.lock.json")));
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_locked_and_only_where_there_are_prompts()
    {
        using var run = new ToolRun();
        run.Project("Shared/Shared.csproj").Write("Shared/Prompts.cs", Interface + Prompt("shared", 1, Hello));
        run.Project("Bot/Bot.csproj", items: "<ProjectReference Include=\"../Shared/Shared.csproj\" />").Write("Bot/Bot.cs", "class Bot { public const string PromptId = \"no prompt\"; }");

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("prompts", "lock", "Bot"));

        Assert.Contains("Bot/prompts.lock.json was not written: the project has no prompts.", run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(run.Folder, "prompts.lock.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Target_frameworks_share_a_file_and_must_agree()
    {
        using var run = new ToolRun();
        run.Project("Bot.csproj", framework: "net10.0;netstandard2.0");
        run.Write("Prompts.cs", Interface + Prompt("a", 1, Hello) + "#if NET\n" + Prompt("modern", 1, Hello) + "#endif\n");

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("prompts", "lock"));
        Assert.Equal(["a", "modern"], Lock(run, "").Entries.Select(static entry => entry.Id));

        run.Write("Prompts.cs", Interface + "#if NET\n" + Prompt("a", 1, Hello) + "#else\n" + Prompt("a", 1, Bye) + "#endif\n");
        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("prompts", "lock", "-f", "json"));
        Assert.Contains("Bot.csproj: AIG8005: 'a' is another prompt for netstandard2.0 than for the other target frameworks; make it the same, or give it an identifier of its own there", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_without_a_project_have_no_lock_file()
    {
        using var run = new ToolRun();
        run.Write("Prompts.cs", "class X { }");

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("prompts", "lock"));

        Assert.Equal("'Prompts.cs' belongs to no project, and a lock file lies beside one; give a project, a solution or a folder that holds them.", run.Error.TrimEnd());
    }

    [Theory]
    [InlineData("Required command was not provided.", "Run 'aiguardrails prompts --help' for what is possible.", "prompts")]
    [InlineData("'--chek' is not an option of this command; write './--chek' if it is a path.", "Run 'aiguardrails prompts lock --help' for what is possible.", "prompts", "lock", "--chek")]
    public async Task Wrong_usage_says_how_to_go_on(string message, string help, params string[] args)
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(args));

        Assert.Equal([message, help], run.Error.ReplaceLineEndings("\n").TrimEnd().Split('\n'));
    }

    private static string Reply(string instructions, int version) => $$"""
        using AiGuardrails;

        [Prompt("support/reply", Version = {{version}})]
        [Block(BlockRole.System, "{{instructions}}")]
        [Block(BlockRole.User, "{Question}")]
        public sealed partial record Reply
        {
            public required string Question { get; init; }
        }
        """;

    private static string Prompt(string id, int version, string hash) =>
        $"class Prompt_{id} : AiGuardrails.IPrompt {{ public const string PromptId = \"{id}\"; public const int PromptVersion = {version}; public const string PromptHash = \"{hash}\"; }}\n";

    private static PromptLock Lock(ToolRun run, string folder)
    {
        Assert.True(PromptLock.TryParse(File.ReadAllText(Path.Combine(run.Folder, folder, "prompts.lock.json")), out var file, out var error), error?.Message.English);
        return file!;
    }
}
