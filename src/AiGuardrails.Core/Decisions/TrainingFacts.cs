namespace AiGuardrails;

/// <summary>What is known when the decision to train is made. What is not set counts as not there.</summary>
/// <remarks>Setters and not initialisers: those of the two frameworks that the package is built for are not the same to a compiled caller.</remarks>
public sealed record TrainingFacts
{
    /// <summary>Gets or sets a value indicating whether better prompts were tried, and were not enough.</summary>
    public bool TriedPrompting { get; set; }

    /// <summary>Gets or sets a value indicating whether retrieval (RAG) was tried, and was not accurate, fast or cheap enough.</summary>
    public bool TriedRag { get; set; }

    /// <summary>Gets or sets how many labelled examples of good quality there are.</summary>
    public int LabeledExamples { get; set; }

    /// <summary>Gets or sets what training and its experiments may cost in all, in US dollars.</summary>
    public decimal BudgetUsd { get; set; }

    /// <summary>Gets or sets a value indicating whether there are people who can build, evaluate and debug a training run.</summary>
    public bool MachineLearningExpertise { get; set; }

    /// <summary>Gets or sets a value indicating whether what the model shall learn stays true for as long as the model is used.</summary>
    public bool KnowledgeIsStable { get; set; }

    /// <summary>Gets or sets how many requests a month the trained model will serve.</summary>
    public long RequestsPerMonth { get; set; }

    /// <summary>Gets or sets what one request to the trained model saves, in US dollars; null where training is not there to save money, and the volume is not judged.</summary>
    public decimal? SavingPerRequestUsd { get; set; }

    /// <summary>Gets or sets what one training is estimated to cost, in US dollars; null where the budget has to pay back.</summary>
    public decimal? TrainingCostUsd { get; set; }

    /// <summary>Gets or sets what the model is trained for.</summary>
    public TrainingGoal Goal { get; set; }
}
