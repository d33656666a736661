namespace AiGuardrails.Core.Models;

/// <summary>One row of the model catalogue: a model, or the fine-tuned models of some base models.</summary>
/// <param name="Id">The ID as calls name it; for fine-tuned models <c>ft:</c> and the base or its family.</param>
/// <param name="Provider">Who runs the model: the name of a row of the providers.</param>
/// <param name="Source">The page, or the document, that the dates come from.</param>
/// <param name="AsOf">The day on which the source said so.</param>
internal sealed record ModelEntry(string Id, string Provider, string Source, CalendarDate AsOf)
{
    /// <summary>Gets other names of the model, whose own dates nobody has given.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Gets other names of the model that the source dates like the model itself.</summary>
    public IReadOnlyList<string> DatedAliases { get; init; } = [];

    /// <summary>Gets the base models whose fine-tuned models this row is about; none where it is about a model itself.</summary>
    public IReadOnlyList<string> Bases { get; init; } = [];

    /// <summary>Gets the first day on which calls fail; null where none is announced, or where the model is exempt.</summary>
    public CalendarDate? Retires { get; init; }

    /// <summary>Gets the first day on which the model is no longer taken as the base of a new training job.</summary>
    public CalendarDate? TrainingEnds { get; init; }

    /// <summary>Gets what the provider names as replacements.</summary>
    public IReadOnlyList<string> Successors { get; init; } = [];

    /// <summary>Gets a remark for people.</summary>
    public string? Note { get; init; }

    /// <summary>Gets the prices; of a model, what training it costs and what using it costs; of fine-tuned models, what using them costs.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>Gets the limits.</summary>
    public ModelLimits? Limits { get; init; }

    /// <summary>Gets a value indicating whether the row is about fine-tuned models.</summary>
    public bool IsFineTuned => Id.StartsWith(ModelCatalogue.FineTunedPrefix, StringComparison.Ordinal);
}

/// <summary>Prices in US dollars, per million tokens where not said otherwise. What is not known is null.</summary>
/// <param name="Source">The page, or the document, that the prices come from.</param>
/// <param name="AsOf">The day on which the source said so.</param>
internal sealed record ModelPrice(string Source, CalendarDate AsOf)
{
    /// <summary>Gets the price of training, for each token and epoch.</summary>
    public decimal? TrainingPerMillion { get; init; }

    /// <summary>Gets the price of an hour of training, where training is paid by time.</summary>
    public decimal? TrainingPerHour { get; init; }

    public decimal? InputPerMillion { get; init; }

    public decimal? CachedInputPerMillion { get; init; }

    public decimal? OutputPerMillion { get; init; }

    public decimal? BatchInputPerMillion { get; init; }

    public decimal? BatchOutputPerMillion { get; init; }

    /// <summary>Gets what a training job costs at least.</summary>
    public decimal? MinimumPerJob { get; init; }
}

/// <summary>Limits of a model. What is not known is null.</summary>
/// <param name="Source">The page, or the document, that the limits come from.</param>
/// <param name="AsOf">The day on which the source said so.</param>
internal sealed record ModelLimits(string Source, CalendarDate AsOf)
{
    /// <summary>Gets the tokens of a whole call, input and output.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>Gets the tokens of one training example.</summary>
    public int? MaxExampleTokens { get; init; }

    /// <summary>Gets the number of examples below which the provider starts no job.</summary>
    public int? MinExamples { get; init; }
}

/// <summary>A company or service that runs or trains models.</summary>
/// <param name="Name">The name, as <see cref="FineTunedModelId.Provider"/> has it.</param>
/// <param name="Source">The page, or the document, that the facts come from.</param>
/// <param name="AsOf">The day on which the source said so.</param>
internal sealed record ModelProvider(string Name, string Source, CalendarDate AsOf)
{
    /// <summary>Gets examples of the IDs that the provider gives to fine-tuned models.</summary>
    public IReadOnlyList<string> IdExamples { get; init; } = [];

    /// <summary>Gets the hosts of the service, as they stand in URLs; one that begins with a dot is the end of many.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Gets what a training job costs at least, in US dollars.</summary>
    public decimal? MinimumPerJob { get; init; }

    /// <summary>Gets what a deployment of a fine-tuned model costs per hour, in US dollars.</summary>
    public decimal? HostingPerHour { get; init; }

    /// <summary>Gets what training costs by the size of the model, where the provider prices by size.</summary>
    public IReadOnlyList<TrainingTier> TrainingTiers { get; init; } = [];

    /// <summary>Gets a remark for people.</summary>
    public string? Note { get; init; }
}

/// <summary>What training costs for models up to a size.</summary>
/// <param name="MaxBillionParameters">The largest model, in billions of parameters, that the price is for.</param>
/// <param name="Method"><c>supervised</c> or <c>preference</c>.</param>
/// <param name="Tuning"><c>lora</c> or <c>full</c>.</param>
/// <param name="PerMillion">US dollars for a million tokens.</param>
internal sealed record TrainingTier(int MaxBillionParameters, string Method, string Tuning, decimal PerMillion);

/// <summary>A service that takes no new training jobs, or will stop taking them.</summary>
/// <param name="Provider">Whose service it is.</param>
/// <param name="Source">The page, or the document, that says so.</param>
/// <param name="AsOf">The day on which the source said so.</param>
internal sealed record ServiceClosure(string Provider, string Source, CalendarDate AsOf)
{
    /// <summary>Gets the steps of the closure, the first one first; never empty.</summary>
    public IReadOnlyList<ClosureStep> Steps { get; init; } = [];

    /// <summary>Gets providers that read the same training files.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>Gets a remark for people.</summary>
    public string? Note { get; init; }

    /// <summary>Gets the day from which nobody can start a job.</summary>
    public CalendarDate ClosedFrom => Steps[Steps.Count - 1].From ?? AsOf;

    /// <summary>The last step that has begun on a day, or null.</summary>
    public ClosureStep? StepOn(CalendarDate today) => Steps.LastOrDefault(step => (step.From ?? AsOf) <= today);

    /// <summary>The first step that is still to come, or null.</summary>
    public ClosureStep? StepAfter(CalendarDate today) => Steps.FirstOrDefault(step => (step.From ?? AsOf) > today);
}

/// <summary>A day on which a service closes to some of its customers.</summary>
/// <param name="From">The first day; null where the source gives none, and the service was closed on the day of the row.</param>
/// <param name="Affects">Who can start no job from then on, as a noun phrase; the last step affects everybody.</param>
internal sealed record ClosureStep(CalendarDate? From, string Affects);
