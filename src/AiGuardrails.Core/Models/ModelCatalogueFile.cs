using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Models;

/// <summary>A row of a file, with the members that it states: only they replace those of a row that is there already.</summary>
internal sealed record ModelRow(ModelEntry Entry, IReadOnlyCollection<string> Stated);

/// <summary>The rows of a catalogue file.</summary>
internal sealed record ModelCatalogueRows(IReadOnlyList<ModelProvider> Providers, IReadOnlyList<ModelRow> Models, IReadOnlyList<ServiceClosure> Closures);

/// <summary>
/// Reads catalogue files: the one that is built in, and <c>aiguardrails.models.json</c> of a team, which has the same form.
/// The form is described in docs/guides/model-catalogue.md.
/// </summary>
internal static class ModelCatalogueFile
{
    /// <summary>The name of the additional file with which a team extends and overrides the catalogue.</summary>
    public const string Name = "aiguardrails.models.json";

    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>Reads a file from text, as a compiler hands it over.</summary>
    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, IEnumerable{string}, out ModelCatalogueRows?, out JsonFileError?)"/>
    public static bool TryParse(string text, IEnumerable<string> providers, out ModelCatalogueRows? rows, out JsonFileError? error) =>
        TryParse(StrictJsonReader.BytesOf(text).AsSpan(), providers, out rows, out error);

    /// <summary>Reads a file.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <param name="providers">Names of providers that the file may use without a row for them.</param>
    /// <param name="rows">The rows; null where there is an error.</param>
    /// <param name="error">The first error; null where there is none.</param>
    /// <returns>Whether the file could be read.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, IEnumerable<string> providers, out ModelCatalogueRows? rows, out JsonFileError? error)
    {
        if (utf8.Length > MaxLength)
        {
            rows = null;
            error = new JsonFileError("the file has more than 1 MiB", 1, 1);
            return false;
        }

        var parser = new ModelCatalogueParser(utf8, providers);
        rows = parser.ReadFile();
        error = parser.Error;
        return rows is not null;
    }
}
