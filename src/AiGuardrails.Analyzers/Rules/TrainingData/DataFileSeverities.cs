using System.Collections.Concurrent;
using System.Collections.Immutable;
using AiGuardrails.Core.Training.Targets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.TrainingData;

/// <summary>How loud a rule is for one data file.</summary>
/// <remarks>
/// What .editorconfig says of a rule, the compiler keeps for the sources alone and shows no analyzer; so the build hands over the
/// files themselves, and they are read here by the compiler's own code. What is set for the whole compilation, by a global file or
/// on the command line, the compiler applies itself.
/// </remarks>
internal sealed class DataFileSeverities
{
    private readonly AnalyzerConfigSet? _configs;
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, ReportDiagnostic>> _levels = new(StringComparer.Ordinal);
    private readonly CompilationOptions _compilation;
    private readonly CancellationToken _cancellationToken;

    public DataFileSeverities(AnalyzerOptions inputs, CompilationOptions compilation, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        _cancellationToken = cancellationToken;
        var configs = ImmutableArray.CreateBuilder<AnalyzerConfig>();
        foreach (var file in inputs.AdditionalFiles)
        {
            if (IsEditorConfig(file.Path) && file.GetText(cancellationToken) is { } text)
            {
                configs.Add(AnalyzerConfig.Parse(text, file.Path));
            }
        }

        _configs = configs.Count == 0 ? null : AnalyzerConfigSet.Create(configs.ToImmutable());
    }

    /// <summary>What the team says of a rule for a file; null where that is nothing.</summary>
    public ReportDiagnostic? Of(DiagnosticDescriptor rule, string path, AnalyzerConfigOptions options)
    {
        if (_configs is not null
            && _levels.GetOrAdd(path, file => _configs.GetOptionsForSourcePath(file).TreeOptions).TryGetValue(rule.Id, out var own)
            && own != ReportDiagnostic.Default)
        {
            return own;
        }

        if (Read(options, "dotnet_diagnostic." + rule.Id + ".severity") is { } shown)
        {
            return shown;
        }

        // As for sources: what is set for all rules gives way to what is set for this one, wherever that is.
        return _compilation.SpecificDiagnosticOptions.ContainsKey(rule.Id)
            || _compilation.SyntaxTreeOptionsProvider?.TryGetGlobalDiagnosticValue(rule.Id, _cancellationToken, out _) == true
            ? null
            : Read(options, "dotnet_analyzer_diagnostic.category-" + rule.Category + ".severity") ?? Read(options, "dotnet_analyzer_diagnostic.severity");
    }

    /// <summary>The severity of a finding; null where the team wants to hear nothing of it.</summary>
    public static DiagnosticSeverity? Apply(ReportDiagnostic? set, DiagnosticSeverity level) => set switch
    {
        ReportDiagnostic.Suppress => null,
        ReportDiagnostic.Hidden => DiagnosticSeverity.Hidden,
        ReportDiagnostic.Info => DiagnosticSeverity.Info,
        ReportDiagnostic.Warn => DiagnosticSeverity.Warning,
        ReportDiagnostic.Error => DiagnosticSeverity.Error,
        _ => level,
    };

    /// <summary>The severity of a level.</summary>
    public static DiagnosticSeverity Of(LintLevel level) => level switch
    {
        LintLevel.Error => DiagnosticSeverity.Error,
        LintLevel.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };

    // The parser takes whole paths only, and throws for others.
    private static bool IsEditorConfig(string path) =>
        (path.EndsWith("/.editorconfig", StringComparison.OrdinalIgnoreCase) || path.EndsWith("\\.editorconfig", StringComparison.OrdinalIgnoreCase))
        && (path[0] is '/' or '\\' || (path.Length > 2 && path[1] == ':'));

    private static ReportDiagnostic? Read(AnalyzerConfigOptions options, string key) =>
        !options.TryGetValue(key, out var value) ? null : value.Trim().ToLowerInvariant() switch
        {
            "none" => ReportDiagnostic.Suppress,
            "silent" or "refactoring" => ReportDiagnostic.Hidden,
            "suggestion" => ReportDiagnostic.Info,
            "warning" => ReportDiagnostic.Warn,
            "error" => ReportDiagnostic.Error,
            _ => null,
        };
}
