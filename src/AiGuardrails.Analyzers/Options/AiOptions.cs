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
        "include_tests",
        defaultValue: false,
        RuleIds.HardCodedFineTunedModelId,
        RuleIds.RetiredModel,
        RuleIds.ModelRetiresSoon,
        RuleIds.NoOutputTokenCap,
        RuleIds.UnboundedGenerationLoop,
        RuleIds.ToolIterationLimitRaised,
        RuleIds.UnboundedFanOut,
        RuleIds.TrainingJobWithoutCostBudget,
        RuleIds.TrainingBudgetExceeded,
        RuleIds.TruncatedOutputParsed,
        RuleIds.FirstContentPartUnchecked,
        RuleIds.ModelOutputDeserializedUnchecked,
        RuleIds.ResponseStatusUnchecked,
        RuleIds.FinishReasonSwitchIncomplete,
        RuleIds.NoValidationFile,
        RuleIds.NoFineTuningDecision,
        RuleIds.WrongTrainingFile,
        RuleIds.HyperparameterOutOfRange,
        RuleIds.UnsupportedFineTuningDecision,
        RuleIds.HardCodedApiKey);

    /// <summary>Model IDs that may stand in code.</summary>
    public static readonly ListOption AllowedModelIdsOption = new(
        "allowed_model_ids", "model IDs", RuleIds.HardCodedFineTunedModelId);

    /// <summary>How many days before its retirement a model counts as retiring soon.</summary>
    public static readonly IntegerOption ModelRetirementWindowDaysOption = new(
        "model_retirement_window_days", "days", 90, 1, 3650, RuleIds.ModelRetiresSoon);

    /// <summary>The cap that the fix of a missing output-token cap writes.</summary>
    public static readonly IntegerOption DefaultOutputCapOption = new(
        "default_output_cap", "tokens", 1024, 1, 1_000_000, RuleIds.NoOutputTokenCap);

    /// <summary>Names of types and members that bound a loop when they appear in it.</summary>
    public static readonly ListOption LoopGuardsOption = new(
        "loop_guards", "names of types or members", RuleIds.UnboundedGenerationLoop);

    /// <summary>The highest limit on tool iterations that is not reported.</summary>
    public static readonly IntegerOption MaxToolIterationsOption = new(
        "max_tool_iterations", "iterations", 40, 1, 10_000, RuleIds.ToolIterationLimitRaised);

    /// <summary>The number of generation calls at a time up to which a fan-out is not reported.</summary>
    public static readonly IntegerOption MaxFanoutOption = new(
        "max_fanout", "calls at a time", 16, 1, 10_000, RuleIds.UnboundedFanOut);

    /// <summary>The shortest delay between two status reads, in milliseconds.</summary>
    public static readonly IntegerOption MinPollMillisecondsOption = new(
        "min_poll_ms", "milliseconds", 1000, 0, 3_600_000, RuleIds.PollWithoutDelay);

    /// <summary>The number of epochs above which more are a suggestion to look again.</summary>
    public static readonly IntegerOption TypicalMaxEpochsOption = new(
        "typical_max_epochs", "epochs", 5, 1, 100, RuleIds.HyperparameterOutOfRange);

    /// <summary>The thresholds by which a recorded decision is judged.</summary>
    public static readonly ChoiceOption DecisionProfileOption = new(
        "decision_profile", "strict", "; for AIG9006 as `starter`", ["strict", "standard", "starter"], RuleIds.UnsupportedFineTuningDecision, RuleIds.DatasetSize);

    /// <summary>How many labelled examples a decision must show.</summary>
    public static readonly IntegerOverrideOption MinLabeledExamplesOption = new(
        "min_labeled_examples", "examples", DecisionProfileOption, 0, 100_000_000, RuleIds.UnsupportedFineTuningDecision);

    /// <summary>The budget that a decision must show, in US dollars.</summary>
    public static readonly IntegerOverrideOption MinTrainingBudgetUsdOption = new(
        "min_training_budget_usd", "US dollars", DecisionProfileOption, 0, 1_000_000_000, RuleIds.UnsupportedFineTuningDecision);

    /// <summary>Whether a decision must show machine-learning expertise.</summary>
    public static readonly BooleanOverrideOption RequireExpertiseOption = new(
        "require_ml_expertise", DecisionProfileOption, RuleIds.UnsupportedFineTuningDecision);

    /// <summary>Within how many months training must have paid back.</summary>
    public static readonly IntegerOption PaybackMonthsOption = new(
        "payback_months", "months", 12, 1, 120, RuleIds.UnsupportedFineTuningDecision);

    /// <summary>Names of members, parameters and types whose text others wrote.</summary>
    public static readonly ListOption UntrustedSourcesOption = new(
        "untrusted_sources", "names of members, parameters or types", RuleIds.UntrustedTextInInstructions, RuleIds.RetrievedTextInTrustedRole, RuleIds.RoleFromData, RuleIds.ToolDescriptionFromData);

    /// <summary>Names of methods and types that make text of others harmless.</summary>
    public static readonly ListOption SanitizersOption = new(
        "sanitizers", "names of methods or types", RuleIds.ModelOutputInDangerousSink, RuleIds.UntrustedTextInInstructions, RuleIds.RetrievedTextInTrustedRole, RuleIds.RoleFromData, RuleIds.ToolDescriptionFromData);

    /// <summary>Names of methods and properties of the team that act on the text they are given.</summary>
    public static readonly ListOption DangerousSinksOption = new(
        "dangerous_sinks", "names of methods or properties", RuleIds.ModelOutputInDangerousSink);

    /// <summary>The size of a data file, in MB, up to which it is checked in the build.</summary>
    public static readonly IntegerOption MaxFileMBOption = new(
        "max_file_mb", "MB", 8, 1, 64, RuleIds.TrainingFileTooLarge);

    /// <summary>How many findings of a rule are listed for one data file; the rest is counted.</summary>
    public static readonly IntegerOption MaxFindingsPerFileOption = new(
        "max_findings_per_file",
        "findings of one rule",
        50,
        1,
        10_000,
        RuleIds.NotJsonLines,
        RuleIds.RecordDoesNotFitTarget,
        RuleIds.DuplicateExamples,
        RuleIds.ConflictingExamples,
        RuleIds.TrainValidationLeakage,
        RuleIds.ExampleTooLong,
        RuleIds.SecretInTrainingData,
        RuleIds.DamagedText,
        RuleIds.SystemPromptsDiffer);

    /// <summary>Whether examples are reported that are nearly the same.</summary>
    public static readonly BooleanOption NearDuplicatesOption = new(
        "near_duplicates", defaultValue: false, RuleIds.DuplicateExamples);

    /// <summary>Models that the prompts of the project are sent to.</summary>
    public static readonly ListOption PromptModelsOption = new(
        "prompt_models", "model IDs", RuleIds.PromptOverBudget);

    /// <summary>Gets every option there is.</summary>
    public static ImmutableArray<AiOption> All { get; } =
    [
        AllowedModelIdsOption,
        DangerousSinksOption,
        DecisionProfileOption,
        DefaultOutputCapOption,
        IncludeTestsOption,
        LoopGuardsOption,
        MaxFanoutOption,
        MaxFileMBOption,
        MaxFindingsPerFileOption,
        MaxToolIterationsOption,
        MinLabeledExamplesOption,
        MinPollMillisecondsOption,
        MinTrainingBudgetUsdOption,
        ModelRetirementWindowDaysOption,
        NearDuplicatesOption,
        PaybackMonthsOption,
        PromptModelsOption,
        RequireExpertiseOption,
        SanitizersOption,
        TypicalMaxEpochsOption,
        UntrustedSourcesOption,
    ];

    public bool IncludeTests => IncludeTestsOption.Get(options, rule);

    public ImmutableArray<string> DangerousSinks => DangerousSinksOption.Get(options, rule);

    public ImmutableArray<string> AllowedModelIds => AllowedModelIdsOption.Get(options, rule);

    public int ModelRetirementWindowDays => ModelRetirementWindowDaysOption.Get(options, rule);

    public ImmutableArray<string> LoopGuards => LoopGuardsOption.Get(options, rule);

    public int DefaultOutputCap => DefaultOutputCapOption.Get(options, rule);

    public int MaxToolIterations => MaxToolIterationsOption.Get(options, rule);

    public int MaxFanout => MaxFanoutOption.Get(options, rule);

    public int MinPollMilliseconds => MinPollMillisecondsOption.Get(options, rule);

    public int TypicalMaxEpochs => TypicalMaxEpochsOption.Get(options, rule);

    public string DecisionProfile => DecisionProfileOption.Get(options, rule);

    public int? MinLabeledExamples => MinLabeledExamplesOption.Get(options, rule);

    public int? MinTrainingBudgetUsd => MinTrainingBudgetUsdOption.Get(options, rule);

    public bool? RequireExpertise => RequireExpertiseOption.Get(options, rule);

    public ImmutableArray<string> UntrustedSources => UntrustedSourcesOption.Get(options, rule);

    public ImmutableArray<string> Sanitizers => SanitizersOption.Get(options, rule);

    public int PaybackMonths => PaybackMonthsOption.Get(options, rule);

    public static AiOptions Of(AnalyzerOptions options, SyntaxTree tree, string rule) =>
        new(options.AnalyzerConfigOptionsProvider.GetOptions(tree), rule);
}
