#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace AiGuardrails.Core.Text;

/// <summary>What a look at the bytes of a text says of its characters, before anybody decodes them.</summary>
[Flags]
internal enum Suspicion
{
    None = 0,

    /// <summary>There may be characters that nobody sees.</summary>
    Hidden = 1,

    /// <summary>There may be traces of wrong decoding.</summary>
    Mojibake = 2,

    /// <summary>There is a line or paragraph separator, U+2028 or U+2029.</summary>
    Separator = 4,
}

/// <summary>Tells texts that need a look at each character from the many that need none.</summary>
internal static class RareBytes
{
    /// <summary>Looks at UTF-8. What it does not name is not there.</summary>
    public static Suspicion Of(ReadOnlySpan<byte> utf8)
    {
        var suspicion = Suspicion.None;
        var i = 0;
#if NET8_0_OR_GREATER
        ref var start = ref MemoryMarshal.GetReference(utf8);
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i + Vector256<byte>.Count + 2 <= utf8.Length; i += Vector256<byte>.Count)
            {
                var first = Vector256.LoadUnsafe(ref start, (nuint)i);
                var second = Vector256.LoadUnsafe(ref start, (nuint)(i + 1));
                var candidates = (Vector256.Equals(first & Vector256.Create((byte)0xFE), Vector256.Create((byte)0xC2))
                    | Vector256.Equals(first, Vector256.Create((byte)0xD8))
                    | Vector256.Equals(first, Vector256.Create((byte)0xE1))
                    | Vector256.Equals(first, Vector256.Create((byte)0xE2))
                    | Vector256.Equals(first, Vector256.Create((byte)0xF3))
                    | (Vector256.Equals(first, Vector256.Create((byte)0xEF))
                        & (Vector256.Equals(second, Vector256.Create((byte)0xB8)) | Vector256.Equals(second & Vector256.Create((byte)0xFB), Vector256.Create((byte)0xBB))))).ExtractMostSignificantBits();
                for (; candidates != 0; candidates &= candidates - 1)
                {
                    suspicion |= At(utf8, i + BitOperations.TrailingZeroCount(candidates));
                }
            }
        }
#endif
        for (; i + 1 < utf8.Length; i++)
        {
            if (utf8[i] >= 0xC2)
            {
                suspicion |= At(utf8, i);
            }
        }

        return suspicion;
    }

    /// <summary>Looks at the character that starts at an index; at least one more byte follows.</summary>
    public static Suspicion At(ReadOnlySpan<byte> utf8, int index)
    {
        var second = utf8[index + 1];
        var third = index + 2 < utf8.Length ? utf8[index + 2] : (byte)0;
        return utf8[index] switch
        {
            0xC2 when second <= 0x9F => Suspicion.Mojibake, // U+0080 to U+009F
            0xC3 when third >= 0x80 && second is 0x82 or 0x83 or 0x90 or 0x91 or (>= 0xA2 and <= 0xA9) or 0xAF or 0xB0 => Suspicion.Mojibake,
            0xD8 when second == 0x9C => Suspicion.Hidden,                // U+061C
            0xE1 when second == 0xA0 => Suspicion.Hidden,                // U+180B to U+180F
            0xE2 when second == 0x80 && third is 0xA8 or 0xA9 => Suspicion.Separator,
            0xE2 when second == 0x80 && third is (>= 0x8B and <= 0x8F) or (>= 0xAA and <= 0xAE) => Suspicion.Hidden,
            0xE2 when second == 0x81 && third is >= 0xA0 and <= 0xA9 => Suspicion.Hidden,
            0xEF when second == 0xB8 && third <= 0x8F => Suspicion.Hidden, // variation selectors
            0xEF when second == 0xBB && third == 0xBF => Suspicion.Hidden, // U+FEFF
            0xEF when second == 0xBF && third == 0xBD => Suspicion.Mojibake, // U+FFFD
            0xF3 => Suspicion.Hidden,                                    // tags, variation selectors
            _ => Suspicion.None,
        };
    }
}
