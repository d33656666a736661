#if NET8_0_OR_GREATER
using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AiGuardrails.Core.Json;
#endif

namespace AiGuardrails.Core.Text;

/// <summary>
/// Hashes texts so that those are equal which <see cref="NormalisedText"/> makes equal. Unlike <see cref="TextHash"/> it is not the
/// same on every machine, so it is nothing to keep: with AVX2 the normalised text is UTF-16, in which a character has one place
/// whatever its script, ten are made at a time, and Chinese has a third less to hash.
/// </summary>
internal sealed class ComparisonHash
{
    private readonly NormalisedText _normalised = new();

    /// <summary>Hashes a text of well-formed UTF-8, as it is compared with others.</summary>
    public ulong Of(ReadOnlySpan<byte> utf8, ulong seed)
    {
#if NET8_0_OR_GREATER
        if (Avx2.IsSupported)
        {
            Grow(utf8.Length);
            if (TryShortWay(utf8, _units, out var length))
            {
                return Hash(_units, length, seed);
            }

            var bytes = _normalised.LongWay(utf8);
            Grow(bytes.Length);
            return System.Text.Unicode.Utf8.ToUtf16(bytes, _units, out _, out length, replaceInvalidSequences: false) == OperationStatus.Done
                ? Hash(_units, length, seed)
                : TextHash.Of(bytes, seed);
        }
#endif
        return TextHash.Of(_normalised.Of(utf8), seed);
    }

#if NET8_0_OR_GREATER
    private const int Margin = 64; // for blocks that write more than counts, and for the zeros of the hash
    private const int CharactersOfTen = 10;
    private const int BytesOfTen = 30;
    private const int SecondHalf = 14; // where the second half begins, with one byte of the first
    private const int CharactersOfHalf = 5;
    private const uint FiveUnitsTwice = 0x03FF_03FF;
    private const uint Eleventh = 1u << 26; // ends the search for the first that is another

    private char[] _units = new char[1024];

    private void Grow(int count)
    {
        // No character has more units than bytes.
        if (_units.Length < count + Margin)
        {
            _units = new char[Math.Max(count + Margin, _units.Length * 2)];
        }
    }

    private static bool TryShortWay(ReadOnlySpan<byte> utf8, char[] output, out int written)
    {
        // Places are kept in locals whose address nobody takes: this is the loop in which the time goes.
        written = 0;
        var length = 0;
        var i = 0;
        while (i < utf8.Length)
        {
            if (utf8[i] < 0x80)
            {
                (i, length) = CopyAscii(utf8, output, i, length);
                continue;
            }

            if (utf8[i] is >= 0xE2 and < 0xF0)
            {
                var from = i;
                (i, length) = CopyThrees(utf8, output, i, length);
                if (i > from)
                {
                    continue;
                }
            }

            if (utf8[i] < 0xE0 && i + 1 < utf8.Length && (utf8[i + 1] & 0xC0) == 0x80)
            {
                var folded = NormalisedText.Folds[((utf8[i] & 0x1F) << 6) | (utf8[i + 1] & 0x3F)];
                if (folded == '\0')
                {
                    return false;
                }

                i += 2;
                if (folded == ' ')
                {
                    length = PutSpace(output, length);
                }
                else
                {
                    output[length++] = folded;
                }

                continue;
            }

            var size = Utf8.SequenceLength(utf8.Slice(i));
            if (size is 0 or 4)
            {
                // Emoji and the like stay as they are; mathematical letters and symbols of Latin letters do not.
                if (size == 0 || utf8[i + 1] != 0x9F || utf8[i + 2] is < 0x8C or > 0xAB)
                {
                    return false;
                }

                var scalar = ((utf8[i] & 0x07) << 18) | ((utf8[i + 1] & 0x3F) << 12) | ((utf8[i + 2] & 0x3F) << 6) | (utf8[i + 3] & 0x3F);
                output[length++] = (char)(0xD7C0 + (scalar >> 10));
                output[length++] = (char)(0xDC00 | (scalar & 0x3FF));
                i += 4;
                continue;
            }

            var c = size == 2
                ? (char)(((utf8[i] & 0x1F) << 6) | (utf8[i + 1] & 0x3F))
                : (char)(((utf8[i] & 0x0F) << 12) | ((utf8[i + 1] & 0x3F) << 6) | (utf8[i + 2] & 0x3F));
            i += size;
            if (NormalisedText.IsSpace(c))
            {
                length = PutSpace(output, length);
                continue;
            }

            if (c == '…')
            {
                output.AsSpan(length, 3).Fill('.');
                length += 3;
                continue;
            }

            if (c is >= '\uFF01' and <= '\uFF5E')
            {
                output[length++] = (char)NormalisedText.Lower((byte)(c - 0xFEE0));
                continue;
            }

            c = c is >= '\u4000' and <= '\u9FFF' ? c : NormalisedText.Fold(c);
            if (c == '\0')
            {
                return false;
            }

            output[length++] = c;
        }

        if (length > 0 && output[length - 1] == ' ')
        {
            length--;
        }

        written = length;
        return true;
    }

    /// <summary>
    /// Decodes characters of three bytes, ten at a time, as long as they are Han (from U+4000), the punctuation that goes with it and
    /// curved quotation marks, all of which stay, or punctuation and digits of full width (U+FF01 to U+FF20), which become ASCII.
    /// </summary>
    private static (int Index, int Length) CopyThrees(ReadOnlySpan<byte> utf8, char[] output, int i, int length)
    {
        ref var source = ref MemoryMarshal.GetReference(utf8);
        ref var target = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetArrayDataReference(output));
        var from = i;
        for (; i + BytesOfTen <= utf8.Length; i += BytesOfTen)
        {
            var others = CopyTen(ref source, i, ref target, length);
            if (others != 0)
            {
                // As many as there are; what follows is for others.
                var count = CountBefore(others);
                return IsLeadOfSyllable(utf8[i + (3 * count)]) ? CopySyllables(utf8, output, i, length) : (i + (3 * count), length + count);
            }

            length += CharactersOfTen;
        }

        // What is left is less than a block: some of those before it are done again, with the same result.
        var again = (BytesOfTen + 2 - (utf8.Length - i)) / 3;
        if (again < CharactersOfTen && i - from >= 3 * again)
        {
            var start = i - (3 * again);
            var count = CountBefore(CopyTen(ref source, start, ref target, length - again) | Eleventh) - again;
            return (i + (3 * count), length + count);
        }

        return (i, length);
    }

    private static int CountBefore(uint others)
    {
        var unit = BitOperations.TrailingZeroCount(others) / 2;
        return unit < Vector128<ushort>.Count ? unit : unit - Vector128<ushort>.Count + CharactersOfHalf;
    }

    /// <summary>Decodes what follows as ten characters, and says with two bits each which of them it should not have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint CopyTen(ref byte source, int i, ref ushort target, int length)
    {
        var units = UnitsOf(ref source, i, out var threes);
        var wide = Within(units, 0xFF01, 0xFF20);
        var kept = Within(units, 0x4000, 0x9FFF) | Within(units, 0x3001, 0x3029) | Within(units, 0x2018, 0x201F);
        var result = units - (wide & Vector256.Create((ushort)0xFEE0));
        result.GetLower().StoreUnsafe(ref target, (nuint)length);
        result.GetUpper().StoreUnsafe(ref target, (nuint)(length + CharactersOfHalf));
        return ~((wide | kept) & threes).AsByte().ExtractMostSignificantBits() & FiveUnitsTwice;
    }

    // Those of kana and Hangul, and of a few others.
    private static bool IsLeadOfSyllable(byte b) => b is 0xE3 or (>= 0xEA and <= 0xED);

    /// <summary>Decodes kana and Hangul too, which stay as they are. Apart from the rest: to ask for them costs Chinese, which has none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (int Index, int Length) CopySyllables(ReadOnlySpan<byte> utf8, char[] output, int i, int length)
    {
        ref var source = ref MemoryMarshal.GetReference(utf8);
        ref var target = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetArrayDataReference(output));
        for (; i + BytesOfTen <= utf8.Length; i += BytesOfTen)
        {
            var others = CopyTen(ref source, i, ref target, length);
            var units = UnitsOf(ref source, i, out var threes);
            others &= ~((Within(units, 0x3041, 0x3096) | Within(units, 0x30A1, 0x30FE) | Within(units, 0xAC00, 0xD7A3)) & threes).AsByte().ExtractMostSignificantBits();
            if (others != 0)
            {
                var count = CountBefore(others);
                return (i + (3 * count), length + count);
            }

            length += CharactersOfTen;
        }

        return (i, length);
    }

    /// <summary>Decodes what follows as ten characters of three bytes, and says which of them are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> UnitsOf(ref byte source, int i, out Vector256<ushort> threes)
    {
        var bytes = Vector256.Create(Vector128.LoadUnsafe(ref source, (nuint)i), Vector128.LoadUnsafe(ref source, (nuint)(i + SecondHalf)));
        var leads = Avx2.Shuffle(bytes, LeadsFrom).AsUInt16();
        var rest = Avx2.Shuffle(bytes, RestFrom) & Vector256.Create((byte)0x3F);

        // Of the leads E0 to EF alone; the bytes between them are well-formed.
        threes = Vector256.Equals(leads & Vector256.Create((ushort)0xF000), Vector256.Create((ushort)0xE000));
        return Vector256.ShiftLeft(leads, 4) | Avx2.MultiplyAddAdjacent(rest, Vector256.Create((ushort)0x4001).AsSByte()).AsUInt16();
    }

    // Each lead in the upper half of its unit, and the two bytes after it in that order.
    private static Vector256<byte> LeadsFrom
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(
            (byte)0xFF, 0, 0xFF, 3, 0xFF, 6, 0xFF, 9, 0xFF, 12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0xFF, 1, 0xFF, 4, 0xFF, 7, 0xFF, 10, 0xFF, 13, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
    }

    private static Vector256<byte> RestFrom
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(
            (byte)2, 1, 5, 4, 8, 7, 11, 10, 14, 13, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            3, 2, 6, 5, 9, 8, 12, 11, 15, 14, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
    }

    // By a comparison with signs, for which there is an instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Within(Vector256<ushort> units, ushort least, ushort most) =>
        Vector256.LessThan((units + Vector256.Create((ushort)(0x8000 - least))).AsInt16(), Vector256.Create((short)(short.MinValue + most - least + 1))).AsUInt16();

    private static (int Index, int Length) CopyAscii(ReadOnlySpan<byte> utf8, char[] output, int i, int length)
    {
        // Blocks without line breaks and double spaces: lower case is all that there is to do.
        ref var source = ref MemoryMarshal.GetReference(utf8);
        ref var target = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetArrayDataReference(output));
        while (i + Vector128<byte>.Count < utf8.Length)
        {
            var block = Vector128.LoadUnsafe(ref source, (nuint)i);
            var spaces = Vector128.Equals(block, Vector128.Create((byte)' '));
            var next = Vector128.Equals(Vector128.LoadUnsafe(ref source, (nuint)(i + 1)), Vector128.Create((byte)' '));
            var odd = Vector128.LessThan(block.AsSByte(), Vector128.Create((sbyte)' ')).AsByte() | (spaces & next);
            if (odd != Vector128<byte>.Zero || (utf8[i] == (byte)' ' && (length == 0 || output[length - 1] == ' ')))
            {
                break;
            }

            var shifted = (block + Vector128.Create((byte)(0x80 - 'A'))).AsSByte();
            var upper = Vector128.LessThan(shifted, Vector128.Create((sbyte)(-128 + 26))).AsByte();
            Avx2.ConvertToVector256Int16(block + (upper & Vector128.Create((byte)0x20))).AsUInt16().StoreUnsafe(ref target, (nuint)length);
            i += Vector128<byte>.Count;
            length += Vector128<byte>.Count;
        }

        // To the end of the run, or of what the block could not do.
        var stop = Math.Min(utf8.Length, i + 16);
        while (i < stop && utf8[i] < 0x80)
        {
            var b = utf8[i++];
            if (b is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r'))
            {
                length = PutSpace(output, length);
            }
            else
            {
                output[length++] = (char)NormalisedText.Lower(b);
            }
        }

        return (i, length);
    }

    private static int PutSpace(char[] output, int length)
    {
        if (length > 0 && output[length - 1] != ' ')
        {
            output[length++] = ' ';
        }

        return length;
    }

    private const ulong Key1 = 0x9E3779B185EBCA87UL;
    private const ulong Key2 = 0xC2B2AE3D27D4EB4FUL;
    private const ulong Key3 = 0xA0761D6478BD642FUL;
    private const ulong Key4 = 0xE7037ED1A0B428DBUL;

    // Blocks of 64 bytes in four lanes, so that no multiplication waits for another; the last is filled up with zeros.
    private static ulong Hash(char[] units, int length, ulong seed)
    {
        ref var start = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetArrayDataReference(units));
        Vector256<byte>.Zero.StoreUnsafe(ref start, (nuint)length * sizeof(char));
        Vector256<byte>.Zero.StoreUnsafe(ref start, ((nuint)length * sizeof(char)) + (nuint)Vector256<byte>.Count);
        var (first, second, third, fourth) = (seed ^ Key4, seed + Key3, ~seed ^ Key2, seed - Key1);
        for (nuint i = 0; i < (nuint)length * sizeof(char); i += BlockUnits * sizeof(char))
        {
            ref var block = ref Unsafe.AddByteOffset(ref start, i);
            first = Fold(Read(ref block, 0) ^ Key1, Read(ref block, 8) ^ first);
            second = Fold(Read(ref block, 16) ^ Key2, Read(ref block, 24) ^ second);
            third = Fold(Read(ref block, 32) ^ Key3, Read(ref block, 40) ^ third);
            fourth = Fold(Read(ref block, 48) ^ Key4, Read(ref block, 56) ^ fourth);
        }

        return Fold(Fold(first ^ Key2, second ^ Key3) ^ (ulong)length ^ Key1, Fold(third ^ Key4, fourth ^ Key1) ^ Key2);
    }

    private const int BlockUnits = 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read(ref byte block, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref block, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
#endif
}
