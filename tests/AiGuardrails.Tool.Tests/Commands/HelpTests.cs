using System.CommandLine;
using AiGuardrails.Tool.Commands;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary>Every command says what it does, how it is called and what its exit codes mean.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands() => new(Leaves(Root(), "").Select(static command => command.Name));

    [Fact]
    public void There_are_commands() => Assert.Contains("lint", Leaves(Root(), "").Select(static command => command.Name));

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_shows_examples_and_exit_codes(string name)
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCodes.Clean, await run.RunAsync([.. name.Split(' '), "--help"]));

        var examples = Examples.Of(Leaves(Root(), "").Single(command => command.Name == name).Command);
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains(example, run.Output, StringComparison.Ordinal));
        Assert.Contains($"  aiguardrails {name}", run.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", run.Output, StringComparison.Ordinal);
        Assert.Contains("130", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Examples_are_command_lines_that_are_understood(string name)
    {
        var root = Root();
        var command = Leaves(root, "").Single(command => command.Name == name).Command;

        foreach (var example in Examples.Of(command))
        {
            // What stands before a pipe, or behind one, is another program.
            var own = example.Split('|').Select(static part => part.Trim()).Single(static part => part.StartsWith("aiguardrails ", StringComparison.Ordinal));
            var parsed = root.Parse(own["aiguardrails ".Length..].Split(" > ")[0]);

            Assert.Empty(parsed.Errors.Select(static error => error.Message));
            Assert.Same(command, parsed.CommandResult.Command);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_a_format_with_json_and_describes_its_options(string name)
    {
        var command = Leaves(Root(), "").Single(command => command.Name == name).Command;

        var format = Assert.Single(command.Options, static option => option.Name == "--format");
        Assert.Contains("text|json", format.HelpName, StringComparison.Ordinal);
        Assert.All(command.Options.Append<Symbol>(command).Concat(command.Arguments), static symbol => Assert.False(string.IsNullOrWhiteSpace(symbol.Description)));
    }

    [Fact]
    public async Task The_exit_codes_of_the_guide_are_those_of_the_tool()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "docs", "guides", "tool.md"));

        Assert.All(ExitCodes.All, code => Assert.Contains(FormattableString.Invariant($"| {code.Code} | {code.Meaning} |"), guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_guide_has_every_command()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "docs", "guides", "tool.md"));

        Assert.All(Leaves(Root(), ""), command => Assert.Contains($"## `aiguardrails {command.Name}", guide, StringComparison.Ordinal));
    }

    internal static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AiGuardrails.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }

    private static RootCommand Root() => CommandLine.Create(new ToolContext { Out = TextWriter.Null, Error = TextWriter.Null, CurrentDirectory = "." });

    private static IEnumerable<(string Name, Command Command)> Leaves(Command command, string prefix) => command.Subcommands.SelectMany(child =>
        child.Subcommands.Count > 0 ? Leaves(child, prefix + child.Name + " ") : [(prefix + child.Name, child)]);
}
