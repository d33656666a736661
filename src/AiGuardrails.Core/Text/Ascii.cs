#if !NET8_0_OR_GREATER
using System.Buffers.Binary;
#endif

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

    /// <summary>A byte in all eight places of a word.</summary>
    public const ulong EachByte = 0x0101_0101_0101_0101;

    /// <summary>The highest bit of each byte of a word.</summary>
    public const ulong HighBits = EachByte * 0x80;

#if !NET8_0_OR_GREATER
    /// <summary>
    /// Goes over what most of a text is: small letters and the few signs of their rank, spaces, and what is not ASCII; eight bytes at a time,
    /// as far as that goes.
    /// </summary>
    /// <returns>A place at which eight bytes have others among them, or there are no eight.</returns>
    public static int SkipProse(ReadOnlySpan<byte> text, int i)
    {
        while (i + sizeof(ulong) <= text.Length)
        {
            // Without the highest bits nothing is carried from one byte to the next.
            var word = BinaryPrimitives.ReadUInt64LittleEndian(text.Slice(i));
            var letters = (word & ~HighBits) + (EachByte * 0x20);
            var other = word ^ (EachByte * (byte)' ');
            var spaces = ~(((other & ~HighBits) + ~HighBits) | other);
            if (((word | letters | spaces) & HighBits) != HighBits)
            {
                break;
            }

            i += sizeof(ulong);
        }

        return i;
    }
#endif

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
