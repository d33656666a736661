using System.Globalization;
using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Tokens;

/// <summary>Cuts a text into the pieces that no token reaches across, exactly as the patterns of the vocabularies do.</summary>
/// <remarks>
/// <para>
/// The patterns are in openai/tiktoken, <c>tiktoken_ext/openai_public.py</c>. They are followed here by hand: a regular expression
/// would need UTF-16, would see the halves of a character beyond the basic plane as two, and goes back over what it has read.
/// Here every character is looked at a bounded number of times.
/// </para>
/// <para>
/// Which characters are letters, marks and digits is what the platform knows; of characters that are newer than its tables, a
/// count may be off. A byte that is part of no character counts as a mark of punctuation would.
/// </para>
/// </remarks>
internal static class PieceScanner
{
    private const byte MostDigits = 3;

    private static readonly Kind[] s_ascii = CreateAscii();

    [Flags]
    private enum Kind : byte
    {
        None = 0,
        Upper = 1,
        Lower = 2,

        // A letter without case.
        Caseless = 4,
        Mark = 8,
        Digit = 16,
        Space = 32,
        LineBreak = 64,
        Other = 128,

        Letter = Upper | Lower | Caseless,
        WordStart = Upper | Caseless | Mark,
        WordEnd = Lower | Caseless | Mark,
        WhiteSpace = Space | LineBreak,
        Punctuation = Mark | Other,

        // What may stand before the letters of a word and belong to it.
        Prefix = Space | Mark | Other,
    }

    /// <summary>The length in bytes of the piece that the text starts with; the text is not empty.</summary>
    public static int Next(ReadOnlySpan<byte> utf8, TokenEncoding encoding) =>
        encoding == TokenEncoding.Cl100k ? NextCl100k(utf8) : NextO200k(utf8);

    // '(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s
    private static int NextCl100k(ReadOnlySpan<byte> utf8)
    {
        if (Contraction(utf8) is > 0 and var contraction)
        {
            return contraction;
        }

        var kind = KindOf(utf8, out var length);
        if ((kind & Kind.Letter) != Kind.None)
        {
            return Run(utf8, 0, Kind.Letter);
        }

        if ((kind & Kind.Prefix) != Kind.None && Run(utf8, length, Kind.Letter) is var end && end > length)
        {
            return end;
        }

        return NextOfNoWord(utf8, kind, length, isSlashTaken: false, isEndTaken: true);
    }

    // Two alternatives for words, then \p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
    private static int NextO200k(ReadOnlySpan<byte> utf8)
    {
        var kind = KindOf(utf8, out var length);
        var isPrefix = (kind & Kind.Prefix) != Kind.None;
        var body = isPrefix ? length : 0;
        var starts = Run(utf8, body, Kind.WordStart, out var afterLastCaseless);
        var end = Run(utf8, starts, Kind.WordEnd);
        if (end == starts)
        {
            // No lower case behind: the word ends with the last letter that has no case, if there is one, ...
            end = afterLastCaseless;
            if (end == 0 && (kind & Kind.Mark) != Kind.None)
            {
                // ... a mark is such a letter itself where it is not taken for what stands before the word, ...
                end = length;
            }

            // ... and else it is all capitals.
            end = end > 0 ? end : starts > body ? starts : 0;
        }

        return end > 0
            ? end + Contraction(utf8.Slice(end))
            : NextOfNoWord(utf8, kind, length, isSlashTaken: true, isEndTaken: false);
    }

    private static int NextOfNoWord(ReadOnlySpan<byte> utf8, Kind kind, int length, bool isSlashTaken, bool isEndTaken)
    {
        if (kind == Kind.Digit)
        {
            var end = length;
            for (var count = 1; count < MostDigits && end < utf8.Length && KindOf(utf8.Slice(end), out var next) == Kind.Digit; count++)
            {
                end += next;
            }

            return end;
        }

        var marks = utf8[0] == (byte)' ' ? 1 : 0;
        var marksEnd = Run(utf8, marks, Kind.Punctuation);
        if (marksEnd == marks)
        {
            return WhiteSpace(utf8, isEndTaken);
        }

        while (marksEnd < utf8.Length && (utf8[marksEnd] is (byte)'\r' or (byte)'\n' || (isSlashTaken && utf8[marksEnd] == (byte)'/')))
        {
            marksEnd++;
        }

        return marksEnd;
    }

    /// <summary>White space up to the last line break in it; without one, all but the last character, which goes with the word behind.</summary>
    private static int WhiteSpace(ReadOnlySpan<byte> utf8, bool isEndTaken)
    {
        var end = 0;
        var beforeLast = 0;
        var afterLineBreak = 0;
        while (end < utf8.Length && (KindOf(utf8.Slice(end), out var length) & Kind.WhiteSpace) is not Kind.None and var kind)
        {
            beforeLast = end;
            end += length;
            afterLineBreak = kind == Kind.LineBreak ? end : afterLineBreak;
        }

        var isAtEnd = end == utf8.Length;
        return isAtEnd && isEndTaken ? end
            : afterLineBreak > 0 ? afterLineBreak
            : isAtEnd || beforeLast == 0 ? end
            : beforeLast;
    }

    /// <summary>The length of an ending such as <c>'s</c> or <c>'LL</c> that stands here; 0 where none does.</summary>
    private static int Contraction(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 2 || utf8[0] != (byte)'\'')
        {
            return 0;
        }

        switch (utf8[1] | 0x20)
        {
            case 's' or 'd' or 'm' or 't':
                return 2;
            case 'l' when utf8.Length > 2 && (utf8[2] | 0x20) == 'l':
            case 'v' or 'r' when utf8.Length > 2 && (utf8[2] | 0x20) == 'e':
                return 3;
            default:
                // U+017F, a long s, is an s without its case.
                return utf8.Length > 2 && utf8[1] == 0xC5 && utf8[2] == 0xBF ? 3 : 0;
        }
    }

    private static int Run(ReadOnlySpan<byte> utf8, int start, Kind kinds)
    {
        while (start < utf8.Length && (KindOf(utf8.Slice(start), out var length) & kinds) != Kind.None)
        {
            start += length;
        }

        return start;
    }

    /// <summary>As <see cref="Run(ReadOnlySpan{byte}, int, Kind)"/>; also where the last character ends that is a capital and none: 0 for none.</summary>
    private static int Run(ReadOnlySpan<byte> utf8, int start, Kind kinds, out int afterLastCaseless)
    {
        afterLastCaseless = 0;
        while (start < utf8.Length && (KindOf(utf8.Slice(start), out var length) & kinds) is not Kind.None and var kind)
        {
            start += length;
            afterLastCaseless = kind == Kind.Upper ? afterLastCaseless : start;
        }

        return start;
    }

    private static Kind KindOf(ReadOnlySpan<byte> utf8, out int length)
    {
        var lead = utf8[0];
        if (lead < 0x80)
        {
            length = 1;
            return s_ascii[lead];
        }

        length = Utf8.SequenceLength(utf8);
        switch (length)
        {
            case 2:
                return KindOf(CharUnicodeInfo.GetUnicodeCategory((char)(((lead & 0x1F) << 6) | (utf8[1] & 0x3F))), isNextLine: lead == 0xC2 && utf8[1] == 0x85);
            case 3:
                return KindOf(CharUnicodeInfo.GetUnicodeCategory((char)(((lead & 0x0F) << 12) | ((utf8[1] & 0x3F) << 6) | (utf8[2] & 0x3F))), isNextLine: false);
            case 4:
                return KindOf(CategoryOf(((lead & 0x07) << 18) | ((utf8[1] & 0x3F) << 12) | ((utf8[2] & 0x3F) << 6) | (utf8[3] & 0x3F)), isNextLine: false);
            default:
                length = 1;
                return Kind.Other;
        }
    }

    private static UnicodeCategory CategoryOf(int codePoint) =>
#if NET8_0_OR_GREATER
        CharUnicodeInfo.GetUnicodeCategory(codePoint);
#else
        CharUnicodeInfo.GetUnicodeCategory(char.ConvertFromUtf32(codePoint), 0);
#endif

    private static Kind KindOf(UnicodeCategory category, bool isNextLine) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => Kind.Upper,
        UnicodeCategory.LowercaseLetter => Kind.Lower,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Kind.Caseless,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Kind.Mark,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => Kind.Space,
        _ => isNextLine ? Kind.Space : Kind.Other,
    };

    private static Kind[] CreateAscii()
    {
        var kinds = new Kind[0x80];
        for (var c = '\0'; c < kinds.Length; c++)
        {
            kinds[c] = c switch
            {
                '\r' or '\n' => Kind.LineBreak,
                ' ' or (>= '\t' and <= '\r') => Kind.Space,
                >= 'a' and <= 'z' => Kind.Lower,
                >= 'A' and <= 'Z' => Kind.Upper,
                >= '0' and <= '9' => Kind.Digit,
                _ => Kind.Other,
            };
        }

        return kinds;
    }
}
