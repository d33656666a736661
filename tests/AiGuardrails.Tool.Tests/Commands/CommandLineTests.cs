using AiGuardrails.Tool.Commands;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("check --format xml", "'xml' is not a value of --format; choose one of text, json, sarif, markdown.")]
    [InlineData("check --format 1", "'1' is not a value of --format; choose one of text, json, sarif, markdown.")]
    [InlineData("check --fail-on never", "'never' is not a value of --fail-on; choose one of error, warning, info.")]
    [InlineData("check --no-such-option", "'--no-such-option' is not an option of this command; ")]
    [InlineData("chekc", "")]
    [InlineData("", "")]
    public async Task Wrong_usage_is_said_with_the_way_on(string arguments, string message)
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Empty(run.Output);
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Matches("Run 'aiguardrails (check )?--help' for what is possible", run.Error);
    }

    [Theory]
    [InlineData("nothing-here", "'nothing-here' does not exist; ")]
    [InlineData(".", "'.' holds no project, no solution and no .cs file; ")]
    public async Task Nothing_to_check_is_one_line(string path, string message)
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("check", path));

        Assert.Empty(run.Output);
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Rules_that_are_missing_are_said()
    {
        using var run = new ToolRun { Rules = "no-such-folder" }.Write("a.cs", "");

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("check"));
        Assert.Equal("The rules are missing from 'no-such-folder'; install the tool again." + Environment.NewLine, run.Error);
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        using var run = new ToolRun();

        Assert.Equal(0, await run.RunAsync("check", "--help"));

        foreach (var text in (string[])["<text|json|sarif|markdown>", "<error|warning|info>", "--output", "--configuration", "--verbosity"])
        {
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Info", "Warning", 0)]
    [InlineData("Info", "Info", 1)]
    [InlineData("Warning", "Warning", 1)]
    [InlineData("Warning", "Error", 0)]
    [InlineData("Error", "Error", 1)]
    public void Exit_code_follows_the_level(string found, string failOn, int exitCode) => Assert.Equal(exitCode, CheckCommand.ExitCodeOf(
        new Report { Findings = [new("AIG1001", Enum.Parse<FindingLevel>(found), new("a.cs"), "m")] },
        Enum.Parse<FindingLevel>(failOn)));

    [Fact]
    public void What_was_not_checked_outweighs_what_was_found() => Assert.Equal(2, CheckCommand.ExitCodeOf(
        new Report { Findings = [new("AIG1001", FindingLevel.Error, new("a.cs"), "m")], Problems = [new("CS0103", new("a.cs"), "m")] },
        FindingLevel.Warning));
}
