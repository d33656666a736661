using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Options;
using AiGuardrails.Analyzers.Rules.Cost;
using AiGuardrails.Analyzers.Rules.TrainingData;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Configuration;

/// <summary>AIG0001: an option whose value cannot be read. Each value is said once for the project, however many files it covers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvalidOptionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.InvalidOption];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationAction(static end =>
        {
            // Where no rule runs, no option is read.
            var files = DataFile.AllOf(end.Options);
            ReportTokenizers(end, files);
            var data = files.Select(static file => file.Options);
            if (AiContext.TryGet(end.Compilation, end.CancellationToken) is not null)
            {
                var provider = end.Options.AnalyzerConfigOptionsProvider;
                ReportInvalidOptions(end, end.Compilation.SyntaxTrees.Select(provider.GetOptions).Concat(data));
            }
            else
            {
                ReportInvalidOptions(end, data);
            }
        });
    }

    /// <summary>Vocabularies with which nothing is counted, for they are not what they should be.</summary>
    private static void ReportTokenizers(CompilationAnalysisContext context, IEnumerable<DataFile> files)
    {
        var reported = new HashSet<(string? Path, string Problem)>();
        foreach (var file in files)
        {
            _ = Tokenizers.Published.Of(file, context.Options, context.CancellationToken, out var problem);
            if (problem is not null && reported.Add((file.Tokenizer, problem)))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.InvalidOption, Location.None, TrainingFiles.NameOf(file.Tokenizer!), "Tokenizer", "the published vocabulary of the model, and " + problem, "an estimate"));
            }
        }
    }

    private static void ReportInvalidOptions(CompilationAnalysisContext context, IEnumerable<AnalyzerConfigOptions> read)
    {
        var reported = new HashSet<(string Key, string Value)>();
        foreach (var options in read)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            foreach (var option in AiOptions.All)
            {
                foreach (var key in option.Keys)
                {
                    if (options.TryGetValue(key, out var value) && !option.IsValid(value) && reported.Add((key, value)))
                    {
                        context.ReportDiagnostic(Diagnostic.Create(
                            Descriptors.InvalidOption, Location.None, value, key, option.Expected, option.DefaultText));
                    }
                }
            }
        }
    }
}
