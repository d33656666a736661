#if NET
using System.Numerics;
#endif
using System.Runtime.InteropServices;
#if NET
using System.Runtime.Intrinsics;
#endif

namespace AiGuardrails.CompilerServices;

/// <summary>The tag of a fence: 48 bits, written as twelve digits of base 16, the lowest first.</summary>
/// <param name="bits">The bits; the lowest 48 count.</param>
internal readonly struct FenceTag(ulong bits)
{
    /// <summary>The number of characters.</summary>
    public const int Length = 12;

    private const int QuarterLength = sizeof(ulong) / sizeof(char);
    private const ulong EachCharacter = 0x0001_0001_0001_0001;

    // The bit that tells small letters from capitals. Digits have it too.
    private const char LowerCase = '\u0020';
#if NET

    // Four vectors at a time, and the places of their eighth characters.
    private const int PartLength = 64;
    private const int EighthPlace = 8;
    private const char LastDigit = 'f';
#endif

    // Four characters each, the first of them lowest.
    private readonly ulong _start = Digits(bits & 0xFFFF);
    private readonly ulong _middle = Digits((bits >> 16) & 0xFFFF);
    private readonly ulong _end = Digits((bits >> 32) & 0xFFFF);

    /// <summary>Writes the tag.</summary>
    /// <param name="target">Where to.</param>
    public void CopyTo(Span<char> target)
    {
        Write(target, _start);
        Write(target.Slice(QuarterLength), _middle);
        Write(target.Slice(2 * QuarterLength), _end);
    }

    /// <summary>Whether a text holds the tag, in whatever case. A few control characters pass for digits; cleaned text has none.</summary>
    /// <param name="text">The text.</param>
    public bool IsIn(ReadOnlySpan<char> text)
    {
        var places = text.Length - Length + 1;
#if NET
        if (Vector256.IsHardwareAccelerated && places >= Vector256<ushort>.Count)
        {
            return IsInParts(text);
        }
#endif
        for (var i = 0; i < places; i++)
        {
            if ((text[i] | LowerCase) == (char)_start && IsAt(text.Slice(i, Length)))
            {
                return true;
            }
        }

        return false;
    }

#if NET
    // Wherever the tag stands, one of its characters is at a multiple of eight. Where none of these places has a digit, which is so in most
    // text that is not written in Latin letters, no other has to be looked at.
    private bool IsInParts(ReadOnlySpan<char> text)
    {
        ref var characters = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        var places = text.Length - Length + 1;
        var (done, inVain) = (0, 0);
        for (var i = 0; done < places; i += PartLength)
        {
            // What begins up to seven characters before a place of the part, and not in the part before. Two parts in a row in which the
            // look was in vain are enough to know the text, or the end of it, for one of Latin letters.
            var isLast = inVain == 2 || i + PartLength > text.Length;
            var end = isLast ? places : Math.Min(places, i + PartLength - EighthPlace + 1);
            if (!isLast && !MayHoldDigits(ref characters, i))
            {
                inVain = 0;
            }
            else if (IsBetween(text, done, end))
            {
                return true;
            }
            else
            {
                inVain++;
            }

            done = end;
        }

        return false;
    }

    private static bool MayHoldDigits(ref ushort characters, int index)
    {
        var i = (nuint)index;
        var count = (nuint)Vector256<ushort>.Count;
        var least = Vector256.Min(
            Vector256.Min(Vector256.LoadUnsafe(ref characters, i), Vector256.LoadUnsafe(ref characters, i + count)),
            Vector256.Min(Vector256.LoadUnsafe(ref characters, i + (2 * count)), Vector256.LoadUnsafe(ref characters, i + (3 * count))));
        return least[0] <= LastDigit || least[EighthPlace] <= LastDigit;
    }

    // One character of sixteen places at a time; the last sixteen are looked at again rather than one by one. It is one of 0 to 9, where the
    // tag has one: they are rarer in text than letters.
    private bool IsBetween(ReadOnlySpan<char> text, int start, int end)
    {
        ref var characters = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        var offset = 0;
        while (offset < Length && CharacterAt(offset) > '9')
        {
            offset++;
        }

        offset %= Length;
        var wanted = Vector256.Create((ushort)CharacterAt(offset));
        var lastPlaces = text.Length - Length + 1 - Vector256<ushort>.Count;
        for (var i = start; i < end; i += Vector256<ushort>.Count)
        {
            i = Math.Min(i, lastPlaces);
            for (var hits = Vector256.Equals(Lower(ref characters, i + offset), wanted).ExtractMostSignificantBits(); hits != 0; hits &= hits - 1)
            {
                if (IsAt(text.Slice(i + BitOperations.TrailingZeroCount(hits), Length)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private char CharacterAt(int index) =>
        (char)((index < QuarterLength ? _start : index < 2 * QuarterLength ? _middle : _end) >> (16 * (index % QuarterLength)));

    private static Vector256<ushort> Lower(ref ushort characters, int index) =>
        Vector256.LoadUnsafe(ref characters, (nuint)index) | Vector256.Create((ushort)LowerCase);
#endif

    private bool IsAt(ReadOnlySpan<char> text) =>
        Lower(text) == _start && Lower(text.Slice(QuarterLength)) == _middle && Lower(text.Slice(2 * QuarterLength)) == _end;

    private static ulong Lower(ReadOnlySpan<char> text) =>
        (text[0] | ((ulong)text[1] << 16) | ((ulong)text[2] << 32) | ((ulong)text[3] << 48)) | (LowerCase * EachCharacter);

    // Four digits side by side: spread out to a character each, and from '9' on to the letters.
    private static ulong Digits(ulong bits)
    {
        bits = (bits | (bits << 24)) & 0x0000_00FF_0000_00FF;
        bits = (bits | (bits << 12)) & (0xF * EachCharacter);
        var letters = ((bits + (6 * EachCharacter)) >> 4) & EachCharacter;
        return bits + ('0' * EachCharacter) + (letters * ('a' - '0' - 10));
    }

    private static void Write(Span<char> target, ulong digits)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.Cast<char, ulong>(target.Slice(0, QuarterLength))[0] = digits;
            return;
        }

        for (var i = 0; i < QuarterLength; i++)
        {
            target[i] = (char)(ushort)(digits >> (16 * i));
        }
    }
}
