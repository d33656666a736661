using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Options;
using AiGuardrails.Analyzers.Rules.Cost;
using AiGuardrails.Analyzers.Rules.Prompts;
using AiGuardrails.Analyzers.Rules.TrainingData;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.Governance;

/// <summary>
/// AIG5005: a prompt that is not the one that training data were rendered from. A manifest beside the data says which one that was;
/// without one, data that name the prompt are compared with its fixed text.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PromptDiffersFromTrainingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.PromptDiffersFromTraining];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (NamedTypes.In(start.Compilation, PromptParser.AttributeName).IsEmpty)
            {
                return;
            }

            var manifests = TrainedPrompts.AllOf(start.Options, start.CancellationToken);
            var files = DataFile.AllOf(start.Options);
            if (manifests.IsEmpty && files.All(static file => file.Prompt is null))
            {
                return;
            }

            var severities = new DataFileSeverities(start.Options, start.Compilation.Options, start.CancellationToken);
            start.RegisterSymbolAction(
                symbol =>
                {
                    if (ComposedPrompt.Of((INamedTypeSymbol)symbol.Symbol, symbol.Compilation, symbol.Options, symbol.CancellationToken) is { } prompt)
                    {
                        new Run(symbol, prompt, files, severities).Check(manifests);
                    }
                },
                SymbolKind.NamedType);
        });
    }

    /// <summary>One prompt of one compilation.</summary>
    private sealed class Run(SymbolAnalysisContext context, ComposedPrompt prompt, ImmutableArray<DataFile> files, DataFileSeverities severities)
    {
        public void Check(ImmutableArray<TrainedPrompts> manifests)
        {
            var known = manifests.Where(manifest => manifest.Prompts.Any(trained => trained.Id == prompt.Id)).ToList();
            foreach (var manifest in known)
            {
                var trained = manifest.Prompts.Where(one => one.Id == prompt.Id).ToList();
                if (!trained.Exists(one => one.Hash == prompt.Model.Hash))
                {
                    ReportPrompt(manifest, trained[trained.Count - 1]);
                }
            }

            foreach (var file in files.Where(file => file.Prompt == prompt.Id && !known.Exists(manifest => manifest.IsAbout(file.File.Path))))
            {
                if (TextOf(file) is { } text && TrainingDataOfPrompt.FindUnlike(prompt.Model, file, text, context.CancellationToken) is { } unlike)
                {
                    ReportLine(file, text, unlike);
                }
            }
        }

        private void ReportPrompt(TrainedPrompts manifest, TrainedPrompt trained)
        {
            var (then, now) = (VersionOf(trained.Version, trained.Hash), VersionOf(prompt.Model.Version, prompt.Model.Hash));
            var name = TrainingFiles.NameOf(manifest.Path);
            var (unlike, file, isRead) = FindUnlike(manifest);
            var message = unlike is not null
                ? Sentence.Of($"the prompt '{prompt.Id}' ({now}) is not the one that '{name}' names ({then}); line {unlike.Line + 1} of '{file}': {unlike.Difference}; train again, or keep the text that the model was trained with")
                : isRead
                ? Sentence.Of($"the prompt '{prompt.Id}' ({now}) is not the one that '{name}' names ({then}); its messages have the same fixed text, so an input, a limit or the answer is another; train again, or keep the text that the model was trained with")
                : Sentence.Of($"the prompt '{prompt.Id}' ({now}) is not the one that '{name}' names ({then}); train again, or keep the text that the model was trained with");
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.PromptDiffersFromTraining, prompt.LocationOf(PromptPlaceKind.Id), message));
        }

        private static Sentence VersionOf(long version, string hash) => Sentence.Of($"version {version}, hash {hash}");

        /// <summary>The first line of the data of a manifest that the prompt cannot have rendered, and whether there are data at all.</summary>
        private (UnlikeLine? Unlike, string File, bool IsRead) FindUnlike(TrainedPrompts manifest)
        {
            var isRead = false;
            foreach (var file in files.Where(file => manifest.IsAbout(file.File.Path)))
            {
                if (TextOf(file) is { } text)
                {
                    isRead = true;
                    if (TrainingDataOfPrompt.FindUnlike(prompt.Model, file, text, context.CancellationToken) is { } unlike)
                    {
                        return (unlike, TrainingFiles.NameOf(file.File.Path), isRead);
                    }
                }
            }

            return (null, "", isRead);
        }

        private void ReportLine(DataFile file, SourceText text, UnlikeLine unlike)
        {
            var set = severities.Of(Descriptors.PromptDiffersFromTraining, file.File.Path, file.Options);
            if (DataFileSeverities.Apply(set, Descriptors.PromptDiffersFromTraining.DefaultSeverity) is { } severity)
            {
                var span = text.Lines[unlike.Line].Span;
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.PromptDiffersFromTraining,
                    Location.Create(file.File.Path, span, text.Lines.GetLinePositionSpan(span)),
                    severity,
                    additionalLocations: null,
                    properties: null,
                    Sentence.Of($"this example was not rendered from the prompt '{prompt.Id}': {unlike.Difference}; write the data with ToTrainingRecord and train again, or keep the text that the model was trained with")));
            }
        }

        /// <summary>The text of a file, where it is not too large to be looked at.</summary>
        private SourceText? TextOf(DataFile file) =>
            file.File.GetText(context.CancellationToken) is { } text
            && text.Length <= AiOptions.MaxFileMBOption.Get(file.Options, RuleIds.TrainingFileTooLarge) * 1024L * 1024
                ? text
                : null;
    }
}
