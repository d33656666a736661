using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Analyzers.Baselines;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Options;
using AiGuardrails.Analyzers.Rules.Cost;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Targets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.TrainingData;

/// <summary>
/// AIG9001 to AIG9012, AIG8004 and the half of AIG2009 that is about files: what is wrong with the training data that a project
/// declares. A file is read in one pass by the linter, which the tool uses too.
/// </summary>
/// <remarks>It asks for no AI SDK: a project that only holds data is checked as well.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrainingDataAnalyzer : DiagnosticAnalyzer
{
    private readonly Tokenizers _tokenizers;

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_rules = Descriptors.All
        .Select(static rule => rule.Descriptor)
        .Where(static rule => LintRules.All.Contains(rule.Id, StringComparer.Ordinal))
        .ToImmutableDictionary(static rule => rule.Id, StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="TrainingDataAnalyzer"/> class.</summary>
    public TrainingDataAnalyzer()
        : this(Tokenizers.Published)
    {
    }

    internal TrainingDataAnalyzer(Tokenizers tokenizers) => _tokenizers = tokenizers;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. s_rules.Values.OrderBy(static rule => rule.Id, StringComparer.Ordinal), Descriptors.TrainingFileTooLarge, Descriptors.TrainingBudgetExceeded];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var files = DataFile.AllOf(start.Options);
            var large = DataFile.ListOfLargeFiles(start.Options);
            if (files.IsEmpty && large is null)
            {
                return;
            }

            var severities = new DataFileSeverities(start.Options, start.Compilation.Options, start.CancellationToken);
            var compilation = start.Compilation;
            var log = FindingLog.Of(compilation, start.Options, start.CancellationToken);
            start.RegisterAdditionalFileAction(context =>
            {
                if (files.FirstOrDefault(file => file.File == context.AdditionalFile) is { } data)
                {
                    new Run(context, compilation, files, severities, _tokenizers, log).CheckAll(data);
                }
                else if (context.AdditionalFile == large)
                {
                    ReportLargeFiles(context, severities, log);
                }
            });
        });
    }

    /// <summary>Says of each file that the build kept from the compiler that nothing has been checked. A line of the list is size, limit in MB, target and path.</summary>
    private static void ReportLargeFiles(AdditionalFileAnalysisContext context, DataFileSeverities severities, FindingLog? log)
    {
        if (context.AdditionalFile.GetText(context.CancellationToken) is not { } list)
        {
            return;
        }

        var options = context.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
        foreach (var line in list.Lines)
        {
            if (line.ToString().Split(['|'], 4) is [var size, var limit, var target, { Length: > 0 } path]
                && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                && int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var mostMB))
            {
                ReportLargeFile(context, severities, log, path, options, bytes, target, mostMB);
            }
        }
    }

    private static void ReportLargeFile(
        AdditionalFileAnalysisContext context, DataFileSeverities severities, FindingLog? log, string path, AnalyzerConfigOptions options, long bytes, string target, int mostMB)
    {
        var set = severities.Of(Descriptors.TrainingFileTooLarge, path, options);
        if (DataFileSeverities.Apply(set, Descriptors.TrainingFileTooLarge.DefaultSeverity) is { } severity)
        {
            log.Noting(context.ReportDiagnostic)(Diagnostic.Create(
                Descriptors.TrainingFileTooLarge,
                Location.Create(path, default, default),
                severity,
                additionalLocations: null,
                properties: null,
                TrainingFiles.NameOf(path),
                Megabytes(bytes),
                mostMB,
                Argument(path, context.Options),
                target));
        }
    }

    private static string Megabytes(long bytes) => (bytes / (1024m * 1024m)).ToString("N1", CultureInfo.InvariantCulture) + " MB";

    /// <summary>A path as a command line takes it, from the folder of the project.</summary>
    private static string Argument(string path, AnalyzerOptions inputs)
    {
        var shown = inputs.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.ProjectDir", out var folder)
            && folder.Length > 0 && path.StartsWith(folder, StringComparison.Ordinal)
                ? path.Substring(folder.Length).TrimStart('/', '\\')
                : path;
        return shown.IndexOf(' ') < 0 ? shown : "\"" + shown + "\"";
    }

    /// <summary>One file of one compilation.</summary>
    private sealed class Run(
        AdditionalFileAnalysisContext context, Compilation compilation, ImmutableArray<DataFile> files, DataFileSeverities severities, Tokenizers tokenizers, FindingLog? log)
    {
        private readonly Action<Diagnostic> _report = log.Noting(context.ReportDiagnostic);

        // The rules whose findings are not all told: they are off for the file, or it has more than are listed.
        private readonly HashSet<string> _untold = new(StringComparer.Ordinal);

        // Validation data of several models may be too long for more than one, in the same words.
        private readonly HashSet<(string Rule, int Line, int Column, string Text)> _told = [];

        public void CheckAll(DataFile file)
        {
            Check(file);
            foreach (var rule in LintRules.All.Where(rule => !_untold.Contains(rule)))
            {
                log?.Look(rule, file.File.Path);
            }
        }

        private void Check(DataFile file)
        {
            if (file.File.GetText(context.CancellationToken) is not { } text)
            {
                return;
            }

            var trained = files.Where(other => other.IsValidatedBy(file)).ToArray();
            if (trained.Length == 0)
            {
                if (Report(file, text, OptionsOf(file), without: []))
                {
                    CheckBudget(file);
                }

                return;
            }

            // Each further training file is asked only what it has in common with this one, and what its own model takes.
            var records = trained.Select(RecordsOf).ToArray();
            for (var i = 0; i < trained.Length; i++)
            {
                var isFirst = i == 0;
                var ofModel = file.TrainedAs(trained[i]);
                var options = OptionsOf(ofModel) with
                {
                    TrainingRecords = records[i],
                    TrainingTotal = isFirst ? records.Sum(static other => other?.Total ?? 0) : 0,
                    TrainingFileName = trained.Length == 1 ? null : "'" + TrainingFiles.NameOf(trained[i].File.Path) + "'",
                };
                var isOfNewModel = !trained.Take(i).Any(trained[i].CountsAs);
                var without = isFirst ? [] : LintRules.All.Where(rule => rule != LintRules.Leakage && !(isOfNewModel && rule == LintRules.TooManyTokens));
                if (!Report(ofModel, text, options, without))
                {
                    return;
                }
            }
        }

        /// <summary>Says what is wrong with a file; false where it is too large to be read.</summary>
        private bool Report(DataFile file, SourceText text, LintOptions options, IEnumerable<string> without)
        {
            var set = WithLevels(file, options, without);
            var linted = LintedFile.Of(text, file, set, MaxBytesOf(file), context.CancellationToken);
            if (linted.IsTooLarge)
            {
                _untold.UnionWith(LintRules.All);
                ReportLargeFile(
                    context, severities, log, file.File.Path, file.Options, text.Length, file.Target.Name, AiOptions.MaxFileMBOption.Get(file.Options, RuleIds.TrainingFileTooLarge));
                return false;
            }

            if (!without.Any())
            {
                _untold.UnionWith(set.Disabled);
                _untold.UnionWith(linted.Findings.GroupBy(static finding => finding.Rule).Where(rule => rule.Count() > set.MaxFindings(rule.Key)).Select(static rule => rule.Key));
            }

            foreach (var finding in linted.Findings)
            {
                var rule = s_rules[finding.Rule];
                if (DataFileSeverities.Apply(severities.Of(rule, file.File.Path, file.Options), DataFileSeverities.Of(finding.Level)) is { } severity
                    && _told.Add((finding.Rule, finding.Line, finding.Column, finding.Text.English)))
                {
                    _report(Diagnostic.Create(
                        rule, linted.Text.LocationOf(finding, file.File.Path), severity, additionalLocations: null, properties: null, finding.Text));
                }
            }

            return true;
        }

        /// <summary>The records of a training file, read as it is read where it is looked at itself: once for both.</summary>
        private RecordIndex? RecordsOf(DataFile training) =>
            training.File.GetText(context.CancellationToken) is { } text
            && LintedFile.Of(text, training, WithLevels(training, OptionsOf(training), without: []), MaxBytesOf(training), context.CancellationToken) is { IsTooLarge: false } linted
                ? linted.Records
                : null;

        private LintOptions WithLevels(DataFile file, LintOptions options, IEnumerable<string> without) => options with
        {
            Disabled = [.. LintRules.All.Where(rule => without.Contains(rule, StringComparer.Ordinal) || severities.Of(s_rules[rule], file.File.Path, file.Options) == ReportDiagnostic.Suppress)],
        };

        private LintOptions OptionsOf(DataFile file)
        {
            var options = new LintOptions
            {
                IsValidation = file.IsValidation,
                NearDuplicates = AiOptions.NearDuplicatesOption.Get(file.Options, RuleIds.DuplicateExamples),
                RecommendedRecords = AiOptions.DecisionProfileOption.GetIfSet(file.Options, RuleIds.DatasetSize) switch
                {
                    "strict" => 10_000,
                    "standard" => 1_000,
                    _ => 100,
                },
                MaxFindingsOf = LintRules.All.ToDictionary(static rule => rule, rule => AiOptions.MaxFindingsPerFileOption.Get(file.Options, rule), StringComparer.Ordinal),
            };

            var vocabulary = VocabularyOf(file);
            return file.BaseModel is { } model ? options.For(model, ModelFacts.Of(context.Options, context.CancellationToken).Catalogue, file.Target, vocabulary)
                : vocabulary is not null ? options with { CountTokens = vocabulary.Exactly }
                : options;
        }

        private TokenVocabulary? VocabularyOf(DataFile file) => tokenizers.Of(file, context.Options, context.CancellationToken, out _);

        private void CheckBudget(DataFile file)
        {
            if (file.IsValidation || file.BaseModel is null || (file.MaxCostUsd ?? BudgetInCode(file)) is not { } budget)
            {
                return;
            }

            var set = severities.Of(Descriptors.TrainingBudgetExceeded, file.File.Path, file.Options);
            var catalogue = ModelFacts.Of(context.Options, context.CancellationToken).Catalogue;
            if (set == ReportDiagnostic.Suppress
                || catalogue.Find(file.BaseModel) is not { } model
                || TrainingBudget.PriceOf(model, TargetDescriptions.Of(file.Target).Provider, catalogue) is not { } price
                || TrainingFiles.Count(compilation, file.File, model.ModelId, model.TrainingLimits?.MaxExampleTokens, context.CancellationToken, MaxBytesOf(file), VocabularyOf(file)) is not { } tokens)
            {
                return;
            }

            var epochs = file.Epochs is { } number ? TrainingEpochs.Exactly(number) : TrainingEpochs.ChosenByService(tokens.Examples);
            if (TrainingBudget.Judge(model.ModelId, TrainingFiles.NameOf(file.File.Path), price, tokens, epochs, budget) is { } excess
                && DataFileSeverities.Apply(set, excess.IsCertain ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info) is { } severity)
            {
                _report(Diagnostic.Create(
                    Descriptors.TrainingBudgetExceeded, Location.Create(file.File.Path, default, default), severity, additionalLocations: null, properties: null, excess.Message));
            }
        }

        /// <summary>What may be spent on the records of the file, by their type; else by the assembly as a whole, whose jobs are trained on its files.</summary>
        private decimal? BudgetInCode(DataFile file)
        {
            if (AiContext.TryGet(compilation, context.CancellationToken) is not { } ai)
            {
                return null;
            }

            // The nearest one counts, also where it states no amount.
            var nearest = BudgetOf(compilation.Assembly);
            var type = file.RecordType is { } name ? compilation.Assembly.GetTypeByMetadataName(name) : null;
            for (var outer = type; outer is not null; outer = outer.ContainingType)
            {
                if (BudgetOf(outer) is { } attribute)
                {
                    nearest = attribute;
                    break;
                }
            }

            return nearest is null ? null : TrainingBudgetExceededAnalyzer.AmountOf(nearest);

            AttributeData? BudgetOf(ISymbol symbol) => symbol.GetAttributes().FirstOrDefault(ai.IsCostBudgetAttribute);
        }

        private static int MaxBytesOf(DataFile file) => AiOptions.MaxFileMBOption.Get(file.Options, RuleIds.TrainingFileTooLarge) * 1024 * 1024;
    }
}
