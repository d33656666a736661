namespace AiGuardrails.Core.Text;

/// <summary>What can be said of bytes below 0x80.</summary>
internal static class Ascii
{
    /// <summary>Counts the ASCII bytes at the start.</summary>
    public static int CountAtStart(ReadOnlySpan<byte> bytes)
    {
#if NET8_0_OR_GREATER
        var index = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        return index < 0 ? bytes.Length : index;
#else
        var i = 0;
        while (i < bytes.Length && bytes[i] < 0x80)
        {
            i++;
        }

        return i;
#endif
    }

    public static bool IsLetter(byte b) => (byte)(b | 0x20) is >= (byte)'a' and <= (byte)'z';

    public static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    public static bool IsLetterOrDigit(byte b) => IsLetter(b) || IsDigit(b);

    /// <summary>Finds a lower-case word whatever the case of the text; -1 where it is not there.</summary>
    public static int IndexOfIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        for (var i = 0; i + word.Length <= text.Length; i++)
        {
            if (StartsWithIgnoreCase(text.Slice(i), word))
            {
                return i;
            }
        }

        return -1;
    }

    public static bool StartsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (text.Length < word.Length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            var b = text[i];
            if ((b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b) != word[i])
            {
                return false;
            }
        }

        return true;
    }

    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length == word.Length && StartsWithIgnoreCase(text, word);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && text[0] is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r'))
        {
            text = text.Slice(1);
        }

        while (!text.IsEmpty && text[text.Length - 1] is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r'))
        {
            text = text.Slice(0, text.Length - 1);
        }

        return text;
    }
}
