using System.Text.Json;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary>A baseline from the first line to the last, with the rules themselves; each run is a build.</summary>
public sealed class BaselineCommandTests
{
    private const string File = "aiguardrails.baseline.json";
    private const string Line = "    public object Ask(System.Net.Http.HttpClient http) => http.GetAsync(\"http://api.openai.com/v1/models\");";
    private const string Source = "public class Client\n{\n" + Line + "\n}\n";

    private static readonly string s_rules = Path.Combine(AppContext.BaseDirectory, "analyzers");

    [Fact]
    public async Task Baseline_is_written_known_shrunk_and_checked()
    {
        using var run = new ToolRun { Rules = s_rules }
            .Project("src/app/app.csproj")
            .Write("src/app/Client.cs", Source)
            .Project("src/other/other.csproj")
            .Write("src/other/Other.cs", Source);
        _ = Directory.CreateDirectory(Path.Combine(run.Folder, ".git"));

        // Written.
        Assert.Equal(ExitCodes.Clean, await run.RunAsync("baseline", "src"));
        Assert.Contains($"Wrote 2 known findings in 2 files to {File}", run.Output, StringComparison.Ordinal);
        var written = System.IO.File.ReadAllText(Path.Combine(run.Folder, File));
        Assert.Contains("{\"rule\":\"AIG6003\",\"file\":\"src/app/Client.cs\",\"code\":\"", written, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("baseline", "src"));
        Assert.Contains($"{File} is there already; --update takes out what is mended", run.Error, StringComparison.Ordinal);

        // Known, also where the line has moved; what is new is not.
        _ = run.Write("src/app/Client.cs", "// Moved.\n\n" + Source).Write("src/other/Other.cs", Source.Replace("}\n", "    // Another.\n" + Line.Replace("Ask", "AskAgain", StringComparison.Ordinal) + "\n}\n", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Findings, await run.RunAsync("check", "src", "--format", "json"));
        Assert.Equal(["src/other/Other.cs(5,78): warning AIG6003"], run.Findings);
        Assert.Equal(2, run.Json.GetProperty("summary").GetProperty("known").GetInt32());

        // In SARIF it is suppressed, or left out for hosts that do not know what that means.
        _ = await run.RunAsync("check", "src/app", "--format", "sarif");
        var result = Assert.Single(run.Json.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
        Assert.Equal("external", result.GetProperty("suppressions")[0].GetProperty("kind").GetString());
        _ = await run.RunAsync("check", "src/app", "--format", "sarif", "--without-known");
        Assert.Empty(run.Json.GetProperty("runs")[0].GetProperty("results").EnumerateArray());

        // Shrunk: of what was in view.
        _ = run.Write("src/app/Client.cs", "public class Client { }");
        Assert.Equal(ExitCodes.Findings, await run.RunAsync("baseline", "src/app", "--check", "--format", "json"));
        Assert.Equal([$"{File}(4,1): info AIG0003"], run.Findings);
        Assert.Equal((1, 1, 0), Summary(run.Json));
        Assert.Equal(written, System.IO.File.ReadAllText(Path.Combine(run.Folder, File)));

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("baseline", "src/other", "--update"));
        Assert.Contains("is in step: 2 known findings, none of them mended; 1 finding is not in it", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Clean, await run.RunAsync("baseline", "src", "--update"));
        Assert.Contains($"{File}: 1 mended and taken out, 1 still known; 1 finding is not in it", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Client.cs", System.IO.File.ReadAllText(Path.Combine(run.Folder, File)), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Clean, await run.RunAsync("baseline", "src", "--check"));
        Assert.Equal([File], Directory.EnumerateFiles(run.Folder).Select(Path.GetFileName));

        static (int Known, int Mended, int New) Summary(JsonElement json) =>
            (json.GetProperty("summary").GetProperty("known").GetInt32(), json.GetProperty("summary").GetProperty("mended").GetInt32(), json.GetProperty("summary").GetProperty("new").GetInt32());
    }

    [Fact]
    public async Task Rule_that_is_off_and_project_that_does_not_compile_take_nothing_out()
    {
        using var run = new ToolRun { Rules = s_rules }.Project("app/app.csproj").Write("app/Client.cs", Source);
        Assert.Equal(ExitCodes.Clean, await run.RunAsync("baseline", "app", "-o", "app"));
        var written = System.IO.File.ReadAllText(Path.Combine(run.Folder, "app", File));

        _ = run.Write("app/.globalconfig", "is_global = true\ndotnet_diagnostic.AIG6003.severity = none\n");
        Assert.Equal(ExitCodes.Clean, await run.RunAsync("baseline", "app", "-o", "app", "--update"));
        Assert.Equal(written, System.IO.File.ReadAllText(Path.Combine(run.Folder, "app", File)));

        _ = run.Write("app/.globalconfig", "is_global = true\n").Write("app/Client.cs", "public class Client { Missing M() => null; }");
        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("baseline", "app", "-o", "app", "--update"));
        Assert.Contains($"app/{File} was not written: half of the findings would be missing from it.", run.Error, StringComparison.Ordinal);
        Assert.Equal(written, System.IO.File.ReadAllText(Path.Combine(run.Folder, "app", File)));
    }

    [Fact]
    public async Task Baseline_beside_the_project_is_said_to_be_out_of_its_sight()
    {
        using var run = new ToolRun { Rules = s_rules }.Project("app/app.csproj").Write("app/Client.cs", Source);

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("baseline", "app", "-o", "elsewhere/" + File));
        Assert.Contains($"Note: the build of app/app.csproj does not see elsewhere/{File}", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"file\":\"../app/Client.cs\"", System.IO.File.ReadAllText(Path.Combine(run.Folder, "elsewhere", File)), StringComparison.Ordinal);

        // Named in the project, it counts.
        _ = run.Project("app/app.csproj", $"<AiGuardrailsBaseline>../elsewhere/{File}</AiGuardrailsBaseline>");
        Assert.Equal(ExitCodes.Clean, await run.RunAsync("check", "app"));
        Assert.Contains("1 known from the baseline", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("baseline --update", "aiguardrails.baseline.json does not exist; 'aiguardrails baseline' without --update writes it.")]
    [InlineData("baseline --update --check", "--update writes and --check does not; give one of them.")]
    [InlineData("baseline -o findings.json", "'findings.json' is no name for a baseline; the build looks for aiguardrails.baseline.json, so only its folder can be chosen.")]
    [InlineData("baseline a.cs", "A baseline is for projects, whose build reads it; give projects, solutions or folders that hold them.")]
    [InlineData("baseline broken --check -o broken", "broken/aiguardrails.baseline.json(1,1) cannot be read: there is no value. Mend the line, or delete the file and write it anew.")]
    [InlineData("baseline --wrong", "'--wrong' is not an option of this command")]
    [InlineData("baseline nowhere", "'nowhere' does not exist")]
    public async Task Wrong_usage_is_one_line_and_exit_code_2(string arguments, string message)
    {
        using var run = new ToolRun().Write("a.cs", "class A { }").Write("broken/" + File, "");

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(arguments.Split(' ')));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
