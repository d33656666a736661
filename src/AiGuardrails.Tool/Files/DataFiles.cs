using System.IO.Enumeration;

namespace AiGuardrails.Tool.Files;

/// <summary>The files that a command line names: paths, folders, patterns, and the standard input.</summary>
internal static class DataFiles
{
    /// <summary>What stands for the standard input or output.</summary>
    public const string StandardStream = "-";

    private static readonly char[] s_wildcards = ['*', '?'];

    /// <summary>What each name stands for, in order and once each: a folder for its <c>.jsonl</c> files, also below it.</summary>
    public static IReadOnlyList<string> Resolve(IEnumerable<string> names, ToolContext context)
    {
        var files = new List<string>();
        foreach (var name in names)
        {
            files.AddRange(Resolve(name, context));
        }

        if (files.Count(static file => file == StandardStream) > 1)
        {
            throw new ToolException("The standard input can be read once; give the other data as a file.");
        }

        return files.Distinct(StringComparer.Ordinal).ToList();
    }

    /// <summary>A file that is read; throws in words for people where there is none.</summary>
    public static string MustExist(string file, ToolContext context)
    {
        if (file == StandardStream || IsThere(PathOf(file, context)))
        {
            return file;
        }

        throw new ToolException(Directory.Exists(PathOf(file, context))
            ? $"'{file}' is a folder; give one file of it."
            : $"'{file}' does not exist; give the path of a JSON Lines file, or - for the standard input.");
    }

    /// <summary>Whether a file is there: a link that leads nowhere is none.</summary>
    public static bool IsThere(string path) => File.Exists(path) && new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is not { Exists: false };

    public static string PathOf(string file, ToolContext context) => Path.GetFullPath(file, context.CurrentDirectory);

    /// <summary>The bytes of files together; 0 where one of them is a pipe.</summary>
    public static long LengthOf(IEnumerable<string> files, ToolContext context)
    {
        var sum = 0L;
        foreach (var file in files)
        {
            if (file == StandardStream)
            {
                return 0;
            }

            sum += new FileInfo(PathOf(file, context)).Length;
        }

        return sum;
    }

    /// <summary>Opens a file, or the standard input, for one pass.</summary>
    public static Stream OpenToRead(string file, ToolContext context) => file == StandardStream
        ? context.OpenInput()
        : new FileStream(PathOf(file, context), new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });

    private static List<string> Resolve(string name, ToolContext context)
    {
        if (name == StandardStream)
        {
            return [name];
        }

        var path = PathOf(name, context);
        if (Directory.Exists(path))
        {
            var found = Below(path, name, context, static file => file.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase));
            return found.Count > 0 ? found : throw new ToolException($"'{name}' holds no .jsonl file; give a folder that does, or the files by name.");
        }

        // Where no shell has done it: on Windows, and in quotes.
        if (name.IndexOfAny(s_wildcards) >= 0 && !File.Exists(path))
        {
            return Matching(name, context) is { Count: > 0 } matches
                ? matches
                : throw new ToolException($"No file matches '{name}'; give the path of a JSON Lines file, or - for the standard input.");
        }

        return [MustExist(name, context)];
    }

    private static List<string> Matching(string pattern, ToolContext context)
    {
        var normal = pattern.Replace('\\', '/');
        var first = normal.IndexOfAny(s_wildcards);
        var slash = normal.LastIndexOf('/', first);
        var folder = slash < 0 ? "." : normal[..Math.Max(1, slash)];
        var parts = normal[(slash + 1)..].Split('/');
        var root = PathOf(folder, context);
        return Directory.Exists(root)
            ? Below(root, folder, context, file => Matches(Path.GetRelativePath(root, file).Replace('\\', '/').Split('/'), parts))
            : [];
    }

    // '**' stands for any number of folders, the other wildcards for a part of one name.
    private static bool Matches(ReadOnlySpan<string> path, ReadOnlySpan<string> pattern)
    {
        // Behind a folder, '**' alone is everything in it.
        if (pattern is ["**"])
        {
            return true;
        }

        if (pattern.IsEmpty || path.IsEmpty)
        {
            return pattern.IsEmpty && path.IsEmpty;
        }

        return pattern[0] == "**"
            ? Matches(path, pattern[1..]) || Matches(path[1..], pattern)
            : FileSystemName.MatchesSimpleExpression(pattern[0], path[0], ignoreCase: false) && Matches(path[1..], pattern[1..]);
    }

    // As they were given: relative to the current folder where the name was.
    private static List<string> Below(string root, string given, ToolContext context, Func<string, bool> matches)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.System };
        return Directory.EnumerateFiles(root, "*", options)
            .Where(file => !Path.GetFileName(file).StartsWith('.') && matches(file))
            .Order(StringComparer.Ordinal)
            .Select(file => Path.IsPathFullyQualified(given) ? file : Path.GetRelativePath(context.CurrentDirectory, file))
            .ToList();
    }
}
