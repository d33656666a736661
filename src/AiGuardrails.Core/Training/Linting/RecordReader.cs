using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>A string of a record, or another value where <see cref="IsRaw"/> is set, and where it stands in the line.</summary>
internal struct RecordText
{
    public int Start;
    public int Length;
    public TextKind Kind;
    public bool IsRaw;
    public bool HasEscapes;
    public bool HasLoneSurrogate;
    public bool IsAscii;
    public bool IsJudged; // what is wrong with it has been said
    public bool IsFree;   // another text, if it is not blank, would do as well
    public bool IsClassified; // what follows is known of it
    public bool HasAnchors;
    public Suspicion Suspicion;
    public short Member;  // the index of the member in its object
    public int Turn;      // -1 outside messages
}

/// <summary>
/// Reads one line against the description of a target: says what does not fit, and keeps the texts and messages for the
/// checks of content. One instance reads line after line; once grown, it allocates nothing for a line that fits.
/// </summary>
internal sealed partial class RecordReader(TargetDescription target, LineFindings findings) : ITurnReport
{
    // More calls than this in one example are not matched with their answers: the comparison is quadratic.
    private const int MostCalls = 256;

    private const int NoVariant = -1;
    private const int Broken = -2; // the JSON ends here
    private const int Odd = -3;    // there is a tag, and it has been reported

    // Lines of so many forms are known at a time. Where none of them has come for a while, few lines are compared.
    private const int MostPatterns = 4;
    private const int MissesBeforePause = 16;
    private const int Pause = 8;

    private static readonly Sentence s_unreadable = "a long or unreadable text";

    private readonly JsonNames _names = new();
    private readonly LinePattern[] _patterns = [.. Enumerable.Range(0, MostPatterns).Select(static _ => new LinePattern())];
    private readonly TextScans _scans = new();
    private int _misses;
    private RecordText[] _texts = new RecordText[16];
    private Turn[] _turns = new Turn[8];
    private (string? Name, int Index)[] _path = new (string?, int)[16];
    private byte[] _scratch = new byte[256];
    private int _textCount;
    private int _turnCount;
    private int _depth;
    private int _turn;
    private int _listTurns;
    private int _listStart;
    private int _lists;
    private short _member;
    private int _lastCount;
    private int _reports;
    private ListRule? _listRule;

    public Span<RecordText> Texts => _texts.AsSpan(0, _textCount);

    public ReadOnlySpan<Turn> Turns => _turns.AsSpan(0, _turnCount);

    /// <summary>Reads a line, without its line end.</summary>
    /// <returns>What is wrong with it as JSON.</returns>
    public JsonError Read(ReadOnlySpan<byte> utf8)
    {
        var compares = _misses < MissesBeforePause || _misses % Pause == 0;
        if (compares && TryKnownForm(utf8))
        {
            _misses = 0;
            return default;
        }

        var error = ReadLine(utf8);
        if (error.Kind == JsonErrorKind.None && !findings.IsPending && compares)
        {
            // In the place of the one that has not been seen for longest.
            var last = _patterns[MostPatterns - 1];
            Array.Copy(_patterns, 0, _patterns, 1, MostPatterns - 1);
            _patterns[0] = last;
            last.Keep(utf8, Texts, Turns);
        }

        _misses = _misses == int.MaxValue ? MissesBeforePause : _misses + 1;
        return error;
    }

    private bool TryKnownForm(ReadOnlySpan<byte> utf8)
    {
        _scans.Clear();
        for (var i = 0; i < _patterns.Length; i++)
        {
            var pattern = _patterns[i];
            if (pattern.Matches(utf8, _scans))
            {
                if (i > 0)
                {
                    Array.Copy(_patterns, 0, _patterns, 1, i);
                    _patterns[0] = pattern;
                }

                pattern.Fill(_scans, ref _texts, out _textCount, ref _turns, out _turnCount);
                return true;
            }
        }

        return false;
    }

    private JsonError ReadLine(ReadOnlySpan<byte> utf8)
    {
        _names.Clear();
        _textCount = 0;
        _turnCount = 0;
        _depth = 0;
        _turn = -1;
        _lists = 0;
        _member = -1;

        var reader = new JsonUtf8Reader(utf8);
        if (reader.Read() && ReadValue(target.Record, utf8, ref reader))
        {
            CheckToolNames(utf8);

            // After the one value there is the end, or an error to tell.
            reader.Read();
        }

        return reader.Error;
    }

    /// <summary>Gets the text without its escapes; valid until the next call.</summary>
    public ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> utf8, RecordText text) =>
        Plain(utf8.Slice(text.Start, text.Length), text.HasEscapes);

    private int AddTurn(int start)
    {
        if (_turnCount == _turns.Length)
        {
            Array.Resize(ref _turns, _turnCount * 2);
        }

        _turns[_turnCount] = new Turn { Start = start, End = start + 1, Weight = -1 };
        return _turnCount++;
    }

    private void Mark(TurnMarks marks)
    {
        if (_turn >= 0 && marks != TurnMarks.None)
        {
            _turns[_turn].Marks |= marks;
            _turns[_turn].Images += (marks & TurnMarks.Image) != TurnMarks.None ? 1 : 0;
        }
    }

    private void AddText(TextKind kind, ref JsonUtf8Reader reader, bool judged, bool isFree)
    {
        ref var text = ref NewText();
        text = new RecordText
        {
            Start = reader.TokenStart + 1,
            Length = reader.TokenEnd - reader.TokenStart - 2,
            Kind = kind,
            HasEscapes = reader.HasEscapes,
            HasLoneSurrogate = reader.HasLoneSurrogate,
            IsAscii = reader.IsAscii,
            IsJudged = judged,

            // Names are compared with other names of the line.
            IsFree = isFree && !reader.HasLoneSurrogate && kind is not (TextKind.CallId or TextKind.AnsweredCallId or TextKind.ToolName or TextKind.CalledToolName),
            Member = _member,
            Turn = _turn,
        };
    }

    private void AddRaw(TextKind kind, int start, int end)
    {
        ref var text = ref NewText();
        text = new RecordText { Start = start, Length = end - start, Kind = kind, IsRaw = true, Member = _member, Turn = _turn };
    }

    private ref RecordText NewText()
    {
        if (_textCount == _texts.Length)
        {
            Array.Resize(ref _texts, _textCount * 2);
        }

        return ref _texts[_textCount++];
    }

    private ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> value, bool hasEscapes)
    {
        if (!hasEscapes)
        {
            return value;
        }

        if (_scratch.Length < value.Length)
        {
            _scratch = new byte[Math.Max(value.Length, _scratch.Length * 2)];
        }

        return _scratch.AsSpan(0, JsonString.Unescape(value, _scratch));
    }
}
