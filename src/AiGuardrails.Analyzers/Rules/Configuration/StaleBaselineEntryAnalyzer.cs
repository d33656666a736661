using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Analyzers.Baselines;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Core.Baselines;
using AiGuardrails.Core.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.Configuration;

/// <summary>AIG0003: an entry of the baseline that nothing matches any more, and a baseline that cannot be read.</summary>
/// <remarks>
/// An entry is only called stale where its rule has looked at the whole file in this compilation and found less. A rule that is
/// off, a file of another project and a file that does not compile say nothing about it.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StaleBaselineEntryAnalyzer : DiagnosticAnalyzer
{
    // What the fix has to know of an entry.
    internal const string RuleProperty = "Rule";
    internal const string FileProperty = "File";
    internal const string CodeProperty = "Code";
    internal const string GoneProperty = "Gone";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.StaleBaselineEntry];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (KnownFindings.Of(start.Options, start.CancellationToken) is not { } known)
            {
                return;
            }

            if (known.Error is { } error)
            {
                start.RegisterAdditionalFileAction(file => ReportError(file, known, error));
            }
            else
            {
                start.RegisterCompilationEndAction(end => ReportStaleEntries(end, known));
            }
        });
    }

    private static void ReportError(AdditionalFileAnalysisContext context, KnownFindings known, JsonFileError error)
    {
        if (context.AdditionalFile == known.File && context.AdditionalFile.GetText(context.CancellationToken) is { } text)
        {
            // A warning, although a stale entry is none: the findings of years are about to be reported.
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.StaleBaselineEntry,
                LocationOf(text, context.AdditionalFile.Path, error.Line),
                DiagnosticSeverity.Warning,
                additionalLocations: null,
                properties: null,
                Sentence.Of($"The baseline cannot be used and no finding counts as known: {error.Message}")));
        }
    }

    private static void ReportStaleEntries(CompilationAnalysisContext context, KnownFindings known)
    {
        var cancellationToken = context.CancellationToken;
        if (FindingLog.Of(context.Compilation, context.Options, cancellationToken) is not { } log
            || known.File.GetText(cancellationToken) is not { } text)
        {
            return;
        }

        var keys = new FindingKeys(known, context.Compilation, context.Options.AdditionalFiles, cancellationToken);
        var found = log.Found.Distinct()
            .Select(finding => keys.Of(finding.Rule, finding.Location))
            .GroupBy(static key => key)
            .ToDictionary(static group => group.Key ?? default, static group => group.Count());
        var looked = log.Looked.ToDictionary(file => (file.Rule, known.NameOf(file.Path)), static file => file.Path);

        foreach (var entry in known.Baseline!.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var gone = entry.Count - (found.TryGetValue(entry.Key, out var count) ? count : 0);
            if (gone > 0 && looked.TryGetValue((entry.Key.Rule, entry.Key.File), out var path) && IsSettled(context.Compilation, path, entry.Key, cancellationToken))
            {
                var what = gone == 1 ? Sentence.Of("{0}", entry.Key.Rule) : Sentence.Of("{0} × {1}", gone, entry.Key.Rule);
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.StaleBaselineEntry,
                    LocationOf(text, known.File.Path, entry.Line),
                    PropertiesOf(entry.Key, gone),
                    Sentence.Of($"The baseline lists {what} in '{entry.Key.File}' that is no longer found; run: aiguardrails baseline --update")));
            }
        }
    }

    /// <summary>Whether a finding that is missing is gone, and not only out of view: in code that is not compiled, or not yet finished.</summary>
    private static bool IsSettled(Compilation compilation, string path, BaselineKey key, CancellationToken cancellationToken)
    {
        if (compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == path) is not { } tree)
        {
            return true;
        }

        // Another target framework may compile what this one leaves out.
        var leftOut = tree.GetRoot(cancellationToken).DescendantTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia));
        return !leftOut.Any(trivia => BaselineText.AnyLineHas(key.Code, trivia.ToString(), path)) && !HasErrors(compilation, tree, cancellationToken);
    }

#pragma warning disable RS1030 // Asked of a few files at most, and only where an entry may be stale.
    private static bool HasErrors(Compilation compilation, SyntaxTree tree, CancellationToken cancellationToken) =>
        compilation.GetSemanticModel(tree).GetDiagnostics(cancellationToken: cancellationToken).Any(static diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error);
#pragma warning restore RS1030

    private static ImmutableDictionary<string, string?> PropertiesOf(BaselineKey key, int gone) => ImmutableDictionary<string, string?>.Empty
        .Add(RuleProperty, key.Rule)
        .Add(FileProperty, key.File)
        .Add(CodeProperty, key.Code)
        .Add(GoneProperty, gone.ToString(CultureInfo.InvariantCulture));

    private static Location LocationOf(SourceText text, string path, int line)
    {
        var span = text.Lines[Math.Min(line, text.Lines.Count) - 1].Span;
        return Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
    }
}
