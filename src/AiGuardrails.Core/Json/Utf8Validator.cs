#if NET8_0_OR_GREATER
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
        var previous = Vector128<byte>.Zero;
        var errors = Vector128<byte>.Zero;
        var i = 0;
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

    private static Vector128<byte> LookUp(Vector128<byte> table, Vector128<byte> indices) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(table, indices) : AdvSimd.Arm64.VectorTableLookup(table, indices);

    private static Vector128<byte> SubtractSaturated(Vector128<byte> left, Vector128<byte> right) =>
        Sse2.IsSupported ? Sse2.SubtractSaturate(left, right) : AdvSimd.SubtractSaturate(left, right);

    private static Vector128<byte> FirstHigh => Vector128.Create(
        TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong,
        TwoContinuations, TwoContinuations, TwoContinuations, TwoContinuations,
        TooShort | Overlong2,
        TooShort,
        TooShort | Overlong3 | Surrogate,
        TooShort | TooLarge | TooLarge1000 | Overlong4);

    private static Vector128<byte> FirstLow => Vector128.Create(
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

    private static Vector128<byte> SecondHigh => Vector128.Create(
        TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort,
        TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge1000 | Overlong4,
        TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge,
        TooLong | Overlong2 | TwoContinuations | Surrogate | TooLarge,
        TooLong | Overlong2 | TwoContinuations | Surrogate | TooLarge,
        TooShort, TooShort, TooShort, TooShort);
}
#endif
