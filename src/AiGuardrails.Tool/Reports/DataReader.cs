using System.Globalization;
using AiGuardrails.Core.Models;
using AiGuardrails.Core.Tokens;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Statistics;
using AiGuardrails.Core.Training.Targets;
using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Findings;
using AiGuardrails.Tool.Linting;

namespace AiGuardrails.Tool.Reports;

/// <summary>
/// Reads a file of training data, and its validation data, from beginning to end, once: the linter, the statistics and the counts of
/// tokens see the same bytes. Memory does not grow with the file but for the hashes of its records.
/// </summary>
internal sealed class DataReader(ToolContext context, ModelCatalogue catalogue, CalendarDate today)
{
    private const int PieceLength = 128 * 1024;
    private const int MostClusters = 10;

    private readonly DisplayPaths _paths = new(context.CurrentDirectory);
    private readonly List<ReportFinding> _findings = [];

    public int MaxFindings { get; init; } = 50;

    public bool NearDuplicates { get; init; }

    /// <summary>Gets what the linter found, in the order of the files.</summary>
    public IReadOnlyList<ReportFinding> Findings => _findings;

    public async Task<DataReport> ReadAsync(DataRequest request, CancellationToken cancellationToken)
    {
        var statistics = new DatasetStatistics();
        var options = new LintOptions { NearDuplicates = NearDuplicates, MaxFindingsPerRule = MaxFindings, Statistics = statistics };
        options = request.BaseModel is { } model ? options.For(model, catalogue, request.Target) : options;

        var candidates = Candidates(request);
        var counters = candidates
            .Select(static candidate => (Encoding: TokenEncodings.Of(candidate.Model), candidate.MaxTokens))
            .Distinct()
            .ToDictionary(static key => key, key => new LineTokens(new TrainingTokens(candidates.First(candidate => TokenEncodings.Of(candidate.Model) == key.Encoding).Model, key.MaxTokens)));

        var linter = new TrainingLinter(request.Target, options, finding => Add(request, request.Path, finding));
        await ReadAsync(request.Path, linter, [.. counters.Values], cancellationToken).ConfigureAwait(false);
        var summary = linter.Complete();
        var tokens = counters.ToDictionary(static pair => pair.Key, static pair => pair.Value.Complete());

        var views = View(request.Path, statistics.Duplicates, statistics.NearDuplicates, statistics.Conflicts);
        var report = new DataReport(_paths.Of(request.Path), request, summary, statistics)
        {
            Duplicates = views[0],
            NearDuplicates = views[1],
            Conflicts = views[2],
            Costs = [.. candidates
                .Select(candidate => candidate.CostOf(request, tokens[(TokenEncodings.Of(candidate.Model), candidate.MaxTokens)]))
                .OrderBy(static cost => cost.Cost.ExpectedUsd).ThenBy(static cost => cost.Model, StringComparer.Ordinal)],
            CostNote = NoteOn(request, candidates),
        };

        return request.Validation is null ? report : await ReadValidationAsync(report, request, options, linter.Records, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DataReport> ReadValidationAsync(DataReport report, DataRequest request, LintOptions options, RecordIndex records, CancellationToken cancellationToken)
    {
        var statistics = new DatasetStatistics();
        var linter = new TrainingLinter(
            request.Target,
            options with { IsValidation = true, TrainingRecords = records, TrainingFileName = $"'{report.File}'", Statistics = statistics },
            finding => Add(request, request.Validation!, finding));

        await ReadAsync(request.Validation!, linter, [], cancellationToken).ConfigureAwait(false);
        return report with
        {
            ValidationFile = _paths.Of(request.Validation!),
            ValidationSummary = linter.Complete(),
            Leaks = View(request.Path, statistics.Leaks)[0],
        };
    }

    private static async Task ReadAsync(string path, TrainingLinter linter, IReadOnlyList<LineTokens> counters, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, new FileStreamOptions { Share = FileShare.ReadWrite, BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        await using (stream.ConfigureAwait(false))
        {
            var piece = new byte[PieceLength];
            int count;
            while ((count = await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false)) > 0)
            {
                linter.Write(piece.AsSpan(0, count));
                foreach (var counter in counters)
                {
                    counter.Write(piece.AsSpan(0, count));
                }
            }
        }
    }

    private void Add(DataRequest request, string path, LintFinding finding)
    {
        if (request.HasFindings)
        {
            return;
        }

        var level = finding.Level switch { LintLevel.Error => FindingLevel.Error, LintLevel.Warning => FindingLevel.Warning, _ => FindingLevel.Info };
        _findings.Add(new ReportFinding(0, new Finding(finding.Rule, level, new Place(_paths.Of(path), finding.Line, finding.Column), finding.Text))
        {
            Bytes = finding.Line > 0 ? new ByteSpan(finding.Offset, finding.Length) : null,
        });
    }

    private static List<ClusterList> View(string path, params IReadOnlyList<RecordClusters> groups)
    {
        var largest = groups.Select(static clusters => clusters.Largest(MostClusters)).ToList();
        var records = Excerpts.RecordsAt(path, largest.SelectMany(static clusters => clusters).Select(static cluster => cluster.FirstLine));
        return
        [
            .. groups.Zip(largest, (clusters, some) => new ClusterList(
                [.. some.Select(cluster => new ClusterView(cluster, records.GetValueOrDefault(cluster.FirstLine)))],
                clusters.Count,
                clusters.Records,
                clusters.IsComplete)),
        ];
    }

    // Models that the provider of the format trains today, and the one that the data is meant for, whatever is known of it.
    private List<Candidate> Candidates(DataRequest request)
    {
        var provider = TargetDescriptions.Of(request.Target).Provider;
        var chosen = request.BaseModel is { } given ? catalogue.Find(given) : null;
        var candidates = new List<Candidate>();
        foreach (var model in catalogue.Models.Where(model => !model.IsFineTuned && model.Provider == provider))
        {
            if (catalogue.Find(model.Id) is not { } match || TrainingBudget.PriceOf(match, provider, catalogue) is not { } price)
            {
                continue;
            }

            var isChosen = chosen?.Base?.Id == model.Id;
            var ended = match.TrainingEnds is { } ends && ends <= today ? ends : (CalendarDate?)null;
            if (isChosen || ended is null)
            {
                candidates.Add(new Candidate(model.Id, price, match.TrainingLimits?.MaxExampleTokens)
                {
                    IsChosen = isChosen,
                    Remark = ended is { } since ? $"takes no training jobs since {since}" : match.TrainingEnds is { } until ? $"takes training jobs until {until}" : null,
                });
            }
        }

        if (candidates.Count == 0 && catalogue.FindProvider(provider) is { TrainingTiers: { Count: > 0 } tiers } tiered)
        {
            var method = request.Target.Name.Contains("preference", StringComparison.Ordinal) ? "preference" : "supervised";
            candidates.AddRange(tiers.Where(tier => tier.Method == method).Select(tier => new Candidate(
                string.Create(CultureInfo.InvariantCulture, $"up to {tier.MaxBillionParameters} B parameters, {(tier.Tuning == "lora" ? "LoRA" : tier.Tuning)}"),
                new TrainingPrice(tier.PerMillion, tiered.MinimumPerJob, tiered.Source, tiered.AsOf.ToString()),
                MaxTokens: null)));
        }

        return candidates;
    }

    private static string? NoteOn(DataRequest request, List<Candidate> candidates)
    {
        var provider = TargetDescriptions.Of(request.Target).Provider;
        return candidates.Count == 0 ? $"No price of training with {provider} is known; a row in {ModelCatalogueFile.Name} would tell."
            : request.BaseModel is { } model && !candidates.Exists(static candidate => candidate.IsChosen) ? $"No price of training '{model}' with {provider} is known; a row in {ModelCatalogueFile.Name} would tell."
            : null;
    }

    private sealed record Candidate(string Model, TrainingPrice Price, int? MaxTokens)
    {
        public bool IsChosen { get; init; }

        public string? Remark { get; init; }

        public ModelCost CostOf(DataRequest request, TrainingTokens tokens) =>
            new(Model, TrainingCost.Estimate(Price, tokens, request.Epochs)) { IsChosen = IsChosen, Remark = Remark };
    }
}
