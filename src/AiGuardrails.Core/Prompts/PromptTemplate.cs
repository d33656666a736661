using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Prompts;

/// <summary>What kind of mistake a template has.</summary>
internal enum PromptProblemKind
{
    /// <summary>A placeholder that is not closed, empty or no name; a closing brace alone.</summary>
    Placeholder,

    /// <summary>A heading that is no role, or text before the first heading.</summary>
    Role,

    /// <summary>Front matter that cannot be read.</summary>
    FrontMatter,

    /// <summary>Characters that are none.</summary>
    Encoding,

    /// <summary>More text than a template can be.</summary>
    Size,
}

/// <summary>A mistake of a template, and where it stands in the text that was parsed.</summary>
internal readonly record struct PromptProblem(PromptProblemKind Kind, int Start, int Length, Sentence Message);

/// <summary>Fixed text, its escapes undone and its lines ended by a line feed; or the name of a placeholder.</summary>
/// <param name="IsPlaceholder">Which of the two.</param>
/// <param name="Text">The text, or the name.</param>
/// <param name="Start">Where it begins in the text that was parsed; for a placeholder the name, without the brace.</param>
/// <param name="Length">How long it is there.</param>
internal readonly record struct PromptSegment(bool IsPlaceholder, string Text, int Start, int Length);

/// <summary>A block: one message of the prompt.</summary>
/// <param name="Role">Who says it.</param>
/// <param name="Segments">Its text.</param>
/// <param name="Start">Where a reader looks for it: the heading in a file, the whole text of a constant.</param>
/// <param name="Length">How long that is.</param>
internal sealed record PromptBlock(BlockRole Role, IReadOnlyList<PromptSegment> Segments, int Start, int Length)
{
    /// <summary>Gets a value indicating whether it says nothing.</summary>
    public bool IsEmpty => Segments.All(static segment => !segment.IsPlaceholder && string.IsNullOrWhiteSpace(segment.Text));
}

/// <summary>The limits and the words of the grammar. docs/guides/prompts.md has it in full.</summary>
internal static class PromptGrammar
{
    /// <summary>The most characters that a template may have.</summary>
    public const int MaxLength = 200_000;

    /// <summary>How prompt files are called.</summary>
    public const string FileExtension = ".prompt.md";

    /// <summary>The most mistakes that are told of one text: who mends these sees the next.</summary>
    public const int MaxProblems = 50;

    private static readonly string[] s_roles = ["system", "developer", "user", "assistant"];

    /// <summary>Gets the words for the roles, in the order of <see cref="BlockRole"/>.</summary>
    public static IReadOnlyList<string> Roles => s_roles;

    /// <summary>Reads the word for a role, in any case.</summary>
    public static BlockRole? RoleOf(string word)
    {
        for (var i = 0; i < s_roles.Length; i++)
        {
            if (string.Equals(s_roles[i], word, StringComparison.OrdinalIgnoreCase))
            {
                return (BlockRole)i;
            }
        }

        return null;
    }

    /// <summary>Whether a name is one that a placeholder can have.</summary>
    public static bool IsName(string text)
    {
        if (text.Length == 0 || !(text[0] == '_' || char.IsLetter(text[0])))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c != '_' && !char.IsLetterOrDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Shortens a piece of a template for a message.</summary>
    public static string Shown(string text) => Sentence.Shown(text);
}
