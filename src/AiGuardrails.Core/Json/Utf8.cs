using System.Text;

namespace AiGuardrails.Core.Json;

/// <summary>UTF-8 facts that both target frameworks need and only one of them has.</summary>
internal static class Utf8
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Counts the bytes of the well-formed sequence at the start (Unicode, table 3-7); 0 where there is none.</summary>
    public static int SequenceLength(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return 0;
        }

        var lead = utf8[0];
        if (lead < 0x80)
        {
            return 1;
        }

        if (lead is < 0xC2 or > 0xF4)
        {
            return 0;
        }

        var length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (utf8.Length < length)
        {
            return 0;
        }

        // Only the second byte has narrower bounds: no overlong forms, no surrogates, nothing above U+10FFFF.
        var low = lead switch { 0xE0 => 0xA0, 0xF0 => 0x90, _ => 0x80 };
        var high = lead switch { 0xED => 0x9F, 0xF4 => 0x8F, _ => 0xBF };
        if (utf8[1] < low || utf8[1] > high)
        {
            return 0;
        }

        for (var i = 2; i < length; i++)
        {
            if ((utf8[i] & 0xC0) != 0x80)
            {
                return 0;
            }
        }

        return length;
    }

    /// <summary>Finds the first byte that is no part of a well-formed sequence; -1 where all are.</summary>
    public static int IndexOfInvalid(ReadOnlySpan<byte> utf8)
    {
#if NET8_0_OR_GREATER
        if (Utf8Validator.IsSupported ? Utf8Validator.IsValid(utf8) : System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return -1;
        }
#endif
        for (var i = 0; i < utf8.Length;)
        {
            var length = SequenceLength(utf8.Slice(i));
            if (length == 0)
            {
                return i;
            }

            i += length;
        }

        return -1;
    }

    /// <summary>Decodes bytes that are known to be UTF-8.</summary>
    public static string GetString(ReadOnlySpan<byte> utf8) =>
#if NET8_0_OR_GREATER
        s_encoding.GetString(utf8);
#else
        s_encoding.GetString(utf8.ToArray());
#endif

    /// <summary>Decodes bytes that have been found to be UTF-8: they are not looked at again, and what is not must not come here.</summary>
    public static string GetStringUnchecked(ReadOnlySpan<byte> utf8) =>
#if NET8_0_OR_GREATER
        Utf8Decoder.IsSupported ? Utf8Decoder.GetString(utf8) : GetString(utf8);
#else
        GetString(utf8);
#endif

    /// <summary>Encodes well-formed UTF-16.</summary>
    public static byte[] GetBytes(string text) => s_encoding.GetBytes(text);
}
