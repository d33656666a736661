using System.Globalization;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Models;

/// <summary>What is wrong with a catalogue file, and where; line and column count from 1.</summary>
/// <param name="Message">One sentence, without its full stop.</param>
/// <param name="Line">The line.</param>
/// <param name="Column">The column, in UTF-16 code units.</param>
internal sealed record ModelCatalogueError(Sentence Message, int Line, int Column);

/// <summary>A row of a file, with the members that it states: only they replace those of a row that is there already.</summary>
internal sealed record ModelRow(ModelEntry Entry, IReadOnlyCollection<string> Stated);

/// <summary>The rows of a catalogue file.</summary>
internal sealed record ModelCatalogueRows(IReadOnlyList<ModelProvider> Providers, IReadOnlyList<ModelRow> Models, IReadOnlyList<ServiceClosure> Closures);

/// <summary>
/// Reads catalogue files: the one that is built in, and <c>aiguardrails.models.json</c> of a team, which has the same form.
/// The form is described in docs/guides/model-catalogue.md.
/// </summary>
internal static class ModelCatalogueFile
{
    /// <summary>The name of the additional file with which a team extends and overrides the catalogue.</summary>
    public const string Name = "aiguardrails.models.json";

    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxLength = 1024 * 1024;

    private const int MaxTextLength = 512;

    private static readonly System.Text.UTF8Encoding s_lenient = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>Reads a file from text, as a compiler hands it over.</summary>
    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, IEnumerable{string}, out ModelCatalogueRows?, out ModelCatalogueError?)"/>
    public static bool TryParse(string text, IEnumerable<string> providers, out ModelCatalogueRows? rows, out ModelCatalogueError? error) =>
        TryParse(s_lenient.GetBytes(text).AsSpan(), providers, out rows, out error);

    /// <summary>Reads a file.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <param name="providers">Names of providers that the file may use without a row for them.</param>
    /// <param name="rows">The rows; null where there is an error.</param>
    /// <param name="error">The first error; null where there is none.</param>
    /// <returns>Whether the file could be read.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, IEnumerable<string> providers, out ModelCatalogueRows? rows, out ModelCatalogueError? error)
    {
        if (utf8.Length > MaxLength)
        {
            rows = null;
            error = new ModelCatalogueError("the file has more than 1 MiB", 1, 1);
            return false;
        }

        var parser = new Parser(utf8, providers);
        rows = parser.ReadFile();
        error = parser.Error;
        return rows is not null;
    }

    private ref struct Parser
    {
        private readonly ReadOnlySpan<byte> _utf8;
        private readonly HashSet<string> _knownProviders;
        private readonly Dictionary<string, int> _usedProviders = new(StringComparer.Ordinal);
        private readonly HashSet<string> _providerNames = new(StringComparer.Ordinal);
        private readonly HashSet<string> _modelNames = new(StringComparer.Ordinal);
        private readonly HashSet<string> _bases = new(StringComparer.Ordinal);
        private readonly HashSet<string> _closed = new(StringComparer.Ordinal);
        private JsonUtf8Reader _reader;

        public Parser(ReadOnlySpan<byte> utf8, IEnumerable<string> providers)
        {
            _utf8 = utf8;
            _reader = new JsonUtf8Reader(utf8);
            _knownProviders = new HashSet<string>(providers, StringComparer.Ordinal);
            Error = null;
        }

        public ModelCatalogueError? Error { get; private set; }

        public ModelCatalogueRows? ReadFile()
        {
            var providers = new List<ModelProvider>();
            var models = new List<ModelRow>();
            var closures = new List<ServiceClosure>();
            var stated = new HashSet<string>(StringComparer.Ordinal);
            if (!Start(JsonTokenType.ObjectStart, "the file", "an object"))
            {
                return null;
            }

            while (NextMember("the file", stated) is { } name)
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
                        Unknown(name, "the file", "providers, models and closures");
                        break;
                }
            }

            // The end: nothing may follow the object.
            if (Error is null && !_reader.Read() && _reader.Error.Kind != JsonErrorKind.None)
            {
                FailJson();
            }

            foreach (var used in _usedProviders)
            {
                if (!_providerNames.Contains(used.Key) && !_knownProviders.Contains(used.Key))
                {
                    Fail(used.Value, $"'{used.Key}' is no provider of the catalogue; add it to 'providers' or mend the name");
                }
            }

            return Error is null ? new ModelCatalogueRows(providers, models, closures) : null;
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
            while (NextMember("a provider", stated) is { } name)
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
                        Unknown(name, "a provider", "name, hosts, idExamples, minimumPerJob, hostingPerHour, trainingTiers, note, source and asOf");
                        break;
                }
            }

            return Require(start, "a provider", ("name", id is not null), ("source", source is not null), ("asOf", asOf is not null))
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
            while (NextMember("a training tier", stated) is { } name)
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
                        Unknown(name, "a training tier", "maxBillionParameters, method, tuning and perMillion");
                        break;
                }
            }

            return Require(start, "a training tier", ("maxBillionParameters", size is not null), ("method", method is not null), ("tuning", tuning is not null), ("perMillion", price is not null))
                ? new TrainingTier(size!.Value, method!, tuning!, price!.Value)
                : null;
        }

        private ModelRow? ReadModel()
        {
            var start = _reader.TokenStart;
            var stated = new HashSet<string>(StringComparer.Ordinal);
            string? id = null, provider = null, source = null, note = null;
            CalendarDate? asOf = null, retires = null, trainingEnds = null;
            List<string> aliases = [], datedAliases = [], bases = [], successors = [];
            ModelPrice? price = null;
            ModelLimits? limits = null;
            while (NextMember("a model", stated) is { } name)
            {
                switch (name)
                {
                    case "id":
                        id = Text(name);
                        Unique(_modelNames, id, "the model");
                        break;
                    case "provider":
                        provider = Provider(name);
                        break;
                    case "aliases":
                        aliases = Texts(name, _modelNames, "the model");
                        break;
                    case "datedAliases":
                        datedAliases = Texts(name, _modelNames, "the model");
                        break;
                    case "bases":
                        bases = Texts(name, _bases, "the base of fine-tuned models");
                        break;
                    case "retires":
                        retires = Date(name, orNull: true);
                        break;
                    case "trainingEnds":
                        trainingEnds = Date(name, orNull: true);
                        break;
                    case "successors":
                        successors = Texts(name);
                        break;
                    case "price":
                        price = Start(JsonTokenType.ObjectStart, $"'{name}'", "an object") ? ReadPrice() : null;
                        break;
                    case "limits":
                        limits = Start(JsonTokenType.ObjectStart, $"'{name}'", "an object") ? ReadLimits() : null;
                        break;
                    case "note":
                        note = Text(name, orNull: true);
                        break;
                    case "source":
                        source = Text(name);
                        break;
                    case "asOf":
                        asOf = Date(name);
                        break;
                    default:
                        Unknown(name, "a model", "id, provider, aliases, datedAliases, bases, retires, trainingEnds, successors, price, limits, note, source and asOf");
                        break;
                }
            }

            if (!Require(start, "a model", ("id", id is not null), ("provider", provider is not null), ("source", source is not null), ("asOf", asOf is not null)))
            {
                return null;
            }

            if (id!.StartsWith(ModelCatalogue.FineTunedPrefix, StringComparison.Ordinal))
            {
                var own = id.Substring(ModelCatalogue.FineTunedPrefix.Length);
                if (bases.Count == 0 && own.IndexOf(':') < 0)
                {
                    bases = [own];
                    stated.Add("bases");
                }
            }
            else if (bases.Count > 0)
            {
                Fail(start, $"'bases' is for rows of fine-tuned models, whose 'id' begins with '{ModelCatalogue.FineTunedPrefix}'");
                return null;
            }

            return new ModelRow(
                new ModelEntry(id, provider!, source!, asOf!.Value)
                {
                    Aliases = aliases,
                    DatedAliases = datedAliases,
                    Bases = bases,
                    Retires = retires,
                    TrainingEnds = trainingEnds,
                    Successors = successors,
                    Price = price,
                    Limits = limits,
                    Note = note,
                },
                stated);
        }

        private ModelPrice? ReadPrice()
        {
            var start = _reader.TokenStart;
            var stated = new HashSet<string>(StringComparer.Ordinal);
            string? source = null;
            CalendarDate? asOf = null;
            decimal? training = null, hour = null, input = null, cached = null, output = null, batchInput = null, batchOutput = null, minimum = null;
            while (NextMember("a price", stated) is { } name)
            {
                switch (name)
                {
                    case "trainingPerMillion":
                        training = Amount(name);
                        break;
                    case "trainingPerHour":
                        hour = Amount(name);
                        break;
                    case "inputPerMillion":
                        input = Amount(name);
                        break;
                    case "cachedInputPerMillion":
                        cached = Amount(name);
                        break;
                    case "outputPerMillion":
                        output = Amount(name);
                        break;
                    case "batchInputPerMillion":
                        batchInput = Amount(name);
                        break;
                    case "batchOutputPerMillion":
                        batchOutput = Amount(name);
                        break;
                    case "minimumPerJob":
                        minimum = Amount(name);
                        break;
                    case "source":
                        source = Text(name);
                        break;
                    case "asOf":
                        asOf = Date(name);
                        break;
                    default:
                        Unknown(
                            name,
                            "a price",
                            "trainingPerMillion, trainingPerHour, inputPerMillion, cachedInputPerMillion, outputPerMillion, batchInputPerMillion, batchOutputPerMillion, minimumPerJob, source and asOf");
                        break;
                }
            }

            return Require(start, "a price", ("source", source is not null), ("asOf", asOf is not null))
                ? new ModelPrice(source!, asOf!.Value)
                {
                    TrainingPerMillion = training,
                    TrainingPerHour = hour,
                    InputPerMillion = input,
                    CachedInputPerMillion = cached,
                    OutputPerMillion = output,
                    BatchInputPerMillion = batchInput,
                    BatchOutputPerMillion = batchOutput,
                    MinimumPerJob = minimum,
                }
                : null;
        }

        private ModelLimits? ReadLimits()
        {
            var start = _reader.TokenStart;
            var stated = new HashSet<string>(StringComparer.Ordinal);
            string? source = null;
            CalendarDate? asOf = null;
            int? context = null, example = null, examples = null;
            while (NextMember("the limits", stated) is { } name)
            {
                switch (name)
                {
                    case "contextWindow":
                        context = Count(name);
                        break;
                    case "maxExampleTokens":
                        example = Count(name);
                        break;
                    case "minExamples":
                        examples = Count(name);
                        break;
                    case "source":
                        source = Text(name);
                        break;
                    case "asOf":
                        asOf = Date(name);
                        break;
                    default:
                        Unknown(name, "the limits", "contextWindow, maxExampleTokens, minExamples, source and asOf");
                        break;
                }
            }

            return Require(start, "the limits", ("source", source is not null), ("asOf", asOf is not null))
                ? new ModelLimits(source!, asOf!.Value) { ContextWindow = context, MaxExampleTokens = example, MinExamples = examples }
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
            while (NextMember("a closure", stated) is { } name)
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
                        Unknown(name, "a closure", "provider, steps, alternatives, note, source and asOf");
                        break;
                }
            }

            if (stated.Contains("steps") && steps.Count == 0)
            {
                Fail(start, "a closure has at least one step");
            }

            return Require(start, "a closure", ("provider", provider is not null), ("steps", steps.Count > 0), ("source", source is not null), ("asOf", asOf is not null))
                ? new ServiceClosure(provider!, source!, asOf!.Value) { Steps = steps, Alternatives = alternatives, Note = note }
                : null;
        }

        private ClosureStep? ReadStep(List<ClosureStep> before)
        {
            var start = _reader.TokenStart;
            var stated = new HashSet<string>(StringComparer.Ordinal);
            CalendarDate? from = null;
            string? affects = null;
            while (NextMember("a step", stated) is { } name)
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
                        Unknown(name, "a step", "from and affects");
                        break;
                }
            }

            if (before.Count > 0 && before[before.Count - 1].From is var last && (last is null || from is null || from <= last))
            {
                Fail(start, "the steps of a closure follow each other by date, each with 'from' where there are several");
            }

            return Require(start, "a step", ("affects", affects is not null)) ? new ClosureStep(from, affects!) : null;
        }

        /// <summary>Goes to the value that must begin here.</summary>
        private bool Start(JsonTokenType token, Sentence what, Sentence expected)
        {
            if (Error is not null)
            {
                return false;
            }

            if (!_reader.Read())
            {
                return FailJson();
            }

            return _reader.TokenType == token || Fail(_reader.TokenStart, $"{what} must be {expected}");
        }

        private bool StartArray(string name) => Start(JsonTokenType.ArrayStart, $"'{name}'", "a list");

        /// <summary>Goes to the next object of a list; false at its end.</summary>
        private bool NextObject(string name)
        {
            if (Error is not null)
            {
                return false;
            }

            if (!_reader.Read())
            {
                return FailJson();
            }

            return _reader.TokenType switch
            {
                JsonTokenType.ObjectStart => true,
                JsonTokenType.ArrayEnd => false,
                _ => Fail(_reader.TokenStart, $"'{name}' must be a list of objects"),
            };
        }

        /// <summary>Goes to the next member of the object; null at its end and on an error.</summary>
        private string? NextMember(Sentence what, HashSet<string> stated)
        {
            if (Error is not null)
            {
                return null;
            }

            if (!_reader.Read())
            {
                FailJson();
                return null;
            }

            if (_reader.TokenType == JsonTokenType.ObjectEnd || Decode() is not { } name)
            {
                return null;
            }

            if (stated.Add(name))
            {
                return name;
            }

            Fail(_reader.TokenStart, $"'{name}' stands twice in {what}");
            return null;
        }

        private string? Text(string name, bool orNull = false)
        {
            if (!Value(JsonTokenType.String, name, orNull ? "a text or null" : "a text", orNull) || _reader.TokenType == JsonTokenType.Null || Decode() is not { } text)
            {
                return null;
            }

            if (text.Trim().Length == 0 || text.Length > MaxTextLength)
            {
                Fail(_reader.TokenStart, text.Length > MaxTextLength ? Sentence.Of($"'{name}' has more than {MaxTextLength} characters") : Sentence.Of($"'{name}' is empty"));
                return null;
            }

            return text;
        }

        private string? Choice(string name, string first, string second)
        {
            var text = Text(name);
            if (text is null || text == first || text == second)
            {
                return text;
            }

            Fail(_reader.TokenStart, $"'{text}' is not a value of '{name}'; expected '{first}' or '{second}'");
            return null;
        }

        private string? Provider(string name)
        {
            var provider = Text(name);
            if (provider is not null && !_usedProviders.ContainsKey(provider))
            {
                _usedProviders.Add(provider, _reader.TokenStart);
            }

            return provider;
        }

        private List<string> Texts(string name, HashSet<string>? unique = null, Sentence? kind = null)
        {
            var texts = new List<string>();
            if (!StartArray(name))
            {
                return texts;
            }

            while (true)
            {
                if (!_reader.Read())
                {
                    FailJson();
                    return texts;
                }

                if (_reader.TokenType == JsonTokenType.ArrayEnd)
                {
                    return texts;
                }

                if (_reader.TokenType != JsonTokenType.String)
                {
                    Fail(_reader.TokenStart, $"'{name}' must be a list of texts");
                    return texts;
                }

                if (Decode() is not { } text)
                {
                    return texts;
                }

                if (text.Trim().Length == 0 || text.Length > MaxTextLength)
                {
                    Fail(_reader.TokenStart, $"a text of '{name}' is empty or has more than {MaxTextLength} characters");
                    return texts;
                }

                texts.Add(text);
                if (unique is not null && !Unique(unique, text, kind!))
                {
                    return texts;
                }
            }
        }

        private CalendarDate? Date(string name, bool orNull = false)
        {
            if (!Value(JsonTokenType.String, name, orNull ? "a date as yyyy-MM-dd, or null" : "a date as yyyy-MM-dd", orNull) || _reader.TokenType == JsonTokenType.Null || Decode() is not { } text)
            {
                return null;
            }

            if (CalendarDate.TryParse(text) is { } date)
            {
                return date;
            }

            Fail(_reader.TokenStart, $"'{text}' is not a date as yyyy-MM-dd");
            return null;
        }

        private decimal? Amount(string name)
        {
            if (!Value(JsonTokenType.Number, name, "a number"))
            {
                return null;
            }

            if (decimal.TryParse(Utf8.GetString(_reader.Value), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var amount)
                && amount is >= 0 and <= 1_000_000)
            {
                return amount;
            }

            Fail(_reader.TokenStart, $"'{name}' must be an amount in US dollars, from 0 to 1000000");
            return null;
        }

        private int? Count(string name)
        {
            if (!Value(JsonTokenType.Number, name, "a number"))
            {
                return null;
            }

            if (int.TryParse(Utf8.GetString(_reader.Value), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            {
                return count;
            }

            Fail(_reader.TokenStart, $"'{name}' must be a whole number above 0");
            return null;
        }

        private bool Value(JsonTokenType token, string name, Sentence expected, bool orNull = false)
        {
            if (Error is not null)
            {
                return false;
            }

            if (!_reader.Read())
            {
                return FailJson();
            }

            return _reader.TokenType == token || (orNull && _reader.TokenType == JsonTokenType.Null) || Fail(_reader.TokenStart, $"'{name}' must be {expected}");
        }

        private string? Decode()
        {
            if (!_reader.HasLoneSurrogate)
            {
                return JsonString.Decode(_reader.Value, _reader.HasEscapes);
            }

            Fail(_reader.TokenStart, "a text holds half of a surrogate pair");
            return null;
        }

        private bool Unique(HashSet<string> names, string? name, Sentence kind) =>
            name is null || names.Add(name) || Fail(_reader.TokenStart, $"{kind} '{name}' is listed twice");

        private bool Require(int start, Sentence what, params (string Name, bool IsThere)[] members)
        {
            foreach (var (name, isThere) in members)
            {
                if (!isThere)
                {
                    Fail(start, $"{what} needs '{name}'");
                }
            }

            return Error is null;
        }

        private void Unknown(string name, Sentence what, Sentence members) => Fail(_reader.TokenStart, $"'{name}' is no member of {what}, which has {members}");

        private bool FailJson()
        {
            var error = _reader.Error;
            return Fail(error.Offset, error.Kind == JsonErrorKind.UnexpectedCharacter && error.Offset < _utf8.Length && _utf8[error.Offset] == (byte)'/'
                ? Sentence.Of("JSON has no comments")
                : error.Description);
        }

        // The first error is the cause; the rest may be its consequences.
        private bool Fail(int offset, Sentence message)
        {
            if (Error is null)
            {
                var position = TextPosition.Of(_utf8, offset);
                Error = new ModelCatalogueError(message, position.Line, position.Column);
            }

            return false;
        }
    }
}
