using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>
/// A line that fits its target, kept for the next. Lines of one file mostly differ in their texts alone: where all that stands between
/// the texts is the same, byte for byte, everything that was found of the one line is true of the other.
/// </summary>
internal sealed class LinePattern
{
    private const int LongestLine = 64 * 1024;
    private const int MostTexts = 64;

    private byte[] _line = [];
    private int _length = -1;
    private RecordText[] _texts = [];
    private Turn[] _turns = [];
    private int[] _free = []; // the texts that may be others
    private int _freeCount;
    private int[] _shifts = [];

    // For each start and end of a text or message, how many free texts end before it.
    private (int Start, int End)[] _textShifts = [];
    private (int Start, int End)[] _turnShifts = [];
    private int _textCount;
    private int _turnCount;

    /// <summary>Keeps a line that nothing is wrong with.</summary>
    public void Keep(ReadOnlySpan<byte> utf8, ReadOnlySpan<RecordText> texts, ReadOnlySpan<Turn> turns)
    {
        _length = -1;
        if (utf8.Length > LongestLine || texts.Length > MostTexts)
        {
            return;
        }

        _textCount = texts.Length;
        _turnCount = turns.Length;
        Grow(ref _line, utf8.Length);
        Grow(ref _texts, _textCount);
        Grow(ref _turns, _turnCount);
        Grow(ref _free, _textCount);
        Grow(ref _shifts, _textCount + 1);
        Grow(ref _textShifts, _textCount);
        Grow(ref _turnShifts, _turnCount);
        utf8.CopyTo(_line);
        texts.CopyTo(_texts);
        turns.CopyTo(_turns);

        _freeCount = 0;
        for (var i = 0; i < _textCount; i++)
        {
            if (_texts[i].IsFree)
            {
                _free[_freeCount++] = i;
            }
        }

        for (var i = 0; i < _textCount; i++)
        {
            _textShifts[i] = (FreeBefore(_texts[i].Start), FreeBefore(_texts[i].Start + _texts[i].Length));
        }

        for (var i = 0; i < _turnCount; i++)
        {
            _turnShifts[i] = (FreeBefore(_turns[i].Start), FreeBefore(_turns[i].End));
        }

        _length = utf8.Length;
    }

    /// <summary>Compares a line with the one that is kept.</summary>
    /// <param name="utf8">The line.</param>
    /// <param name="scans">What is known of the texts of the line.</param>
    public bool Matches(ReadOnlySpan<byte> utf8, TextScans scans)
    {
        if (_length < 0)
        {
            return false;
        }

        var kept = _line.AsSpan(0, _length);
        var at = 0;
        var from = 0;
        for (var i = 0; i < _freeCount; i++)
        {
            ref var text = ref _texts[_free[i]];
            var gap = kept.Slice(from, text.Start - from);
            if (!utf8.Slice(at).StartsWith(gap))
            {
                return false;
            }

            at += gap.Length;
            TextScan scan;
            if (utf8.Slice(at).StartsWith(kept.Slice(text.Start, text.Length + 1)))
            {
                // The same text, as instructions are in most files, with its quotation mark.
                scan = new TextScan
                {
                    Length = text.Length,
                    HasEscapes = text.HasEscapes,
                    IsAscii = text.IsAscii,
                    IsClassified = text.IsClassified,
                    HasAnchors = text.HasAnchors,
                    Suspicion = text.Suspicion,
                };
                scans.Put(i, at, scan);
            }
            else if (!scans.TryGet(utf8, i, at, out scan) || IsBlank(utf8.Slice(at, scan.Length), scan.HasEscapes))
            {
                return false;
            }

            at += scan.Length;
            from = text.Start + text.Length;
            _shifts[i + 1] = at - from;
        }

        return utf8.Slice(at).SequenceEqual(kept.Slice(from));
    }

    /// <summary>Gives what there is in the line that was compared last, and matches.</summary>
    public void Fill(TextScans scans, ref RecordText[] texts, out int textCount, ref Turn[] turns, out int turnCount)
    {
        Grow(ref texts, _textCount);
        Grow(ref turns, _turnCount);
        textCount = _textCount;
        turnCount = _turnCount;
        for (var i = 0; i < _textCount; i++)
        {
            ref var text = ref texts[i];
            text = _texts[i];
            var shifts = _textShifts[i];
            var end = text.Start + text.Length + _shifts[shifts.End];
            text.Start += _shifts[shifts.Start];
            text.Length = end - text.Start;
        }

        for (var i = 0; i < _freeCount; i++)
        {
            ref var text = ref texts[_free[i]];
            ref var scan = ref scans[i];
            text.HasEscapes = scan.HasEscapes;
            text.IsAscii = scan.IsAscii;
            text.IsClassified = scan.IsClassified;
            text.HasAnchors = scan.HasAnchors;
            text.Suspicion = scan.Suspicion;
        }

        for (var i = 0; i < _turnCount; i++)
        {
            ref var turn = ref turns[i];
            turn = _turns[i];
            turn.Start += _shifts[_turnShifts[i].Start];
            turn.End += _shifts[_turnShifts[i].End];
        }
    }

    // What may be blank is left to those who can say so.
    private static bool IsBlank(ReadOnlySpan<byte> text, bool hasEscapes)
    {
        foreach (var b in text)
        {
            switch (b)
            {
                case (byte)' ':
                    continue;
                case (byte)'\\' when hasEscapes:
                    return RecordReader.IsBlankEscaped(text);
                default:
                    return false;
            }
        }

        return true;
    }

    private int FreeBefore(int position)
    {
        var count = 0;
        while (count < _freeCount && _texts[_free[count]].Start + _texts[_free[count]].Length <= position)
        {
            count++;
        }

        return count;
    }

    private static void Grow<T>(ref T[] array, int count)
    {
        if (array.Length < count)
        {
            Array.Resize(ref array, Math.Max(count, array.Length * 2));
        }
    }
}

/// <summary>The texts of the line that is compared with several patterns: each is looked at once.</summary>
internal sealed class TextScans
{
    private TextScan[] _scans = new TextScan[8];
    private int[] _starts = new int[8];
    private int _count;

    public ref TextScan this[int index] => ref _scans[index];

    /// <summary>Another line begins.</summary>
    public void Clear() => _count = 0;

    public bool TryGet(ReadOnlySpan<byte> utf8, int index, int start, out TextScan scan)
    {
        if (index < _count && _starts[index] == start)
        {
            scan = _scans[index];
            return true;
        }

        _count = index;
        if (!TextScanner.TryScan(utf8, start, out scan))
        {
            return false;
        }

        Put(index, start, scan);
        return true;
    }

    public void Put(int index, int start, TextScan scan)
    {
        if (index == _scans.Length)
        {
            Array.Resize(ref _scans, index * 2);
            Array.Resize(ref _starts, index * 2);
        }

        _scans[index] = scan;
        _starts[index] = start;
        _count = index + 1;
    }
}
