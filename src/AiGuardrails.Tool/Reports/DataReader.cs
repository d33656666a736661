using AiGuardrails.Core.Models;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Statistics;
using AiGuardrails.Core.Training.Targets;
using AiGuardrails.Tool.Answers;
using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Reports;

/// <summary>
/// Reads a file of training data, and its validation data, from beginning to end, once: the linter, the statistics and the counts of
/// tokens see the same bytes. Memory does not grow with the file but for the hashes of its records.
/// </summary>
internal sealed class DataReader(ToolContext context, ModelCatalogue catalogue, CalendarDate today)
{
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

        var costs = new CostTable(catalogue, request.Target, [], today);
        var ended = EndOf(request) is null ? null : new CostTable(catalogue, request.Target, [request.BaseModel!], today);
        var linter = new TrainingLinter(request.Target, options, finding => Add(request, request.Path, finding));
        await ReadAsync(
            request.Path,
            piece =>
            {
                linter.Write(piece);
                costs.Write(piece);
                ended?.Write(piece);
            },
            cancellationToken).ConfigureAwait(false);

        var summary = linter.Complete();
        var views = View(request.Path, statistics.Duplicates, statistics.NearDuplicates, statistics.Conflicts);
        var rows = CostsOf(request, costs.Complete(request.Epochs), ended?.Complete(request.Epochs) ?? []);
        var report = new DataReport(_paths.Of(request.Path), request, summary, statistics)
        {
            Duplicates = views[0],
            NearDuplicates = views[1],
            Conflicts = views[2],
            Costs = rows,
            CostNote = NoteOn(request, rows),
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

        await ReadAsync(request.Validation!, linter.Write, cancellationToken).ConfigureAwait(false);
        return report with
        {
            ValidationFile = _paths.Of(request.Validation!),
            ValidationSummary = linter.Complete(),
            Leaks = View(request.Path, statistics.Leaks)[0],
        };
    }

    private async Task ReadAsync(string path, Piece take, CancellationToken cancellationToken)
    {
        var stream = DataFiles.OpenToRead(path, context);
        await using (stream.ConfigureAwait(false))
        {
            await Reading.ReadAsync(stream, take, static _ => { }, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Add(DataRequest request, string path, LintFinding finding)
    {
        if (request.HasFindings)
        {
            return;
        }

        var level = finding.Level switch { LintLevel.Error => FindingLevel.Error, LintLevel.Warning => FindingLevel.Warning, _ => FindingLevel.Info };
        _findings.Add(new ReportFinding(0, new Finding(finding.Rule, level, new Place(_paths.Of(path), finding.Line, finding.Column), finding.Text.English))
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

    // What the provider of the format trains, and the model that the data is meant for, also where it can no longer be trained.
    private List<ModelCost> CostsOf(DataRequest request, IReadOnlyList<CostRow> all, IReadOnlyList<CostRow> ended)
    {
        var provider = TargetDescriptions.Of(request.Target).Provider;
        var own = all.Where(row => row.Provider == provider).ToList();
        var chosen = request.BaseModel is { } model ? catalogue.Find(model)?.Base?.Id : null;
        return
        [
            .. own.Concat(ended)
                .Select(row => new ModelCost(row.Model, row.Cost) { IsChosen = row.Model == chosen || ended.Contains(row), Remark = RemarkOn(row.Model) })
                .OrderBy(static cost => cost.Cost.ExpectedUsd)
                .ThenBy(static cost => cost.Model, StringComparer.Ordinal),
        ];
    }

    private CalendarDate? EndOf(DataRequest request) =>
        request.BaseModel is { } model && catalogue.Find(model) is { TrainingEnds: { } ends } && ends <= today ? ends : null;

    private string? RemarkOn(string model) => catalogue.Find(model)?.TrainingEnds is { } ends
        ? ends <= today ? $"takes no training jobs since {ends}" : $"takes training jobs until {ends}"
        : null;

    private static string? NoteOn(DataRequest request, List<ModelCost> costs)
    {
        var provider = TargetDescriptions.Of(request.Target).Provider;
        return costs.Count == 0 ? $"No price of training with {provider} is known; a row in {ModelCatalogueFile.Name} would tell."
            : request.BaseModel is { } model && !costs.Exists(static cost => cost.IsChosen) ? $"No price of training '{model}' with {provider} is known; a row in {ModelCatalogueFile.Name} would tell."
            : null;
    }
}
