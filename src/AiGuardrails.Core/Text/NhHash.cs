#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#endif

namespace AiGuardrails.Core.Text;

/// <summary>
/// NH, the hash at the heart of UMAC (Black, Halevi, Krawczyk, Krovetz and Rogaway, "UMAC: Fast and Secure Message Authentication",
/// 1999), over words of 32 bits and with two keys: two different texts of one length have the same hash under one pair of keys in 2^64.
/// It condenses a text for a hash that hides its keys, and must not be shown itself: whoever saw it could work them out.
/// </summary>
internal static class NhHash
{
    /// <summary>The most characters that are hashed at a time.</summary>
    public const int BlockLength = 512;

    /// <summary>The number of words of a key of 64 bits each, every one of them two of NH.</summary>
    public const int KeyLength = BlockLength / WordLength;

    private const int WordLength = sizeof(ulong) / sizeof(char);
    private const int PieceLength = 16;

    /// <summary>
    /// Hashes a block. Its last piece of sixteen characters begins where it must to end with the block, and holds some of the piece before a
    /// second time; zeros follow a block that is shorter. For texts of one length that is as good as any way to cut them, and the same on every machine.
    /// </summary>
    /// <param name="block">At most <see cref="BlockLength"/> characters.</param>
    /// <param name="firstKey">The key of the first half.</param>
    /// <param name="secondKey">The key of the second half.</param>
    public static (ulong First, ulong Second) Hash(ReadOnlySpan<char> block, ReadOnlySpan<ulong> firstKey, ReadOnlySpan<ulong> secondKey)
    {
        if (block.Length < PieceLength)
        {
            return HashShort(block, firstKey, secondKey);
        }

#if NET8_0_OR_GREATER
        if (Avx2.IsSupported && block.Length <= BlockLength && firstKey.Length >= KeyLength && secondKey.Length >= KeyLength)
        {
            ref var text = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(block));
            ref var firstWords = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<ulong, ushort>(firstKey));
            ref var secondWords = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<ulong, ushort>(secondKey));
            var (firstSum, secondSum) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero);
            for (var i = 0; i < block.Length; i += PieceLength)
            {
                var piece = Vector256.LoadUnsafe(ref text, (nuint)Math.Min(i, block.Length - PieceLength)).AsUInt32();
                firstSum += Products(piece + Vector256.LoadUnsafe(ref firstWords, (nuint)i).AsUInt32());
                secondSum += Products(piece + Vector256.LoadUnsafe(ref secondWords, (nuint)i).AsUInt32());
            }

            return (Vector256.Sum(firstSum), Vector256.Sum(secondSum));
        }
#endif
        return HashOneByOne(block, firstKey, secondKey);
    }

    private static (ulong First, ulong Second) HashShort(ReadOnlySpan<char> block, ReadOnlySpan<ulong> firstKey, ReadOnlySpan<ulong> secondKey)
    {
        Span<char> padded = stackalloc char[PieceLength];
        padded.Clear();
        block.CopyTo(padded);
        return Hash(padded, firstKey, secondKey);
    }

    /// <summary>Does the same without the short way, for sixteen characters or more.</summary>
    internal static (ulong First, ulong Second) HashOneByOne(ReadOnlySpan<char> block, ReadOnlySpan<ulong> firstKey, ReadOnlySpan<ulong> secondKey)
    {
        var (first, second) = (0UL, 0UL);
        for (var i = 0; i < block.Length; i += PieceLength)
        {
            var piece = block.Slice(Math.Min(i, block.Length - PieceLength), PieceLength);
            for (var word = 0; word < PieceLength / WordLength; word++)
            {
                // The first character is lowest, on every machine.
                var text = piece.Slice(word * WordLength, WordLength);
                var (low, high) = (text[0] | ((uint)text[1] << 16), text[2] | ((uint)text[3] << 16));
                first += Product(low, high, firstKey[(i / WordLength) + word]);
                second += Product(low, high, secondKey[(i / WordLength) + word]);
            }
        }

        return (first, second);
    }

#if NET8_0_OR_GREATER
    // Of each two words, one with the other.
    private static Vector256<ulong> Products(Vector256<uint> words) =>
        Avx2.Multiply(words, Vector256.ShiftRightLogical(words.AsUInt64(), 32).AsUInt32());
#endif

    private static ulong Product(uint low, uint high, ulong key) => (ulong)(low + (uint)key) * (high + (uint)(key >> 32));
}
