using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AiGuardrails.Core.Text;

/// <summary>
/// SipHash-2-4: a keyed hash of 64 bits for short texts, whose value nobody can tell without the key (Aumasson and Bernstein,
/// "SipHash: a fast short-input PRF", 2012). It costs a fraction of HMAC-SHA-256 on texts of a prompt's length.
/// </summary>
internal static class SipHash
{
    private const int WordBytes = sizeof(ulong);

    /// <summary>Hashes bytes.</summary>
    /// <param name="key0">The first half of the key.</param>
    /// <param name="key1">The second half.</param>
    /// <param name="bytes">The bytes.</param>
    public static ulong Hash(ulong key0, ulong key1, ReadOnlySpan<byte> bytes)
    {
        var v0 = key0 ^ 0x736F6D6570736575;
        var v1 = key1 ^ 0x646F72616E646F6D;
        var v2 = key0 ^ 0x6C7967656E657261;
        var v3 = key1 ^ 0x7465646279746573;
        var last = (ulong)bytes.Length << 56;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            Compress(ref v0, ref v1, ref v2, ref v3, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        bytes = bytes.Slice(bytes.Length & -WordBytes);
        for (var i = 0; i < bytes.Length; i++)
        {
            last |= (ulong)bytes[i] << (WordBytes * i);
        }

        Compress(ref v0, ref v1, ref v2, ref v3, last);
        v2 ^= 0xFF;
        for (var round = 0; round < 4; round++)
        {
            Round(ref v0, ref v1, ref v2, ref v3);
        }

        return v0 ^ v1 ^ v2 ^ v3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compress(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3, ulong word)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = Rotate(v1, 13) ^ v0;
        v0 = Rotate(v0, 32);
        v2 += v3;
        v3 = Rotate(v3, 16) ^ v2;
        v0 += v3;
        v3 = Rotate(v3, 21) ^ v0;
        v2 += v1;
        v1 = Rotate(v1, 17) ^ v2;
        v2 = Rotate(v2, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Rotate(ulong value, int by) => (value << by) | (value >> (64 - by));
}
