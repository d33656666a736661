using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Tests.Checking;

/// <summary>What is made of logs that a small build cannot be made to write.</summary>
public sealed class FindingCollectorTests
{
    [Theory]
    [InlineData("warning", "", "", "", FindingLevelName.Warning)]
    [InlineData("warning", "true", "", "", FindingLevelName.Error)]
    [InlineData("warning", "true", "", "CS1591; AIG1001", FindingLevelName.Warning)]
    [InlineData("warning", "", ";NU1605;aig1001", "", FindingLevelName.Error)]
    [InlineData("note", "true", "AIG1001", "", FindingLevelName.Info)]
    [InlineData("error", "", "", "AIG1001", FindingLevelName.Error)]
    public void Level_is_what_the_team_set(string logged, string treatWarningsAsErrors, string warningsAsErrors, string warningsNotAsErrors, string expected)
    {
        var report = Collect(Log(logged), $"warnaserror={treatWarningsAsErrors}", $"warningsaserrors={warningsAsErrors}", $"warningsnotaserrors={warningsNotAsErrors}");

        Assert.Equal(expected, Assert.Single(report.Findings).Level.ToString());
    }

    [Fact]
    public void Compiler_that_is_too_old_is_a_problem_and_says_the_way_on()
    {
        var report = Collect(
            """{"runs":[{"results":[{"ruleId":"CS9057","level":"warning","message":{"text":"Analyzer assembly 'AiGuardrails.Analyzers.dll' cannot be used"}}]}]}""");

        var problem = Assert.Single(report.Problems);
        Assert.Equal("CS9057", problem.Code);
        Assert.Contains(".NET SDK 9.0.300 or newer", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_that_fails_is_a_problem()
    {
        var report = Collect(
            """{"runs":[{"properties":{"analyzerExecutionTime":"1"},"results":[{"ruleId":"AD0001","level":"warning","message":{"text":"Analyzer 'AiGuardrails.Analyzers.X' threw"}},{"ruleId":"AD0001","level":"warning","message":{"text":"Analyzer 'Other.X' threw"}}]}]}""");

        Assert.Equal("AD0001", Assert.Single(report.Problems).Code);
    }

    [Fact]
    public void Log_that_breaks_off_is_a_problem_and_no_crash()
    {
        var report = Collect("""{"runs":[{"results":[{"ruleId":""");

        Assert.Contains("The rules could not run", Assert.Single(report.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_of_an_analyzer_is_no_problem_but_that_of_an_own_step_is()
    {
        using var work = new WorkFolder(Path.GetTempPath());
        Write(work, "one", """{"runs":[{"properties":{"analyzerExecutionTime":"1"},"results":[{"ruleId":"CA1822","level":"error","message":{"text":"m"}}]}]}""");

        var collector = new FindingCollector(work, new DisplayPaths("/c"), "rules");
        collector.AddErrors([new("CA1822", new("a.cs"), "m"), new("AIG1001", new("a.cs"), "m"), new("OWN0001", new("p.csproj"), "m"), new("CS0103", new("a.cs"), "m")]);
        collector.AddLogs(CancellationToken.None);

        Assert.Equal(["OWN0001", "CS0103"], collector.ToReport().Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Check_that_saw_no_file_does_not_look_clean()
    {
        using var work = new WorkFolder(Path.GetTempPath());

        Assert.Single(new FindingCollector(work, new DisplayPaths("/c"), "rules").ToReport().Problems);
    }

    [Fact]
    public void Finding_of_two_frameworks_is_one_and_as_loud_as_the_louder()
    {
        using var work = new WorkFolder(Path.GetTempPath());
        Write(work, "one", Log("note"));
        Write(work, "two", Log("warning"));

        Assert.Equal(FindingLevel.Warning, Assert.Single(Collect(work).Findings).Level);
    }

    private static string Log(string level) =>
        $$$"""{"runs":[{"properties":{"analyzerExecutionTime":"1"},"results":[{"ruleId":"AIG1001","level":"{{{level}}}","message":{"text":"m"},"locations":[]}]}]}""";

    private static Report Collect(string log, params string[] facts)
    {
        using var work = new WorkFolder(Path.GetTempPath());
        Write(work, "one", log, facts);
        return Collect(work);
    }

    private static Report Collect(WorkFolder work)
    {
        var collector = new FindingCollector(work, new DisplayPaths("/c"), Path.Combine(work.Root, "no-rules"));
        collector.AddLogs(CancellationToken.None);
        return collector.ToReport();
    }

    private static void Write(WorkFolder work, string name, string log, params string[] facts)
    {
        _ = Directory.CreateDirectory(work.LogDirectory);
        File.WriteAllText(Path.Combine(work.LogDirectory, name + ".sarif"), log);
        File.WriteAllLines(Path.Combine(work.LogDirectory, name + ".facts"), ["project=/c/p.csproj", "compile=/c/a.cs", "compiler=" + work.Root, .. facts]);
    }

    // Attributes of public tests cannot name an internal enumeration.
    private static class FindingLevelName
    {
        public const string Info = nameof(FindingLevel.Info);
        public const string Warning = nameof(FindingLevel.Warning);
        public const string Error = nameof(FindingLevel.Error);
    }
}
