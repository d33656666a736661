namespace AiGuardrails.Core.Tests.Decisions;

public sealed class TrainingDecisionTests
{
    private static readonly TrainingFacts s_good = new()
    {
        TriedPrompting = true,
        TriedRag = true,
        LabeledExamples = 12_000,
        BudgetUsd = 15_000,
        MachineLearningExpertise = true,
        KnowledgeIsStable = true,
        RequestsPerMonth = 2_000_000,
        SavingPerRequestUsd = 0.002m,
    };

    public static TheoryData<int> Steps => [.. Enumerable.Range(0, 7)];

    [Fact]
    public void Every_step_supports_training()
    {
        var decision = TrainingDecision.Evaluate(s_good);
        Assert.True(decision.IsSupported);
        Assert.Null(decision.FailedStep);
        Assert.Equal(TrainingApproach.SupervisedTuning, decision.Approach);
        Assert.Equal("Training is supported: 12,000 labelled examples and a budget of $15,000; recommended: supervised fine-tuning (SFT)", decision.ToString());
    }

    [Theory]
    [InlineData(TrainingGoal.Knowledge, TrainingApproach.SupervisedTuning)]
    [InlineData(TrainingGoal.Behavior, TrainingApproach.PreferenceTuning)]
    [InlineData(TrainingGoal.Cost, TrainingApproach.ParameterEfficientTuning)]
    public void Goal_decides_the_kind_of_training(TrainingGoal goal, TrainingApproach approach) =>
        Assert.Equal(approach, TrainingDecision.Evaluate(s_good with { Goal = goal }).Approach);

    [Theory]
    [InlineData(TrainingStep.Prompting, TrainingApproach.Prompting, "nothing says that prompting was tried; recommended: prompting, with instructions and examples in the prompt")]
    [InlineData(TrainingStep.Retrieval, TrainingApproach.Retrieval, "nothing says that retrieval was tried; recommended: retrieval (RAG), which is right for most products")]
    [InlineData(TrainingStep.Examples, TrainingApproach.Retrieval, "there are 800 of the 10,000 labelled examples that profile 'strict' asks for; recommended: retrieval (RAG) while more are collected")]
    [InlineData(TrainingStep.Budget, TrainingApproach.ParameterEfficientTuning, "the budget is $500 of the $10,000 that profile 'strict' asks for; recommended: LoRA or another form of PEFT, which costs a fraction of it")]
    [InlineData(TrainingStep.Expertise, TrainingApproach.HireExpertise, "nothing says that there is the machine-learning expertise that profile 'strict' asks for; recommended: hire expertise first")]
    [InlineData(TrainingStep.StableKnowledge, TrainingApproach.Retrieval, "nothing says that the knowledge to be trained is stable; recommended: retrieval (RAG), which reads the facts as they are today")]
    [InlineData(TrainingStep.Volume, TrainingApproach.Prompting, "$15,000 at $0.002 saved per request are paid back after 7,500,000 requests, and 100,000 a month are 1,200,000 in 12 months; recommended: prompting, which is cheaper below break-even")]
    public void Each_step_fails_for_itself(TrainingStep step, TrainingApproach approach, string explanation)
    {
        var decision = TrainingDecision.Evaluate(Without(s_good, step));
        Assert.Equal((step, approach, explanation), (decision.FailedStep, decision.Approach, decision.Explanation));
        Assert.False(decision.IsSupported);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void First_step_that_fails_decides(int first)
    {
        var facts = s_good;
        for (var step = first; step < 7; step++)
        {
            facts = Without(facts, (TrainingStep)step);
        }

        Assert.Equal((TrainingStep)first, TrainingDecision.Evaluate(facts).FailedStep);
    }

    [Fact]
    public void Nothing_known_supports_nothing() =>
        Assert.Equal(TrainingStep.Prompting, TrainingDecision.Evaluate(new TrainingFacts()).FailedStep);

    [Theory]
    [InlineData("strict", 9_999, 10_000, TrainingStep.Examples)]
    [InlineData("strict", 10_000, 9_999, TrainingStep.Budget)]
    [InlineData("strict", 10_000, 10_000, TrainingStep.Expertise)]
    [InlineData("standard", 999, 500, TrainingStep.Examples)]
    [InlineData("standard", 1_000, 499, TrainingStep.Budget)]
    [InlineData("standard", 1_000, 500, null)]
    [InlineData("starter", 99, 100, TrainingStep.Examples)]
    [InlineData("starter", 100, 99, TrainingStep.Budget)]
    [InlineData("starter", 100, 100, null)]
    public void Profiles_have_their_thresholds(string profile, int examples, int budget, TrainingStep? expected)
    {
        var thresholds = profile switch
        {
            "strict" => TrainingThresholds.Strict,
            "standard" => TrainingThresholds.Standard,
            _ => TrainingThresholds.Starter,
        };
        var facts = s_good with { LabeledExamples = examples, BudgetUsd = budget, MachineLearningExpertise = false, TrainingCostUsd = 100 };
        Assert.Equal(expected, TrainingDecision.Evaluate(facts, thresholds).FailedStep);
    }

    [Fact]
    public void Thresholds_can_be_changed()
    {
        var thresholds = TrainingThresholds.Standard with { MinLabeledExamples = 50, RequiresExpertise = true };
        var facts = s_good with { LabeledExamples = 60 };
        Assert.True(TrainingDecision.Evaluate(facts, thresholds).IsSupported);
        Assert.Equal(TrainingStep.Expertise, TrainingDecision.Evaluate(facts with { MachineLearningExpertise = false }, thresholds).FailedStep);
        Assert.Throws<ArgumentOutOfRangeException>(static () => TrainingThresholds.Strict with { PaybackMonths = 0 });
    }

    [Theory]
    [InlineData("0.01", 4_166, true)] // 49,992 requests in a year; 50,000 pay back
    [InlineData("0.01", 4_167, false)]
    [InlineData("0", 1_000_000, true)]
    [InlineData("-0.01", 1_000_000, true)]
    [InlineData(null, 0, false)]
    public void Volume_is_judged_where_money_is_to_be_saved(string? saving, long requests, bool fails)
    {
        var facts = s_good with
        {
            SavingPerRequestUsd = saving is null ? null : decimal.Parse(saving, System.Globalization.CultureInfo.InvariantCulture),
            RequestsPerMonth = requests,
            TrainingCostUsd = 500,
        };
        Assert.Equal(fails ? TrainingStep.Volume : null, TrainingDecision.Evaluate(facts).FailedStep);
    }

    [Fact]
    public void Training_that_costs_nothing_has_paid_back() =>
        Assert.True(TrainingDecision.Evaluate(s_good with { TrainingCostUsd = 0, RequestsPerMonth = 0 }).IsSupported);

    [Fact]
    public void Budget_that_no_tuning_fits_in_leads_to_prompts() =>
        Assert.Equal(TrainingApproach.Prompting, TrainingDecision.Evaluate(s_good with { BudgetUsd = 5 }).Approach);

    [Fact]
    public void Null_is_refused() => Assert.Throws<ArgumentNullException>(static () => TrainingDecision.Evaluate(null!));

    [Fact]
    public void Sentences_are_the_same_in_every_culture()
    {
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            Assert.Contains("12,000 labelled examples and a budget of $15,000", TrainingDecision.Evaluate(s_good).Explanation, StringComparison.Ordinal);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    private static TrainingFacts Without(TrainingFacts facts, TrainingStep step) => step switch
    {
        TrainingStep.Prompting => facts with { TriedPrompting = false },
        TrainingStep.Retrieval => facts with { TriedRag = false },
        TrainingStep.Examples => facts with { LabeledExamples = 800 },
        TrainingStep.Budget => facts with { BudgetUsd = 500 },
        TrainingStep.Expertise => facts with { MachineLearningExpertise = false },
        TrainingStep.StableKnowledge => facts with { KnowledgeIsStable = false },
        _ => facts with { RequestsPerMonth = 100_000 },
    };
}
