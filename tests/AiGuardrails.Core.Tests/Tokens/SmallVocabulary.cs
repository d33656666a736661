using System.Security.Cryptography;
using System.Text;
using AiGuardrails.Core.Tokens;

namespace AiGuardrails.Core.Tests.Tokens;

/// <summary>
/// A vocabulary of our own making, in the format of the published ones: all bytes, then what is listed. Its hash is checked as theirs
/// are, against a list in which it stands.
/// </summary>
internal static class SmallVocabulary
{
    private static readonly string[] s_words = ["he", "ll", "hell", "hello", " w", "or", " wor", "ld", " world", "aa", "aaaa", "日", "日本", "  "];

    /// <summary>Gets the bytes of the file.</summary>
    public static byte[] File { get; } = Of(s_words);

    /// <summary>Gets the text of the file.</summary>
    public static string Text => Encoding.ASCII.GetString(File);

    /// <summary>The file with other tokens, in the order of their ranks.</summary>
    public static byte[] Of(params string[] tokens)
    {
        var lines = new StringBuilder();
        var rank = 0;
        foreach (var token in Enumerable.Range(0, 256).Select(static value => new[] { (byte)value }).Concat(tokens.Select(Encoding.UTF8.GetBytes)))
        {
            lines.Append(Convert.ToBase64String(token)).Append(' ').Append(rank++).Append('\n');
        }

        return Encoding.ASCII.GetBytes(lines.ToString());
    }

    public static KnownVocabulary Known(byte[] file, TokenEncoding encoding = TokenEncoding.O200k) =>
        new("small", encoding, Convert.ToHexString(SHA256.HashData(file)));

    public static TokenVocabulary Read(byte[] file, TokenEncoding encoding = TokenEncoding.O200k) =>
        TokenVocabulary.TryRead(file, [Known(file, encoding)], out var vocabulary, out var problem) ? vocabulary : throw new InvalidOperationException(problem);
}
