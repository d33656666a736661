using AiGuardrails.Analyzers.Rules.Prompts;
using AiGuardrails.Testing;
using AiGuardrails.Tests.Prompts;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Tests.Rules.Prompts;

/// <summary>What the four rules that generation hangs on say of a declaration, and where.</summary>
public sealed class PromptRuleTests
{
    private const string Usings = "using AiGuardrails;\n";

    public static TheoryData<string, string> Problems
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var candidate in PromptCases.Wrong.Concat(PromptCases.Doubtful))
            {
                foreach (var rule in candidate.Problems.Select(static problem => problem.Rule).Distinct(StringComparer.Ordinal))
                {
                    data.Add(candidate.Name, rule);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> ValidNames => [.. PromptCases.Right.Select(static candidate => candidate.Name)];

    [Theory]
    [MemberData(nameof(Problems))]
    public async Task Everything_that_is_wrong_is_reported_at_its_place(string name, string rule)
    {
        var candidate = PromptCases.Wrong.Concat(PromptCases.Doubtful).Single(candidate => candidate.Name == name);
        var test = new Test(AnalyzerOf(rule));
        test.Sources.Add(Usings + candidate.Source);
        foreach (var problem in candidate.Problems.Where(problem => problem.Rule == rule))
        {
            test.ExpectedDiagnostics.Add(new DiagnosticResult(rule).WithLocation(problem.Place).WithArguments(problem.Message));
        }

        await test.RunAsync();
    }

    [Theory]
    [MemberData(nameof(ValidNames))]
    public async Task A_valid_prompt_is_left_alone(string name)
    {
        var test = new Test(new InvalidPromptAnalyzer()) { AdditionalAnalyzers = { new PromptInputsDisagreeAnalyzer(), new UnusedPromptPartAnalyzer(), new OpenInputInTrustedBlockAnalyzer() } };
        test.Sources.Add(Usings + PromptCases.Right.Single(candidate => candidate.Name == name).Source);
        await test.RunAsync();
    }

    private static PromptAnalyzer AnalyzerOf(string rule) => rule switch
    {
        "AIG8001" => new PromptInputsDisagreeAnalyzer(),
        "AIG8002" => new UnusedPromptPartAnalyzer(),
        "AIG8003" => new OpenInputInTrustedBlockAnalyzer(),
        _ => new InvalidPromptAnalyzer(),
    };

    private sealed class Test(DiagnosticAnalyzer analyzer) : AnalyzerTest(analyzer);
}
