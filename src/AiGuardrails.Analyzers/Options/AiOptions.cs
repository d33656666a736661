using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Options;

/// <summary>Every option of the rules, and their values for one file and one rule.</summary>
internal readonly struct AiOptions(AnalyzerConfigOptions options, string rule)
{
    /// <summary>Whether rules about production code look at tests as well.</summary>
    public static readonly BooleanOption IncludeTestsOption = new(
        "include_tests", defaultValue: false, RuleIds.HardCodedFineTunedModelId, RuleIds.TrainingJobWithoutCostBudget);

    /// <summary>Model IDs that may stand in code.</summary>
    public static readonly ListOption AllowedModelIdsOption = new(
        "allowed_model_ids", RuleIds.HardCodedFineTunedModelId);

    /// <summary>Gets every option there is.</summary>
    public static ImmutableArray<AiOption> All { get; } = [AllowedModelIdsOption, IncludeTestsOption];

    public bool IncludeTests => IncludeTestsOption.Get(options, rule);

    public ImmutableArray<string> AllowedModelIds => AllowedModelIdsOption.Get(options, rule);

    public static AiOptions Of(AnalyzerOptions options, SyntaxTree tree, string rule) =>
        new(options.AnalyzerConfigOptionsProvider.GetOptions(tree), rule);
}
