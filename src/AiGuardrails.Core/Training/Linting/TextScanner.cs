using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;
#if NET8_0_OR_GREATER
using System.Runtime.Intrinsics.X86;
#endif

namespace AiGuardrails.Core.Training.Linting;

/// <summary>What one pass over the inside of a string tells of it.</summary>
internal struct TextScan
{
    /// <summary>The number of bytes before the closing quotation mark.</summary>
    public int Length;
    public bool HasEscapes;
    public bool IsAscii;

    /// <summary>Whether the fields below are known: of a text that has to be unescaped they are not.</summary>
    public bool IsClassified;

    /// <summary>Whether there is a byte that any secret and any data about a person have.</summary>
    public bool HasAnchors;
    public Suspicion Suspicion;
}

/// <summary>
/// Finds the end of a string and whether it is JSON and UTF-8, and in the same pass what the checks of content would look for in passes
/// of their own.
/// </summary>
internal static partial class TextScanner
{
    /// <summary>Scans a string from behind its opening quotation mark.</summary>
    /// <returns>False for whatever is to be told of: malformed strings and escaped surrogates without their other halves.</returns>
    public static bool TryScan(ReadOnlySpan<byte> utf8, int start, out TextScan scan)
    {
#if NET8_0_OR_GREATER
        if (Avx2.IsSupported)
        {
            return TryScanBlocks(utf8, start, out scan);
        }
#endif
        return TryScanRuns(utf8, start, out scan);
    }

    // A pair of surrogates is one escape; half a pair is none.
    private static int EscapeLength(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 2)
        {
            return 0;
        }

        switch (utf8[1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return 2;
            case (byte)'u':
                var unit = JsonString.ReadHex(utf8.Slice(2));
                if (unit < 0 || JsonString.IsLowSurrogate(unit))
                {
                    return 0;
                }

                if (!JsonString.IsHighSurrogate(unit))
                {
                    return 6;
                }

                return utf8.Length >= 12 && utf8[6] == (byte)'\\' && utf8[7] == (byte)'u' && JsonString.IsLowSurrogate(JsonString.ReadHex(utf8.Slice(8))) ? 12 : 0;
            default:
                return 0;
        }
    }

    /// <summary>Gets whether digits may be a number that <see cref="Secrets.PersonalData"/> looks into, by what it asks of one first.</summary>
    /// <param name="utf8">The line.</param>
    /// <param name="start">Where the string starts.</param>
    /// <param name="first">The first digit.</param>
    /// <param name="end">The end of the digits.</param>
    private static bool IsNumber(ReadOnlySpan<byte> utf8, int start, int first, out int end)
    {
        end = first + 1;
        while (end < utf8.Length && Ascii.IsDigit(utf8[end]))
        {
            end++;
        }

        var length = end - first;
        var next = end < utf8.Length ? utf8[end] : (byte)0;
        return length >= 13
            || (length >= 4 && next is (byte)' ' or (byte)'-')
            || (length <= 3 && next == (byte)'.' && end + 1 < utf8.Length && Ascii.IsDigit(utf8[end + 1]))
            || (first > start && utf8[first - 1] is >= (byte)'A' and <= (byte)'Z');
    }
}
