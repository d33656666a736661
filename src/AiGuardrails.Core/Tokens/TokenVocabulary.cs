using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using AiGuardrails.Core.Tokens;

namespace AiGuardrails;

/// <summary>Counts tokens exactly, with the vocabulary of the model: a file that its maker publishes and a team supplies.</summary>
/// <remarks>
/// <para>
/// The files are <c>cl100k_base.tiktoken</c> and <c>o200k_base.tiktoken</c>, which OpenAI publishes for its library tiktoken. They are
/// told by their SHA-256, as that library tells them: of a file that was cut or changed, counts would be wrong and nobody would know.
/// </para>
/// <para>
/// Counted is text alone: <c>&lt;|endoftext|&gt;</c> in a text is what it says and no end, as in the texts of messages. A vocabulary
/// holds no state and can be used by any number of threads; it takes some 8 MB of memory.
/// </para>
/// </remarks>
public sealed class TokenVocabulary
{
    private readonly KnownVocabulary _known;
    private readonly TokenRanks _ranks;

    private TokenVocabulary(KnownVocabulary known, TokenRanks ranks)
    {
        _known = known;
        _ranks = ranks;
    }

    /// <summary>Gets the name of the vocabulary: <c>cl100k_base</c> or <c>o200k_base</c>.</summary>
    public string Name => _known.Name;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <returns>The vocabulary.</returns>
    /// <exception cref="InvalidDataException">The file is none of the known vocabularies, or is damaged.</exception>
    public static TokenVocabulary Read(ReadOnlySpan<byte> file) =>
        TryRead(file, out var vocabulary, out var problem) ? vocabulary : throw new InvalidDataException("The vocabulary cannot be used: " + problem);

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="vocabulary">The vocabulary; null where there is none.</param>
    /// <param name="problem">What is wrong with the file, in a sentence without a full stop; null where nothing is.</param>
    /// <returns>Whether the file is one of the known vocabularies.</returns>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out TokenVocabulary? vocabulary, [NotNullWhen(false)] out string? problem) =>
        TryRead(file, KnownVocabulary.Published, out vocabulary, out problem);

    /// <summary>Reads a vocabulary that is one of those listed: tests list their own, whose hashes are checked like any other.</summary>
    internal static bool TryRead(
        ReadOnlySpan<byte> file, IReadOnlyList<KnownVocabulary> known, [NotNullWhen(true)] out TokenVocabulary? vocabulary, [NotNullWhen(false)] out string? problem)
    {
        vocabulary = null;
        if (TokenRanks.Read(file, out problem) is not { } ranks)
        {
            problem ??= "it holds no tokens";
            return false;
        }

        var hash = Sha256(file);
        if (known.FirstOrDefault(each => string.Equals(each.Sha256, hash, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            problem = $"its SHA-256 is {hash}, which is that of none of {string.Join(" and ", known.Select(static each => each.Name))}";
            return false;
        }

        problem = null;
        vocabulary = new TokenVocabulary(found, ranks);
        return true;
    }

    /// <summary>Says whether this is the vocabulary of a model or of a fine-tuned model.</summary>
    /// <param name="model">The ID of the model, such as <c>gpt-4o-mini</c>.</param>
    /// <returns>Whether it is; false for a model of which nothing is known.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public bool IsFor(string model) => TokenEncodings.Of(model ?? throw new ArgumentNullException(nameof(model))) == _known.Encoding;

    /// <summary>Counts the tokens of a text.</summary>
    /// <param name="text">The text. A surrogate without its other half counts as U+FFFD does, which encoders write for it.</param>
    /// <returns>The number of tokens; 0 for the empty text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public long Count(string text) => Count(Encoding.UTF8.GetBytes(text ?? throw new ArgumentNullException(nameof(text))));

    /// <summary>Counts the tokens of a text in UTF-8.</summary>
    /// <param name="utf8">The bytes. Bytes that are no UTF-8 are counted as they are.</param>
    /// <returns>The number of tokens; 0 for no bytes.</returns>
    public long Count(ReadOnlySpan<byte> utf8)
    {
        var count = 0L;
        while (!utf8.IsEmpty)
        {
            var length = PieceScanner.Next(utf8, _known.Encoding);
            var piece = utf8.Slice(0, length);
            count += _ranks.Of(piece) == TokenRanks.None ? BytePairs.Count(piece, _ranks) : 1;
            utf8 = utf8.Slice(length);
        }

        return count;
    }

    /// <summary>Why counts with this vocabulary would not be those of the model; null where they are.</summary>
    internal string? ProblemWith(string model) => IsFor(model) ? null : TokenEncodings.Of(model) switch
    {
        TokenEncoding.Unknown => $"nothing is known of the vocabulary of '{model}', so it may not be {Name}",
        var encoding => $"it is {Name}, and the vocabulary of '{model}' is {KnownVocabulary.Published.First(known => known.Encoding == encoding).Name}",
    };

    /// <summary>The count, for where an estimate is taken too.</summary>
    internal TokenEstimate Exactly(ReadOnlySpan<byte> utf8)
    {
        var count = Count(utf8);
        return new TokenEstimate(count, count, count);
    }

    private static string Sha256(ReadOnlySpan<byte> file)
    {
#if NET8_0_OR_GREATER
        var hash = SHA256.HashData(file);
#else
        using var sha256 = SHA256.Create();
        var hash = sha256.ComputeHash(file.ToArray());
#endif
        return string.Concat(hash.Select(static b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
