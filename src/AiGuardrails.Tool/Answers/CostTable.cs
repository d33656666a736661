using AiGuardrails.Core.Models;
using AiGuardrails.Core.Tokens;
using AiGuardrails.Core.Training.Records;
using AiGuardrails.Tool.Files;

namespace AiGuardrails.Tool.Answers;

/// <summary>What training one model on one file is likely to cost.</summary>
/// <param name="Model">The model, or the class of models that the provider prices alike.</param>
/// <param name="Provider">Who trains it.</param>
/// <param name="Tokens">What was counted, as this model counts.</param>
/// <param name="Cost">The estimate, with the price, its source and date.</param>
/// <param name="Use">What using the trained model costs, where that is known.</param>
internal sealed record CostRow(string Model, string Provider, TrainingTokens Tokens, TrainingCost Cost, ModelPrice? Use);

/// <summary>The costs of one file for every model whose price is known.</summary>
internal sealed class CostTable
{
    private readonly List<Candidate> _candidates = [];
    private readonly Dictionary<(TokenEncoding Encoding, int? Limit, bool IsExact), TrainingTokens> _counters = [];
    private readonly LineCutter _lines;
    private readonly TokenVocabulary? _vocabulary;

    /// <summary>Prepares the count.</summary>
    /// <param name="catalogue">Where the prices are from.</param>
    /// <param name="target">The format of the file: pairs of answers cost more at some providers.</param>
    /// <param name="models">The models that are asked for; none for all.</param>
    /// <param name="today">Models that cannot be trained on this day are left out unless they are asked for.</param>
    /// <param name="vocabulary">Counts exactly for the models whose vocabulary it is; null where all is estimated.</param>
    public CostTable(ModelCatalogue catalogue, TrainingTarget target, IReadOnlyList<string> models, CalendarDate today, TokenVocabulary? vocabulary = null)
    {
        _vocabulary = vocabulary;
        foreach (var name in models.Count > 0 ? models : [.. catalogue.Models.Where(static model => model.Price?.TrainingPerMillion is not null).Select(static model => model.Id)])
        {
            AddModel(name, catalogue, isAsked: models.Count > 0, today);
        }

        if (models.Count == 0)
        {
            AddTiers(catalogue, RecordLayouts.Of(target)[0].Form == RecordForm.Preference);
        }

        General = Counter("", limit: null, vocabulary);
        _lines = new LineCutter(line =>
        {
            foreach (var counter in _counters.Values)
            {
                counter.AddLine(line);
            }
        });
    }

    /// <summary>Gets the count that knows of no model: an estimate, or what the given vocabulary counts.</summary>
    public TrainingTokens General { get; }

    /// <summary>Gets the models that are left out because no job can start from them any more.</summary>
    public int Ended { get; private set; }

    /// <summary>Gets the models that were asked for and whose price is not known.</summary>
    public List<string> Unpriced { get; } = [];

    /// <summary>Gets the lines that were too long to be counted.</summary>
    public int TooLong => _lines.TooLong;

    public void Write(ReadOnlySpan<byte> bytes) => _lines.Write(bytes);

    /// <summary>The file ends: the rows, the cheapest first.</summary>
    public IReadOnlyList<CostRow> Complete(int? epochs)
    {
        _lines.Complete();
        return
        [
            .. _candidates
                .Select(candidate => new CostRow(candidate.Model, candidate.Provider, candidate.Tokens, TrainingCost.Estimate(candidate.Price, candidate.Tokens, epochs), candidate.Use))
                .OrderBy(static row => row.Cost.ExpectedUsd)
                .ThenBy(static row => row.Model, StringComparer.Ordinal),
        ];
    }

    private void AddModel(string name, ModelCatalogue catalogue, bool isAsked, CalendarDate today)
    {
        if (catalogue.Find(name) is not { Base: { } trained } match || TrainingBudget.PriceOf(match, trained.Provider, catalogue) is not { } price)
        {
            Unpriced.Add(name);
            return;
        }

        if (!isAsked && match.TrainingEnds <= today)
        {
            Ended++;
            return;
        }

        _candidates.Add(new Candidate(
            name, trained.Provider, Counter(name, match.TrainingLimits?.MaxExampleTokens, _vocabulary?.IsFor(name) == true ? _vocabulary : null), price, catalogue.Find(ModelCatalogue.FineTunedPrefix + trained.Id)?.UsePrice));
    }

    // Prices by size: the models are many, and none of them has a row of its own.
    private void AddTiers(ModelCatalogue catalogue, bool isPreference)
    {
        foreach (var provider in catalogue.Providers)
        {
            foreach (var tier in provider.TrainingTiers.Where(tier => tier.Method == (isPreference ? "preference" : "supervised")))
            {
                _candidates.Add(new Candidate(
                    FormattableString.Invariant($"up to {tier.MaxBillionParameters}B, {(tier.Tuning == "lora" ? "LoRA" : tier.Tuning)}"),
                    provider.Name,
                    Counter("", limit: null, vocabulary: null),
                    new TrainingPrice(tier.PerMillion, provider.MinimumPerJob, provider.Source, provider.AsOf.ToString()),
                    Use: null));
            }
        }
    }

    private TrainingTokens Counter(string model, int? limit, TokenVocabulary? vocabulary)
    {
        // Models with one vocabulary and one limit are counted once.
        var key = (TokenEncodings.Of(model), limit, vocabulary is not null);
        if (!_counters.TryGetValue(key, out var counter))
        {
            _counters.Add(key, counter = new TrainingTokens(model, limit, vocabulary));
        }

        return counter;
    }

    private sealed record Candidate(string Model, string Provider, TrainingTokens Tokens, TrainingPrice Price, ModelPrice? Use);
}
