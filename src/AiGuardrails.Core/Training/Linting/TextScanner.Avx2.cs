#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>Thirty-two bytes at a time, with AVX2.</summary>
internal static partial class TextScanner
{
    private const byte Ends = 0b0000_0111;
    private const byte Anchors = 0b0111_1000;
    private const byte Digits = 0b1000_0000;
    private const int Margin = 2; // bytes behind a block that are looked at with it

    // A byte is of the classes that both of its halves are of. Ends: control characters, quotation mark, backslash. Anchors:
    // "+-", ":=", "@A", "_", which are those of SecretDetector and of PersonalData. Digits are anchors too, but few of them.
    private static Vector128<byte> ClassesOfHigh
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(
            (byte)0b001, 0b001, 0b0000_1010, 0b1001_0000, 0b0010_0000, 0b0100_0100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static Vector128<byte> ClassesOfLow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(
            (byte)0b1010_0001, 0b1010_0001, 0b1000_0011, 0b1000_0001, 0b1000_0001, 0b1000_0001, 0b1000_0001, 0b1000_0001,
            0b1000_0001, 0b1000_0001, 0b0001_0001, 0b0000_1001, 0b0000_0101, 0b0001_1001, 0b0000_0001, 0b0100_0001);
    }

    // The leads that RareBytes looks at: C2 C3, D8, E1 E2 EF, F3. And, as the highest bit, those of three bytes that any two
    // continuations may follow: E1 to EC, EE, EF.
    private const byte Rare = 0b0000_1111;

    private static Vector256<byte> LeadsOfHigh
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Twice(Vector128.Create((byte)0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0b0001, 0b0010, 0b1000_0100, 0b1000));
    }

    private static Vector256<byte> LeadsOfLow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Twice(Vector128.Create(
            (byte)0b0000_0000, 0b1000_0100, 0b1000_0101, 0b1000_1001, 0b1000_0000, 0b1000_0000, 0b1000_0000, 0b1000_0000,
            0b1000_0010, 0b1000_0000, 0b1000_0000, 0b1000_0000, 0b1000_0000, 0b0000_0000, 0b1000_0000, 0b1000_0100));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Twice(Vector128<byte> table) => Vector256.Create(table, table);

    /// <summary>Gets whether there is a number that <see cref="Secrets.PersonalData"/> looks into, by what it asks of one first.</summary>
    private static bool HasNumber(ReadOnlySpan<byte> utf8, int start, int block, uint digits)
    {
        // The first of each run; a run that goes on from the block before has been looked at there.
        var firsts = digits & ~(digits << 1);
        firsts &= block > start && Ascii.IsDigit(utf8[block - 1]) ? ~1u : ~0u;
        for (; firsts != 0; firsts &= firsts - 1)
        {
            var first = block + BitOperations.TrailingZeroCount(firsts);
            if (IsNumber(utf8, start, first, out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Goes over blocks of which there is nothing to tell but that they are ASCII or characters of three bytes. Without calls, and apart
    /// from the rest: so everything stays in registers.
    /// </summary>
    /// <returns>The block that has to be looked at.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SkipUsual(ref byte text, int block, int last, ref uint allOthers, ref uint allAnchors, ref uint owed)
    {
        var others = allOthers;
        var start = block;
        var anchors = allAnchors;
        var carry = owed;
        for (; block <= last; block += Vector256<byte>.Count)
        {
            var first = Vector256.LoadUnsafe(ref text, (nuint)block);
            var high = Vector256.ShiftRightLogical(first.AsUInt16(), 4).AsByte() & Vector256.Create((byte)0x0F);
            var low = first & Vector256.Create((byte)0x0F);
            var classes = Avx2.Shuffle(Twice(ClassesOfHigh), high) & Avx2.Shuffle(Twice(ClassesOfLow), low);
            var othersHere = first.ExtractMostSignificantBits();
            if (othersHere == uint.MaxValue && block > start)
            {
                // For the loop that is faster with these, unless that has just given up.
                break;
            }

            var anchorsHere = anchors | ~Vector256.Equals(classes & Vector256.Create(Anchors), Vector256<byte>.Zero).ExtractMostSignificantBits();
            if ((classes & Vector256.Create(Ends)) != Vector256<byte>.Zero || (anchorsHere == 0 && classes.ExtractMostSignificantBits() != 0))
            {
                break;
            }

            if ((othersHere | carry) != 0)
            {
                var kinds = Avx2.Shuffle(LeadsOfHigh, high) & Avx2.Shuffle(LeadsOfLow, low);
                var leads = kinds.ExtractMostSignificantBits();
                var continuations = Vector256.LessThan(first.AsSByte(), Vector256.Create((sbyte)-64)).ExtractMostSignificantBits();
                if ((leads | continuations) != othersHere || continuations != ((leads << 1) | (leads << 2) | carry))
                {
                    break;
                }

                var second = Vector256.LoadUnsafe(ref text, (nuint)(block + 1));
                var third = Vector256.LoadUnsafe(ref text, (nuint)(block + 2));
                if (Vector256.AndNot(kinds & Vector256.Create(Rare), Usual(first, second, third)) != Vector256<byte>.Zero)
                {
                    break;
                }

                carry = (leads >> 31) | (leads >> 30);
            }

            anchors = anchorsHere;
            others |= othersHere;
        }

        allOthers = others;
        allAnchors = anchors;
        owed = carry;
        return block;
    }

    /// <summary>
    /// Goes over characters of three bytes, ten at a time: U+3000 to U+CFFF, of which no two continuations are wrong and none is
    /// suspicious, and those that are usual beside them. No byte of theirs ends a string or is an anchor.
    /// </summary>
    /// <returns>The end of a character, or where it started when the bytes there are not those that are owed.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SkipThrees(ref byte text, int start, int last, uint owed)
    {
        if (start > last)
        {
            return start;
        }

        var block = start;
        for (; owed != 0; owed >>= 1)
        {
            if ((Unsafe.Add(ref text, block++) & 0xC0) != 0x80)
            {
                return start;
            }
        }

        for (; block <= last; block += 2 * BytesOfHalf)
        {
            var first = LoadHalves(ref text, block);
            var second = LoadHalves(ref text, block + 1);
            var third = LoadHalves(ref text, block + 2);
            var above = first - Twice(Least);
            var allowed = Vector256.Equals(Vector256.Min(above, Twice(Range)), above) | (Usual(first, second, third) & Twice(Leads));
            var wrong = ~allowed.ExtractMostSignificantBits() & BytesOfHalves;
            if (wrong != 0)
            {
                // The characters before the first that is another.
                var at = BitOperations.TrailingZeroCount(wrong);
                at = at < Vector128<byte>.Count ? at : at - Vector128<byte>.Count + BytesOfHalf;
                return block + (at / 3 * 3);
            }
        }

        return block;
    }

    private const int BytesOfHalf = 15; // of sixteen
    private const uint BytesOfHalves = 0x7FFF_7FFF;

    // Of a lead and two continuations: E3 to EC, and any.
    private static Vector128<byte> Least
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)0xE3, 0x80, 0x80, 0xE3, 0x80, 0x80, 0xE3, 0x80, 0x80, 0xE3, 0x80, 0x80, 0xE3, 0x80, 0x80, 0);
    }

    private static Vector128<byte> Range
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)9, 0x3F, 0x3F, 9, 0x3F, 0x3F, 9, 0x3F, 0x3F, 9, 0x3F, 0x3F, 9, 0x3F, 0x3F, 0);
    }

    private static Vector128<byte> Leads
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)0xFF, 0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LoadHalves(ref byte text, int at) =>
        Vector256.Create(Vector128.LoadUnsafe(ref text, (nuint)at), Vector128.LoadUnsafe(ref text, (nuint)(at + BytesOfHalf)));

    // Full-width characters, and U+2010 to U+201F: quotation marks and dashes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Usual(Vector256<byte> first, Vector256<byte> second, Vector256<byte> third) =>
        (Vector256.Equals(first, Vector256.Create((byte)0xEF)) & Vector256.Equals(second & Vector256.Create((byte)0xFE), Vector256.Create((byte)0xBC)))
        | (Vector256.Equals(first, Vector256.Create((byte)0xE2)) & Vector256.Equals(second, Vector256.Create((byte)0x80)) & Vector256.Equals(third & Vector256.Create((byte)0xF0), Vector256.Create((byte)0x90)));

    private static bool TryScanBlocks(ReadOnlySpan<byte> utf8, int start, out TextScan scan)
    {
        scan = default;
        Span<byte> padded = stackalloc byte[Vector256<byte>.Count + Margin];
        ref var text = ref MemoryMarshal.GetReference(utf8);
        var before = Vector256<byte>.Zero;
        var wrong = 0u;
        var carry = 0u; // the continuations that a block owes to the one before
        var wasSimple = true;
        var suspicion = Suspicion.None;
        var others = 0u;
        var othersBefore = 0u;
        var anchors = 0u;
        var hasUnicodeEscapes = false;
        var hasEscapes = false;
        var unescaped = start; // where the last escape ends
        var isUsual = true;
        for (var i = start; i < utf8.Length; i += Vector256<byte>.Count)
        {
            if (isUsual && wasSimple)
            {
                var last = utf8.Length - Vector256<byte>.Count - Margin;
                while (true)
                {
                    var threesEnd = SkipThrees(ref text, i, last, carry);
                    if (threesEnd > i)
                    {
                        // Between characters, where nothing is owed.
                        i = threesEnd;
                        before = Vector256<byte>.Zero;
                        othersBefore = carry = 0;
                        others |= 1;
                        if (utf8[i] == (byte)'"')
                        {
                            // As most texts of this kind end: with the last of these characters.
                            scan.Length = i - start;
                            scan.HasEscapes = hasEscapes;
                            scan.IsClassified = !hasUnicodeEscapes;
                            scan.HasAnchors = anchors != 0;
                            scan.Suspicion = suspicion;
                            return wrong == 0;
                        }
                    }

                    var usualEnd = SkipUsual(ref text, i, last, ref others, ref anchors, ref carry);
                    if (usualEnd == i)
                    {
                        break;
                    }

                    i = usualEnd;
                    before = Vector256.LoadUnsafe(ref text, (nuint)(i - Vector256<byte>.Count));
                    othersBefore = carry;
                }
            }

            Vector256<byte> block;
            Vector256<byte> second;
            Vector256<byte> third;
            if (i + Vector256<byte>.Count + Margin <= utf8.Length)
            {
                block = Vector256.LoadUnsafe(ref text, (nuint)i);
                second = Vector256.LoadUnsafe(ref text, (nuint)(i + 1));
                third = Vector256.LoadUnsafe(ref text, (nuint)(i + 2));
            }
            else
            {
                // The zeros behind the end are control characters: a string that is not closed ends there.
                padded.Clear();
                utf8.Slice(i).CopyTo(padded);
                block = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(padded));
                second = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(padded), 1);
                third = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(padded), 2);
            }

            var high = Vector256.ShiftRightLogical(block.AsUInt16(), 4).AsByte() & Vector256.Create((byte)0x0F);
            var low = block & Vector256.Create((byte)0x0F);
            var classes = Avx2.Shuffle(Twice(ClassesOfHigh), high) & Avx2.Shuffle(Twice(ClassesOfLow), low);
            var ends = ~Vector256.Equals(classes & Vector256.Create(Ends), Vector256<byte>.Zero).ExtractMostSignificantBits();
            isUsual = ends == 0;
            var within = uint.MaxValue;
            var end = -1;
            for (; ends != 0; ends &= ends - 1)
            {
                var index = BitOperations.TrailingZeroCount(ends);
                var at = i + index;
                if (at < unescaped)
                {
                    continue;
                }

                if (at >= utf8.Length)
                {
                    return false;
                }

                if (utf8[at] == (byte)'"')
                {
                    end = at;
                    within = (1u << index) - 1;
                    break;
                }

                var escape = utf8[at] == (byte)'\\' ? EscapeLength(utf8.Slice(at)) : 0;
                if (escape == 0)
                {
                    return false;
                }

                hasEscapes = true;
                hasUnicodeEscapes |= escape > 2;
                unescaped = at + escape;
            }

            anchors |= ~Vector256.Equals(classes & Vector256.Create(Anchors), Vector256<byte>.Zero).ExtractMostSignificantBits() & within;
            var digits = classes.ExtractMostSignificantBits() & within;
            if (digits != 0 && anchors == 0)
            {
                anchors |= HasNumber(utf8, start, i, digits) ? 1u : 0;
            }

            var othersHere = block.ExtractMostSignificantBits() & within;
            others |= othersHere;
            if ((othersHere | othersBefore) != 0)
            {
                var kinds = Avx2.Shuffle(LeadsOfHigh, high) & Avx2.Shuffle(LeadsOfLow, low);
                var leads = kinds.ExtractMostSignificantBits();
                var continuations = Vector256.LessThan(block.AsSByte(), Vector256.Create((sbyte)-64)).ExtractMostSignificantBits();
                var isSimple = (leads | continuations) == block.ExtractMostSignificantBits();

                // What comes behind the quotation mark is another matter; that a sequence is cut off shows at the mark itself.
                var judged = within | (within + 1);
                if (isSimple && wasSimple)
                {
                    wrong |= (continuations ^ ((leads << 1) | (leads << 2) | carry)) & judged;
                }
                else
                {
                    wrong |= ~Vector256.Equals(Utf8Validator.Check(block, before), Vector256<byte>.Zero).ExtractMostSignificantBits() & judged;
                }

                carry = (leads >> 31) | (leads >> 30);
                wasSimple = isSimple;

                var usual = Usual(block, second, third);
                var rare = ~Vector256.Equals(Vector256.AndNot(kinds & Vector256.Create(Rare), usual), Vector256<byte>.Zero).ExtractMostSignificantBits() & within;
                for (; rare != 0; rare &= rare - 1)
                {
                    var at = i + BitOperations.TrailingZeroCount(rare);
                    if (at + 1 < utf8.Length)
                    {
                        suspicion |= RareBytes.At(utf8, at);
                    }
                }
            }
            else
            {
                carry = 0;
                wasSimple = true;
            }

            if (end >= 0)
            {
                scan.Length = end - start;
                scan.HasEscapes = hasEscapes;
                scan.IsAscii = others == 0;
                scan.IsClassified = !hasUnicodeEscapes;
                scan.HasAnchors = anchors != 0;
                scan.Suspicion = suspicion;
                return wrong == 0;
            }

            before = block;
            othersBefore = othersHere;
        }

        return false;
    }
}
#endif
