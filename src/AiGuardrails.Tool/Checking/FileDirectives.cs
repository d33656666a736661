namespace AiGuardrails.Tool.Checking;

/// <summary>The lines before the code by which a single file says how it is built: <c>#:package OpenAI@2.15.0</c>.</summary>
internal static class FileDirectives
{
    public static bool IsProgram(string file) => File.ReadLines(file).FirstOrDefault()?.StartsWith("#!", StringComparison.Ordinal) == true || Read(file).Any();

    /// <summary>Each directive as its kind (<c>package</c>, <c>property</c>, <c>sdk</c>, <c>project</c>) and its text.</summary>
    public static IEnumerable<(string Kind, string Text)> Read(string file)
    {
        foreach (var raw in File.ReadLines(file))
        {
            var line = raw.Trim();
            if (line.StartsWith("#:", StringComparison.Ordinal))
            {
                var parts = line[2..].Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                if (parts is [var kind, var text])
                {
                    yield return (kind, text);
                }
            }
            else if (line.Length > 0 && !line.StartsWith('#') && !line.StartsWith("//", StringComparison.Ordinal))
            {
                yield break;
            }
        }
    }
}
