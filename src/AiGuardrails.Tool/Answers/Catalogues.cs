using AiGuardrails.Core.Models;

namespace AiGuardrails.Tool.Answers;

/// <summary>The built-in model catalogue, with the rows of the team.</summary>
internal static class Catalogues
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>Reads the catalogue with the team's file: the one that is named, else the one in the current folder, if any.</summary>
    /// <exception cref="ToolException">The file is missing, or is none.</exception>
    public static (ModelCatalogue Catalogue, string? File) Read(string? file, ToolContext context)
    {
        var name = file ?? ModelCatalogueFile.Name;
        var path = Path.GetFullPath(name, context.CurrentDirectory);
        if (!File.Exists(path))
        {
            return file is null
                ? (ModelCatalogue.Default, null)
                : throw new ToolException($"'{file}' does not exist; give the path of an {ModelCatalogueFile.Name}, or leave --catalogue out.");
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw new ToolException($"'{name}' is larger than 1 MiB, which no model catalogue is; name another file with --catalogue.");
        }

        return ModelCatalogueFile.TryParse(File.ReadAllText(path), ModelCatalogue.Default.Providers.Select(static provider => provider.Name), out var rows, out var error) && rows is not null
            ? (ModelCatalogue.Default.With(rows), name)
            : throw new ToolException(FormattableString.Invariant($"'{name}' is no model catalogue, at line {error?.Line ?? 1}, column {error?.Column ?? 1}: {error?.Message}; correct it, or name another one with --catalogue."));
    }
}
