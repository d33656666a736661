namespace AiGuardrails.Core.Json;

/// <summary>Facts about the numbers that the reader accepts.</summary>
internal static class JsonNumber
{
    // The largest double is 1.7976931348623157…e308; from half a unit above it, a reader gets infinity.
    private const int LargestExponent = 308;

    private static ReadOnlySpan<byte> LargestDigits => "17976931348623158"u8;

    /// <summary>Gets whether the number is so large that a double cannot hold it.</summary>
    public static bool IsBeyondDouble(ReadOnlySpan<byte> number)
    {
        // 300 digits are not enough, and an exponent takes at least three more characters.
        if (number.Length < 5 || (number.Length < LargestExponent && number.IndexOfAny((byte)'e', (byte)'E') < 0))
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[17];
        digits.Clear();
        var count = 0;       // significant digits seen
        var integerDigits = 0L; // digits before the point, from the first that is not zero
        var zerosAfterPoint = 0L;
        var inFraction = false;
        var i = number[0] == (byte)'-' ? 1 : 0;
        for (; i < number.Length && number[i] is not ((byte)'e' or (byte)'E'); i++)
        {
            if (number[i] == (byte)'.')
            {
                inFraction = true;
                continue;
            }

            if (count == 0 && number[i] == (byte)'0')
            {
                zerosAfterPoint += inFraction ? 1 : 0;
                continue;
            }

            if (count < digits.Length)
            {
                digits[count] = number[i];
            }

            count++;
            integerDigits += inFraction ? 0 : 1;
        }

        if (count == 0)
        {
            return false;
        }

        var exponent = integerDigits > 0 ? integerDigits - 1 : -zerosAfterPoint - 1;
        exponent += Exponent(number.Slice(i));
        return exponent > LargestExponent
            || (exponent == LargestExponent && digits.Slice(0, Math.Min(count, 17)).SequenceCompareTo(LargestDigits) > 0);
    }

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        var negative = text[1] == (byte)'-';
        var value = 0L;
        for (var i = text[1] is (byte)'-' or (byte)'+' ? 2 : 1; i < text.Length; i++)
        {
            value = Math.Min((value * 10) + (text[i] - '0'), 1_000_000_000);
        }

        return negative ? -value : value;
    }
}
