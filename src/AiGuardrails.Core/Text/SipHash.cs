using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AiGuardrails.Core.Text;

/// <summary>
/// SipHash-2-4: a keyed hash of 64 bits for short texts, whose value nobody can tell without the key (Aumasson and Bernstein,
/// "SipHash: a fast short-input PRF", 2012). It costs a fraction of HMAC-SHA-256 on texts of a prompt's length.
/// </summary>
internal struct SipHash
{
    private const int WordBytes = sizeof(ulong);

    private ulong _v0;
    private ulong _v1;
    private ulong _v2;
    private ulong _v3;

    /// <summary>Initializes a new instance of the <see cref="SipHash"/> struct, for words that are added one by one.</summary>
    /// <param name="key0">The first half of the key.</param>
    /// <param name="key1">The second half.</param>
    public SipHash(ulong key0, ulong key1)
    {
        _v0 = key0 ^ 0x736F6D6570736575;
        _v1 = key1 ^ 0x646F72616E646F6D;
        _v2 = key0 ^ 0x6C7967656E657261;
        _v3 = key1 ^ 0x7465646279746573;
    }

    /// <summary>Hashes bytes.</summary>
    /// <param name="key0">The first half of the key.</param>
    /// <param name="key1">The second half.</param>
    /// <param name="bytes">The bytes.</param>
    public static ulong Hash(ulong key0, ulong key1, ReadOnlySpan<byte> bytes)
    {
        var hash = new SipHash(key0, key1);
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            hash.Add(BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        var last = (ulong)bytes.Length << 56;
        bytes = bytes.Slice(bytes.Length & -WordBytes);
        for (var i = 0; i < bytes.Length; i++)
        {
            last |= (ulong)bytes[i] << (WordBytes * i);
        }

        return hash.End(last);
    }

    /// <summary>Adds eight bytes, the first of them lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong word)
    {
        _v3 ^= word;
        Round();
        Round();
        _v0 ^= word;
    }

    /// <summary>Gets the hash of the words that were added and a last one; more can be added to what it is called on.</summary>
    /// <param name="last">The last word: where the words before it do not tell how many they are, it does.</param>
    public readonly ulong End(ulong last)
    {
        var hash = this;
        hash.Add(last);
        hash._v2 ^= 0xFF;
        for (var round = 0; round < 4; round++)
        {
            hash.Round();
        }

        return hash._v0 ^ hash._v1 ^ hash._v2 ^ hash._v3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Round()
    {
        _v0 += _v1;
        _v1 = Rotate(_v1, 13) ^ _v0;
        _v0 = Rotate(_v0, 32);
        _v2 += _v3;
        _v3 = Rotate(_v3, 16) ^ _v2;
        _v0 += _v3;
        _v3 = Rotate(_v3, 21) ^ _v0;
        _v2 += _v1;
        _v1 = Rotate(_v1, 17) ^ _v2;
        _v2 = Rotate(_v2, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Rotate(ulong value, int by) => (value << by) | (value >> (64 - by));
}
