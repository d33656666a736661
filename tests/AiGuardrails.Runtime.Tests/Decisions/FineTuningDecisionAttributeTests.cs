using System.Reflection;

namespace AiGuardrails.Runtime.Tests.Decisions;

public sealed class FineTuningDecisionAttributeTests
{
    [Fact]
    public void Record_read_back_by_reflection_is_judged_as_the_rule_does()
    {
        var attribute = typeof(Trainer).GetCustomAttribute<FineTuningDecisionAttribute>()!;
        var decision = TrainingDecision.Evaluate(attribute.ToFacts());
        Assert.True(decision.IsSupported, decision.ToString());
        Assert.Equal(TrainingApproach.PreferenceTuning, decision.Approach);
        Assert.Equal("2026-09-01", attribute.ReviewBy);
    }

    [Fact]
    public void What_is_not_stated_is_not_there()
    {
        var facts = new FineTuningDecisionAttribute().ToFacts();
        Assert.Equal(new TrainingFacts(), facts);
        Assert.Null(facts.SavingPerRequestUsd);
        Assert.Null(facts.TrainingCostUsd);
        Assert.Equal(TrainingStep.Prompting, TrainingDecision.Evaluate(facts).FailedStep);
    }

    [Fact]
    public void Amounts_that_no_decimal_holds_do_no_harm()
    {
        var facts = new FineTuningDecisionAttribute { BudgetUsd = double.NaN, SavingPerRequestUsd = double.PositiveInfinity, TrainingCostUsd = double.NegativeInfinity }.ToFacts();
        Assert.Equal(0m, facts.BudgetUsd);
        Assert.Equal(decimal.MaxValue, facts.SavingPerRequestUsd);
        Assert.Equal(decimal.MinValue, facts.TrainingCostUsd);
        Assert.NotNull(TrainingDecision.Evaluate(facts));
    }

    [FineTuningDecision(
        TriedPrompting = true,
        TriedRag = true,
        LabeledExamples = 12_000,
        BudgetUsd = 15_000,
        MachineLearningExpertise = true,
        KnowledgeIsStable = true,
        RequestsPerMonth = 2_000_000,
        SavingPerRequestUsd = 0.002,
        TrainingCostUsd = 900,
        Goal = TrainingGoal.Behavior,
        DecidedOn = "2026-03-02",
        ReviewBy = "2026-09-01",
        Rationale = "A test")]
    private sealed class Trainer;
}
