using System.Collections.Immutable;
using AiGuardrails.Analyzers.Baselines;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>
/// Base of the rules about prompts that generation hangs on. The generator runs the same parser and says nothing itself,
/// so that a prompt without generated code always has a diagnostic that says why.
/// </summary>
public abstract class PromptAnalyzer : DiagnosticAnalyzer
{
    internal const string NameProperty = "Name";
    internal const string NearestProperty = "Nearest";
    internal const string CanAddProperty = "CanAdd";
    internal const string PromptProperty = "Prompt";

    private readonly DiagnosticDescriptor _descriptor;
    private readonly PromptRule _rule;

    private protected PromptAnalyzer(DiagnosticDescriptor descriptor, PromptRule rule)
    {
        _descriptor = descriptor;
        _rule = rule;
        SupportedDiagnostics = [descriptor];
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();

        // Whether an AI SDK is referenced is of no account: what counts is the attribute, which comes with the package.
        context.RegisterCompilationStartAction(start =>
        {
            if (!NamedTypes.In(start.Compilation, PromptParser.AttributeName).IsEmpty)
            {
                var findings = new PromptFileFindings(start.Compilation, start.Options);
                var log = FindingLog.Of(start.Compilation, start.Options, start.CancellationToken);
                if (SourceMarks.NameLibrary(start.Compilation, start.CancellationToken))
                {
                    start.RegisterSymbolAction(context => Analyze(context, log), SymbolKind.NamedType);
                }

                log?.LookAtAllFiles(start, _descriptor.Id, PromptFileFindings.IsPromptFile);
                start.RegisterAdditionalFileAction(context => AnalyzeFile(context, findings, log));
            }
        });
    }

    /// <summary>The prompt files of the build, where a prompt needs one.</summary>
    internal static ImmutableArray<PromptFileText> FilesFor(PromptDeclaration declaration, AnalyzerOptions options, CancellationToken cancellationToken) =>
        declaration.File is null ? [] : PromptFileFindings.TextsOf(options, cancellationToken);

    // What the file says by itself is told once, whatever prompts it is for; the rest by each prompt that it is for.
    private void AnalyzeFile(AdditionalFileAnalysisContext context, PromptFileFindings findings, FindingLog? log)
    {
        var file = context.AdditionalFile;
        if (!PromptFileFindings.IsPromptFile(file) || file.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        var report = log.Noting(context.ReportDiagnostic);
        if (_rule == PromptRule.Invalid && PromptFileText.IsWide(text))
        {
            report(Diagnostic.Create(_descriptor, PromptFileFindings.LocationIn(file.Path, text, 0, 0), Sentence.Of("the file is not in UTF-8; save it so, as reviews, hashes and other tools read it")));
        }
        else if (_rule == PromptRule.Invalid)
        {
            foreach (var problem in PromptFile.Parse(text.ToString()).Problems)
            {
                report(Diagnostic.Create(_descriptor, PromptFileFindings.LocationIn(file.Path, text, problem.Start, problem.Length), problem.Message));
            }
        }

        foreach (var (prompt, finding) in findings.In(file.Path, context.CancellationToken).Where(item => item.Finding.Rule == _rule))
        {
            var location = PromptFileFindings.LocationIn(file.Path, text, finding.Place.Start, finding.Place.Length);
            report(Diagnostic.Create(_descriptor, location, PropertiesOf(finding).Add(PromptProperty, MetadataNameOf(prompt)), finding.Message));
        }
    }

    private void Analyze(SymbolAnalysisContext context, FindingLog? log)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (PromptParser.AttributeOf(type) is not { } attribute
            || PromptParser.Parse(type, attribute, context.Compilation, context.CancellationToken) is not { } result)
        {
            return;
        }

        var report = log.Noting(context.ReportDiagnostic);
        if (_rule == PromptRule.Invalid)
        {
            foreach (var problem in result.Problems)
            {
                report(Diagnostic.Create(_descriptor, problem.Location, problem.Message));
            }

            CheckId(context, type, result, report);
        }

        foreach (var finding in PromptComposer.Compose(result.Declaration, FilesFor(result.Declaration, context.Options, context.CancellationToken)).Findings)
        {
            if (finding.Rule == _rule && finding.Place.Kind != PromptPlaceKind.File)
            {
                report(Diagnostic.Create(_descriptor, result.LocationOf(finding.Place), PropertiesOf(finding), finding.Message));
            }
        }
    }

    // Code is generated for both all the same: that the second has none would be told as a hundred other errors.
    private void CheckId(SymbolAnalysisContext context, INamedTypeSymbol type, PromptDeclarationResult result, Action<Diagnostic> report)
    {
        var id = result.Declaration.Id;
        if (!string.IsNullOrWhiteSpace(id)
            && PromptIds.Of(context.Compilation, context.CancellationToken).FirstOf(id) is { } first
            && !SymbolEqualityComparer.Default.Equals(first, type))
        {
            var message = $"the prompt '{first.Name}' is called '{PromptGrammar.Shown(id)}' already; give '{type.Name}' an identifier of its own, so that logs and {PromptLock.FileName} can tell them apart";
            report(Diagnostic.Create(_descriptor, result.LocationOf(new PromptPlace(PromptPlaceKind.Id)), message));
        }
    }

    // The name by which a fix finds the prompt again, from a file that no tree of syntax leads to.
    private static string MetadataNameOf(INamedTypeSymbol type) =>
        type.ContainingType is { } container ? $"{MetadataNameOf(container)}+{type.MetadataName}"
        : type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.MetadataName}"
        : type.MetadataName;

    private static ImmutableDictionary<string, string?> PropertiesOf(PromptFinding finding)
    {
        if (finding.Name is null)
        {
            return ImmutableDictionary<string, string?>.Empty;
        }

        var properties = ImmutableDictionary<string, string?>.Empty.Add(NameProperty, finding.Name);
        properties = finding.Nearest is null ? properties : properties.Add(NearestProperty, finding.Nearest);
        return finding.CanAdd ? properties.Add(CanAddProperty, "true") : properties;
    }
}
