#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AiGuardrails.Core.Json;

/// <summary>
/// Tells whether bytes are UTF-8, sixteen at a time, by the algorithm of Keiser and Lemire ("Validating UTF-8 in less than
/// one instruction per byte", 2021): each pair of neighbours is looked up in three tables of the errors that it may be.
/// </summary>
internal static class Utf8Validator
{
    private const byte TooShort = 1 << 0;     // a lead without its continuation
    private const byte TooLong = 1 << 1;      // a continuation without its lead
    private const byte Overlong3 = 1 << 2;
    private const byte TooLarge = 1 << 3;     // above U+10FFFF
    private const byte Surrogate = 1 << 4;
    private const byte Overlong2 = 1 << 5;
    private const byte TooLarge1000 = 1 << 6;
    private const byte Overlong4 = 1 << 6;
    private const byte TwoContinuations = 1 << 7;
    private const byte Carry = TooShort | TooLong | TwoContinuations;

    /// <summary>Gets whether the machine has the instructions.</summary>
    public static bool IsSupported => Ssse3.IsSupported || AdvSimd.Arm64.IsSupported;

    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        ref var start = ref MemoryMarshal.GetReference(utf8);
        var i = 0;
        var previous = Vector128<byte>.Zero;
        var errors = Vector128<byte>.Zero;
        if (Avx2.IsSupported && utf8.Length >= Vector256<byte>.Count)
        {
            var before = Vector256<byte>.Zero;
            var wide = Vector256<byte>.Zero;
            for (; i + Vector256<byte>.Count <= utf8.Length; i += Vector256<byte>.Count)
            {
                var block = Vector256.LoadUnsafe(ref start, (nuint)i);
                wide |= Check(block, before);
                before = block;
            }

            errors = wide.GetLower() | wide.GetUpper();
            previous = before.GetUpper();
        }

        for (; i + Vector128<byte>.Count <= utf8.Length; i += Vector128<byte>.Count)
        {
            var block = Vector128.LoadUnsafe(ref start, (nuint)i);
            errors |= Check(block, previous);
            previous = block;
        }

        // Zeros behind the end make an unfinished sequence too short.
        Span<byte> rest = stackalloc byte[Vector128<byte>.Count];
        rest.Clear();
        utf8.Slice(i).CopyTo(rest);
        errors |= Check(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(rest)), previous);
        return errors == Vector128<byte>.Zero;
    }

    /// <summary>
    /// Finds errors in 32 bytes, with AVX2. Each stands at a byte from which on it is certain: for a sequence that is cut off, at the
    /// byte after it.
    /// </summary>
    /// <returns>Zero where there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Check(Vector256<byte> block, Vector256<byte> previous)
    {
        // The upper half of what came before, and the lower half of this: what the shifts within halves take from.
        var between = Avx2.Permute2x128(previous, block, 0x21);
        var before1 = Avx2.AlignRight(block, between, 15);
        var special = Avx2.Shuffle(Twice(FirstHigh), Vector256.ShiftRightLogical(before1.AsUInt16(), 4).AsByte() & Vector256.Create((byte)0x0F))
            & Avx2.Shuffle(Twice(FirstLow), before1 & Vector256.Create((byte)0x0F))
            & Avx2.Shuffle(Twice(SecondHigh), Vector256.ShiftRightLogical(block.AsUInt16(), 4).AsByte() & Vector256.Create((byte)0x0F));
        var third = Avx2.SubtractSaturate(Avx2.AlignRight(block, between, 14), Vector256.Create((byte)(0xE0 - 0x80)));
        var fourth = Avx2.SubtractSaturate(Avx2.AlignRight(block, between, 13), Vector256.Create((byte)(0xF0 - 0x80)));
        return ((third | fourth) & Vector256.Create((byte)0x80)) ^ special;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Twice(Vector128<byte> table) => Vector256.Create(table, table);

    private static Vector128<byte> Check(Vector128<byte> block, Vector128<byte> previous)
    {
        var before1 = Before(block, previous, 1);
        var special = LookUp(FirstHigh, Vector128.ShiftRightLogical(before1, 4))
            & LookUp(FirstLow, before1 & Vector128.Create((byte)0x0F))
            & LookUp(SecondHigh, Vector128.ShiftRightLogical(block, 4));

        // Third and fourth bytes have to be continuations; for the tables, two continuations in a row are an error.
        var third = SubtractSaturated(Before(block, previous, 2), Vector128.Create((byte)(0xE0 - 0x80)));
        var fourth = SubtractSaturated(Before(block, previous, 3), Vector128.Create((byte)(0xF0 - 0x80)));
        return ((third | fourth) & Vector128.Create((byte)0x80)) ^ special;
    }

    // The block as it is so many bytes earlier.
    private static Vector128<byte> Before(Vector128<byte> block, Vector128<byte> previous, byte count) =>
        Ssse3.IsSupported
            ? count switch
            {
                1 => Ssse3.AlignRight(block, previous, 15),
                2 => Ssse3.AlignRight(block, previous, 14),
                _ => Ssse3.AlignRight(block, previous, 13),
            }
            : count switch
            {
                1 => AdvSimd.ExtractVector128(previous, block, 15),
                2 => AdvSimd.ExtractVector128(previous, block, 14),
                _ => AdvSimd.ExtractVector128(previous, block, 13),
            };

    /// <summary>Takes bytes out of a table of sixteen; an index above 0x7F gives zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LookUp(Vector128<byte> table, Vector128<byte> indices) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(table, indices) : AdvSimd.Arm64.VectorTableLookup(table, indices);

    private static Vector128<byte> SubtractSaturated(Vector128<byte> left, Vector128<byte> right) =>
        Sse2.IsSupported ? Sse2.SubtractSaturate(left, right) : AdvSimd.SubtractSaturate(left, right);

    private static Vector128<byte> FirstHigh
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(
        TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong,
        TwoContinuations, TwoContinuations, TwoContinuations, TwoContinuations,
        TooShort | Overlong2,
        TooShort,
        TooShort | Overlong3 | Surrogate,
        TooShort | TooLarge | TooLarge1000 | Overlong4);
    }

    private static Vector128<byte> FirstLow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(
        Carry | Overlong3 | Overlong2 | Overlong4,
        Carry | Overlong2,
        Carry,
        Carry,
        Carry | TooLarge,
        Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000 | Surrogate,
        Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000);
    }

    private static Vector128<byte> SecondHigh
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(
        TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort,
        TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge1000 | Overlong4,
        TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge,
        TooLong | Overlong2 | TwoContinuations | Surrogate | TooLarge,
        TooLong | Overlong2 | TwoContinuations | Surrogate | TooLarge,
        TooShort, TooShort, TooShort, TooShort);
    }
}
#endif
