namespace AiGuardrails;

/// <summary>What is known when the decision to train is made. What is not set counts as not there.</summary>
public sealed record TrainingFacts
{
    /// <summary>Gets a value indicating whether better prompts were tried, and were not enough.</summary>
    public bool TriedPrompting { get; init; }

    /// <summary>Gets a value indicating whether retrieval (RAG) was tried, and was not accurate, fast or cheap enough.</summary>
    public bool TriedRag { get; init; }

    /// <summary>Gets how many labelled examples of good quality there are.</summary>
    public int LabeledExamples { get; init; }

    /// <summary>Gets what training and its experiments may cost in all, in US dollars.</summary>
    public decimal BudgetUsd { get; init; }

    /// <summary>Gets a value indicating whether there are people who can build, evaluate and debug a training run.</summary>
    public bool MachineLearningExpertise { get; init; }

    /// <summary>Gets a value indicating whether what the model shall learn stays true for as long as the model is used.</summary>
    public bool KnowledgeIsStable { get; init; }

    /// <summary>Gets how many requests a month the trained model will serve.</summary>
    public long RequestsPerMonth { get; init; }

    /// <summary>Gets what one request to the trained model saves, in US dollars; null where training is not there to save money, and the volume is not judged.</summary>
    public decimal? SavingPerRequestUsd { get; init; }

    /// <summary>Gets what one training is estimated to cost, in US dollars; null where the budget has to pay back.</summary>
    public decimal? TrainingCostUsd { get; init; }

    /// <summary>Gets what the model is trained for.</summary>
    public TrainingGoal Goal { get; init; }
}
