using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Core.Baselines;
using AiGuardrails.Core.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Baselines;

/// <summary>The baseline that the build hands over: the findings that the team knows of.</summary>
internal sealed class KnownFindings
{
    // The text stays the same while code is edited, so it is parsed once.
    private static readonly ConditionalWeakTable<SourceText, Parsed> s_parsed = new();

    private readonly ConcurrentDictionary<string, string?> _files = new(StringComparer.Ordinal);
    private readonly HashSet<(string Rule, string File)> _entries;

    private KnownFindings(AdditionalText file, Parsed parsed)
    {
        File = file;
        Baseline = parsed.Baseline;
        Error = parsed.Error;
        _entries = [.. parsed.Baseline?.Entries.Select(static entry => (entry.Key.Rule, entry.Key.File)) ?? []];
    }

    /// <summary>Gets the rules that a baseline may list: what is wrong with the settings themselves is mended and not known.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Rules { get; } =
        [.. Descriptors.All.Select(static rule => rule.Descriptor).Where(static rule => rule.Category != RuleCategories.Configuration)];

    public AdditionalText File { get; }

    /// <summary>Gets what the file lists; null where it cannot be read, and nothing is known.</summary>
    public Baseline? Baseline { get; }

    public JsonFileError? Error { get; }

    /// <summary>The baseline among the files that the build hands over; null where there is none.</summary>
    public static KnownFindings? Of(AnalyzerOptions inputs, CancellationToken cancellationToken)
    {
        foreach (var file in inputs.AdditionalFiles)
        {
            if (IsBaseline(file.Path) && file.GetText(cancellationToken) is { } text)
            {
                return new KnownFindings(file, s_parsed.GetValue(text, static given => new Parsed(given)));
            }
        }

        return null;
    }

    /// <summary>The file as the baseline names it; null where it has no name for it.</summary>
    public string? NameOf(string path) => _files.GetOrAdd(path, file => BaselinePaths.Relative(File.Path, file));

    /// <summary>Whether the baseline lists findings of a rule in a file.</summary>
    public bool Lists(string rule, string path) => NameOf(path) is { } name && _entries.Contains((rule, name));

    // A file system may or may not tell upper from lower case.
    private static bool IsBaseline(string path) =>
        path.EndsWith(BaselineFile.Name, StringComparison.OrdinalIgnoreCase)
        && path.Length > BaselineFile.Name.Length
        && path[path.Length - BaselineFile.Name.Length - 1] is '/' or '\\';

    private sealed class Parsed
    {
        public Parsed(SourceText text)
        {
            Baseline = BaselineFile.Parse(text.ToString(), out var error);
            Error = error;
        }

        public Baseline? Baseline { get; }

        public JsonFileError? Error { get; }
    }
}
