namespace AiGuardrails;

/// <summary>How much of everything a decision to train must show. The three profiles are starting points: each is made anew, to be changed at will.</summary>
public sealed record TrainingThresholds
{
    private int _paybackMonths = 12;

    /// <summary>Gets the profile for a model of one's own in production: 10,000 examples, $10,000, and machine-learning engineers.</summary>
    public static TrainingThresholds Strict => new() { Name = "strict", MinLabeledExamples = 10_000, MinBudgetUsd = 10_000, RequiresExpertise = true };

    /// <summary>Gets the profile for a managed service and a narrow task: 1,000 examples and $500.</summary>
    public static TrainingThresholds Standard => new() { Name = "standard", MinLabeledExamples = 1_000, MinBudgetUsd = 500 };

    /// <summary>Gets the profile for a first trial: 100 examples and $100.</summary>
    public static TrainingThresholds Starter => new() { Name = "starter", MinLabeledExamples = 100, MinBudgetUsd = 100 };

    /// <summary>Gets or sets the name of the profile, for the sentence that explains a decision.</summary>
    public string Name { get; set; } = "custom";

    /// <summary>Gets or sets how many labelled examples there must be.</summary>
    public int MinLabeledExamples { get; set; }

    /// <summary>Gets or sets what the budget for training and its experiments must be at least, in US dollars.</summary>
    public decimal MinBudgetUsd { get; set; }

    /// <summary>Gets or sets a value indicating whether there must be people with machine-learning expertise.</summary>
    public bool RequiresExpertise { get; set; }

    /// <summary>Gets or sets within how many months training must have paid back, where it is there to save money; 12 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int PaybackMonths
    {
        get => _paybackMonths;
        set => _paybackMonths = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Paying back takes one month at least.");
    }
}
