using AiGuardrails.Tool.Baselines;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Output;

/// <summary>The files of a report as a code host knows them: by their paths from the root of the repository.</summary>
internal sealed class SarifFiles(string folder)
{
    // A code host shows no larger file; and what is this long is data, in which no alert is tracked.
    private const long MaxLength = 16 * 1024 * 1024;

    private readonly Dictionary<string, IReadOnlyList<string>> _hashes = new(StringComparer.Ordinal);
    private readonly string _root = folder.Length == 0 ? "" : BaselinePlace.RootOf(folder);

    /// <summary>Gets whether there are files behind the paths.</summary>
    public bool AreRead => folder.Length > 0;

    /// <summary>The address of a file, and whether it begins at the root.</summary>
    public (string Uri, bool IsInRoot) UriOf(string file)
    {
        if (folder.Length == 0)
        {
            return Path.IsPathFullyQualified(file) ? (new Uri(file).AbsoluteUri, false) : (Escape(file), true);
        }

        var path = Path.GetFullPath(file, folder);
        var relative = Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/');
        return Path.IsPathFullyQualified(relative) || relative.StartsWith("../", StringComparison.Ordinal) ? (new Uri(path).AbsoluteUri, false) : (Escape(relative), true);
    }

    /// <summary>The hash of the line at a place; null where there is none.</summary>
    public string? HashOf(Place place)
    {
        if (!_hashes.TryGetValue(place.File, out var hashes))
        {
            var file = new FileInfo(Path.GetFullPath(place.File, folder));
            hashes = file is { Exists: true, Length: <= MaxLength } ? LineHashes.Of(File.ReadAllText(file.FullName)) : [];
            _hashes.Add(place.File, hashes);
        }

        return place.Line <= hashes.Count ? hashes[place.Line - 1] : null;
    }

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
