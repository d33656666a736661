namespace AiGuardrails.Core.Prompts;

/// <summary>Where a text leaves a pattern: what the pattern has there, and what the text has.</summary>
internal sealed record TextMismatch(string Expected, string Found);

/// <summary>
/// Fixed texts with anything between them: what a block of a prompt can become. Matching reads the text once, whatever is in it.
/// </summary>
internal sealed class TextPattern
{
    private const int ShownLength = 40;

    // Fewer characters in common are chance.
    private const int TellingLength = 8;

    private readonly List<string> _literals = [];
    private readonly List<int[]?> _tables = [];
    private bool _startsOpen;
    private bool _endsOpen;

    /// <summary>Gets whether nothing of it is fixed, blanks aside, so that the text may be missing as a whole.</summary>
    public bool MayBeBlank => _literals.TrueForAll(string.IsNullOrWhiteSpace);

    /// <summary>Adds fixed text.</summary>
    public TextPattern Text(string text)
    {
        if (text.Length == 0)
        {
            return this;
        }

        if (_literals.Count > 0 && !_endsOpen)
        {
            _literals[_literals.Count - 1] += text;
        }
        else
        {
            _literals.Add(text);
            _tables.Add(null);
        }

        _endsOpen = false;
        return this;
    }

    /// <summary>Adds a place for anything.</summary>
    public TextPattern Anything()
    {
        _startsOpen |= _literals.Count == 0;
        _endsOpen = true;
        return this;
    }

    /// <summary>Adds another pattern.</summary>
    public TextPattern Then(TextPattern other)
    {
        if (other._startsOpen)
        {
            Anything();
        }

        for (var i = 0; i < other._literals.Count; i++)
        {
            Text(other._literals[i]);
            if (i < other._literals.Count - 1 || other._endsOpen)
            {
                Anything();
            }
        }

        return this;
    }

    /// <summary>Compares a text with the pattern.</summary>
    /// <returns>Null where it fits, or where it leaves the pattern.</returns>
    public TextMismatch? Match(string text)
    {
        if (_literals.Count == 0)
        {
            return _startsOpen || text.Length == 0 ? null : new TextMismatch("", Shown(text, 0));
        }

        var position = 0;
        var first = 0;
        if (!_startsOpen)
        {
            if (Difference(_literals[0], text, 0) is { } difference)
            {
                return difference;
            }

            position = _literals[0].Length;
            first = 1;
        }

        // What comes first is found first: no later place would leave more room.
        var last = _literals.Count - (_endsOpen ? 0 : 1);
        for (var i = first; i < last; i++)
        {
            var found = Find(i, text, position, out var nearest);
            if (found < 0)
            {
                return nearest ?? new TextMismatch(Shown(_literals[i], 0), Shown(text, position));
            }

            position = found + _literals[i].Length;
        }

        if (last == _literals.Count)
        {
            return null;
        }

        if (last < first)
        {
            return position == text.Length ? null : new TextMismatch("", Shown(text, position));
        }

        var ending = _literals[last];
        var end = text.Length - ending.Length;
        if (end >= position && string.CompareOrdinal(text, end, ending, 0, ending.Length) == 0)
        {
            return null;
        }

        var earlier = Find(last, text, position, out var part);
        return part
            ?? (earlier >= 0 && ending.Length >= TellingLength
                ? new TextMismatch("", Shown(text, earlier + ending.Length))
                : new TextMismatch(Shown(ending, 0), End(text, position)));
    }

    private static TextMismatch? Difference(string expected, string text, int start)
    {
        var length = Math.Min(expected.Length, text.Length - start);
        for (var i = 0; i < length; i++)
        {
            if (expected[i] != text[start + i])
            {
                var from = WordStart(expected, i);
                return new TextMismatch(Shown(expected, from), Shown(text, start + from));
            }
        }

        return length < expected.Length ? new TextMismatch(Shown(expected, length), "") : null;
    }

    // Where the word begins in which the two part.
    private static int WordStart(string text, int index)
    {
        var start = index;
        while (start > 0 && index - start < ShownLength / 2 && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private static string Shown(string text, int start)
    {
        var shown = text.Substring(start, Math.Min(ShownLength, text.Length - start));
        if (shown.Length > 0 && char.IsHighSurrogate(shown[shown.Length - 1]))
        {
            shown = shown.Substring(0, shown.Length - 1);
        }

        shown = string.Concat(shown.Select(static c => c == '\n' ? '↵' : char.IsControl(c) ? ' ' : c));
        return start + ShownLength < text.Length ? shown + "…" : shown;
    }

    private static string End(string text, int start)
    {
        var from = Math.Max(start, text.Length - ShownLength);
        from += from < text.Length && char.IsLowSurrogate(text[from]) ? 1 : 0;
        return (from > start ? "…" : "") + Shown(text, from);
    }

    // Knuth, Morris and Pratt: a text that nearly repeats the pattern costs no more than another.
    private int Find(int index, string text, int start, out TextMismatch? nearest)
    {
        var literal = _literals[index];
        var table = _tables[index] ??= TableOf(literal);
        var matched = 0;
        var (longest, after) = (0, 0);
        nearest = null;
        for (var i = start; i < text.Length; i++)
        {
            while (matched > 0 && text[i] != literal[matched])
            {
                matched = table[matched - 1];
            }

            matched += text[i] == literal[matched] ? 1 : 0;
            if (matched == literal.Length)
            {
                return i - matched + 1;
            }

            if (matched > longest)
            {
                (longest, after) = (matched, i + 1);
            }
        }

        // Where the most of it stands, the rest is what differs.
        nearest = longest >= TellingLength ? Difference(literal, text, after - longest) : null;
        return -1;
    }

    private static int[] TableOf(string literal)
    {
        var table = new int[literal.Length];
        for (int i = 1, matched = 0; i < literal.Length; i++)
        {
            while (matched > 0 && literal[i] != literal[matched])
            {
                matched = table[matched - 1];
            }

            matched += literal[i] == literal[matched] ? 1 : 0;
            table[i] = matched;
        }

        return table;
    }
}
