using System.Buffers.Binary;

namespace AiGuardrails.Core.Text;

/// <summary>A fast hash of 64 bits: no defence against an attacker. Files are split by its values, so they never change, on no platform.</summary>
internal static class TextHash
{
    private const ulong Prime1 = 0x9E3779B185EBCA87UL;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4FUL;
    private const ulong Prime3 = 0x165667B19E3779F9UL;

    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        // Two lanes, so that one multiplication does not wait for the other.
        var first = seed + Prime3;
        var second = seed ^ Prime2;
        var length = (ulong)bytes.Length;
        while (bytes.Length >= 16)
        {
            first = Round(first, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            second = Round(second, BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(8)));
            bytes = bytes.Slice(16);
        }

        if (bytes.Length >= 8)
        {
            first = Round(first, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes.Slice(8);
        }

        var rest = 0UL;
        for (var i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (8 * i);
        }

        return Finish(first ^ Round(second, rest) ^ (length * Prime1));
    }

    /// <summary>Adds a hash to the hash of what came before it.</summary>
    public static ulong Combine(ulong hash, ulong next) => Finish(Round(hash, next));

    private static ulong Round(ulong state, ulong value)
    {
        state = unchecked(state + (value * Prime2));
        state = (state << 31) | (state >> 33);
        return unchecked(state * Prime1);
    }

    private static ulong Finish(ulong hash)
    {
        hash ^= hash >> 33;
        hash = unchecked(hash * Prime2);
        hash ^= hash >> 29;
        hash = unchecked(hash * Prime3);
        return hash ^ (hash >> 32);
    }
}
