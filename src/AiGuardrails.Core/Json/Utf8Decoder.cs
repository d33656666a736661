#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace AiGuardrails.Core.Json;

/// <summary>
/// Turns bytes that have been found to be UTF-8 into text, and does not ask again: sixteen bytes at a time of ASCII, five characters
/// at a time of what takes three bytes each.
/// </summary>
internal static class Utf8Decoder
{
    private const uint FiveLeads = 0b1_0010_0100_1001;

    /// <summary>Gets whether the machine has the instructions.</summary>
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    /// <summary>Decodes well-formed UTF-8.</summary>
    public static string GetString(ReadOnlySpan<byte> utf8)
    {
        var count = CountUnits(utf8);
        if (count == utf8.Length)
        {
            // ASCII, for which nothing is faster than the platform.
            return Encoding.Latin1.GetString(utf8);
        }

        // What "string.Create" does, which takes no span: nobody else has seen the string yet.
        var text = new string('\0', count);
        Decode(utf8, MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(text.AsSpan()), text.Length));
        return text;
    }

    /// <summary>Counts the UTF-16 code units of well-formed UTF-8.</summary>
    public static int CountUnits(ReadOnlySpan<byte> utf8)
    {
        var count = utf8.Length;
        var i = 0;
        ref var start = ref MemoryMarshal.GetReference(utf8);
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i + Vector256<byte>.Count <= utf8.Length; i += Vector256<byte>.Count)
            {
                var block = Vector256.LoadUnsafe(ref start, (nuint)i);
                var continuations = Vector256.LessThan(block.AsSByte(), Vector256.Create((sbyte)-64)).ExtractMostSignificantBits();
                var fours = Vector256.Equals(Vector256.Max(block, Vector256.Create((byte)0xF0)), block).ExtractMostSignificantBits();
                count += BitOperations.PopCount(fours) - BitOperations.PopCount(continuations);
            }
        }

        for (; i < utf8.Length; i++)
        {
            // A continuation adds nothing; four bytes become two units.
            count += utf8[i] >= 0xF0 ? 1 : (sbyte)utf8[i] < -64 ? -1 : 0;
        }

        return count;
    }

    private static void Decode(ReadOnlySpan<byte> utf8, Span<char> text)
    {
        var i = 0;
        var written = 0;
        ref var source = ref MemoryMarshal.GetReference(utf8);
        ref var target = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        while (i + Vector128<byte>.Count <= utf8.Length && written + Vector128<ushort>.Count <= text.Length)
        {
            var block = Vector128.LoadUnsafe(ref source, (nuint)i);
            var others = block.ExtractMostSignificantBits();
            if (others == 0)
            {
                // As many units are left as these are.
                var (low, high) = Vector128.Widen(block);
                low.StoreUnsafe(ref target, (nuint)written);
                high.StoreUnsafe(ref target, (nuint)(written + Vector128<ushort>.Count));
                i += Vector128<byte>.Count;
                written += Vector128<byte>.Count;
                continue;
            }

            if ((others & 1) == 0)
            {
                // Units behind those that count are overwritten by what comes next.
                Vector128.WidenLower(block).StoreUnsafe(ref target, (nuint)written);
                var count = Math.Min(BitOperations.TrailingZeroCount(others), Vector128<ushort>.Count);
                i += count;
                written += count;
                continue;
            }

            var leads = Vector128.Equals(block & Vector128.Create((byte)0xF0), Vector128.Create((byte)0xE0)).ExtractMostSignificantBits();
            var bytes = BitOperations.TrailingZeroCount((~leads & FiveLeads) | (1u << 15));
            if (bytes == 0)
            {
                DecodeOne(utf8, ref i, text, ref written);
                continue;
            }

            var lastTwo = Vector128.Shuffle(block, Vector128.Create((byte)2, 1, 5, 4, 8, 7, 11, 10, 14, 13, 255, 255, 255, 255, 255, 255)).AsUInt16();
            var first = Vector128.Shuffle(block, Vector128.Create((byte)0, 255, 3, 255, 6, 255, 9, 255, 12, 255, 255, 255, 255, 255, 255, 255)).AsUInt16();
            var units = Vector128.ShiftLeft(first, 12)
                | Vector128.ShiftRightLogical(lastTwo & Vector128.Create((ushort)0x3F00), 2)
                | (lastTwo & Vector128.Create((ushort)0x003F));
            units.StoreUnsafe(ref target, (nuint)written);
            i += bytes;
            written += bytes / 3;
        }

        while (i < utf8.Length)
        {
            DecodeOne(utf8, ref i, text, ref written);
        }
    }

    private static void DecodeOne(ReadOnlySpan<byte> utf8, ref int i, Span<char> text, ref int written)
    {
        var lead = utf8[i];
        switch (lead)
        {
            case < 0x80:
                text[written++] = (char)lead;
                i++;
                break;
            case < 0xE0:
                text[written++] = (char)(((lead & 0x1F) << 6) | (utf8[i + 1] & 0x3F));
                i += 2;
                break;
            case < 0xF0:
                text[written++] = (char)(((lead & 0x0F) << 12) | ((utf8[i + 1] & 0x3F) << 6) | (utf8[i + 2] & 0x3F));
                i += 3;
                break;
            default:
                var scalar = ((lead & 0x07) << 18) | ((utf8[i + 1] & 0x3F) << 12) | ((utf8[i + 2] & 0x3F) << 6) | (utf8[i + 3] & 0x3F);
                text[written++] = (char)(0xD7C0 + (scalar >> 10));
                text[written++] = (char)(0xDC00 | (scalar & 0x3FF));
                i += 4;
                break;
        }
    }
}
#endif
