using System.Text.RegularExpressions;

namespace AiGuardrails.Core.Tests.Tokens;

/// <summary>
/// The patterns by which the vocabularies cut a text into pieces (openai/tiktoken, <c>tiktoken_ext/openai_public.py</c>),
/// with atomic groups for possessive quantifiers. No token reaches over the end of a piece, so a text has at least as many
/// tokens as pieces.
/// </summary>
internal static partial class PreSplit
{
    public static int Cl100k(string text) => Cl100kPattern().Count(text);

    public static int O200k(string text) => O200kPattern().Count(text);

    public static IEnumerable<string> Pieces(string text, Core.Tokens.TokenEncoding encoding) =>
        (encoding == Core.Tokens.TokenEncoding.Cl100k ? Cl100kPattern() : O200kPattern()).Matches(text).Select(static match => match.Value);

    [GeneratedRegex(@"'(?i:[sdmt]|ll|ve|re)|(?>[^\r\n\p{L}\p{N}]?)(?>\p{L}+)|(?>\p{N}{1,3})| ?(?>[^\s\p{L}\p{N}]+)(?>[\r\n]*)|(?>\s+)$|\s*[\r\n]|\s+(?!\S)|\s", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Cl100kPattern();

    [GeneratedRegex(@"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex O200kPattern();
}
