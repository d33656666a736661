using System.Globalization;

namespace AiGuardrails.Package.Tests;

/// <summary>What a team can set in a project, and that each of its settings wins over a preset.</summary>
[Collection(PackageCollection.Name)]
public sealed class SettingTests(PackageFixture package)
{
    private static readonly string s_today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Mode_None_is_silent()
    {
        var (result, log) = await package.BuildAsync("Chat", ["AiGuardrailsMode=none"]);

        Assert.Empty(log.OurFindings);
        _ = result.EnsureSuccess();
        Assert.Equal("None", VisibleProperties("Chat")["AiGuardrailsMode"]);
    }

    [Fact]
    public async Task Mode_Strict_is_passed_to_the_compiler_and_finds_no_less()
    {
        var (result, log) = await package.BuildAsync("Chat", ["AiGuardrailsMode=STRICT"]);

        Assert.Subset(Places(log), Places(package.DefaultLog("Chat")));
        Assert.DoesNotContain("AIGM", result.Output, StringComparison.Ordinal);
        Assert.Equal("Strict", VisibleProperties("Chat")["AiGuardrailsMode"]);
    }

    [Theory]
    [InlineData("None")]
    [InlineData("Default")]
    [InlineData("Strict")]
    public async Task Preset_of_the_mode_and_no_other_reaches_the_compiler(string mode)
    {
        var result = await package.RunAsync(
            ["msbuild", package.PathOf("Chat"), "-nologo", "-t:AiGuardrailsConfigureCompiler", "-getItem:EditorConfigFiles", $"-p:AiGuardrailsMode={mode}"]);

        Assert.Contains($"AiGuardrails.{mode}.globalconfig", result.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.Single(result.Lines, static line => line.Contains("\"Identity\"", StringComparison.Ordinal) && line.Contains(".globalconfig", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unknown_mode_and_date_give_one_warning_each_and_the_defaults()
    {
        var (result, log) = await package.BuildAsync("Chat", ["AiGuardrailsMode=Loud", "AiGuardrailsToday=2026-02-29"]);

        _ = result.EnsureSuccess();
        Assert.Single(result.Lines, static line => line.Contains("warning AIGM001: 'Loud'", StringComparison.Ordinal));
        Assert.Single(result.Lines, static line => line.Contains("warning AIGM002: '2026-02-29'", StringComparison.Ordinal));
        Assert.Equal(2, result.Lines.Count(static line => line.Contains("AIGM", StringComparison.Ordinal)));
        Assert.Equal(Places(package.DefaultLog("Chat")), Places(log));
        Assert.Equal("Default", VisibleProperties("Chat")["AiGuardrailsMode"]);
        AssertIsToday(VisibleProperties("Chat")["AiGuardrailsToday"]);
    }

    [Fact]
    public async Task Date_of_the_team_reaches_the_rules()
    {
        var (result, _) = await package.BuildAsync("Plain", ["AiGuardrailsToday=2028-02-29"]);

        Assert.DoesNotContain("AIGM", result.EnsureSuccess().Output, StringComparison.Ordinal);
        Assert.Equal("2028-02-29", VisibleProperties("Plain")["AiGuardrailsToday"]);
    }

    [Fact]
    public void Without_settings_the_mode_is_Default_and_today_is_the_day_of_the_build()
    {
        var properties = VisibleProperties("Transitive");

        Assert.Equal("Default", properties["AiGuardrailsMode"]);
        AssertIsToday(properties["AiGuardrailsToday"]);
    }

    [Fact]
    public async Task Editorconfig_raises_one_rule_to_an_error_and_silences_another_also_in_Strict()
    {
        var (result, log) = await package.BuildAsync(
            "Chat",
            ["AiGuardrailsMode=Strict"],
            "[*.cs]\ndotnet_diagnostic.AIG1001.severity = error\ndotnet_diagnostic.AIG2008.severity = none\n");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(result.Lines, static line => line.Contains("error AIG1001", StringComparison.Ordinal));
        Assert.DoesNotContain(log.OurFindings, static finding => finding.Id == "AIG2008");
    }

    [Fact]
    public async Task Editorconfig_turns_one_rule_on_in_None()
    {
        var (_, log) = await package.BuildAsync("Chat", ["AiGuardrailsMode=None"], "[*.cs]\ndotnet_diagnostic.AIG2008.severity = warning\n");

        Assert.Equal(["AIG2008"], log.OurFindings.Select(static finding => finding.Id));
    }

    [Fact]
    public async Task Category_NoWarn_and_WarningsAsErrors_count_in_Default()
    {
        var (result, log) = await package.BuildAsync(
            "Chat",
            ["NoWarn=OPENAI001%3BAIG4001", "WarningsAsErrors=AIG2008"],
            "[*.cs]\ndotnet_analyzer_diagnostic.category-AiGuardrails.Models.severity = none\n");

        Assert.Contains(result.Lines, static line => line.Contains("error AIG2008", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Lines, static line => line.Contains("AIG4001", StringComparison.Ordinal) || line.Contains("AIG1001", StringComparison.Ordinal));
        Assert.Contains(log.OurFindings, static finding => finding.Id == "AIG4003");
    }

    [Fact]
    public async Task Severity_for_all_rules_counts_in_Default()
    {
        var (result, _) = await package.BuildAsync("Chat", editorConfig: "[*.cs]\ndotnet_analyzer_diagnostic.severity = error\ndotnet_diagnostic.AIG4003.severity = suggestion\n");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(result.Lines, static line => line.Contains("error AIG1001", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Lines, static line => line.Contains("AIG4003", StringComparison.Ordinal));
    }

    /// <summary>AIG5001 is a warning by the name of the rule in Strict, which no setting for a category reaches; AIG4001 is not named there.</summary>
    [Fact]
    public async Task Globalconfig_of_the_team_wins_over_Strict_and_a_category_reaches_what_Strict_does_not_name()
    {
        var path = package.PathOf("Chat", ".globalconfig");
        await File.WriteAllTextAsync(
            path,
            "is_global = true\ndotnet_diagnostic.AIG5002.severity = none\ndotnet_diagnostic.AIG1001.severity = error\ndotnet_analyzer_diagnostic.category-AiGuardrails.Jobs.severity = suggestion\ndotnet_analyzer_diagnostic.category-AiGuardrails.Governance.severity = none\n");
        try
        {
            var (result, log) = await package.BuildAsync("Chat", ["AiGuardrailsMode=Strict"]);

            Assert.NotEqual(0, result.ExitCode);
            Assert.DoesNotContain(log.OurFindings, static finding => finding.Id == "AIG5002");
            Assert.All(log.OurFindings.Where(static finding => finding.Id == "AIG1001"), static finding => Assert.Equal("error", finding.Level));
            Assert.Equal("note", Assert.Single(log.OurFindings, static finding => finding.Id == "AIG4001").Level);
            Assert.All(log.OurFindings.Where(static finding => finding.Id == "AIG5001"), static finding => Assert.Equal("warning", finding.Level));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static HashSet<string> Places(SarifLog log) => [.. log.OurFindings.Select(static finding => $"{finding.File}({finding.Line}): {finding.Id}")];

    private static void AssertIsToday(string date) =>
        Assert.Contains(date, (string[])[s_today, DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);

    /// <summary>What the last build of a project made visible to the rules.</summary>
    private Dictionary<string, string> VisibleProperties(string project) =>
        File.ReadLines(package.PathOf(project, "obj", "Debug", "net10.0", $"{project}.GeneratedMSBuildEditorConfig.editorconfig"))
            .Select(static line => line.Split('='))
            .Where(static parts => parts.Length == 2 && parts[0].StartsWith("build_property.", StringComparison.Ordinal))
            .ToDictionary(static parts => parts[0].Trim()["build_property.".Length..], static parts => parts[1].Trim(), StringComparer.Ordinal);
}
