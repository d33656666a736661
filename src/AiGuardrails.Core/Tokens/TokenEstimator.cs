using AiGuardrails.Core.Tokens;

namespace AiGuardrails;

/// <summary>Estimates how many tokens a text has for a model, in one pass and without the model's vocabulary.</summary>
/// <remarks>
/// <para>
/// The estimate is a weighted sum of what a text consists of: words, digits, punctuation, and characters by script. The
/// weights were fitted to exact counts with the vocabularies cl100k_base and o200k_base over documentation, chat files,
/// source code and user interfaces in some twenty languages, and tested on texts that were not part of the fit.
/// </para>
/// <para>
/// For a model whose vocabulary is not one of these two, the newer one is taken, and the band is ±35 % at the least.
/// Estimators hold no state and can be used by any number of threads.
/// </para>
/// </remarks>
public sealed class TokenEstimator
{
    // The most bytes that one entry of either vocabulary stands for.
    private const int LongestToken = 128;

    // From this share of accented letters on, a text is taken for one in another language than English.
    private const double AccentedShare = 0.004;

    // The bands below are those of texts of this many tokens; a shorter text strays further from the average.
    private const double BandTokens = 250;

    private const double EnglishBand = 0.10;
    private const double OtherBand = 0.25;
    private const double AsianBand = 0.20;
    private const double UnknownVocabularyBand = 0.35;

    // Text without words may have more than twice the tokens that its letters suggest; hexadecimal digits have fewer.
    private const double DensePerCharacter = 0.4;
    private const double OtherBytesShare = 1.5;

    private static readonly TokenEstimator s_cl100k = new(TokenEncoding.Cl100k, Weights.Cl100k);
    private static readonly TokenEstimator s_o200k = new(TokenEncoding.O200k, Weights.O200k);
    private static readonly TokenEstimator s_unknown = new(TokenEncoding.Unknown, Weights.O200k);

    private readonly TokenEncoding _encoding;
    private readonly Weights _weights;

    private TokenEstimator(TokenEncoding encoding, Weights weights)
    {
        _encoding = encoding;
        _weights = weights;
    }

    /// <summary>Returns the estimator for a model or a fine-tuned model.</summary>
    /// <param name="model">The ID of the model, such as <c>gpt-4o-mini</c> or <c>ft:gpt-4.1-2025-04-14:acme::AbC12345</c>.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static TokenEstimator ForModel(string model) => For(TokenEncodings.Of(model ?? throw new ArgumentNullException(nameof(model))));

    /// <summary>Estimates the tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The estimate; zero for the empty text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public TokenEstimate Estimate(string text) => Estimate((text ?? throw new ArgumentNullException(nameof(text))).AsSpan());

    /// <summary>Estimates the tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The estimate; zero for the empty text.</returns>
    public TokenEstimate Estimate(ReadOnlySpan<char> text)
    {
        TokenScanner scanner = default;
        scanner.Scan(text);
        scanner.End();
        return Estimate(scanner.Features);
    }

    /// <summary>Estimates the tokens of a text in UTF-8.</summary>
    /// <param name="utf8">The bytes. Bytes that are no UTF-8 count as text of unknown kind.</param>
    /// <returns>The estimate; zero for no bytes.</returns>
    public TokenEstimate Estimate(ReadOnlySpan<byte> utf8)
    {
        TokenScanner scanner = default;
        scanner.Scan(utf8);
        scanner.End();
        return Estimate(scanner.Features);
    }

    internal static TokenEstimator For(TokenEncoding encoding) => encoding switch
    {
        TokenEncoding.Cl100k => s_cl100k,
        TokenEncoding.O200k => s_o200k,
        _ => s_unknown,
    };

    internal TokenEstimate Estimate(TokenFeatures features)
    {
        if (features.Bytes == 0)
        {
            return default;
        }

        var minimum = Math.Max(1, (features.Bytes + LongestToken - 1) / LongestToken);
        minimum = _encoding switch
        {
            TokenEncoding.Cl100k => Math.Max(minimum, features.Pieces),
            TokenEncoding.O200k => Math.Max(minimum, features.Pieces - features.Contractions),
            _ => minimum,
        };

        // Not every language counts as English because its alphabet is the English one, but nothing else tells them apart.
        var isAccented = features.AccentedLetters > 0 && features.AccentedLetters >= AccentedShare * features.Letters;
        var words = isAccented
            ? (_weights.AccentedWord * features.Words) + (_weights.AccentedLetterBeyondFour * features.LettersBeyondFour) + (_weights.AccentedLetter * features.AccentedLetters)
            : (_weights.Word * features.Words) + (_weights.LetterBeyondEight * features.LettersBeyondEight) + (_weights.CaseChange * features.CaseChanges);
        var marks = (_weights.DigitGroup * features.DigitGroups)
            + (_weights.PunctuationRun * features.PunctuationRuns) + (_weights.PunctuationBeyondTwo * features.PunctuationBeyondTwo)
            + (_weights.LineBreakRun * features.LineBreakRuns) + (_weights.SpaceRun * features.SpaceRuns);
        var latin = words + marks;
        var alphabets = (_weights.Greek * features.Greek) + (_weights.Cyrillic * features.Cyrillic) + (_weights.Hebrew * features.Hebrew)
            + (_weights.Arabic * features.Arabic) + (_weights.Thai * features.Thai);
        var asian = (_weights.Kana * features.Kana) + (_weights.Hangul * features.Hangul) + (_weights.Han * features.Han);
        var other = _weights.OtherByte * (features.OtherBytes + (isAccented ? 0 : features.AccentedBytes));

        var expected = latin + alphabets + asian + other;
        var band = (latin * (isAccented ? OtherBand : EnglishBand)) + (alphabets * OtherBand) + (asian * AsianBand) + (other * OtherBand);
        band += DensePerCharacter / 2 * features.DenseCharacters;
        if (_encoding == TokenEncoding.Unknown)
        {
            band = Math.Max(band, expected * UnknownVocabularyBand);
        }

        band *= expected < BandTokens ? Math.Sqrt(BandTokens / Math.Max(expected, 1)) : 1;
        var high = expected + band + (DensePerCharacter * features.DenseCharacters) + (OtherBytesShare * other);

        var likely = Clamp((long)Math.Round(expected), minimum, features.Bytes);
        return new TokenEstimate(
            minimum,
            Clamp((long)Math.Floor(expected - band), minimum, likely),
            likely,
            Clamp((long)Math.Ceiling(high), likely, features.Bytes),
            features.Bytes);
    }

    private static long Clamp(long value, long minimum, long maximum) => Math.Min(Math.Max(value, minimum), maximum);

    /// <summary>Tokens for each thing counted: a least-squares fit, tested on chunks of 1,000 characters left out of it.</summary>
    private sealed record Weights
    {
        public static Weights Cl100k { get; } = new()
        {
            Word = 1.042,
            LetterBeyondEight = 0.128,
            CaseChange = 0.256,
            DigitGroup = 1.464,
            PunctuationRun = 0.717,
            PunctuationBeyondTwo = 0.863,
            LineBreakRun = 0.943,
            SpaceRun = 0.917,
            AccentedWord = 0.247,
            AccentedLetterBeyondFour = 0.554,
            AccentedLetter = 2.039,
            Greek = 1.058,
            Cyrillic = 0.516,
            Hebrew = 1.197,
            Arabic = 0.841,
            Thai = 0.958,
            Kana = 0.952,
            Hangul = 1.185,
            Han = 1.199,
            OtherByte = 0.279,
        };

        public static Weights O200k { get; } = new()
        {
            Word = 1.022,
            LetterBeyondEight = 0.125,
            CaseChange = 0.339,
            DigitGroup = 1.438,
            PunctuationRun = 0.723,
            PunctuationBeyondTwo = 0.807,
            LineBreakRun = 1.099,
            SpaceRun = 1.238,
            AccentedWord = 0.316,
            AccentedLetterBeyondFour = 0.447,
            AccentedLetter = 1.103,
            Greek = 0.441,
            Cyrillic = 0.318,
            Hebrew = 0.477,
            Arabic = 0.381,
            Thai = 0.419,
            Kana = 0.654,
            Hangul = 0.726,
            Han = 0.798,
            OtherByte = 0.274,
        };

        public required double Word { get; init; }

        public required double LetterBeyondEight { get; init; }

        public required double CaseChange { get; init; }

        public required double DigitGroup { get; init; }

        public required double PunctuationRun { get; init; }

        public required double PunctuationBeyondTwo { get; init; }

        public required double LineBreakRun { get; init; }

        public required double SpaceRun { get; init; }

        public required double AccentedWord { get; init; }

        public required double AccentedLetterBeyondFour { get; init; }

        public required double AccentedLetter { get; init; }

        public required double Greek { get; init; }

        public required double Cyrillic { get; init; }

        public required double Hebrew { get; init; }

        public required double Arabic { get; init; }

        public required double Thai { get; init; }

        public required double Kana { get; init; }

        public required double Hangul { get; init; }

        public required double Han { get; init; }

        public required double OtherByte { get; init; }
    }
}
