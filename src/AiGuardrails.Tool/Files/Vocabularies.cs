using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Files;

/// <summary>The vocabulary of a model, which its maker publishes and a team supplies: with it, tokens are counted and not estimated.</summary>
internal static class Vocabularies
{
    // What is larger than any is not read: it may be the model itself.
    private const int MostBytes = 32 * 1024 * 1024;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="file">The path, as it was given.</param>
    /// <param name="context">Says what counts as a vocabulary, and where paths begin.</param>
    /// <param name="problemWith">Why the vocabulary is of no use here; null where it is of use.</param>
    /// <returns>The vocabulary, or what is wrong with it: then tokens are estimated, and that is said.</returns>
    /// <exception cref="ToolException">The file does not exist.</exception>
    public static (TokenVocabulary? Vocabulary, Problem? Problem) Read(string file, ToolContext context, Func<TokenVocabulary, string?> problemWith)
    {
        var path = Path.GetFullPath(file, context.CurrentDirectory);
        if (!File.Exists(path))
        {
            throw new ToolException($"'{file}' does not exist; give the path of a vocabulary, such as o200k_base.tiktoken.");
        }

        string? problem = "it is larger than any known vocabulary";
        return new FileInfo(path).Length <= MostBytes
            && TokenVocabulary.TryRead(File.ReadAllBytes(path), context.KnownVocabularies, out var vocabulary, out problem)
            && (problem = problemWith(vocabulary)) is null
            ? (vocabulary, null)
            : (null, new Problem("", new Place(new DisplayPaths(context.CurrentDirectory).Of(path)), $"the vocabulary cannot be used, so tokens are estimated: {problem}"));
    }
}
