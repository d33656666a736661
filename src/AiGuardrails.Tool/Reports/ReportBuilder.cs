using AiGuardrails.Core.Models;
using AiGuardrails.Tool.Answers;
using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Findings;
using AiGuardrails.Tool.Linting;

namespace AiGuardrails.Tool.Reports;

/// <summary>Gathers what a report shows: the check of the code, the files of data that it declares or that are given, and excerpts.</summary>
internal sealed class ReportBuilder(ToolContext context, CalendarDate today)
{
    /// <summary>More than anybody reads, and as much as a browser shows at once without effort.</summary>
    public const int MostFindings = 2000;

    public string? Configuration { get; init; }

    public bool NearDuplicates { get; init; }

    public decimal? SavingPerRequestUsd { get; init; }

    public long? RequestsPerMonth { get; init; }

    /// <summary>Gets the file with the team's own rows of the model catalogue; null for the one in the current folder.</summary>
    public string? Catalogue { get; init; }

    public async Task<ReportPage> BuildAsync(IReadOnlyList<string> paths, IReadOnlyList<DataRequest> given, CancellationToken cancellationToken)
    {
        var report = paths.Count == 0
            ? new Report { Findings = [] }
            : await new ProjectChecker(context) { Configuration = Configuration, ReadsDecisions = true }.CheckAsync(paths, cancellationToken).ConfigureAwait(false);

        var problems = report.Problems.ToList();
        var reader = new DataReader(context, Catalogues.Read(Catalogue, context).Catalogue, today) { NearDuplicates = NearDuplicates };
        var data = new List<DataReport>();
        foreach (var request in Requests(report, given, problems))
        {
            data.Add(await reader.ReadAsync(WithSaving(request, report), cancellationToken).ConfigureAwait(false));
        }

        var rules = new Dictionary<string, RuleInfo>(LintRuleInfo.All, StringComparer.Ordinal);
        foreach (var rule in report.Rules)
        {
            rules[rule.Key] = rule.Value;
        }

        // Code before data: one bad file of data may have more findings than all code.
        var dataFiles = data.SelectMany(static file => (string?[])[file.File, file.ValidationFile]).ToHashSet(StringComparer.Ordinal);
        var all = report.Findings.Select(static finding => new ReportFinding(0, finding)).Concat(reader.Findings)
            .DistinctBy(static finding => (finding.Finding.Rule, finding.Finding.Place, finding.Finding.Message))
            .OrderBy(finding => dataFiles.Contains(finding.Finding.Place.File))
            .ThenBy(static finding => finding.Finding.Place.File, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Finding.Place.Line)
            .ThenBy(static finding => finding.Finding.Place.Column)
            .ThenBy(static finding => finding.Finding.Rule, StringComparer.Ordinal)
            .ToList();

        return new ReportPage
        {
            Today = today,
            Version = typeof(ReportBuilder).Assembly.GetName().Version?.ToString(3) ?? "",
            Report = report with { Findings = [.. all.Select(static finding => finding.Finding)], Rules = rules, Problems = problems, FilesChecked = report.FilesChecked + dataFiles.Count(static file => file is not null) },
            Findings = WithExcerpts(all, cancellationToken),
            Data = data,
            HasCode = paths.Count > 0,
            SourceFiles = report.FilesChecked,
        };
    }

    // The most severe first where not all can be listed, and then in the order of the files again.
    private List<ReportFinding> WithExcerpts(List<ReportFinding> all, CancellationToken cancellationToken)
    {
        var excerpts = new Excerpts(context.CurrentDirectory);
        var listed = all.Count <= MostFindings
            ? all
            : [.. all.Index().OrderByDescending(static pair => pair.Item.Finding.Level).ThenBy(static pair => pair.Index).Take(MostFindings).OrderBy(static pair => pair.Index).Select(static pair => pair.Item)];

        var result = new List<ReportFinding>(listed.Count);
        foreach (var (index, finding) in listed.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            result.Add(excerpts.Add(finding with { Number = index + 1 }));
        }

        return result;
    }

    private IEnumerable<DataRequest> Requests(Report report, IReadOnlyList<DataRequest> given, List<Problem> problems)
    {
        var paths = new DisplayPaths(context.CurrentDirectory);
        var seen = given.Select(static request => request.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var request in given)
        {
            yield return request;
        }

        // A glob may take in the validation data, which is that and no training data.
        var validation = report.TrainingData.Select(static item => item.Validation).ToHashSet(StringComparer.Ordinal);
        foreach (var item in report.TrainingData.Where(item => !validation.Contains(item.Path) && seen.Add(item.Path)))
        {
            if (!File.Exists(item.Path))
            {
                problems.Add(new Problem("", new Place(paths.Of(item.Path)), "The training data does not exist; correct the AiTrainingData item, or bring the file."));
            }
            else if (!TrainingTarget.TryParse(item.Target, out var target))
            {
                problems.Add(new Problem("", new Place(paths.Of(item.Path)), $"'{item.Target}' is not a target of AiTrainingData; set TrainingTarget to the format of the file, such as openai-chat."));
            }
            else
            {
                if (item.Validation is { Length: > 0 } declared && !File.Exists(declared))
                {
                    problems.Add(new Problem("", new Place(paths.Of(declared)), "The validation data do not exist; correct ValidationData of the AiTrainingData item, or bring the file."));
                }

                yield return new DataRequest(item.Path, target)
                {
                    BaseModel = item.BaseModel.Length > 0 ? item.BaseModel : null,
                    Epochs = item.EpochsAsNumber,
                    MaxCostUsd = item.MaxCost,
                    Validation = File.Exists(item.Validation) ? item.Validation : null,
                    HasFindings = item.IsCheckedByBuild,
                };
            }
        }
    }

    // What a request saves is said by the command line, or else by the decision, where there is one and no other.
    private DataRequest WithSaving(DataRequest request, Report report)
    {
        var facts = report.Decisions is [var only] ? only.Facts : null;
        return request with
        {
            SavingPerRequestUsd = SavingPerRequestUsd ?? facts?.SavingPerRequestUsd,
            RequestsPerMonth = RequestsPerMonth ?? (facts?.RequestsPerMonth > 0 ? facts.RequestsPerMonth : null),
        };
    }
}
