using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Statistics;

namespace AiGuardrails.Tool.Reports;

/// <summary>A file of training data that a report is to describe.</summary>
internal sealed record DataRequest(string Path, TrainingTarget Target)
{
    public string? Validation { get; init; }

    public string? BaseModel { get; init; }

    public int? Epochs { get; init; }

    public decimal? MaxCostUsd { get; init; }

    /// <summary>Gets what a request to the trained model is said to save.</summary>
    public decimal? SavingPerRequestUsd { get; init; }

    public long? RequestsPerMonth { get; init; }

    /// <summary>Gets whether the findings of the file are known from a build already.</summary>
    public bool HasFindings { get; init; }
}

/// <summary>What training a model with a file is likely to cost.</summary>
internal sealed record ModelCost(string Model, TrainingCost Cost)
{
    /// <summary>Gets whether it is the model that the data is meant for.</summary>
    public bool IsChosen { get; init; }

    /// <summary>Gets what speaks against the model, or what its name leaves open; null for nothing.</summary>
    public string? Remark { get; init; }
}

/// <summary>Records that are the same or share an input, with the beginning of the first.</summary>
internal sealed record ClusterView(RecordCluster Cluster, string? Text);

/// <summary>What a report says of the groups of one kind.</summary>
internal sealed record ClusterList(IReadOnlyList<ClusterView> Largest, int Groups, int Records, bool IsComplete)
{
    public static ClusterList Empty { get; } = new([], 0, 0, IsComplete: true);
}

/// <summary>A file of training data as the report shows it.</summary>
internal sealed record DataReport(string File, DataRequest Request, LintSummary Summary, DatasetStatistics Statistics)
{
    public ClusterList Duplicates { get; init; } = ClusterList.Empty;

    public ClusterList NearDuplicates { get; init; } = ClusterList.Empty;

    public ClusterList Conflicts { get; init; } = ClusterList.Empty;

    /// <summary>Gets the validation file, as it is shown; null where there is none.</summary>
    public string? ValidationFile { get; init; }

    public LintSummary? ValidationSummary { get; init; }

    public ClusterList Leaks { get; init; } = ClusterList.Empty;

    /// <summary>Gets the cost with each model, the cheapest first.</summary>
    public IReadOnlyList<ModelCost> Costs { get; init; } = [];

    /// <summary>Gets why there are no costs, or not that of the chosen model; null where there are.</summary>
    public string? CostNote { get; init; }
}
