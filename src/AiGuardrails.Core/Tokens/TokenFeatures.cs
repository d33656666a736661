namespace AiGuardrails.Core.Tokens;

/// <summary>What one scan of a text counts; the estimate is a weighted sum of it. Counts of several texts add up.</summary>
internal struct TokenFeatures
{
    /// <summary>Bytes as UTF-8: every token stands for one at least.</summary>
    public long Bytes;

    /// <summary>Pieces that no token reaches across, at the least.</summary>
    public long Pieces;

    /// <summary>Pieces among them that o200k joins to the word before: the ends of "don't" and "we'll".</summary>
    public long Contractions;

    /// <summary>Runs of letters of the Latin script, and the letters in them.</summary>
    public long Words;

    public long Letters;

    public long LettersBeyondEight;

    public long LettersBeyondFour;

    public long AccentedLetters;

    public long AccentedBytes;

    /// <summary>Places where an upper-case letter follows a lower-case one.</summary>
    public long CaseChanges;

    /// <summary>Groups of up to three digits.</summary>
    public long DigitGroups;

    public long PunctuationRuns;

    /// <summary>Punctuation beyond two in a run, repetitions of one character aside.</summary>
    public long PunctuationBeyondTwo;

    public long LineBreakRuns;

    /// <summary>Runs of two and more spaces without a line break.</summary>
    public long SpaceRuns;

    public long Greek;

    public long Cyrillic;

    public long Hebrew;

    public long Arabic;

    public long Thai;

    public long Kana;

    public long Hangul;

    public long Han;

    /// <summary>Bytes of everything else outside ASCII, emoji among it.</summary>
    public long OtherBytes;

    /// <summary>Characters of long runs of letters and digits in turn, such as hashes and base64.</summary>
    public long DenseCharacters;

    public void Add(TokenFeatures other)
    {
        Bytes += other.Bytes;
        Pieces += other.Pieces;
        Contractions += other.Contractions;
        Words += other.Words;
        Letters += other.Letters;
        LettersBeyondEight += other.LettersBeyondEight;
        LettersBeyondFour += other.LettersBeyondFour;
        AccentedLetters += other.AccentedLetters;
        AccentedBytes += other.AccentedBytes;
        CaseChanges += other.CaseChanges;
        DigitGroups += other.DigitGroups;
        PunctuationRuns += other.PunctuationRuns;
        PunctuationBeyondTwo += other.PunctuationBeyondTwo;
        LineBreakRuns += other.LineBreakRuns;
        SpaceRuns += other.SpaceRuns;
        Greek += other.Greek;
        Cyrillic += other.Cyrillic;
        Hebrew += other.Hebrew;
        Arabic += other.Arabic;
        Thai += other.Thai;
        Kana += other.Kana;
        Hangul += other.Hangul;
        Han += other.Han;
        OtherBytes += other.OtherBytes;
        DenseCharacters += other.DenseCharacters;
    }
}
