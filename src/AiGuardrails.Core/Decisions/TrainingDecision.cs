using System.Globalization;
using AiGuardrails.Core.Text;

namespace AiGuardrails;

/// <summary>
/// Whether what is known supports training a model. The questions are asked in the order of <see cref="TrainingStep"/>,
/// and the first one that is answered with no decides: better prompts come before retrieval, and retrieval before training.
/// </summary>
public sealed class TrainingDecision
{
    // What LoRA costs at the least; below it, only what is free of training is left.
    private const decimal LeastTuningUsd = 10;

    private TrainingDecision(TrainingStep? failedStep, TrainingApproach approach, Sentence inWords)
    {
        FailedStep = failedStep;
        Approach = approach;
        InWords = inWords;
    }

    /// <summary>Gets a value indicating whether every step supports training.</summary>
    public bool IsSupported => FailedStep is null;

    /// <summary>Gets the first step that does not support training; null where all do.</summary>
    public TrainingStep? FailedStep { get; }

    /// <summary>Gets what to do: a form of training where it is supported, and else what comes before it.</summary>
    public TrainingApproach Approach { get; }

    /// <summary>Gets the reason and the approach in one sentence with the numbers, in lower case and without a full stop.</summary>
    public string Explanation => InWords.English;

    /// <summary>Gets the explanation for a message.</summary>
    internal Sentence InWords { get; }

    /// <summary>Evaluates what is known.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="thresholds">How much of everything there must be; <see cref="TrainingThresholds.Strict"/> unless given.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="facts"/> is null.</exception>
    public static TrainingDecision Evaluate(TrainingFacts facts, TrainingThresholds? thresholds = null)
    {
        if (facts is null)
        {
            throw new ArgumentNullException(nameof(facts));
        }

        thresholds ??= TrainingThresholds.Strict;
        if (!facts.TriedPrompting)
        {
            return No(TrainingStep.Prompting, TrainingApproach.Prompting, "nothing says that prompting was tried", "prompting, with instructions and examples in the prompt");
        }

        if (!facts.TriedRag)
        {
            return No(TrainingStep.Retrieval, TrainingApproach.Retrieval, "nothing says that retrieval was tried", "retrieval (RAG), which is right for most products");
        }

        if (facts.LabeledExamples < thresholds.MinLabeledExamples)
        {
            return No(
                TrainingStep.Examples,
                TrainingApproach.Retrieval,
                $"there are {Count(facts.LabeledExamples)} of the {Count(thresholds.MinLabeledExamples)} labelled examples that profile '{thresholds.Name}' asks for",
                "retrieval (RAG) while more are collected");
        }

        if (facts.BudgetUsd < thresholds.MinBudgetUsd)
        {
            Sentence reason = $"the budget is {Money.Format(facts.BudgetUsd)} of the {Money.Format(thresholds.MinBudgetUsd)} that profile '{thresholds.Name}' asks for";
            return facts.BudgetUsd < LeastTuningUsd
                ? No(TrainingStep.Budget, TrainingApproach.Prompting, reason, "prompting and retrieval, which need no training")
                : No(TrainingStep.Budget, TrainingApproach.ParameterEfficientTuning, reason, "LoRA or another form of PEFT, which costs a fraction of it");
        }

        if (thresholds.RequiresExpertise && !facts.MachineLearningExpertise)
        {
            return No(
                TrainingStep.Expertise,
                TrainingApproach.HireExpertise,
                $"nothing says that there is the machine-learning expertise that profile '{thresholds.Name}' asks for",
                "hire expertise first");
        }

        if (!facts.KnowledgeIsStable)
        {
            return No(TrainingStep.StableKnowledge, TrainingApproach.Retrieval, "nothing says that the knowledge to be trained is stable", "retrieval (RAG), which reads the facts as they are today");
        }

        return Volume(facts, thresholds.PaybackMonths) ?? Yes(facts);
    }

    /// <summary>Gives the decision in words.</summary>
    /// <returns><see cref="Explanation"/>, behind the decision.</returns>
    public override string ToString() => (IsSupported ? "Training is supported: " : "Training is not supported: ") + Explanation;

    private static TrainingDecision? Volume(TrainingFacts facts, int paybackMonths)
    {
        if (facts.SavingPerRequestUsd is not { } saving)
        {
            return null;
        }

        var cost = Math.Max(0, facts.TrainingCostUsd ?? facts.BudgetUsd);
        if (TrainingCost.BreakEvenRequests(cost, saving) is not { } breakEven)
        {
            return No(TrainingStep.Volume, TrainingApproach.Prompting, $"a request that saves {Money.Format(saving)} never pays back {Money.Format(cost)}", "prompting, which is cheaper");
        }

        var volume = facts.RequestsPerMonth * (decimal)paybackMonths;
        return volume >= breakEven
            ? null
            : No(
                TrainingStep.Volume,
                TrainingApproach.Prompting,
                $"{Money.Format(cost)} at {Money.Format(saving)} saved per request are paid back after {Count(breakEven)} requests, and {Count(facts.RequestsPerMonth)} a month are {Count(volume)} in {paybackMonths.ToString(CultureInfo.InvariantCulture)} months",
                "prompting, which is cheaper below break-even");
    }

    private static TrainingDecision No(TrainingStep step, TrainingApproach approach, Sentence reason, Sentence recommendation) =>
        new(step, approach, $"{reason}; recommended: {recommendation}");

    private static TrainingDecision Yes(TrainingFacts facts)
    {
        (TrainingApproach approach, Sentence recommendation) = facts.Goal switch
        {
            TrainingGoal.Behavior => (TrainingApproach.PreferenceTuning, Sentence.Of("preference tuning (DPO)")),
            TrainingGoal.Cost => (TrainingApproach.ParameterEfficientTuning, Sentence.Of("LoRA or another form of PEFT")),
            _ => (TrainingApproach.SupervisedTuning, Sentence.Of("supervised fine-tuning (SFT)")),
        };

        return new(null, approach, $"{Count(facts.LabeledExamples)} labelled examples and a budget of {Money.Format(facts.BudgetUsd)}; recommended: {recommendation}");
    }

    private static string Count(decimal number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
