using System.Buffers.Binary;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace AiGuardrails.Core.Training.Linting;

/// <summary>
/// The way without AVX2, run by run: of plain ASCII, and of characters of two and three bytes that nothing is to be told of. Sixteen bytes
/// at a time where there are vectors of that size; in the compiler, which runs the netstandard2.0 build, eight.
/// </summary>
internal static partial class TextScanner
{
    // What a byte is, in the bits that the vectors have too.
    private const byte EndKind = 0b0000_0001;
    private const byte AnchorKind = 0b0000_1000;
    private const byte DigitKind = 0b1000_0000;
    private const byte OtherKind = 0b0000_0010; // not ASCII

    private static readonly byte[] s_kinds = Kinds();

    private static byte[] Kinds()
    {
        var kinds = new byte[256];
        for (var b = 0; b < kinds.Length; b++)
        {
            kinds[b] = (char)b switch
            {
                < ' ' or '"' or '\\' => EndKind,
                '+' or '-' or ':' or '=' or '@' or 'A' or '_' => AnchorKind,
                >= '0' and <= '9' => DigitKind,
                >= '\u0080' => OtherKind,
                _ => 0,
            };
        }

        return kinds;
    }

    /// <summary>Scans a string on machines of any kind.</summary>
    public static bool TryScanRuns(ReadOnlySpan<byte> utf8, int start, out TextScan scan)
    {
        scan = new TextScan { IsAscii = true, IsClassified = true };
        byte stops = EndKind | AnchorKind | DigitKind | OtherKind;
        var i = start;
        while (true)
        {
            i = SkipPlain(utf8, i, stops);
            if (i == utf8.Length)
            {
                return false;
            }

            switch (s_kinds[utf8[i]])
            {
                case OtherKind:
                    scan.IsAscii = false;
                    i = SkipOthers(utf8, i, ref scan.Suspicion);
                    if (i < 0)
                    {
                        return false;
                    }

                    break;
                case EndKind when utf8[i] == (byte)'"':
                    scan.Length = i - start;
                    return true;
                case EndKind:
                    var escape = utf8[i] == (byte)'\\' ? EscapeLength(utf8.Slice(i)) : 0;
                    if (escape == 0)
                    {
                        return false;
                    }

                    scan.HasEscapes = true;
                    scan.IsClassified &= escape == 2;
                    i += escape;
                    break;
                case DigitKind when !IsNumber(utf8, start, i, out var end):
                    i = end;
                    break;
                default:
                    // Once there is one, no other is looked for.
                    scan.HasAnchors = true;
                    stops = EndKind | OtherKind;
                    i++;
                    break;
            }
        }
    }

    /// <summary>Goes over bytes that are of none of the kinds.</summary>
    private static int SkipPlain(ReadOnlySpan<byte> utf8, int i, byte stops)
    {
#if NET8_0_OR_GREATER
        if (Utf8Validator.IsSupported)
        {
            ref var text = ref MemoryMarshal.GetReference(utf8);
            var classesThatStop = (stops & AnchorKind) != 0 ? Vector128.Create((byte)(Ends | Anchors | Digits)) : Vector128.Create(Ends);
            for (; i + Vector128<byte>.Count <= utf8.Length; i += Vector128<byte>.Count)
            {
                var block = Vector128.LoadUnsafe(ref text, (nuint)i);
                var high = Vector128.ShiftRightLogical(block, 4);
                var classes = Utf8Validator.LookUp(ClassesOfHigh, high) & Utf8Validator.LookUp(ClassesOfLow, block & Vector128.Create((byte)0x0F));
                var plain = Vector128.Equals(classes & classesThatStop, Vector128<byte>.Zero);
                var special = (~plain | block).ExtractMostSignificantBits();
                if (special != 0)
                {
                    return i + BitOperations.TrailingZeroCount(special);
                }
            }
        }
#endif
        var kinds = s_kinds;
        while (i < utf8.Length)
        {
            i = SkipLetters(utf8, i);
            for (var stop = Math.Min(utf8.Length, i + sizeof(ulong)); i < stop; i++)
            {
                if ((kinds[utf8[i]] & stops) != 0)
                {
                    return i;
                }
            }
        }

        return i;
    }

    /// <summary>Goes over small letters, the few signs of their rank, and spaces, eight at a time.</summary>
    private static int SkipLetters(ReadOnlySpan<byte> utf8, int i)
    {
        while (i + sizeof(ulong) <= utf8.Length)
        {
            // Where no byte has its highest bit, nothing is carried from one to the next.
            var word = BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(i));
            var spaces = ~((word ^ (Ascii.EachByte * (byte)' ')) + ~Ascii.HighBits);
            if (((word | ~((word + (Ascii.EachByte * 0x20)) | spaces)) & Ascii.HighBits) != 0)
            {
                break;
            }

            i += sizeof(ulong);
        }

        return i;
    }

    /// <summary>Goes over characters that are not ASCII.</summary>
    /// <returns>The first byte that is ASCII; -1 where the bytes are not UTF-8.</returns>
    private static int SkipOthers(ReadOnlySpan<byte> utf8, int i, ref Suspicion suspicion)
    {
        while (i < utf8.Length && utf8[i] >= 0x80)
        {
            var lead = utf8[i];
            if (lead >= 0xE2 && SkipThrees(utf8, i) is var end && end > i)
            {
                i = end;
                continue;
            }

            if (lead is >= 0xC4 and <= 0xDF and not 0xD8)
            {
                if (i + 1 >= utf8.Length || !IsContinuation(utf8[i + 1]))
                {
                    return -1;
                }

                i += 2;
                continue;
            }

            var size = Utf8.SequenceLength(utf8.Slice(i));
            if (size == 0)
            {
                return -1;
            }

            suspicion |= RareBytes.At(utf8, i);
            i += size;
        }

        return i;
    }

    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;

    /// <summary>
    /// Goes over characters of three bytes from U+3000 to U+CFFF, of which no two continuations are wrong and none is suspicious, and, with
    /// vectors, those that are usual beside them.
    /// </summary>
    private static int SkipThrees(ReadOnlySpan<byte> utf8, int i)
    {
#if NET8_0_OR_GREATER
        if (Vector128.IsHardwareAccelerated)
        {
            ref var text = ref MemoryMarshal.GetReference(utf8);
            for (; i + Vector128<byte>.Count + Margin <= utf8.Length; i += BytesOfHalf)
            {
                var first = Vector128.LoadUnsafe(ref text, (nuint)i);
                var second = Vector128.LoadUnsafe(ref text, (nuint)(i + 1));
                var third = Vector128.LoadUnsafe(ref text, (nuint)(i + 2));
                var above = first - Least;
                var allowed = Vector128.Equals(Vector128.Min(above, Range), above) | (Usual(first, second, third) & Leads);
                var wrong = ~allowed.ExtractMostSignificantBits() & BytesOfHalves & ushort.MaxValue;
                if (wrong != 0)
                {
                    return i + (BitOperations.TrailingZeroCount(wrong) / 3 * 3);
                }
            }
        }
#endif
        // Two of them at a time, by the bytes that have to be continuations; leads have few values.
        while (i + sizeof(ulong) <= utf8.Length)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(i));
            if ((word & 0x0000_C0C0_00C0_C000) != 0x0000_8080_0080_8000 || !IsLead((byte)word) || !IsLead((byte)(word >> 24)))
            {
                break;
            }

            i += 6;
        }

        while (i + 2 < utf8.Length && IsLead(utf8[i]) && IsContinuation(utf8[i + 1]) && IsContinuation(utf8[i + 2]))
        {
            i += 3;
        }

        return i;
    }

    private static bool IsLead(byte b) => b is >= 0xE3 and <= 0xEC;

#if NET8_0_OR_GREATER
    private static Vector128<byte> Usual(Vector128<byte> first, Vector128<byte> second, Vector128<byte> third) =>
        (Vector128.Equals(first, Vector128.Create((byte)0xEF)) & Vector128.Equals(second & Vector128.Create((byte)0xFE), Vector128.Create((byte)0xBC)))
        | (Vector128.Equals(first, Vector128.Create((byte)0xE2)) & Vector128.Equals(second, Vector128.Create((byte)0x80)) & Vector128.Equals(third & Vector128.Create((byte)0xF0), Vector128.Create((byte)0x90)));
#endif
}
