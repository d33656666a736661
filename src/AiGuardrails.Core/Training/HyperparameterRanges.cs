namespace AiGuardrails.Core.Training;

/// <summary>A setting of a training job that a provider bounds.</summary>
internal enum Hyperparameter
{
    /// <summary>How often the training goes through the data.</summary>
    Epochs,

    /// <summary>How many examples one step takes.</summary>
    BatchSize,

    /// <summary>The factor on the provider's learning rate.</summary>
    LearningRateMultiplier,

    /// <summary>How far preference tuning may leave the model that it starts from.</summary>
    Beta,

    /// <summary>How many characters the suffix of the model's name has.</summary>
    SuffixLength,
}

/// <summary>A service that trains models, as far as its ranges are known.</summary>
internal enum TrainingProvider
{
    /// <summary>OpenAI, and Azure OpenAI, which takes the same requests.</summary>
    OpenAI,

    /// <summary>Together AI.</summary>
    Together,
}

/// <summary>What a provider takes for a hyperparameter.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Hyperparameter">The hyperparameter.</param>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Maximum">The largest value.</param>
/// <param name="MinimumIsTaken">Whether the smallest value is itself in the range.</param>
/// <param name="Source">Where the range is published, and when it was read.</param>
internal sealed record HyperparameterRange(
    TrainingProvider Provider,
    Hyperparameter Hyperparameter,
    decimal Minimum,
    decimal Maximum,
    bool MinimumIsTaken,
    string Source)
{
    /// <summary>Whether the provider takes the value.</summary>
    public bool Contains(decimal value) => (MinimumIsTaken ? value >= Minimum : value > Minimum) && value <= Maximum;
}

/// <summary>
/// The published ranges. They age: to refresh one, read its source again, and change the values and the date together. A
/// hyperparameter without a row has no published range, and no value of it is out of range.
/// </summary>
internal static class HyperparameterRanges
{
    private const string OpenAISpecification = "openai/openai-openapi, openapi.yaml, CreateFineTuningJobRequest, 2026-08-21";
    private const string OpenAIPreference = "openai/openai-openapi, openapi.yaml, FineTuneDPOHyperparameters, 2025-07-04";
    private const string TogetherClient = "togethercomputer/together-python 1.5.34, fine_tuning.create, 2025-12-23";

    private static readonly HyperparameterRange[] s_ranges =
    [
        new(TrainingProvider.OpenAI, Hyperparameter.Epochs, 1, 50, MinimumIsTaken: true, OpenAISpecification),
        new(TrainingProvider.OpenAI, Hyperparameter.BatchSize, 1, 256, MinimumIsTaken: true, OpenAISpecification),
        new(TrainingProvider.OpenAI, Hyperparameter.Beta, 0, 2, MinimumIsTaken: false, OpenAIPreference),
        new(TrainingProvider.OpenAI, Hyperparameter.SuffixLength, 1, 64, MinimumIsTaken: true, OpenAISpecification),
        new(TrainingProvider.Together, Hyperparameter.SuffixLength, 0, 40, MinimumIsTaken: true, TogetherClient),
    ];

    /// <summary>Gets every range.</summary>
    public static IReadOnlyList<HyperparameterRange> All => s_ranges;

    /// <summary>The range of one provider, or null where none is published.</summary>
    public static HyperparameterRange? Of(TrainingProvider provider, Hyperparameter hyperparameter) =>
        Array.Find(s_ranges, range => range.Provider == provider && range.Hyperparameter == hyperparameter);
}
