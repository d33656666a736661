using System.Globalization;

namespace AiGuardrails;

/// <summary>Where a training file is to be, as it is named and as the file system sees it: itself, its shards, its manifest.</summary>
internal sealed class OutputPlace
{
    private const string Extension = ".jsonl";
    private const int ShardDigits = 5;

    private OutputPlace(string path, string folder, string name)
    {
        Path = path;
        Folder = folder;
        Name = name;
    }

    /// <summary>Gets the path as the caller named it.</summary>
    public string Path { get; }

    /// <summary>Gets the folder, in full.</summary>
    public string Folder { get; }

    public string Name { get; }

    public string FullPath => In(Name);

    /// <summary>Finds the place of a file, and whether one can be written there.</summary>
    /// <param name="path">The path as the caller names it.</param>
    /// <param name="followsLink">Whether a link stays one, and what is replaced is the file that it leads to.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is missing.</exception>
    /// <exception cref="IOException">The path names a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only.</exception>
    public static OutputPlace Of(string path, bool followsLink)
    {
        var target = System.IO.Path.GetFullPath(path);
#if NET8_0_OR_GREATER
        if (followsLink && new FileInfo(target) is { LinkTarget: not null } link)
        {
            target = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? target;
        }
#else
        _ = followsLink;
#endif
        var name = System.IO.Path.GetFileName(target);
        if (name.Length == 0 || Directory.Exists(target))
        {
            throw new IOException($"'{path}' is a folder; give the name of a file in it");
        }

        var folder = System.IO.Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder '{folder}' of the training file '{path}' does not exist; create it first");
        }

        if (File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
        {
            throw new UnauthorizedAccessException($"The training file '{path}' is read-only; make it writable, or write to another file");
        }

        return new OutputPlace(path, folder, name);
    }

    /// <summary>The manifest of a training file: <c>train.jsonl</c> has <c>train.manifest.json</c>.</summary>
    public static string ManifestPathOf(string path) =>
        (path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? path.Substring(0, path.Length - Extension.Length) : path) + ".manifest.json";

    /// <summary>The name of a shard: <c>train-00001-of-00004.jsonl</c>.</summary>
    public string ShardName(int number, int count) => $"{Stem}-{Digits(number)}-of-{Digits(count)}{Extension}";

    /// <summary>Whether a name is one that a shard of this file could have.</summary>
    public bool IsShardName(string name)
    {
        var stem = Stem;
        const string Of = "-of-";
        return name.Length == stem.Length + 1 + ShardDigits + Of.Length + ShardDigits + Extension.Length
            && name.StartsWith(stem + "-", StringComparison.Ordinal)
            && name.EndsWith(Extension, StringComparison.Ordinal)
            && AreDigits(name, stem.Length + 1)
            && string.CompareOrdinal(name, stem.Length + 1 + ShardDigits, Of, 0, Of.Length) == 0
            && AreDigits(name, stem.Length + 1 + ShardDigits + Of.Length);
    }

    public string In(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>An error of the file system, with the file that the caller knows instead of one that is about to vanish.</summary>
    public IOException WriteError(IOException exception) =>
        new($"The training file '{Path}' cannot be written: {exception.Message.TrimEnd('.')}; nothing was replaced", exception);

    private string Stem => Name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? Name.Substring(0, Name.Length - Extension.Length) : Name;

    private static string Digits(int number) => number.ToString("D" + ShardDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static bool AreDigits(string text, int start) => text.Skip(start).Take(ShardDigits).All(static c => c is >= '0' and <= '9');
}
