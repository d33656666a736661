using AiGuardrails.Core.Text;
#if NET8_0_OR_GREATER
using System.Buffers;
#endif

namespace AiGuardrails.Core.Secrets;

/// <summary>What a piece of text says about a person.</summary>
internal enum PersonalDataKind
{
    EmailAddress,
    CardNumber,
    BankAccount,
    PhoneNumber,
    IpAddress,
}

/// <summary>Data about a person in a text, without the data.</summary>
internal readonly record struct PersonalDataMatch(PersonalDataKind Kind, int Start, int Length)
{
    public Sentence Description => Kind switch
    {
        PersonalDataKind.EmailAddress => "an e-mail address",
        PersonalDataKind.CardNumber => "a card number",
        PersonalDataKind.BankAccount => "a bank account (IBAN)",
        PersonalDataKind.PhoneNumber => "a phone number",
        _ => "a public IP address",
    };
}

/// <summary>
/// Finds data about people whose form proves what it is: by checksum, or by a form that nothing else has. Addresses and
/// numbers that are reserved for examples are left. Nothing is allocated.
/// </summary>
internal static class PersonalData
{
#if NET8_0_OR_GREATER
    private static readonly SearchValues<byte> s_anchors = SearchValues.Create("@+0123456789"u8);
#endif

    /// <summary>Finds the first match from an index on.</summary>
    public static bool TryFind(ReadOnlySpan<byte> utf8, int from, out PersonalDataMatch match)
    {
        for (var i = NextAnchor(utf8, from); i < utf8.Length; i = NextAnchor(utf8, i))
        {
            switch (utf8[i])
            {
                case (byte)'@':
                    if (IsEmail(utf8, i, from, out match))
                    {
                        return true;
                    }

                    i++;
                    break;
                case (byte)'+':
                    if (IsPhone(utf8, i, from, out match))
                    {
                        return true;
                    }

                    i++;
                    break;
                default:
                    if (IsNumber(utf8, i, from, out match))
                    {
                        return true;
                    }

                    while (i < utf8.Length && Ascii.IsDigit(utf8[i]))
                    {
                        i++;
                    }

                    break;
            }
        }

        match = default;
        return false;
    }

    // Most numbers are short and are followed by none of what these forms have.
    private static bool IsNumber(ReadOnlySpan<byte> text, int start, int from, out PersonalDataMatch match)
    {
        var end = start + 1;
        while (end < text.Length && Ascii.IsDigit(text[end]))
        {
            end++;
        }

        var length = end - start;
        if (length <= 3 && end < text.Length && text[end] == (byte)'.' && IsIpAddress(text, start, from, out match))
        {
            return true;
        }

        if ((length >= 13 || (length >= 4 && end < text.Length && text[end] is (byte)' ' or (byte)'-')) && IsCard(text, start, from, out match))
        {
            return true;
        }

        match = default;
        return start >= from + 2 && IsUpper(text[start - 1]) && IsIban(text, start, from, out match);
    }

    private static bool IsEmail(ReadOnlySpan<byte> text, int at, int from, out PersonalDataMatch match)
    {
        match = default;
        var start = at;
        while (start > from && (Ascii.IsLetterOrDigit(text[start - 1]) || text[start - 1] is (byte)'.' or (byte)'_' or (byte)'%' or (byte)'+' or (byte)'-'))
        {
            start--;
        }

        var end = at + 1;
        while (end < text.Length && (Ascii.IsLetterOrDigit(text[end]) || text[end] is (byte)'.' or (byte)'-'))
        {
            end++;
        }

        while (end > at + 1 && text[end - 1] is (byte)'.' or (byte)'-')
        {
            end--;
        }

        var local = text.Slice(start, at - start);
        var domain = text.Slice(at + 1, Math.Max(0, end - at - 1));
        var dot = domain.LastIndexOf((byte)'.');
        if (local.IsEmpty || dot <= 0 || local.Length > 64 || domain.Length > 253 || domain.IndexOf(".."u8) >= 0 || domain[0] is (byte)'.' or (byte)'-')
        {
            return false;
        }

        var top = domain.Slice(dot + 1);
        if (top.Length < 2 || !IsLetters(top))
        {
            return false;
        }

        match = new PersonalDataMatch(PersonalDataKind.EmailAddress, start, end - start);
        return !IsReserved(domain, top) && !Ascii.EqualsIgnoreCase(local, "git"u8);
    }

    // Names for examples and tests, and file names such as logo@2x.png.
    private static bool IsReserved(ReadOnlySpan<byte> domain, ReadOnlySpan<byte> top)
    {
        for (var rest = domain; !rest.IsEmpty;)
        {
            var dot = rest.IndexOf((byte)'.');
            var label = dot < 0 ? rest : rest.Slice(0, dot);
            if (Ascii.EqualsIgnoreCase(label, "example"u8) || Ascii.EqualsIgnoreCase(label, "test"u8) || Ascii.EqualsIgnoreCase(label, "localhost"u8)
                || Ascii.StartsWithIgnoreCase(label, "your"u8))
            {
                return true;
            }

            rest = dot < 0 ? default : rest.Slice(dot + 1);
        }

        return Ascii.EqualsIgnoreCase(top, "invalid"u8) || Ascii.EqualsIgnoreCase(top, "local"u8)
            || Ascii.EqualsIgnoreCase(top, "png"u8) || Ascii.EqualsIgnoreCase(top, "jpg"u8) || Ascii.EqualsIgnoreCase(top, "jpeg"u8)
            || Ascii.EqualsIgnoreCase(top, "gif"u8) || Ascii.EqualsIgnoreCase(top, "svg"u8) || Ascii.EqualsIgnoreCase(top, "webp"u8);
    }

    private static bool IsPhone(ReadOnlySpan<byte> text, int plus, int from, out PersonalDataMatch match)
    {
        match = default;
        if (plus + 1 >= text.Length || text[plus + 1] is < (byte)'1' or > (byte)'9')
        {
            return false;
        }

        // After a letter or a digit it is a sum.
        if (plus > from && (Ascii.IsLetterOrDigit(text[plus - 1]) || text[plus - 1] is (byte)'+' or (byte)')' or (byte)'='))
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[16];
        var count = 0;
        var end = plus + 1;
        var last = end;
        var separators = 0;
        while (end < text.Length && separators < 3)
        {
            if (Ascii.IsDigit(text[end]))
            {
                if (count == digits.Length)
                {
                    return false;
                }

                digits[count++] = text[end];
                last = end + 1;
                separators = 0;
            }
            else if (text[end] is (byte)' ' or (byte)'-' or (byte)'.' or (byte)'(' or (byte)')' or (byte)'/')
            {
                separators++;
            }
            else
            {
                break;
            }

            end++;
        }

        if (count is < 9 or > 15 || (last < text.Length && Ascii.IsLetterOrDigit(text[last])))
        {
            return false;
        }

        match = new PersonalDataMatch(PersonalDataKind.PhoneNumber, plus, last - plus);
        return !IsMadeUpPhone(digits.Slice(0, count));
    }

    // Numbers set aside for films and examples, and those that count or repeat.
    private static bool IsMadeUpPhone(ReadOnlySpan<byte> digits)
    {
        var different = 0;
        for (var i = 1; i < digits.Length; i++)
        {
            different += digits[i] != digits[i - 1] ? 1 : 0;
        }

        return different <= 2
            || digits.IndexOf("1234567"u8) >= 0
            || digits.IndexOf("0000000"u8) >= 0
            || (digits[0] == (byte)'1' && digits.Length == 11 && digits.Slice(4).StartsWith("555"u8))
            || digits.StartsWith("447700900"u8)
            || digits.StartsWith("1555"u8);
    }

    private static bool IsIpAddress(ReadOnlySpan<byte> text, int start, int from, out PersonalDataMatch match)
    {
        match = default;
        if (start > from && (Ascii.IsLetterOrDigit(text[start - 1]) || text[start - 1] is (byte)'.' or (byte)'_' or (byte)'-'))
        {
            return false;
        }

        Span<int> parts = stackalloc int[4];
        var i = start;
        for (var part = 0; part < 4; part++)
        {
            if (part > 0)
            {
                if (i >= text.Length || text[i] != (byte)'.')
                {
                    return false;
                }

                i++;
            }

            var value = 0;
            var first = i;
            while (i < text.Length && i - first < 3 && Ascii.IsDigit(text[i]))
            {
                value = (value * 10) + (text[i++] - '0');
            }

            if (i == first || value > 255 || (i - first > 1 && text[first] == (byte)'0'))
            {
                return false;
            }

            parts[part] = value;
        }

        if (i < text.Length && (Ascii.IsLetterOrDigit(text[i]) || text[i] is (byte)'_' or (byte)'-' || (text[i] == (byte)'.' && i + 1 < text.Length && Ascii.IsDigit(text[i + 1]))))
        {
            return false;
        }

        match = new PersonalDataMatch(PersonalDataKind.IpAddress, start, i - start);
        return IsPublic(parts) && !IsVersion(text, start, from);
    }

    private static bool IsPublic(ReadOnlySpan<int> ip) => (ip[0], ip[1], ip[2], ip[3]) switch
    {
        (0 or 10 or 127, _, _, _) or ( >= 224, _, _, _) => false,
        (100, >= 64 and <= 127, _, _) => false,
        (169, 254, _, _) => false,
        (172, >= 16 and <= 31, _, _) => false,
        (192, 168, _, _) or (192, 0, 0 or 2, _) or (198, 18 or 19, _, _) => false,
        (198, 51, 100, _) or (203, 0, 113, _) => false,
        (8, 8, 8, 8) or (8, 8, 4, 4) or (1, 1, 1, 1) or (1, 0, 0, 1) or (9, 9, 9, 9) => false, // name servers that everybody uses
        (1, 2, 3, 4) => false,
        _ => ip[0] > 2 || ip[1] > 9 || ip[2] > 9, // 1.0.4.2 is a version
    };

    private static bool IsVersion(ReadOnlySpan<byte> text, int start, int from)
    {
        var before = Ascii.Trim(text.Slice(from, start - from));
        before = before.Length > 10 ? before.Slice(before.Length - 10) : before;
        return Ascii.IndexOfIgnoreCase(before, "version"u8) >= 0
            || Ascii.IndexOfIgnoreCase(before, "release"u8) >= 0
            || (before.Length >= 2 && Ascii.EqualsIgnoreCase(before.Slice(before.Length - 2), "v."u8));
    }

    private static bool IsCard(ReadOnlySpan<byte> text, int start, int from, out PersonalDataMatch match)
    {
        match = default;
        if (start > from && (Ascii.IsLetterOrDigit(text[start - 1]) || text[start - 1] is (byte)'.' or (byte)'_' or (byte)'-' or (byte)'/' or (byte)'+'))
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[19];
        var count = 0;
        var end = start;
        var last = start;
        while (end < text.Length)
        {
            if (Ascii.IsDigit(text[end]))
            {
                if (count == digits.Length)
                {
                    return false;
                }

                digits[count++] = (byte)(text[end] - '0');
                last = ++end;
            }
            else if (text[end] is (byte)' ' or (byte)'-' && end == last && count >= 4)
            {
                end++;
            }
            else
            {
                break;
            }
        }

        if (last < text.Length && (Ascii.IsLetterOrDigit(text[last]) || text[last] is (byte)'_' || (text[last] == (byte)'.' && last + 1 < text.Length && Ascii.IsDigit(text[last + 1]))))
        {
            return false;
        }

        match = new PersonalDataMatch(PersonalDataKind.CardNumber, start, last - start);
        var number = digits.Slice(0, count);
        return IsOfIssuer(number) && PassesLuhn(number) && !IsTestCard(number);
    }

    private static bool IsOfIssuer(ReadOnlySpan<byte> digits)
    {
        if (digits.Length < 13)
        {
            return false;
        }

        var two = (digits[0] * 10) + digits[1];
        var four = (two * 100) + (digits[2] * 10) + digits[3];
        return (digits[0] == 4 && digits.Length is 13 or 16 or 19 && digits[0] == 4)
            || ((two is >= 51 and <= 55 || four is >= 2221 and <= 2720) && digits.Length == 16)
            || (two is 34 or 37 && digits.Length == 15)
            || ((four is 6011 or (>= 6440 and <= 6599)) && digits.Length == 16)
            || (two == 35 && digits.Length == 16)
            || (two is 36 or 38 && digits.Length == 14)
            || (two == 62 && digits.Length is >= 16 and <= 19);
    }

    private static bool PassesLuhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            int digit = digits[digits.Length - 1 - i];
            digit = (i & 1) == 0 ? digit : digit * 2;
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0;
    }

    // The numbers that payment services publish for tests are mostly a few digits repeated.
    private static bool IsTestCard(ReadOnlySpan<byte> digits)
    {
        var kinds = 0;
        foreach (var digit in digits)
        {
            kinds |= 1 << digit;
        }

        var different = 0;
        for (; kinds != 0; kinds &= kinds - 1)
        {
            different++;
        }

        return different <= 3 || digits.SequenceEqual(TestAmex) || digits.SequenceEqual(TestAmex2);
    }

    private static ReadOnlySpan<byte> TestAmex => [3, 7, 8, 2, 8, 2, 2, 4, 6, 3, 1, 0, 0, 0, 5];

    private static ReadOnlySpan<byte> TestAmex2 => [3, 7, 1, 4, 4, 9, 6, 3, 5, 3, 9, 8, 4, 3, 1];

    private static bool IsIban(ReadOnlySpan<byte> text, int digit, int from, out PersonalDataMatch match)
    {
        match = default;
        var start = digit - 2;
        if (start < from || digit + 1 >= text.Length || !IsUpper(text[start]) || !IsUpper(text[start + 1]) || !Ascii.IsDigit(text[digit + 1])
            || (start > from && Ascii.IsLetterOrDigit(text[start - 1])))
        {
            return false;
        }

        var wanted = IbanLength(text[start], text[start + 1]);
        if (wanted == 0)
        {
            return false;
        }

        // The checksum is over the number with its first four characters moved to the end, letters as 10 to 35.
        Span<byte> number = stackalloc byte[34];
        var count = 0;
        var i = start;
        while (i < text.Length && count < wanted)
        {
            if (IsUpper(text[i]) || Ascii.IsDigit(text[i]))
            {
                number[count++] = text[i];
            }
            else if (text[i] != (byte)' ' || text[i - 1] == (byte)' ')
            {
                break;
            }

            i++;
        }

        if (count != wanted || (i < text.Length && Ascii.IsLetterOrDigit(text[i])))
        {
            return false;
        }

        var rest = 0;
        for (var place = 0; place < wanted; place++)
        {
            var c = number[(place + 4) % wanted];
            rest = Ascii.IsDigit(c) ? ((rest * 10) + (c - '0')) % 97 : ((rest * 100) + (c - 'A' + 10)) % 97;
        }

        match = new PersonalDataMatch(PersonalDataKind.BankAccount, start, i - start);
        return rest == 1;
    }

    private static int IbanLength(byte first, byte second) => ((char)first, (char)second) switch
    {
        ('N', 'O') => 15,
        ('B', 'E') => 16,
        ('D', 'K') or ('F', 'I') or ('N', 'L') => 18,
        ('S', 'I') => 19,
        ('A', 'T') or ('E', 'E') or ('L', 'T') or ('L', 'U') => 20,
        ('C', 'H') or ('H', 'R') or ('L', 'I') or ('L', 'V') => 21,
        ('B', 'G') or ('D', 'E') or ('G', 'B') or ('I', 'E') or ('G', 'E') or ('R', 'S') => 22,
        ('A', 'E') or ('I', 'L') => 23,
        ('A', 'D') or ('C', 'Z') or ('E', 'S') or ('R', 'O') or ('S', 'A') or ('S', 'E') or ('S', 'K') or ('P', 'K') => 24,
        ('P', 'T') => 25,
        ('I', 'S') or ('T', 'R') => 26,
        ('F', 'R') or ('G', 'R') or ('I', 'T') => 27,
        ('C', 'Y') or ('H', 'U') or ('P', 'L') => 28,
        ('B', 'R') or ('Q', 'A') or ('U', 'A') => 29,
        ('M', 'T') => 31,
        _ => 0,
    };

    private static bool IsUpper(byte b) => b is >= (byte)'A' and <= (byte)'Z';

    private static bool IsLetters(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (!Ascii.IsLetter(b))
            {
                return false;
            }
        }

        return true;
    }

    private static int NextAnchor(ReadOnlySpan<byte> text, int from)
    {
        if (from >= text.Length)
        {
            return text.Length;
        }

#if NET8_0_OR_GREATER
        var index = text.Slice(from).IndexOfAny(s_anchors);
        return index < 0 ? text.Length : from + index;
#else
        while (from < text.Length)
        {
            from = Ascii.SkipProse(text, from);
            for (var stop = Math.Min(text.Length, from + sizeof(ulong)); from < stop; from++)
            {
                if (text[from] is (byte)'@' or (byte)'+' or (>= (byte)'0' and <= (byte)'9'))
                {
                    return from;
                }
            }
        }

        return from;
#endif
    }
}
