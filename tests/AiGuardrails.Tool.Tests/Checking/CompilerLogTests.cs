using System.Text;
using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Tests.Checking;

public sealed class CompilerLogTests
{
    [Fact]
    public void Findings_suppressions_rules_and_the_rest_are_told_apart()
    {
        var log = Read(
            """
            {"runs":[{
              "properties":{"analyzerExecutionTime":"0.1"},
              "tool":{"driver":{"rules":[
                {"id":"AIG1001","shortDescription":{"text":"Title"},"helpUri":"https://example.org","properties":{"category":"C","tags":["LLM02:2026","CWE-798"]}},
                {"id":"CA1822"}]}},
              "results":[
                {"ruleId":"AIG1001","level":"note","message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"file:///c/a%20b/%C3%A9;%25.cs"},"region":{"startLine":3,"startColumn":5}}}]},
                {"ruleId":"AIG1001","level":"warning","message":{"text":"s"},"suppressions":[{"kind":"inSource"}]},
                {"ruleId":"AIG1001","level":"none","message":{"text":"hidden"}},
                {"ruleId":"AIG1002","message":{"text":"no place"}},
                {"ruleId":"AIGX001","level":"warning","message":{"text":"longer"}},
                {"ruleId":"CS9057","level":"warning","message":{"text":"too old"}}]}]}
            """);

        Assert.True(log.RulesRan);
        Assert.Equal(
            [new Finding("AIG1001", FindingLevel.Info, new Place("/c/a b/é;%.cs", 3, 5), "m"), new Finding("AIG1002", FindingLevel.Warning, new Place(""), "no place")],
            log.Findings.Where(finding => finding.Rule != "AIGX001"));
        Assert.Equal("s", Assert.Single(log.Suppressed).Message);
        Assert.Equal("CS9057", Assert.Single(log.Others).Rule);
        Assert.Equal(new RuleInfo("AIG1001", "Title", "https://example.org", "C") { Tags = new(["LLM02:2026", "CWE-798"]) }, Assert.Single(log.Rules).Value);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"runs":[{"results":[{"ruleId":1},{}]}]}""")]
    public void Log_of_another_shape_is_empty(string json)
    {
        var log = Read(json);

        Assert.False(log.RulesRan);
        Assert.Empty(log.Findings);
    }

    private static CompilerLog Read(string json) => CompilerLog.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
