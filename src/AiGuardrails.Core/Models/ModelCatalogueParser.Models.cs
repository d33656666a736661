using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Models;

/// <content>Models, their prices and their limits.</content>
internal ref partial struct ModelCatalogueParser
{
    private ModelRow? ReadModel()
    {
        var start = _reader.TokenStart;
        var stated = new HashSet<string>(StringComparer.Ordinal);
        string? id = null, provider = null, source = null, note = null;
        CalendarDate? asOf = null, retires = null, trainingEnds = null;
        List<string> aliases = [], datedAliases = [], bases = [], successors = [];
        ModelPrice? price = null;
        ModelLimits? limits = null;
        while (_reader.NextMember("a model", stated) is { } name)
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
                    price = _reader.Start(JsonTokenType.ObjectStart, $"'{name}'", "an object") ? ReadPrice() : null;
                    break;
                case "limits":
                    limits = _reader.Start(JsonTokenType.ObjectStart, $"'{name}'", "an object") ? ReadLimits() : null;
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
                    _reader.Unknown(name, "a model", "id, provider, aliases, datedAliases, bases, retires, trainingEnds, successors, price, limits, note, source and asOf");
                    break;
            }
        }

        if (!_reader.Require(start, "a model", stated, "id", "provider", "source", "asOf"))
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
            _reader.Fail(start, $"'bases' is for rows of fine-tuned models, whose 'id' begins with '{ModelCatalogue.FineTunedPrefix}'");
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
        while (_reader.NextMember("a price", stated) is { } name)
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
                    _reader.Unknown(
                        name,
                        "a price",
                        "trainingPerMillion, trainingPerHour, inputPerMillion, cachedInputPerMillion, outputPerMillion, batchInputPerMillion, batchOutputPerMillion, minimumPerJob, source and asOf");
                    break;
            }
        }

        return _reader.Require(start, "a price", stated, "source", "asOf")
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
        while (_reader.NextMember("the limits", stated) is { } name)
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
                    _reader.Unknown(name, "the limits", "contextWindow, maxExampleTokens, minExamples, source and asOf");
                    break;
            }
        }

        return _reader.Require(start, "the limits", stated, "source", "asOf")
            ? new ModelLimits(source!, asOf!.Value) { ContextWindow = context, MaxExampleTokens = example, MinExamples = examples }
            : null;
    }
}
