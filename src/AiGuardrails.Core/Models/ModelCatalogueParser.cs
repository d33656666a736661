using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Models;

/// <summary>Reads one catalogue file; see <see cref="ModelCatalogueFile"/>. Here: the file, its providers and its closures.</summary>
internal ref partial struct ModelCatalogueParser
{
    private readonly HashSet<string> _knownProviders;
    private readonly Dictionary<string, int> _usedProviders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _providerNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _modelNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);
    private StrictJsonReader _reader;

    public ModelCatalogueParser(ReadOnlySpan<byte> utf8, IEnumerable<string> providers)
    {
        _reader = new StrictJsonReader(utf8, static rest => !rest.IsEmpty && rest[0] == (byte)'/' ? Sentence.Of("JSON has no comments") : null);
        _knownProviders = new HashSet<string>(providers, StringComparer.Ordinal);
    }

    public readonly JsonFileError? Error => _reader.Error;

    public ModelCatalogueRows? ReadFile()
    {
        var providers = new List<ModelProvider>();
        var models = new List<ModelRow>();
        var closures = new List<ServiceClosure>();
        var stated = new HashSet<string>(StringComparer.Ordinal);
        if (!_reader.Start(JsonTokenType.ObjectStart, "the file", "an object"))
        {
            return null;
        }

        while (_reader.NextMember("the file", stated) is { } name)
        {
            switch (name)
            {
                case "$schema":
                    Text(name);
                    break;
                case "providers":
                    for (var more = StartArray(name); more && NextObject(name);)
                    {
                        more = Add(providers, ReadProvider());
                    }

                    break;
                case "models":
                    for (var more = StartArray(name); more && NextObject(name);)
                    {
                        more = Add(models, ReadModel());
                    }

                    break;
                case "closures":
                    for (var more = StartArray(name); more && NextObject(name);)
                    {
                        more = Add(closures, ReadClosure());
                    }

                    break;
                default:
                    _reader.Unknown(name, "the file", "providers, models and closures");
                    break;
            }
        }

        _reader.End();
        foreach (var used in _usedProviders)
        {
            if (!_providerNames.Contains(used.Key) && !_knownProviders.Contains(used.Key))
            {
                _reader.Fail(used.Value, $"'{used.Key}' is no provider of the catalogue; add it to 'providers' or mend the name");
            }
        }

        return _reader.Error is null ? new ModelCatalogueRows(providers, models, closures) : null;
    }

    private static bool Add<T>(List<T> list, T? item)
        where T : class
    {
        if (item is not null)
        {
            list.Add(item);
        }

        return item is not null;
    }

    private ModelProvider? ReadProvider()
    {
        var start = _reader.TokenStart;
        var stated = new HashSet<string>(StringComparer.Ordinal);
        string? id = null, source = null, note = null;
        CalendarDate? asOf = null;
        decimal? minimum = null, hosting = null;
        List<string> examples = [], hosts = [];
        var tiers = new List<TrainingTier>();
        while (_reader.NextMember("a provider", stated) is { } name)
        {
            switch (name)
            {
                case "name":
                    id = Text(name);
                    Unique(_providerNames, id, "the provider");
                    break;
                case "idExamples":
                    examples = Texts(name);
                    break;
                case "hosts":
                    hosts = Texts(name);
                    break;
                case "minimumPerJob":
                    minimum = Amount(name);
                    break;
                case "hostingPerHour":
                    hosting = Amount(name);
                    break;
                case "trainingTiers":
                    for (var more = StartArray(name); more && NextObject(name);)
                    {
                        more = Add(tiers, ReadTier());
                    }

                    break;
                case "note":
                    note = Text(name);
                    break;
                case "source":
                    source = Text(name);
                    break;
                case "asOf":
                    asOf = Date(name);
                    break;
                default:
                    _reader.Unknown(name, "a provider", "name, hosts, idExamples, minimumPerJob, hostingPerHour, trainingTiers, note, source and asOf");
                    break;
            }
        }

        return _reader.Require(start, "a provider", stated, "name", "source", "asOf")
            ? new ModelProvider(id!, source!, asOf!.Value) { IdExamples = examples, Hosts = hosts, MinimumPerJob = minimum, HostingPerHour = hosting, TrainingTiers = tiers, Note = note }
            : null;
    }

    private TrainingTier? ReadTier()
    {
        var start = _reader.TokenStart;
        var stated = new HashSet<string>(StringComparer.Ordinal);
        int? size = null;
        string? method = null, tuning = null;
        decimal? price = null;
        while (_reader.NextMember("a training tier", stated) is { } name)
        {
            switch (name)
            {
                case "maxBillionParameters":
                    size = Count(name);
                    break;
                case "method":
                    method = Choice(name, "supervised", "preference");
                    break;
                case "tuning":
                    tuning = Choice(name, "lora", "full");
                    break;
                case "perMillion":
                    price = Amount(name);
                    break;
                default:
                    _reader.Unknown(name, "a training tier", "maxBillionParameters, method, tuning and perMillion");
                    break;
            }
        }

        return _reader.Require(start, "a training tier", stated, "maxBillionParameters", "method", "tuning", "perMillion")
            ? new TrainingTier(size!.Value, method!, tuning!, price!.Value)
            : null;
    }

    private ServiceClosure? ReadClosure()
    {
        var start = _reader.TokenStart;
        var stated = new HashSet<string>(StringComparer.Ordinal);
        string? provider = null, source = null, note = null;
        CalendarDate? asOf = null;
        List<string> alternatives = [];
        var steps = new List<ClosureStep>();
        while (_reader.NextMember("a closure", stated) is { } name)
        {
            switch (name)
            {
                case "provider":
                    provider = Provider(name);
                    Unique(_closed, provider, "the closure of");
                    break;
                case "steps":
                    for (var more = StartArray(name); more && NextObject(name);)
                    {
                        more = Add(steps, ReadStep(steps));
                    }

                    break;
                case "alternatives":
                    alternatives = Texts(name);
                    break;
                case "note":
                    note = Text(name);
                    break;
                case "source":
                    source = Text(name);
                    break;
                case "asOf":
                    asOf = Date(name);
                    break;
                default:
                    _reader.Unknown(name, "a closure", "provider, steps, alternatives, note, source and asOf");
                    break;
            }
        }

        if (stated.Contains("steps") && steps.Count == 0)
        {
            _reader.Fail(start, "a closure has at least one step");
        }

        return _reader.Require(start, "a closure", stated, "provider", "steps", "source", "asOf")
            ? new ServiceClosure(provider!, source!, asOf!.Value) { Steps = steps, Alternatives = alternatives, Note = note }
            : null;
    }

    private ClosureStep? ReadStep(List<ClosureStep> before)
    {
        var start = _reader.TokenStart;
        var stated = new HashSet<string>(StringComparer.Ordinal);
        CalendarDate? from = null;
        string? affects = null;
        while (_reader.NextMember("a step", stated) is { } name)
        {
            switch (name)
            {
                case "from":
                    from = Date(name);
                    break;
                case "affects":
                    affects = Text(name);
                    break;
                default:
                    _reader.Unknown(name, "a step", "from and affects");
                    break;
            }
        }

        if (before.Count > 0 && before[before.Count - 1].From is var last && (last is null || from is null || from <= last))
        {
            _reader.Fail(start, "the steps of a closure follow each other by date, each with 'from' where there are several");
        }

        return _reader.Require(start, "a step", stated, "affects") ? new ClosureStep(from, affects!) : null;
    }
}
