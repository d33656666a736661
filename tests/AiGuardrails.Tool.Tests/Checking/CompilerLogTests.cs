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
                {"id":"AIG1001","shortDescription":{"text":"Title"},"fullDescription":{"text":"Why"},"defaultConfiguration":{"level":"error"},"helpUri":"https://example.org","properties":{"category":"C","tags":["LLM02:2026","CWE-798"]}},
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
        Assert.Equal(new RuleInfo("AIG1001", "Title", "https://example.org", "C") { Tags = new(["LLM02:2026", "CWE-798"]), Description = "Why", Level = FindingLevel.Error }, Assert.Single(log.Rules).Value);
    }

    [Fact]
    public void What_a_baseline_lists_is_neither_found_nor_suppressed_in_code()
    {
        var log = Read(
            """
            {"runs":[{
              "tool":{"driver":{"rules":[{"id":"AIG1001"},{"id":"AIG1002"},{"id":"AIG1001","shortDescription":{"text":"once more"}}]}},
              "invocations":[{"ruleConfigurationOverrides":[{"descriptor":{"id":"AIG1002"},"configuration":{"enabled":false}},{"descriptor":{"id":"AIG1001"},"configuration":{"level":"error"}}]}],
              "results":[
                {"ruleId":"AIG1001","message":{"text":"k"},"suppressions":[{"kind":"inSource","properties":{"suppressionType":"DiagnosticSuppressor { Suppression Id: AIGB1001, Suppression Justification: Listed }"}}],
                 "locations":[{"physicalLocation":{"artifactLocation":{"uri":"file:///a.cs"},"region":{"startLine":3,"startColumn":5,"endLine":4,"endColumn":2}}}]},
                {"ruleId":"AIG1001","message":{"text":"s"},"suppressions":[{"kind":"inSource","properties":{"suppressionType":"Pragma Directive"}}]}]}]}
            """);

        Assert.Empty(log.Findings);
        Assert.Equal(("k", (4, 2)), (Assert.Single(log.Known).Message, log.Known[0].End));
        Assert.Equal("s", Assert.Single(log.Suppressed).Message);
        Assert.Equal(["AIG1001"], log.RulesInForce);
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
