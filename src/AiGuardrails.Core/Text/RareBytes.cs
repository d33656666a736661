#if NET8_0_OR_GREATER
using System.Buffers;
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
#if NET8_0_OR_GREATER
    private static readonly SearchValues<byte> s_leads = SearchValues.Create([0xC2, 0xC3, 0xD8, 0xE1, 0xE2, 0xF3]);
#endif

    /// <summary>Looks at UTF-8. What it does not name is not there.</summary>
    public static Suspicion Of(ReadOnlySpan<byte> utf8)
    {
        // Most of what starts with 0xEF is Chinese punctuation: these three are worth a search of their own.
        var suspicion = Has(utf8, 0xEF, 0xB8) || Has(utf8, 0xEF, 0xBB) ? Suspicion.Hidden : Suspicion.None; // variation selectors, U+FEFF
        suspicion |= Has(utf8, 0xEF, 0xBF) ? Suspicion.Mojibake : Suspicion.None; // U+FFFD
        for (var i = Next(utf8, 0); i + 1 < utf8.Length; i = Next(utf8, i + 1))
        {
            var second = utf8[i + 1];
            var third = i + 2 < utf8.Length ? utf8[i + 2] : (byte)0;
            suspicion |= utf8[i] switch
            {
                0xC2 when second <= 0x9F => Suspicion.Mojibake,                                             // U+0080 to U+009F
                0xC3 when third >= 0x80 && second is 0x82 or 0x83 or 0x90 or 0x91 or (>= 0xA2 and <= 0xA9) or 0xAF or 0xB0 => Suspicion.Mojibake,
                0xD8 when second == 0x9C => Suspicion.Hidden,                                               // U+061C
                0xE1 when second == 0xA0 => Suspicion.Hidden,                                               // U+180B to U+180F
                0xE2 when second == 0x80 && third is 0xA8 or 0xA9 => Suspicion.Separator,
                0xE2 when second == 0x80 && third is (>= 0x8B and <= 0x8F) or (>= 0xAA and <= 0xAE) => Suspicion.Hidden,
                0xE2 when second == 0x81 && third is >= 0xA0 and <= 0xA9 => Suspicion.Hidden,
                0xF3 => Suspicion.Hidden,                                                                   // tags, variation selectors
                _ => Suspicion.None,
            };
        }

        return suspicion;
    }

    private static bool Has(ReadOnlySpan<byte> utf8, byte first, byte second)
    {
        ReadOnlySpan<byte> pair = [first, second];
        return utf8.IndexOf(pair) >= 0;
    }

    private static int Next(ReadOnlySpan<byte> utf8, int from)
    {
#if NET8_0_OR_GREATER
        var index = utf8.Slice(from).IndexOfAny(s_leads);
        return index < 0 ? utf8.Length : from + index;
#else
        while (from < utf8.Length && utf8[from] is not (0xC2 or 0xC3 or 0xD8 or 0xE1 or 0xE2 or 0xF3))
        {
            from++;
        }

        return from;
#endif
    }
}
