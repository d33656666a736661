using System.Runtime.InteropServices;
using AiGuardrails.Core.Text;

namespace AiGuardrails;

/// <summary>How many tokens a text has, as far as that can be said without the vocabulary of the model; or exactly, with it.</summary>
/// <remarks>
/// All five numbers are equal where the tokens were counted, by a <see cref="TokenVocabulary"/>.
/// <see cref="Expected"/> is the figure for cost, <see cref="High"/> the one for limits. <see cref="Low"/> and
/// <see cref="High"/> are the band of the estimate: ±10 % for English text, JSON and code, ±25 % for other languages in
/// Latin script and for other alphabets, ±20 % for Chinese, Japanese and Korean; wider for short texts, and upwards for
/// text without words such as hashes, base64 and emoji. <see cref="Minimum"/> and <see cref="Maximum"/> always hold.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct TokenEstimate : IEquatable<TokenEstimate>
{
    /// <summary>Initializes a new instance of the <see cref="TokenEstimate"/> struct with a band and nothing beyond it.</summary>
    /// <param name="low">The lower end, in tokens.</param>
    /// <param name="expected">The likely number of tokens.</param>
    /// <param name="high">The upper end, in tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the three are not in order.</exception>
    public TokenEstimate(long low, long expected, long high)
        : this(low, low, expected, high, high)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TokenEstimate"/> struct.</summary>
    /// <param name="minimum">The number below which it cannot be.</param>
    /// <param name="low">The lower end of the band.</param>
    /// <param name="expected">The likely number of tokens.</param>
    /// <param name="high">The upper end of the band.</param>
    /// <param name="maximum">The number above which it cannot be.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the five are not in order.</exception>
    public TokenEstimate(long minimum, long low, long expected, long high, long maximum)
    {
        Minimum = minimum >= 0 ? minimum : throw new ArgumentOutOfRangeException(nameof(minimum), minimum, "A number of tokens is not negative.");
        Low = low >= minimum ? low : throw new ArgumentOutOfRangeException(nameof(low), low, "The numbers must be in order.");
        Expected = expected >= low ? expected : throw new ArgumentOutOfRangeException(nameof(expected), expected, "The numbers must be in order.");
        High = high >= expected ? high : throw new ArgumentOutOfRangeException(nameof(high), high, "The numbers must be in order.");
        Maximum = maximum >= high ? maximum : throw new ArgumentOutOfRangeException(nameof(maximum), maximum, "The numbers must be in order.");
    }

    /// <summary>Gets the number of tokens below which it cannot be.</summary>
    public long Minimum { get; }

    /// <summary>Gets the lower end of the band.</summary>
    public long Low { get; }

    /// <summary>Gets the likely number of tokens.</summary>
    public long Expected { get; }

    /// <summary>Gets the upper end of the band.</summary>
    public long High { get; }

    /// <summary>Gets the number of tokens above which it cannot be: every token stands for one byte of UTF-8 at least.</summary>
    public long Maximum { get; }

    /// <summary>Gets the estimate for a message.</summary>
    internal Sentence InWords =>
        Low != High ? Sentence.Of($"{Expected:N0} tokens ({Low:N0} to {High:N0})")
        : Expected == 1 ? Sentence.Of($"{Expected:N0} token")
        : Sentence.Of($"{Expected:N0} tokens");

    /// <summary>Adds two estimates, for texts that are counted one by one.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum, end by end; the largest number there is where it would be larger.</returns>
    public static TokenEstimate operator +(TokenEstimate left, TokenEstimate right) => new(
        Sum(left.Minimum, right.Minimum), Sum(left.Low, right.Low), Sum(left.Expected, right.Expected), Sum(left.High, right.High), Sum(left.Maximum, right.Maximum));

    /// <summary>Compares two estimates.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether all numbers are equal.</returns>
    public static bool operator ==(TokenEstimate left, TokenEstimate right) => left.Equals(right);

    /// <summary>Compares two estimates.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether a number differs.</returns>
    public static bool operator !=(TokenEstimate left, TokenEstimate right) => !left.Equals(right);

    /// <summary>Adds two estimates, for texts that are counted one by one.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum, end by end.</returns>
    public static TokenEstimate Add(TokenEstimate left, TokenEstimate right) => left + right;

    /// <inheritdoc/>
    public bool Equals(TokenEstimate other) =>
        Minimum == other.Minimum && Low == other.Low && Expected == other.Expected && High == other.High && Maximum == other.Maximum;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TokenEstimate other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Expected.GetHashCode() ^ (Maximum.GetHashCode() * 397);

    /// <summary>Gives the estimate in words: <c>1,200 tokens (1,080 to 1,320)</c>; <c>1,200 tokens</c> where the number is known exactly.</summary>
    /// <returns>The words.</returns>
    public override string ToString() => InWords.English;

    private static long Sum(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}
