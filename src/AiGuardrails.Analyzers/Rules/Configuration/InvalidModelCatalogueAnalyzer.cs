using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Options;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.Configuration;

/// <summary>AIG0002: a model catalogue of the team that cannot be read. The first error is said, in the file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvalidModelCatalogueAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.InvalidModelCatalogue];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            // Where no rule runs, no catalogue is read.
            if (AiContext.TryGet(start.Compilation, start.CancellationToken) is not null)
            {
                start.RegisterAdditionalFileAction(Analyze);
            }
        });
    }

    private static void Analyze(AdditionalFileAnalysisContext context)
    {
        if (ModelFacts.ErrorIn(context.AdditionalFile, context.CancellationToken) is { } error && context.AdditionalFile.GetText(context.CancellationToken) is { } text)
        {
            var span = SpanOf(error, text);
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.InvalidModelCatalogue,
                Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span)),
                error.Message));
        }
    }

    /// <summary>The word or the text that the error is about; nothing at the end of the file.</summary>
    private static TextSpan SpanOf(JsonFileError error, SourceText text)
    {
        // JSON has one end of line, and a SourceText several.
        var start = 0;
        for (var line = 1; line < error.Line && start < text.Length; start++)
        {
            if (text[start] == '\n')
            {
                line++;
            }
        }

        start = Math.Min(start + error.Column - 1, text.Length);
        var end = start;
        if (start < text.Length && text[start] == '"')
        {
            for (end++; end < text.Length && text[end] is not ('"' or '\r' or '\n'); end++)
            {
            }
        }
        else
        {
            while (end + 1 < text.Length && char.IsLetterOrDigit(text[end]) && (char.IsLetterOrDigit(text[end + 1]) || text[end + 1] is '.' or '-'))
            {
                end++;
            }
        }

        return TextSpan.FromBounds(start, Math.Min(end + 1, text.Length));
    }
}
