using System.Runtime.CompilerServices;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Options;

/// <summary>
/// What the rules of one compilation know of models and of the calendar: the built-in catalogue with the rows of the team's file,
/// and the day that the build calls today.
/// </summary>
internal sealed class ModelFacts
{
    // Both die with their keys. The text stays the same while other files are edited, so it is parsed once.
    private static readonly ConditionalWeakTable<AnalyzerOptions, ModelFacts> s_facts = new();
    private static readonly ConditionalWeakTable<SourceText, TeamRows> s_rows = new();

    private ModelFacts(ModelCatalogue catalogue, CalendarDate? today)
    {
        Catalogue = catalogue;
        Today = today;
    }

    /// <summary>Gets the catalogue in force.</summary>
    public ModelCatalogue Catalogue { get; }

    /// <summary>Gets the day that the build calls today; null where it says none, and rules about dates are silent.</summary>
    public CalendarDate? Today { get; }

    /// <summary>The facts of a compilation, by the inputs that the compiler hands to analyzers.</summary>
    public static ModelFacts Of(AnalyzerOptions options, CancellationToken cancellationToken)
    {
        if (s_facts.TryGetValue(options, out var known))
        {
            return known;
        }

        var facts = Create(options, cancellationToken);
        return s_facts.GetValue(options, _ => facts);
    }

    /// <summary>What is wrong with a catalogue file of the team; null where nothing is, and where it is another file.</summary>
    public static JsonFileError? ErrorIn(AdditionalText file, CancellationToken cancellationToken) =>
        IsCatalogue(file) && file.GetText(cancellationToken) is { } text ? RowsOf(text).Error : null;

    private static ModelFacts Create(AnalyzerOptions options, CancellationToken cancellationToken)
    {
        var catalogue = ModelCatalogue.Default;
        foreach (var file in options.AdditionalFiles)
        {
            if (IsCatalogue(file) && file.GetText(cancellationToken) is { } text && RowsOf(text).Rows is { } rows)
            {
                catalogue = catalogue.With(rows);
            }
        }

        var today = options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.AiGuardrailsToday", out var day) ? CalendarDate.TryParse(day.Trim()) : null;
        return new ModelFacts(catalogue, today);
    }

    // A file system may or may not tell upper from lower case.
    private static bool IsCatalogue(AdditionalText file) =>
        file.Path.EndsWith(ModelCatalogueFile.Name, StringComparison.OrdinalIgnoreCase)
        && (file.Path.Length == ModelCatalogueFile.Name.Length || file.Path[file.Path.Length - ModelCatalogueFile.Name.Length - 1] is '/' or '\\');

    private static TeamRows RowsOf(SourceText text) => s_rows.GetValue(text, static given => new TeamRows(given));

    private sealed class TeamRows
    {
        public TeamRows(SourceText text)
        {
            if (text.Length > ModelCatalogueFile.MaxLength)
            {
                Error = new JsonFileError("the file has more than 1 MiB", 1, 1);
            }
            else
            {
                _ = ModelCatalogueFile.TryParse(text.ToString(), ModelCatalogue.Default.Providers.Select(static provider => provider.Name), out var rows, out var error);
                Rows = rows;
                Error = error;
            }
        }

        public ModelCatalogueRows? Rows { get; }

        public JsonFileError? Error { get; }
    }
}
