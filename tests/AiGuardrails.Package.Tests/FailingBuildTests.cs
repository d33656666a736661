namespace AiGuardrails.Package.Tests;

/// <summary>A build fails where the team says so: with an exit code, and with the finding as an error where it stands.</summary>
[Collection(PackageCollection.Name)]
public sealed class FailingBuildTests(PackageFixture package)
{
    [Fact]
    public async Task TreatWarningsAsErrors_makes_errors_of_warnings_and_leaves_suggestions()
    {
        var (result, log) = await package.BuildAsync("Chat", ["TreatWarningsAsErrors=true"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Lines, static line => line.Contains("Trainer.cs(18,16): error AIG4001: This loop never ends once", StringComparison.Ordinal));
        Assert.Contains(result.Lines, static line => line.Contains("Program.cs(6,40): error AIG1001: 'ft:gpt-4o-mini-2024-07-18:acme::AbC12345' is a fine-tuned model ID", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Lines, static line => line.Contains("warning AIG", StringComparison.Ordinal));
        Assert.All(log.OurFindings.Where(static finding => finding.Id == "AIG5001"), static finding => Assert.Equal("note", finding.Level));
    }

    [Fact]
    public async Task WarningsAsErrors_makes_an_error_of_one_rule()
    {
        var (result, _) = await package.BuildAsync("Chat", ["WarningsAsErrors=AIG4001"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["AIG4001"], ErrorsOf(result));
        Assert.Contains(result.Lines, static line => line.Contains("warning AIG1001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Editorconfig_makes_an_error_in_one_file()
    {
        var (result, _) = await package.BuildAsync("Chat", editorConfig: "[Program.cs]\ndotnet_diagnostic.AIG1001.severity = error\n[Trainer.cs]\ndotnet_diagnostic.AIG4001.severity = suggestion\n");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["AIG1001"], ErrorsOf(result));
        Assert.DoesNotContain(result.Lines, static line => line.Contains("AIG4001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Switch_of_the_command_line_fails_the_build_for_a_data_file()
    {
        var result = await package.RunAsync(
            "build", package.PathOf("TrainingData"), "--no-restore", "-nologo", "-v:q", "-tl:off", "-t:Rebuild", "-p:Case=switch", "-p:NoWarn=AIG9006", "-warnaserror:AIG9002");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(result.Lines, static line => line.Contains("train.jsonl(4,22): error AIG9002: 'messages[0].role' is 'developer'", StringComparison.Ordinal));
        Assert.Equal(["AIG9002"], ErrorsOf(result));
        Assert.Contains(result.Lines, static line => line.Contains("warning AIG9003", StringComparison.Ordinal));
    }

    private static IEnumerable<string> ErrorsOf(CommandResult result) => result.Lines
        .Select(static line => System.Text.RegularExpressions.Regex.Match(line, @": error (?<id>\w+):", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Groups["id"].Value)
        .Where(static id => id.Length > 0)
        .Distinct(StringComparer.Ordinal);
}
