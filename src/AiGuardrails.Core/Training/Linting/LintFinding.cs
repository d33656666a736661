using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>Something to say about a file of training data.</summary>
/// <param name="Rule">The ID of the rule.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Line">The line, from 1; 0 where the finding is about the whole file.</param>
/// <param name="Column">The column, from 1, in UTF-16 code units as editors and compilers count; 0 with the line.</param>
/// <param name="Offset">The first byte in the file, from 0; a byte-order mark counts.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Message">One sentence in our words, without a full stop.</param>
/// <param name="ProviderWords">What the provider says of it, where that is known.</param>
internal sealed record LintFinding(
    string Rule, LintLevel Level, int Line, int Column, long Offset, int Length, Sentence Message, string? ProviderWords = null)
{
    /// <summary>Gets the message, and the provider's words if there are any.</summary>
    public Sentence Text => ProviderWords is null ? Message : Sentence.Of($"{Message} (in the provider's words: {ProviderWords})");
}
