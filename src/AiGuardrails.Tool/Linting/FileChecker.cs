using System.Globalization;
using AiGuardrails.Core.Models;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Targets;
using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Linting;

/// <summary>Reads files of training data from beginning to end, once, and says what the linter says of them.</summary>
internal sealed class FileChecker(ToolContext context)
{
    private readonly List<Finding> _findings = [];
    private readonly List<Problem> _problems = [];
    private readonly List<string> _notes = [];
    private Action<long> _read = static _ => { };
    private readonly DisplayPaths _paths = new(context.CurrentDirectory);

    public required TrainingTarget Target { get; init; }

    public string? Validation { get; init; }

    public string? BaseModel { get; init; }

    public string? Tokenizer { get; init; }

    public int? Epochs { get; init; }

    public decimal? MaxCostUsd { get; init; }

    public bool NearDuplicates { get; init; }

    public int MaxFindings { get; init; } = 50;

    /// <summary>A finding of the linter as every command shows it.</summary>
    public static Finding ToFinding(string file, LintFinding finding) => new(
        finding.Rule,
        finding.Level switch { LintLevel.Error => FindingLevel.Error, LintLevel.Warning => FindingLevel.Warning, _ => FindingLevel.Info },
        new Place(file, finding.Line, finding.Column),
        finding.Text.English);

    /// <summary>Checks files.</summary>
    /// <param name="files">The files, in the order in which they are shown.</param>
    /// <param name="read">Told how many bytes have just been read.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<Report> CheckAsync(IReadOnlyList<string> files, Action<long> read, CancellationToken cancellationToken)
    {
        _read = read;
        var all = Validation is null ? files : [.. files, Validation];
        foreach (var file in all)
        {
            _ = DataFiles.MustExist(file, context);
        }

        if (all.Count(static file => file == DataFiles.StandardStream) > 1)
        {
            throw new ToolException("The standard input can be read once; give the other data as a file.");
        }

        var catalogue = ReadCatalogue();
        var cost = CostOf(catalogue);
        var vocabulary = ReadVocabulary();
        var options = new LintOptions { NearDuplicates = NearDuplicates, MaxFindingsPerRule = MaxFindings };
        options = BaseModel is not null ? options.For(BaseModel, catalogue, Target, vocabulary)
            : vocabulary is not null ? options with { CountTokens = vocabulary.Exactly }
            : options;

        // A glob of a shell takes in the validation data too; it is that and no training data.
        var trained = new List<(string Name, RecordIndex Records)>();
        foreach (var file in files.Where(file => Validation is null || PathOf(file) != PathOf(Validation)))
        {
            trained.Add((NameOf(file), await CheckAsync(file, options, cost, cancellationToken).ConfigureAwait(false)));
        }

        if (Validation is not null)
        {
            await CheckValidationAsync(Validation, trained, options, cancellationToken).ConfigureAwait(false);
        }

        return new Report
        {
            Findings = [.. _findings
                .OrderBy(finding => all.Select(NameOf).ToList().IndexOf(finding.Place.File))
                .ThenBy(static finding => finding.Place.Line).ThenBy(static finding => finding.Place.Column).ThenBy(static finding => finding.Rule, StringComparer.Ordinal)],
            Rules = LintRuleInfo.All,
            Command = "lint",
            Problems = _problems,
            Notes = _notes,
            FilesChecked = trained.Count + (Validation is null ? 0 : 1),
        };
    }

    private async Task<RecordIndex> CheckAsync(string file, LintOptions options, TrainingPrice? price, CancellationToken cancellationToken)
    {
        var linter = new TrainingLinter(Target, options, finding => Add(file, finding));
        var tokens = price is null ? null : new LineTokens(new TrainingTokens(BaseModel!, options.MaxTokens, options.CountTokens?.Target as TokenVocabulary));
        await ReadAsync(file, linter, tokens, cancellationToken).ConfigureAwait(false);
        _ = linter.Complete();
        if (price is not null && tokens!.Complete() is { Examples: > 0 } counted)
        {
            Judge(file, price, counted);
        }

        return linter.Records;
    }

    private async Task CheckValidationAsync(string file, List<(string Name, RecordIndex Records)> trained, LintOptions options, CancellationToken cancellationToken)
    {
        options = options with { IsValidation = true };
        if (trained.Count == 0)
        {
            _ = await CheckAsync(file, options, price: null, cancellationToken).ConfigureAwait(false);
            return;
        }

        // One pass for all: each further training file is asked only what it has in common with this one.
        var linters = trained.Select((training, index) => new TrainingLinter(
            Target,
            options with
            {
                TrainingRecords = training.Records,
                TrainingTotal = index == 0 ? trained.Sum(static other => other.Records.Total) : 0,
                TrainingFileName = trained.Count == 1 ? null : $"'{training.Name}'",
                Disabled = index == 0 ? [] : [.. LintRules.All.Where(static rule => rule != LintRules.Leakage)],
            },
            finding => Add(file, finding))).ToList();

        await ReadAsync(file, linters, tokens: null, cancellationToken).ConfigureAwait(false);
        linters.ForEach(static linter => linter.Complete());
    }

    private Task ReadAsync(string file, TrainingLinter linter, LineTokens? tokens, CancellationToken cancellationToken) => ReadAsync(file, [linter], tokens, cancellationToken);

    private async Task ReadAsync(string file, List<TrainingLinter> linters, LineTokens? tokens, CancellationToken cancellationToken)
    {
        var stream = DataFiles.OpenToRead(file, context);
        await using (stream.ConfigureAwait(false))
        {
            await Reading.ReadAsync(
                stream,
                bytes =>
                {
                    foreach (var linter in linters)
                    {
                        linter.Write(bytes);
                    }

                    tokens?.Write(bytes);
                },
                _read,
                cancellationToken).ConfigureAwait(false);
        }
    }

    private void Judge(string file, TrainingPrice price, TrainingTokens tokens)
    {
        var epochs = Epochs is { } number ? TrainingEpochs.Exactly(number) : TrainingEpochs.ChosenByService(tokens.Examples);
        if (MaxCostUsd is { } budget && TrainingBudget.Judge(BaseModel!, NameOf(file), price, tokens, epochs, budget) is { } excess)
        {
            _findings.Add(new Finding(LintRuleInfo.TrainingBudgetExceeded, excess.IsCertain ? FindingLevel.Warning : FindingLevel.Info, new Place(NameOf(file)), excess.Message.English));
            return;
        }

        var cost = TrainingCost.Estimate(price, tokens.Total, epochs);
        _notes.Add(string.Create(CultureInfo.InvariantCulture, $"Training '{BaseModel}' with '{NameOf(file)}' costs about {cost}: {tokens.Examples:N0} {(tokens.Examples == 1 ? "example" : "examples")}, {cost.Tokens}, {cost.Epochs}, prices as of {price.AsOf}"));
    }

    /// <summary>The price of the base model; null where it is not known, which is said.</summary>
    private TrainingPrice? CostOf(ModelCatalogue catalogue)
    {
        if (BaseModel is null)
        {
            return null;
        }

        var provider = TargetDescriptions.Of(Target).Provider;
        if (catalogue.Find(BaseModel) is { } model && TrainingBudget.PriceOf(model, provider, catalogue) is { } price)
        {
            return price;
        }

        var message = $"nothing is known of what {provider} asks for training '{BaseModel}', so the cost is not estimated; a row in {ModelCatalogueFile.Name} would tell";
        if (MaxCostUsd is null)
        {
            _notes.Add(char.ToUpperInvariant(message[0]) + message[1..]);
        }
        else
        {
            _problems.Add(new Problem("", new Place(BaseModel), message));
        }

        return null;
    }

    /// <summary>The vocabulary for exact counts; null where there is none, or none that can be used, which is said: then counts are estimates.</summary>
    private TokenVocabulary? ReadVocabulary()
    {
        if (Tokenizer is null)
        {
            return null;
        }

        var (vocabulary, problem) = Vocabularies.Read(Tokenizer, context, read => BaseModel is null ? null : read.ProblemWith(BaseModel));
        if (problem is not null)
        {
            _problems.Add(problem);
        }

        return vocabulary;
    }

    /// <summary>The built-in catalogue, with the rows of the team's file in the current folder.</summary>
    private ModelCatalogue ReadCatalogue()
    {
        var path = Path.Combine(context.CurrentDirectory, ModelCatalogueFile.Name);
        if (BaseModel is null || !File.Exists(path))
        {
            return ModelCatalogue.Default;
        }

        if (ModelCatalogueFile.TryParse(File.ReadAllText(path), ModelCatalogue.Default.Providers.Select(static provider => provider.Name), out var rows, out var error) && rows is not null)
        {
            return ModelCatalogue.Default.With(rows);
        }

        _problems.Add(new Problem("AIG0002", new Place(ModelCatalogueFile.Name, error?.Line ?? 0, error?.Column ?? 0), error?.Message.English ?? "the file cannot be read"));
        return ModelCatalogue.Default;
    }

    private void Add(string file, LintFinding finding) => _findings.Add(ToFinding(NameOf(file), finding));

    private string PathOf(string file) => Path.GetFullPath(file, context.CurrentDirectory);

    private string NameOf(string file) => file == DataFiles.StandardStream ? "stdin" : _paths.Of(PathOf(file));
}
