using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Diagnostics;

/// <summary>Every rule, sorted by identifier: what it is called, what it says and how loud it is.</summary>
internal static class Descriptors
{
    private const string HelpLinkFormat = "https://github.com/aiguardrails/aiguardrails/blob/main/docs/rules/{0}.md";

    // Before the rules, which enter themselves here while the type is initialised.
    private static readonly ImmutableArray<Rule>.Builder s_rules = ImmutableArray.CreateBuilder<Rule>();

    public static readonly DiagnosticDescriptor InvalidOption = Add(
        RuleIds.InvalidOption,
        RuleCategories.Configuration,
        RuleLevel.Warning,
        "Option value cannot be read",
        "'{0}' is not a valid value of '{1}'; expected {2}, so the default '{3}' is used",
        "An AiGuardrails option in .editorconfig or in the project has a value that cannot be read. The rule that reads it goes on with the default.",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor HardCodedFineTunedModelId = Add(
        RuleIds.HardCodedFineTunedModelId,
        RuleCategories.Models,
        RuleLevel.Warning,
        "Hard-coded fine-tuned model ID",
        "'{0}' is a fine-tuned model ID; read it from configuration so that retraining needs no code change",
        "The ID of a fine-tuned model changes with every training run. In code it blocks roll-out and rollback, and it shows the organisation's name.");

    public static readonly DiagnosticDescriptor TrainingJobWithoutCostBudget = Add(
        RuleIds.TrainingJobWithoutCostBudget,
        RuleCategories.Cost,
        RuleLevel.Warning,
        "Training job without a cost budget",
        "'{0}' starts a training job that no cost budget covers; add [CostBudget(MaxUsd = …)] to '{1}' or to a type around it",
        "A training job costs what its tokens and epochs cost, and nobody is asked again once it has started. A [CostBudget] on the method, a containing type or the assembly says what it may cost, and a CostBudget argument can enforce it at run time.");

    public static readonly DiagnosticDescriptor PollLoopMissesTerminalFailure = Add(
        RuleIds.PollLoopMissesTerminalFailure,
        RuleCategories.Jobs,
        RuleLevel.Warning,
        "Poll loop misses a state of the job",
        "{0}",
        "A loop that polls a job must leave on every final state, stay on every state that is still under way, and not treat a failed, cancelled or expired job as done.");

    public static readonly DiagnosticDescriptor JobResultUsedWithoutFailureCheck = Add(
        RuleIds.JobResultUsedWithoutFailureCheck,
        RuleCategories.Jobs,
        RuleLevel.Warning,
        "Job result used without a failure check",
        "'{0}' is used although the job may have ended as {1}; check the status first",
        "Waiting for a job ends when the job ends, however it ends: a failed or cancelled job raises no exception, and its result is null, empty or partial.");

    public static readonly DiagnosticDescriptor InvalidTrainingRecord = Add(
        RuleIds.InvalidTrainingRecord,
        RuleCategories.TrainingData,
        RuleLevel.Error,
        "Invalid training record",
        "{0}",
        "A type marked [TrainingRecord] for which no writer and reader can be generated; the message says what stands in the way.");

    /// <summary>Every rule, in the order of this file.</summary>
    public static ImmutableArray<Rule> All { get; } = s_rules.ToImmutable();

    private static DiagnosticDescriptor Add(
        string id,
        string category,
        RuleLevel level,
        string title,
        string message,
        string description,
        params string[] tags) =>
        Add(id, category, level, strictLevel: null, title, message, description, tags);

    private static DiagnosticDescriptor Add(
        string id,
        string category,
        RuleLevel level,
        RuleLevel? strictLevel,
        string title,
        string message,
        string description,
        params string[] tags)
    {
#pragma warning disable RS0030 // The one place that makes descriptors.
        var descriptor = new DiagnosticDescriptor(
            id,
            title,
            message,
            category,
            level.ToSeverity(),
            isEnabledByDefault: level != RuleLevel.Off,
            description,
            string.Format(System.Globalization.CultureInfo.InvariantCulture, HelpLinkFormat, id),
            tags);
#pragma warning restore RS0030

        s_rules.Add(new Rule(descriptor, level, strictLevel ?? (level == RuleLevel.Off ? RuleLevel.Warning : level)));
        return descriptor;
    }
}

/// <summary>One rule: its descriptor, its level by default, and its level in the Strict preset.</summary>
internal sealed record Rule(DiagnosticDescriptor Descriptor, RuleLevel Level, RuleLevel StrictLevel);
