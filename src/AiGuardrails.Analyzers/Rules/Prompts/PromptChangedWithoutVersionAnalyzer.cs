using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Baselines;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>AIG8005: a prompt and its entry in the lock file disagree, or the file cannot be read. Without a lock file there is nothing to say.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PromptChangedWithoutVersionAnalyzer : DiagnosticAnalyzer
{
    internal const string IdProperty = "Id";
    internal const string VersionProperty = "Version";
    internal const string HashProperty = "Hash";

    /// <summary>The version that the prompt is to get; only where it needs one.</summary>
    internal const string NextVersionProperty = "NextVersion";

    /// <summary>The path of the prompt file; only where the text stands in one.</summary>
    internal const string FileProperty = "File";

    private static readonly ConditionalWeakTable<SourceText, LockFile> s_files = new();

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.PromptChangedWithoutVersion];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Options.AdditionalFiles.FirstOrDefault(static file => IsLockFile(file.Path)) is { } file
                && !NamedTypes.In(start.Compilation, PromptParser.AttributeName).IsEmpty)
            {
                var log = FindingLog.Of(start.Compilation, start.Options, start.CancellationToken);
                start.RegisterSymbolAction(symbol => Analyze(symbol, file, log), SymbolKind.NamedType);
                start.RegisterAdditionalFileAction(additional => AnalyzeFile(additional, log));
                log?.LookAtAllFiles(start, RuleIds.PromptChangedWithoutVersion, static additional => IsLockFile(additional.Path));
            }
        });
    }

    // A file system may or may not tell upper from lower case.
    internal static bool IsLockFile(string path) =>
        path.EndsWith(PromptLock.FileName, StringComparison.OrdinalIgnoreCase)
        && (path.Length == PromptLock.FileName.Length || path[path.Length - PromptLock.FileName.Length - 1] is '/' or '\\');

    private static LockFile? Read(AdditionalText file, CancellationToken cancellationToken) =>
        file.GetText(cancellationToken) is { } text ? s_files.GetValue(text, static given => new LockFile(given)) : null;

    private static void AnalyzeFile(AdditionalFileAnalysisContext context, FindingLog? log)
    {
        if (!IsLockFile(context.AdditionalFile.Path)
            || context.AdditionalFile.GetText(context.CancellationToken) is not { } text
            || Read(context.AdditionalFile, context.CancellationToken)?.Error is not { } error)
        {
            return;
        }

        // Where columns are counted differently, as after half a surrogate pair, the line is right at least.
        var line = text.Lines[Math.Min(error.Line, text.Lines.Count) - 1];
        var start = Math.Min(line.Start + error.Column - 1, line.End);
        var span = TextSpan.FromBounds(start, Math.Min(start + 1, line.End));
        log.Noting(context.ReportDiagnostic)(Diagnostic.Create(
            Descriptors.PromptChangedWithoutVersion,
            Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span)),
            $"{PromptLock.FileName} cannot be read, so that no prompt is compared with it: {error.Message}"));
    }

    private static void Analyze(SymbolAnalysisContext context, AdditionalText file, FindingLog? log)
    {
        // A prompt with an error has no hash; the rule of that error speaks. Of two prompts with one identifier the first counts.
        var type = (INamedTypeSymbol)context.Symbol;
        if (PromptParser.AttributeOf(type) is null
            || Read(file, context.CancellationToken)?.Entries is not { } entries
            || ComposedPrompt.Of(type, context.Compilation, context.Options, context.CancellationToken) is not { } prompt
            || !SymbolEqualityComparer.Default.Equals(PromptIds.Of(context.Compilation, context.CancellationToken).FirstOf(prompt.Id), type)
            || PromptDrift.Of(new PromptLockEntry(prompt.Id, prompt.Model.Version, prompt.Model.Hash), entries) is not { Kind: not PromptDriftKind.None } drift)
        {
            return;
        }

        log.Noting(context.ReportDiagnostic)(Diagnostic.Create(
            Descriptors.PromptChangedWithoutVersion,
            prompt.LocationOf(drift.Kind == PromptDriftKind.NotLocked ? PromptPlaceKind.Id : PromptPlaceKind.Version),
            PropertiesOf(drift, prompt.File),
            drift.Message));
    }

    private static ImmutableDictionary<string, string?> PropertiesOf(PromptDrift drift, PromptFileText? promptFile)
    {
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add(IdProperty, drift.Prompt.Id)
            .Add(VersionProperty, drift.Prompt.Version.ToString(CultureInfo.InvariantCulture))
            .Add(HashProperty, drift.Prompt.Hash);
        if (drift.Kind is PromptDriftKind.Changed or PromptDriftKind.VersionBelow && drift.NextVersion > drift.Prompt.Version)
        {
            properties = properties.Add(NextVersionProperty, drift.NextVersion.ToString(CultureInfo.InvariantCulture));
        }

        return promptFile is null ? properties : properties.Add(FileProperty, promptFile.Path);
    }

    /// <summary>A lock file, read once for each of its texts.</summary>
    private sealed class LockFile
    {
        public LockFile(SourceText text)
        {
            _ = PromptLock.TryParse(text.ToString(), out var entries, out var error);
            Entries = entries;
            Error = error;
        }

        public PromptLock? Entries { get; }

        public JsonFileError? Error { get; }
    }
}
