namespace AiGuardrails.Package.Tests;

/// <summary>The rules as the compiler runs them, out of the package.</summary>
[Collection(PackageCollection.Name)]
public sealed class RuleTests(PackageFixture package)
{
    [Theory]
    [InlineData("Chat")]
    [InlineData("InvalidRecord")]
    public void Rules_report_on_every_marked_line_and_on_no_other(string project) => Assert.Equal(
        package.MarkedLines(project).Order(),
        package.DefaultLog(project).OurFindings.Select(static finding => (finding.File, finding.Line, finding.Id)).Order());

    [Fact]
    public void Findings_have_the_level_of_their_rule_and_the_build_succeeds()
    {
        // How loud AIG1007 is hangs on the day of the build.
        string[] suggestions = ["AIG5001", "AIG5002"];
        Assert.All(
            package.DefaultLog("Chat").OurFindings.Where(static finding => finding.Id != "AIG1007"),
            finding => Assert.Equal(suggestions.Contains(finding.Id) ? "note" : "warning", finding.Level));
        Assert.True(File.Exists(package.PathOf("Chat", "bin", "Debug", "net10.0", "Chat.dll")), package.DefaultOutput("Chat"));
    }

    [Fact]
    public void Record_that_cannot_be_generated_is_an_error() =>
        Assert.Equal(["error"], package.DefaultLog("InvalidRecord").OurFindings.Select(static finding => finding.Level));

    [Fact]
    public void Project_without_AI_hears_nothing()
    {
        Assert.Empty(package.DefaultLog("Plain").OurFindings);
        Assert.Empty(package.DefaultOutput("Plain"));
    }

    [Fact]
    public void Log_describes_each_rule_and_links_to_its_page()
    {
        var rules = package.DefaultLog("Chat").Rules.Where(static rule => rule.Id.StartsWith("AIG", StringComparison.Ordinal)).ToList();

        Assert.Subset(rules.Select(static rule => rule.Id).ToHashSet(StringComparer.Ordinal), package.MarkedLines("Chat").Select(static line => line.Id).ToHashSet(StringComparer.Ordinal));
        Assert.All(rules, static rule =>
        {
            Assert.NotEmpty(rule.Title);
            Assert.EndsWith($"/docs/rules/{rule.Id}.md", rule.HelpUri, StringComparison.Ordinal);
        });

        // What a rule guards against, where code hosts look for it.
        Assert.Equal(["CWE-754", "CWE-835"], rules.Single(static rule => rule.Id == "AIG4001").Tags);
    }

    [Theory]
    [InlineData("Chat")]
    [InlineData("InvalidRecord")]
    [InlineData("Records")]
    public void Compiler_and_other_analyzers_have_nothing_to_warn_of(string project) => Assert.Empty(
        package.DefaultLog(project).Findings.Where(static finding => finding.Level != "note").Except(package.DefaultLog(project).OurFindings));
}
