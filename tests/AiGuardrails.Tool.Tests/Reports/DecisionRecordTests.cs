using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Tests.Reports;

public sealed class DecisionRecordTests
{
    [Fact]
    public void What_is_not_stated_counts_as_not_there()
    {
        var facts = Record().Facts;

        Assert.Equal(new TrainingFacts(), facts);
        Assert.False(TrainingDecision.Evaluate(facts).IsSupported);
    }

    [Fact]
    public void Constants_of_any_number_type_are_taken()
    {
        var facts = Record(("TriedPrompting", true), ("LabeledExamples", 12_000), ("BudgetUsd", 15_000), ("RequestsPerMonth", 2_000_000L), ("SavingPerRequestUsd", 0.002), ("Goal", 1)).Facts;

        Assert.Equal(new TrainingFacts { TriedPrompting = true, LabeledExamples = 12_000, BudgetUsd = 15_000, RequestsPerMonth = 2_000_000, SavingPerRequestUsd = 0.002m, Goal = TrainingGoal.Behavior }, facts);
    }

    [Theory]
    [InlineData("a text")]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(ulong.MaxValue)]
    [InlineData('x')]
    [InlineData(null)]
    public void Half_typed_code_is_no_accident(object? value)
    {
        var fields = typeof(TrainingFacts).GetProperties().Select(property => (property.Name, value)).ToArray();

        var decision = TrainingDecision.Evaluate(Record(fields).Facts);

        Assert.False(decision.IsSupported);
        Assert.NotEmpty(decision.Explanation);
    }

    private static DecisionRecord Record(params (string Name, object? Value)[] fields) =>
        new(new Place("a.cs", 1, 1), "the assembly", fields.ToDictionary(static field => field.Name, static field => field.Value, StringComparer.Ordinal));
}
