using System.Collections.Immutable;
using AiGuardrails.Analyzers.Baselines;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

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
            if (!start.Compilation.GetTypesByMetadataName(PromptParser.AttributeName).IsEmpty)
            {
                var log = FindingLog.Of(start.Compilation, start.Options, start.CancellationToken);
                start.RegisterSymbolAction(context => Analyze(context, log), SymbolKind.NamedType);
                log?.LookAtAllFiles(start, _descriptor.Id, IsPromptFile);
                if (_rule == PromptRule.Invalid)
                {
                    start.RegisterAdditionalFileAction(context => AnalyzeFile(context, log));
                }
            }
        });
    }

    /// <summary>The prompt files of the build, where a prompt needs one.</summary>
    internal static ImmutableArray<PromptFileText> FilesFor(PromptDeclaration declaration, AnalyzerOptions options, CancellationToken cancellationToken) =>
        declaration.File is null ? [] : [.. options.AdditionalFiles.Where(IsPromptFile).Select(file => new PromptFileText(file.Path, file.GetText(cancellationToken)?.ToString()))];

    private static bool IsPromptFile(AdditionalText file) => file.Path.EndsWith(PromptGrammar.FileExtension, StringComparison.OrdinalIgnoreCase);

    private static Location LocationIn(string path, SourceText text, int start, int length)
    {
        var span = TextSpan.FromBounds(Math.Min(start, text.Length), Math.Min(start + length, text.Length));
        return Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
    }

    // The mistakes of a file, once, whatever prompts it is for.
    private void AnalyzeFile(AdditionalFileAnalysisContext context, FindingLog? log)
    {
        if (!IsPromptFile(context.AdditionalFile) || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        var report = log.Noting(context.ReportDiagnostic);
        foreach (var problem in PromptFile.Parse(text.ToString()).Problems)
        {
            report(Diagnostic.Create(_descriptor, LocationIn(context.AdditionalFile.Path, text, problem.Start, problem.Length), problem.Message));
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

            CheckId(context, type, result);
        }

        var (_, findings, chosen) = PromptComposer.Compose(result.Declaration, FilesFor(result.Declaration, context.Options, context.CancellationToken));
        foreach (var finding in findings)
        {
            if (finding.Rule != _rule || finding.IsOfFile)
            {
                continue;
            }

            var location = finding.Place.Kind != PromptPlaceKind.File ? result.LocationOf(finding.Place)
                : context.Options.AdditionalFiles.FirstOrDefault(file => file.Path == chosen?.Path)?.GetText(context.CancellationToken) is { } text ? LocationIn(chosen!.Path, text, finding.Place.Start, finding.Place.Length)
                : Location.None;
            report(Diagnostic.Create(_descriptor, location, PropertiesOf(finding), finding.Message));
        }
    }

    // Code is generated for both all the same: that the second has none would be told as a hundred other errors.
    private void CheckId(SymbolAnalysisContext context, INamedTypeSymbol type, PromptDeclarationResult result)
    {
        var id = result.Declaration.Id;
        if (!string.IsNullOrWhiteSpace(id)
            && PromptIds.Of(context.Compilation, context.CancellationToken).FirstOf(id) is { } first
            && !SymbolEqualityComparer.Default.Equals(first, type))
        {
            var message = $"the prompt '{first.Name}' is called '{PromptGrammar.Shown(id)}' already; give '{type.Name}' an identifier of its own, so that logs and {PromptLock.FileName} can tell them apart";
            context.ReportDiagnostic(Diagnostic.Create(_descriptor, result.LocationOf(new PromptPlace(PromptPlaceKind.Id)), message));
        }
    }

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
