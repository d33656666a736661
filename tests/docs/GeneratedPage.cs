namespace AiGuardrails.Docs;

/// <summary>A file of the documentation, as it is and as the tables in the code want it.</summary>
internal sealed record GeneratedPage(string Root, string Name, string? Before, string After)
{
    /// <summary>Gets whether the file is not what it should be.</summary>
    public bool IsOutOfStep => !string.Equals(Before, After, StringComparison.Ordinal);

    /// <summary>Writes the file as it should be.</summary>
    public void Write()
    {
        var path = Path.Combine(Root, Name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, After);
    }

    /// <summary>A file that is written whole.</summary>
    public static GeneratedPage Whole(string root, string name, string text) => new(root, name, Read(root, name), text);

    /// <summary>A file of which one part is written: what stands between two lines of comment.</summary>
    public static GeneratedPage Part(string root, string name, string part, string text)
    {
        var before = Read(root, name) ?? throw new FileNotFoundException($"There is no {name} to write a part of.");
        var (start, end) = ($"<!-- generated: {part} -->\n", $"<!-- /generated: {part} -->\n");
        var first = before.IndexOf(start, StringComparison.Ordinal);
        var last = before.IndexOf(end, StringComparison.Ordinal);
        return first < 0 || last < first
            ? throw new InvalidDataException($"{name} has no lines '{start.Trim()}' and '{end.Trim()}' to write between.")
            : new(root, name, before, before[..(first + start.Length)] + "\n" + text + "\n" + before[last..]);
    }

    /// <summary>A file of which the beginning is written, up to the first heading within it.</summary>
    public static GeneratedPage Head(string root, string name, string heading, Func<string, string> head)
    {
        var before = Read(root, name) ?? throw new FileNotFoundException($"There is no {name} to write the beginning of.");
        var end = before.IndexOf("\n" + heading + "\n", StringComparison.Ordinal);
        return end < 0
            ? throw new InvalidDataException($"{name} has no line '{heading}'.")
            : new(root, name, before, head(before[..end]) + before[end..]);
    }

    private static string? Read(string root, string name)
    {
        var path = Path.Combine(root, name);
        return File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : null;
    }
}
