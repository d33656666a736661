using System.Globalization;

namespace AiGuardrails.Core.Text;

/// <summary>A place where text was decoded with the wrong encoding, or could not be decoded.</summary>
internal readonly record struct MojibakeMatch(int Start, int Length, Sentence Description);

/// <summary>
/// Finds the traces of wrong decoding: replacement characters, control characters that no text has, and the pairs that
/// UTF-8 becomes when it is read as Latin-1 or Windows-1252.
/// </summary>
internal static class Mojibake
{
    /// <summary>Finds the first trace.</summary>
    public static bool TryFind(ReadOnlySpan<byte> utf8, out MojibakeMatch match) => TryFind(new Scalars(utf8), out match);

    /// <summary>Finds the first trace.</summary>
    public static bool TryFind(ReadOnlySpan<char> utf16, out MojibakeMatch match) => TryFind(new Scalars(utf16), out match);

    private static bool TryFind(Scalars text, out MojibakeMatch match)
    {
        for (var i = text.IndexOfNonAscii(0); i < text.Length; i = text.IndexOfNonAscii(i))
        {
            var first = text.At(i, out var size);
            if (first == 0xFFFD)
            {
                match = new MojibakeMatch(i, size, "the replacement character U+FFFD, where a character could not be decoded");
                return true;
            }

            if (first is >= 0x80 and <= 0x9F and not 0x85)
            {
                match = new MojibakeMatch(i, size, "a control character (U+0080 to U+009F) that no text has");
                return true;
            }

            if (first is >= 0xC2 and <= 0xF0 && Length(text, i, size, first) is > 0 and var length)
            {
                match = new MojibakeMatch(i, length, "characters that UTF-8 becomes when it is read as Latin-1 or Windows-1252");
                return true;
            }

            i += size;
        }

        match = default;
        return false;
    }

    private static int Length(Scalars text, int index, int size, int first)
    {
        var at = index + size;
        var second = text.At(at, out var secondSize);
        if (!IsTrail(second))
        {
            return 0;
        }

        var third = text.At(at + secondSize, out var thirdSize);
        var two = size + secondSize;
        switch (first)
        {
            case 0xE2 when second == 0x20AC && IsTrail(third): // a quotation mark, dash or ellipsis
            case 0xEF when second == 0xBB && third == 0xBF:    // a byte-order mark
                return two + thirdSize;
            case 0xF0 when second == 0x178:                    // an emoji
                return two;
            case 0xC2 or 0xC3:
                // Capital letters that stand before a closing quotation mark or a space in text as well: then the letter
                // before tells, for nobody writes a capital after a small letter.
                var certain = second is >= 0xA1 and <= 0xBF and not 0xBB;
                return certain || IsLower(text.Before(index, out _)) ? two : 0;
            case 0xD0 or 0xD1: // Cyrillic: two pairs in a row
                return third is 0xD0 or 0xD1 && IsTrail(text.At(at + secondSize + thirdSize, out var fourthSize)) ? two + thirdSize + fourthSize : 0;
            case >= 0xE3 and <= 0xE9: // Chinese, Japanese
                return second is >= 0xA1 and <= 0xBF and not 0xBB && third is >= 0xA1 and <= 0xBF and not 0xBB ? two + thirdSize : 0;
            default:
                return 0;
        }
    }

    // What the bytes 0x80 to 0xBF are in Latin-1 or Windows-1252.
    private static bool IsTrail(int scalar) =>
        scalar is (>= 0x80 and <= 0xBF)
            or 0x20AC or 0x201A or 0x0192 or 0x201E or 0x2026 or 0x2020 or 0x2021 or 0x02C6 or 0x2030 or 0x0160 or 0x2039 or 0x0152 or 0x017D
            or 0x2018 or 0x2019 or 0x201C or 0x201D or 0x2022 or 0x2013 or 0x2014 or 0x02DC or 0x2122 or 0x0161 or 0x203A or 0x0153 or 0x017E or 0x0178;

    private static bool IsLower(int scalar) => scalar is >= 0 and < 0x10000 && char.GetUnicodeCategory((char)scalar) == UnicodeCategory.LowercaseLetter;
}
