using System.Reflection;

namespace AiGuardrails.Core.Models;

/// <summary>
/// What is known of models: when they are retired, what comes after them, what they cost, and which services close. Immutable;
/// every row names its source and the day of that source.
/// </summary>
internal sealed class ModelCatalogue
{
    /// <summary>How the ID of a row about fine-tuned models begins.</summary>
    public const string FineTunedPrefix = "ft:";

    /// <summary>The provider whose models are the ones that others serve under names of their own.</summary>
    public const string OpenAI = "OpenAI";

    /// <summary>The provider whose clients take names of deployments.</summary>
    public const string Azure = "Azure OpenAI";

    private static readonly Lazy<ModelCatalogue> s_default = new(ReadDefault);

    private readonly Dictionary<string, ModelEntry> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ModelEntry> _byAlias = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Provider, string Base), ModelEntry> _byBase = [];

    private ModelCatalogue(IReadOnlyList<ModelProvider> providers, IReadOnlyList<ModelEntry> models, IReadOnlyList<ServiceClosure> closures)
    {
        Providers = providers;
        Models = models;
        Closures = closures;

        // Later rows are those of the team: where names meet, they win; and an ID wins over an alias.
        foreach (var model in models)
        {
            foreach (var alias in model.DatedAliases)
            {
                _byName[alias] = model;
            }

            foreach (var alias in model.Aliases)
            {
                _byAlias[alias] = model;
            }

            foreach (var trained in model.Bases)
            {
                _byBase[(model.Provider, trained)] = model;
            }
        }

        foreach (var model in models)
        {
            _byName[model.Id] = model;
        }
    }

    /// <summary>Gets the catalogue that is built in; read when it is first asked for.</summary>
    public static ModelCatalogue Default => s_default.Value;

    /// <summary>Gets the providers, in the order in which their IDs are told apart.</summary>
    public IReadOnlyList<ModelProvider> Providers { get; }

    /// <summary>Gets every row about models.</summary>
    public IReadOnlyList<ModelEntry> Models { get; }

    /// <summary>Gets the services that are closed or will be.</summary>
    public IReadOnlyList<ServiceClosure> Closures { get; }

    /// <summary>
    /// Finds what is known of a model: by its ID or an alias, and of a fine-tuned model by the base that its ID names. Null where
    /// nothing is known.
    /// </summary>
    public ModelMatch? Find(string modelId)
    {
        var found = Model(modelId);
        if (found is { Entry.IsFineTuned: false } plain)
        {
            return new ModelMatch(modelId, plain.Entry, plain.Entry, plain.IsAlias, plain.IsAlias);
        }

        if (FineTunedModelId.TryParse(modelId, ModelIdContext.ModelSink) is not { BaseModel.Length: > 0 } tuned)
        {
            return found is { } named ? new ModelMatch(modelId, named.Entry, Base: null, named.IsAlias, IsBaseAlias: false) : null;
        }

        // What another company trains, another company runs: its own rows count, and no others.
        var baseModel = Model(tuned.BaseModel) is { Entry: { IsFineTuned: false } entry } match && entry.Provider == tuned.Provider ? match : default;
        if (found is { } one)
        {
            return new ModelMatch(modelId, one.Entry, baseModel.Entry, one.IsAlias, baseModel.IsAlias);
        }

        var isAlias = false;
        if (!_byBase.TryGetValue((tuned.Provider, tuned.BaseModel), out var own) && baseModel.Entry is not null)
        {
            // The ID names the base by an alias, and the row by the model behind it.
            isAlias = _byBase.TryGetValue((tuned.Provider, baseModel.Entry.Id), out own);
        }

        return own is null && baseModel.Entry is null ? null : new ModelMatch(modelId, own, baseModel.Entry, isAlias, baseModel.IsAlias);
    }

    /// <summary>The provider of that name, or null.</summary>
    public ModelProvider? FindProvider(string name) => Providers.FirstOrDefault(provider => provider.Name == name);

    /// <summary>The provider whose host stands in the URL, or null.</summary>
    public ModelProvider? FindProviderOf(string url) =>
        Providers.FirstOrDefault(provider => provider.Hosts.Any(host => url.Contains(host)));

    /// <summary>The closure of the training service of a provider, or null.</summary>
    public ServiceClosure? FindClosure(string provider) => Closures.FirstOrDefault(closure => closure.Provider == provider);

    /// <summary>
    /// What to use instead of a model: its only successor, or, where that one is itself retired by then, what comes after it.
    /// Null where the catalogue lists none, or several.
    /// </summary>
    public string? SuccessorOf(ModelEntry model, CalendarDate today)
    {
        // A chain longer than the catalogue goes in a circle.
        for (var i = 0; i <= Models.Count; i++)
        {
            if (model.Successors is not { Count: 1 } successors)
            {
                return null;
            }

            if (Find(successors[0]) is not { Retires: { } date, Dated: { } next } || date > today)
            {
                return successors[0];
            }

            model = next;
        }

        return null;
    }

    /// <summary>
    /// This catalogue with the rows of a team. A model that is known already keeps what the row does not state; a provider and a
    /// closure are replaced as a whole.
    /// </summary>
    public ModelCatalogue With(ModelCatalogueRows rows)
    {
        var models = Models.ToList();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < models.Count; i++)
        {
            places[models[i].Id] = i;
        }

        foreach (var row in rows.Models)
        {
            if (places.TryGetValue(row.Entry.Id, out var place))
            {
                models[place] = Merge(models[place], row);
            }
            else
            {
                models.Add(row.Entry);
            }
        }

        return new ModelCatalogue(
            [.. Providers.Select(provider => rows.Providers.FirstOrDefault(row => row.Name == provider.Name) ?? provider), .. rows.Providers.Where(row => FindProvider(row.Name) is null)],
            models,
            [.. Closures.Where(closure => !rows.Closures.Any(row => row.Provider == closure.Provider)), .. rows.Closures]);
    }

    private static ModelEntry Merge(ModelEntry known, ModelRow row)
    {
        var given = row.Entry;
        return given with
        {
            Aliases = row.Stated.Contains("aliases") ? given.Aliases : known.Aliases,
            DatedAliases = row.Stated.Contains("datedAliases") ? given.DatedAliases : known.DatedAliases,
            Bases = row.Stated.Contains("bases") && given.Bases.Count > 0 && !IsOwnBaseOnly(given) ? given.Bases : known.Bases,
            Retires = row.Stated.Contains("retires") ? given.Retires : known.Retires,
            TrainingEnds = row.Stated.Contains("trainingEnds") ? given.TrainingEnds : known.TrainingEnds,
            Successors = row.Stated.Contains("successors") ? given.Successors : known.Successors,
            Price = row.Stated.Contains("price") ? given.Price : known.Price,
            Limits = row.Stated.Contains("limits") ? given.Limits : known.Limits,
            Note = row.Stated.Contains("note") ? given.Note : known.Note,
        };
    }

    // What a row gets that states no bases.
    private static bool IsOwnBaseOnly(ModelEntry entry) => entry.Bases is [var only] && FineTunedPrefix + only == entry.Id;

    private static ModelCatalogue ReadDefault()
    {
        using var stream = typeof(ModelCatalogue).GetTypeInfo().Assembly.GetManifestResourceStream("AiGuardrails.Core.Models.models.json")
            ?? throw new InvalidOperationException("The model catalogue is not embedded.");
        var utf8 = new byte[checked((int)stream.Length)];
        for (var read = 0; read < utf8.Length;)
        {
            var count = stream.Read(utf8, read, utf8.Length - read);
            read += count > 0 ? count : throw new InvalidOperationException("The model catalogue is cut short.");
        }

        return ModelCatalogueFile.TryParse(utf8.AsSpan(), [], out var rows, out var error)
            ? new ModelCatalogue(rows!.Providers, [.. rows.Models.Select(static row => row.Entry)], rows.Closures)
            : throw new InvalidOperationException($"The model catalogue cannot be read at line {error!.Line}, column {error.Column}: {error.Message}.");
    }

    private (ModelEntry Entry, bool IsAlias)? Model(string name) =>
        _byName.TryGetValue(name, out var entry) ? (entry, false)
        : _byAlias.TryGetValue(name, out entry) ? (entry, true)
        : null;
}

/// <summary>What the catalogue knows of one model ID.</summary>
/// <param name="ModelId">The ID that was asked for.</param>
/// <param name="Own">The row about the model itself, or about fine-tuned models of its base; null where there is none.</param>
/// <param name="Base">The row about the model that is, or was, trained; null where there is none.</param>
/// <param name="IsAlias">Whether the row was found by an alias that has no date of its own.</param>
/// <param name="IsBaseAlias">Whether the base was found by such an alias.</param>
internal sealed record ModelMatch(string ModelId, ModelEntry? Own, ModelEntry? Base, bool IsAlias, bool IsBaseAlias)
{
    /// <summary>
    /// Gets the row whose dates count: the own one, and for fine-tuned models that have none, the one of the base. An alias counts
    /// only where it is dated itself.
    /// </summary>
    public ModelEntry? Dated => Own is not null ? (IsAlias ? null : Own) : (IsBaseAlias ? null : Base);

    /// <summary>Gets the first day on which calls fail, or null.</summary>
    public CalendarDate? Retires => Dated?.Retires;

    /// <summary>Gets the first day on which no training job can start from the model, for which reason ever; or null.</summary>
    public CalendarDate? TrainingEnds => (Retires, IsBaseAlias ? null : Base?.TrainingEnds) switch
    {
        ({ } retires, { } ends) => ends < retires ? ends : retires,
        var (retires, ends) => retires ?? ends,
    };

    /// <summary>Gets the prices of training the model, or of training it further; or null.</summary>
    public ModelPrice? TrainingPrice => Base?.Price;

    /// <summary>Gets the limits of training the model; or null.</summary>
    public ModelLimits? TrainingLimits => Base?.Limits;

    /// <summary>Gets the prices of using the model: of a fine-tuned model its own; or null.</summary>
    public ModelPrice? UsePrice => Own?.Price;
}
