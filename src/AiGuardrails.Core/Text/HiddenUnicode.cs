namespace AiGuardrails.Core.Text;

/// <summary>Characters side by side that nobody sees.</summary>
/// <param name="Start">The first unit: a byte or a UTF-16 code unit, as the text has it.</param>
/// <param name="Length">The number of units.</param>
/// <param name="Count">The number of characters.</param>
/// <param name="First">The code point of the first.</param>
internal readonly record struct HiddenRun(int Start, int Length, int Count, int First)
{
    /// <summary>Gets what the first character is.</summary>
    public Sentence Description => First switch
    {
        >= 0xE0000 and <= 0xE007F => "a tag character",
        >= 0xE0100 and <= 0xE01EF or >= 0xFE00 and <= 0xFE0F or >= 0x180B and <= 0x180F => "a variation selector",
        >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 or 0x200E or 0x200F or 0x061C => "a control character of writing direction",
        0xFEFF => "a byte-order mark",
        _ => "a character without width",
    };
}

/// <summary>
/// Finds text that is invisible to people and not to a model: tag characters, controls of writing direction, characters
/// without width, variation selectors. Left are the places where a script or an emoji needs them.
/// </summary>
internal static class HiddenUnicode
{
    private const int ZeroWidthSpace = 0x200B;
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;
    private const int LeftToRightMark = 0x200E;
    private const int RightToLeftMark = 0x200F;
    private const int ArabicLetterMark = 0x061C;
    private const int WordJoiner = 0x2060;
    private const int ByteOrderMark = 0xFEFF;
    private const int BlackFlag = 0x1F3F4;
    private const int CancelTag = 0xE007F;

    /// <summary>Finds the first run of hidden characters from an index on.</summary>
    public static bool TryFind(ReadOnlySpan<byte> utf8, int from, out HiddenRun run)
    {
        var hasRightToLeft = (bool?)null;
        return TryFind(new Scalars(utf8), from, ref hasRightToLeft, out run);
    }

    /// <summary>Finds the first run of hidden characters from an index on.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="from">The index.</param>
    /// <param name="hasRightToLeft">What is known of the whole text from an earlier call; null at first.</param>
    /// <param name="run">The run.</param>
    public static bool TryFind(ReadOnlySpan<byte> utf8, int from, ref bool? hasRightToLeft, out HiddenRun run) =>
        TryFind(new Scalars(utf8), from, ref hasRightToLeft, out run);

    /// <summary>Finds the first run of hidden characters from an index on.</summary>
    public static bool TryFind(ReadOnlySpan<char> utf16, int from, out HiddenRun run)
    {
        var hasRightToLeft = (bool?)null;
        return TryFind(new Scalars(utf16), from, ref hasRightToLeft, out run);
    }

    /// <summary>Finds the first run of hidden characters from an index on.</summary>
    /// <param name="utf16">The text.</param>
    /// <param name="from">The index.</param>
    /// <param name="hasRightToLeft">What is known of the whole text from an earlier call; null at first.</param>
    /// <param name="run">The run.</param>
    public static bool TryFind(ReadOnlySpan<char> utf16, int from, ref bool? hasRightToLeft, out HiddenRun run) =>
        TryFind(new Scalars(utf16), from, ref hasRightToLeft, out run);

    private static bool TryFind(Scalars text, int from, ref bool? hasRightToLeft, out HiddenRun run)
    {
        run = default;
        var i = text.IndexOfNonAscii(from);
        while (i < text.Length)
        {
            var scalar = text.At(i, out var size);
            if (scalar == BlackFlag && FlagLength(text, i + size) is > 0 and var tags)
            {
                i = text.IndexOfNonAscii(i + size + tags);
                continue;
            }

            if (IsHidden(text, i, size, scalar, ref hasRightToLeft))
            {
                run = run.Count == 0
                    ? new HiddenRun(i, size, 1, scalar)
                    : run with { Length = i + size - run.Start, Count = run.Count + 1 };
                i += size;
                continue;
            }

            if (run.Count > 0)
            {
                return true;
            }

            i = text.IndexOfNonAscii(i + size);
        }

        return run.Count > 0;
    }

    private static bool IsHidden(Scalars text, int index, int size, int scalar, ref bool? hasRightToLeft)
    {
        switch (scalar)
        {
            case >= 0xE0000 and <= CancelTag:
            case >= 0x202A and <= 0x202E:
            case >= 0x2066 and <= 0x2069:
            case >= WordJoiner and <= 0x2064:
            case ByteOrderMark:
                return true;

            case LeftToRightMark or RightToLeftMark or ArabicLetterMark:
                hasRightToLeft ??= HasRightToLeft(text);
                return hasRightToLeft == false;

            case ZeroWidthSpace:
                return !BreaksWords(text.Before(index, out _)) && !BreaksWords(text.At(index + size, out _));

            case ZeroWidthNonJoiner:
                return !Joins(text.Before(index, out _)) && !Joins(text.At(index + size, out _));

            case ZeroWidthJoiner:
                var before = text.Before(index, out _);
                var after = text.At(index + size, out _);
                return !Joins(before) && !Joins(after) && !(JoinsInEmoji(before) && IsEmoji(after));

            case 0x180E or (>= 0x180B and <= 0x180D) or 0x180F:
                return text.Before(index, out _) is < 0x1800 or > 0x18AF;

            case 0xFE0E or 0xFE0F:
                return !HasTwoStyles(text.Before(index, out _));

            case >= 0xFE00 and <= 0xFE0D:
                return !HasStandardVariants(text.Before(index, out _));

            case >= 0xE0100 and <= 0xE01EF:
                return !IsIdeograph(text.Before(index, out _));

            default:
                return false;
        }
    }

    // A flag of a part of a country: its letters in tag characters, and the end of them.
    private static int FlagLength(Scalars text, int from)
    {
        var i = from;
        while (text.At(i, out var size) is var scalar && scalar is >= 0xE0030 and <= CancelTag)
        {
            i += size;
            if (scalar == CancelTag)
            {
                return i - from;
            }

            if (scalar is not (>= 0xE0030 and <= 0xE0039) and not (>= 0xE0061 and <= 0xE007A) || i - from > 32)
            {
                return 0;
            }
        }

        return 0;
    }

    private static bool HasRightToLeft(Scalars text)
    {
        for (var i = text.IndexOfNonAscii(0); i < text.Length; i = text.IndexOfNonAscii(i))
        {
            var scalar = text.At(i, out var size);
            if (scalar is (>= 0x0590 and <= 0x08FF and not ArabicLetterMark) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF))
            {
                return true;
            }

            i += size;
        }

        return false;
    }

    // Scripts written without spaces between words.
    private static bool BreaksWords(int scalar) =>
        scalar is (>= 0x0E00 and <= 0x0FFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x1950 and <= 0x19DF) or (>= 0x1A20 and <= 0x1AAF);

    // Scripts whose letters take another form beside a joiner.
    private static bool Joins(int scalar) =>
        scalar is (>= 0x0600 and <= 0x07FF) or (>= 0x0840 and <= 0x0DFF) or (>= 0x0F00 and <= 0x109F) or (>= 0x1780 and <= 0x18AF)
            or (>= 0x1B00 and <= 0x1C4F) or (>= 0xA800 and <= 0xABFF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x11000 and <= 0x11FFF) or (>= 0x1E900 and <= 0x1E95F);

    private static bool JoinsInEmoji(int scalar) => IsEmoji(scalar) || scalar is 0xFE0F or 0x20E3 or CancelTag;

    private static bool IsEmoji(int scalar) =>
        scalar is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2190 and <= 0x21FF) or (>= 0x2300 and <= 0x23FF) or (>= 0x2460 and <= 0x27BF)
            or (>= 0x2900 and <= 0x297F) or (>= 0x2B00 and <= 0x2BFF) or 0x00A9 or 0x00AE or 0x203C or 0x2049 or 0x2122 or 0x2139 or 0x3030 or 0x303D or 0x3297 or 0x3299;

    private static bool HasTwoStyles(int scalar) => IsEmoji(scalar) || scalar is '#' or '*' or (>= '0' and <= '9');

    private static bool HasStandardVariants(int scalar) =>
        IsIdeograph(scalar) || scalar is '0' or (>= 0x2200 and <= 0x22FF) or (>= 0x2A00 and <= 0x2AFF) or (>= 0x1000 and <= 0x109F)
            or (>= 0xA840 and <= 0xA87F) or (>= 0x3000 and <= 0x303F) or (>= 0xFF00 and <= 0xFFEF) or (>= 0x2018 and <= 0x201D);

    private static bool IsIdeograph(int scalar) =>
        scalar is (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
