using AiGuardrails.Analyzers.Rules.Prompts;
using AiGuardrails.Testing;
using AiGuardrails.Tests.Prompts;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Tests.Rules.Prompts;

/// <summary>What the four rules that generation hangs on say of a declaration, and where.</summary>
public sealed class PromptRuleTests
{
    private const string Usings = "using AiGuardrails;\n";

    public static TheoryData<string> WrongNames => [.. PromptCases.Wrong.Concat(PromptCases.Doubtful).Select(static candidate => candidate.Name)];

    public static TheoryData<string> ValidNames => [.. PromptCases.Right.Select(static candidate => candidate.Name)];

    [Theory]
    [MemberData(nameof(WrongNames))]
    public async Task Everything_that_is_wrong_is_reported_at_its_place(string name)
    {
        var candidate = PromptCases.Wrong.Concat(PromptCases.Doubtful).Single(candidate => candidate.Name == name);
        var test = AllRules();
        test.Sources.Add(Usings + candidate.Source);
        foreach (var problem in candidate.Problems)
        {
            test.ExpectedDiagnostics.Add(new DiagnosticResult(problem.Rule).WithLocation(problem.Place).WithArguments(problem.Message));
        }

        await test.RunAsync();
    }

    [Theory]
    [MemberData(nameof(ValidNames))]
    public async Task A_valid_prompt_is_left_alone(string name)
    {
        var test = AllRules();
        test.Sources.Add(Usings + PromptCases.Right.Single(candidate => candidate.Name == name).Source);
        await test.RunAsync();
    }

    private static Test AllRules() =>
        new(new InvalidPromptAnalyzer()) { AdditionalAnalyzers = { new PromptInputsDisagreeAnalyzer(), new UnusedPromptPartAnalyzer(), new OpenInputInTrustedBlockAnalyzer() } };

    private sealed class Test(DiagnosticAnalyzer analyzer) : AnalyzerTest(analyzer);
}
