namespace AiGuardrails.Core.Prompts;

/// <summary>
/// Leads from a place in the value of a C# string literal to its place in the source, so that a diagnostic can point
/// into ordinary, verbatim and raw literals.
/// </summary>
internal static class CSharpLiteral
{
    /// <summary>Maps a literal that compiles.</summary>
    /// <param name="token">The literal as the source has it, with its quotation marks.</param>
    /// <returns>For each character of the value, and for its end, the index in the literal; null where the text is no literal.</returns>
    public static int[]? Map(string token)
    {
        if (token.StartsWith("@\"", StringComparison.Ordinal))
        {
            return MapVerbatim(token);
        }

        var quotes = 0;
        while (quotes < token.Length && token[quotes] == '"')
        {
            quotes++;
        }

        return quotes >= 3 ? MapRaw(token, quotes)
            : quotes == 2 ? (token.Length == 2 ? [1] : null)
            : quotes == 1 ? MapOrdinary(token)
            : null;
    }

    private static int[]? MapOrdinary(string token)
    {
        var map = new List<int>(token.Length);
        var i = 1;
        while (i < token.Length && token[i] != '"')
        {
            map.Add(i);
            if (token[i] != '\\')
            {
                i++;
                continue;
            }

            if (i + 1 >= token.Length)
            {
                return null;
            }

            var start = i;
            var kind = token[i + 1];
            i += 2;
            var digits = kind switch { 'u' => 4, 'U' => 8, 'x' => 4, _ => 0 };
            var code = 0L;
            while (digits-- > 0 && i < token.Length && Hex(token[i]) is >= 0 and var digit)
            {
                code = (code * 16) + digit;
                i++;
            }

            if (kind == 'U' && code > 0xFFFF)
            {
                map.Add(start);
            }
        }

        return End(map, token, i, 1);
    }

    private static int[]? MapVerbatim(string token)
    {
        var map = new List<int>(token.Length);
        var i = 2;
        while (i < token.Length && (token[i] != '"' || (i + 1 < token.Length && token[i + 1] == '"')))
        {
            map.Add(i);
            i += token[i] == '"' ? 2 : 1;
        }

        return End(map, token, i, 1);
    }

    private static int[]? MapRaw(string token, int quotes)
    {
        var end = token.Length - quotes;
        if (end < quotes || !token.EndsWith(new string('"', quotes), StringComparison.Ordinal))
        {
            return null;
        }

        var map = new List<int>(token.Length);
        var first = quotes;
        while (first < end && token[first] is ' ' or '\t')
        {
            first++;
        }

        if (first >= end || token[first] is not ('\r' or '\n'))
        {
            for (var i = quotes; i < end; i++)
            {
                map.Add(i);
            }

            return End(map, token, end, quotes);
        }

        // Several lines: the white space before the closing quotation marks is taken from each, and the last line break is none.
        var last = end;
        while (last > first && token[last - 1] is not ('\r' or '\n'))
        {
            last--;
        }

        var indentation = end - last;
        var contentEnd = last - (last >= 2 && token[last - 1] == '\n' && token[last - 2] == '\r' ? 2 : 1);
        var position = AfterLineBreak(token, first);
        while (position < contentEnd)
        {
            for (var skipped = 0; skipped < indentation && position < contentEnd && token[position] is not ('\r' or '\n'); skipped++)
            {
                position++;
            }

            while (position < contentEnd && token[position] is not ('\r' or '\n'))
            {
                map.Add(position++);
            }

            if (position < contentEnd)
            {
                for (var next = AfterLineBreak(token, position); position < next; position++)
                {
                    map.Add(position);
                }
            }
        }

        map.Add(Math.Max(contentEnd, quotes));
        return [.. map];
    }

    private static int AfterLineBreak(string text, int index) =>
        index + (text[index] == '\r' && index + 1 < text.Length && text[index + 1] == '\n' ? 2 : 1);

    private static int[]? End(List<int> map, string token, int end, int quotes)
    {
        map.Add(end);
        return end + quotes == token.Length ? [.. map] : null;
    }

    private static int Hex(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
