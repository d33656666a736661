namespace AiGuardrails.Tool.Files;

/// <summary>Where a command that changes data writes to, and what it may not overwrite.</summary>
internal static class DataOutputs
{
    /// <summary>The file that is named; else one beside the data, <c>train.fixed.jsonl</c>; what came through a pipe goes on through one.</summary>
    /// <exception cref="ToolException">It is the data themselves, and nobody said that they may be replaced.</exception>
    public static string Of(string? output, string input, bool isInPlace, string word, ToolContext context)
    {
        if (isInPlace)
        {
            return (output, input) switch
            {
                (not null, _) => throw new ToolException("--in-place and --output exclude each other; leave one of them out."),
                (_, DataFiles.StandardStream) => throw new ToolException("The standard input cannot be replaced; leave --in-place out, and redirect the output."),
                _ => input,
            };
        }

        output ??= Beside(input, word);
        return output != DataFiles.StandardStream && input != DataFiles.StandardStream && IsSame(DataFiles.PathOf(output, context), DataFiles.PathOf(input, context))
            ? throw new ToolException($"'{output}' is the file that is read; give another one, or --in-place to replace it.")
            : output;
    }

    /// <summary><c>train.jsonl</c> with a word in its name: <c>train.fixed.jsonl</c>.</summary>
    public static string Beside(string input, string word) => input == DataFiles.StandardStream
        ? DataFiles.StandardStream
        : Path.Combine(Path.GetDirectoryName(input) ?? "", $"{Path.GetFileNameWithoutExtension(input)}.{word}{(Path.GetExtension(input) is { Length: > 0 } extension ? extension : ".jsonl")}");

    // On file systems that do not tell case apart, names that differ in it are one file.
    private static bool IsSame(string left, string right) => string.Equals(left, right, OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
}
