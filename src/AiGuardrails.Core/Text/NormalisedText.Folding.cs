using System.Buffers.Binary;

namespace AiGuardrails.Core.Text;

/// <summary>What single characters become, and which runs of them stay as they are.</summary>
internal sealed partial class NormalisedText
{
    internal static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;

    internal static bool IsSpace(char c) =>
        c is '\u0085' or '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200A') or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000';

    /// <summary>Of each character of two bytes: what it is folded to, a space, or NUL. The platform takes many times as long over each.</summary>
    internal static readonly char[] Folds = [.. Enumerable.Range(0, 0x800).Select(static c => IsSpace((char)c) ? ' ' : FoldOf((char)c))];

    /// <summary>Gets the folded character, where that is one character of the same length whatever stands beside it; else NUL.</summary>
    internal static char Fold(char c) => c < Folds.Length ? Folds[c] : FoldOf(c);

    private static char FoldOf(char c) => c switch
    {
        >= '\u4E00' and <= '\u9FFF' => c,                               // Han
        >= '\u3041' and <= '\u3096' or >= '\u30A1' and <= '\u30FE' => c, // kana, without the combining sound marks
        >= '\uAC00' and <= '\uD7A3' => c,                               // Hangul syllables
        >= '\u3001' and <= '\u3030' and not (>= '\u302A') => c,
        >= '\u00C0' and <= '\u00FF' and not '\u00D7' and not '\u00F7' => char.ToLowerInvariant(c),
        '\u00A1' or '\u00A7' or '\u00AB' or '\u00AC' or '\u00B0' or '\u00B1' or '\u00B6' or '\u00B7' or '\u00BB' or '\u00BF' or '\u00D7' or '\u00F7' => c,
        '\u00A2' or '\u00A3' or '\u00A4' or '\u00A5' or '\u00A6' or '\u00A9' or '\u00AE' => c,
        >= '\u0100' and <= '\u017E' and not '\u0130' and not '\u0131' and not '\u0132' and not '\u0133' and not '\u013F' and not '\u0140' and not '\u0149' => char.ToLowerInvariant(c),
        >= '\u0386' and <= '\u03CE' and not '\u0387' => FoldGreek(c),
        >= '\u0400' and <= '\u0481' or >= '\u048A' and <= '\u052F' => char.ToLowerInvariant(c),
        >= '\u05D0' and <= '\u05EA' => c,
        >= '\u0621' and <= '\u064A' or '\u060C' or '\u061B' or '\u061F' or >= '\u0660' and <= '\u0669' => c,
        >= '\u0904' and <= '\u0928' or >= '\u092A' and <= '\u0930' or >= '\u0935' and <= '\u0939' or >= '\u093E' and <= '\u094D' => c,
        >= '\u0E01' and <= '\u0E3A' and not '\u0E33' or >= '\u0E40' and <= '\u0E4E' => c,
        '\u2010' or >= '\u2012' and <= '\u2016' or >= '\u2018' and <= '\u2022' or '\u2030' or '\u2039' or '\u203A' or '\u20AC' or '\u2190' or '\u2192' => c,
        >= '\u2600' and <= '\u27BF' or '\u200D' or '\uFE0F' => c, // symbols, and what joins them
        _ => '\0',
    };

    private static char FoldGreek(char c) => char.ToLowerInvariant(c) is var lower && lower == 'ς' ? 'σ' : lower;

    /// <summary>Finds the end of a run of Han, which is well-formed, by its leads: two at a time, of which eight bytes are read.</summary>
    private static int EndOfHan(ReadOnlySpan<byte> utf8, int i)
    {
        while (i + sizeof(ulong) <= utf8.Length && BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(i)) is var word && IsLeadOfHan((byte)word) && IsLeadOfHan((byte)(word >> 24)))
        {
            i += 6;
        }

        while (i + 3 <= utf8.Length && IsLeadOfHan(utf8[i]))
        {
            i += 3;
        }

        return i;
    }

    /// <summary>Finds the end of a run of kana, which stay as they are but for what combines: U+3041 to U+3096 and U+30A1 to U+30FE.</summary>
    private static int EndOfKana(ReadOnlySpan<byte> utf8, int i)
    {
        while (i + 3 <= utf8.Length && utf8[i] == 0xE3 && (utf8[i + 1], utf8[i + 2]) is (0x81, >= 0x81) or (0x82, <= 0x96 or >= 0xA1) or (0x83, <= 0xBE))
        {
            i += 3;
        }

        return i;
    }

    private static bool IsLeadOfHan(byte b) => b is >= 0xE4 and <= 0xE9;
}
