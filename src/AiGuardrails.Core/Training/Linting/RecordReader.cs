using System.Globalization;
using System.Text;
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
internal sealed class RecordReader(TargetDescription target, LineFindings findings) : ITurnReport
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

    public string NameOf(TurnRole role)
    {
        foreach (var variant in _listRule?.Item.Object?.Variants ?? [])
        {
            if (variant.Role == role)
            {
                return "'" + variant.Name + "'";
            }
        }

        return "'" + role.ToString().ToLowerInvariant() + "'";
    }

    public void Report(int turn, Verdict verdict, [Words] string format, object? first = null, object? second = null)
    {
        _reports++;
        if (findings.IsLineFull)
        {
            return;
        }

        var message = Sentence.Of(format, first, second);
        if (turn < 0)
        {
            findings.Suspect(LintRules.DoesNotFitTarget, verdict, _listStart, 1, "{0}: {1}", PathText(), message);
            return;
        }

        Push(null, turn);
        var at = _turns[_listTurns + turn];
        findings.Suspect(LintRules.DoesNotFitTarget, verdict, at.Start, at.End - at.Start, "{0}: {1}", PathText(), message);
        _depth--;
    }

    // All readers below are called on the first token of a value and leave on its last; false is an error of the JSON.
    private bool ReadValue(Shape shape, ReadOnlySpan<byte> utf8, ref JsonUtf8Reader reader)
    {
        var start = reader.TokenStart;
        switch (reader.TokenType)
        {
            case JsonTokenType.String when shape.Text is { } rule:
                Mark(shape.Marks | ((shape.Marks & TurnMarks.Content) != TurnMarks.None ? TurnMarks.StringContent : TurnMarks.None));
                ReadText(rule, ref reader);
                return true;

            case JsonTokenType.ObjectStart when shape.Object is { } rule:
                Mark(shape.Marks);
                return ReadObject(rule, utf8, ref reader);

            case JsonTokenType.ArrayStart when shape.List is { } rule:
                return ReadList(rule, shape, utf8, ref reader);

            case JsonTokenType.Number when shape.Number is { } rule:
                Mark(shape.Marks);
                ReadNumber(rule, shape, ref reader);
                return true;

            case JsonTokenType.True or JsonTokenType.False when shape.Boolean:
                AddRaw(shape.Kind, start, reader.TokenEnd);
                return true;

            case JsonTokenType.Null when shape.Null:
                return true;

            default:
                if (shape.Anything)
                {
                    Mark(shape.Marks);
                    return Skip(shape.Kind, utf8, ref reader);
                }

                var isBoolean = reader.TokenType is JsonTokenType.True or JsonTokenType.False;
                Suspect(
                    isBoolean && shape.WrongBoolean is { } verdict ? verdict : shape.WrongType,
                    ref reader,
                    "{0} is {1}, not {2}",
                    Describe(reader.TokenType),
                    shape.Noun);

                // It is there, if in a wrong form: nothing more is to be said about its absence.
                Mark(shape.Marks & TurnMarks.Content);
                return Skip(TextKind.Other, utf8, ref reader);
        }
    }

    private bool ReadObject(ObjectRule rule, ReadOnlySpan<byte> utf8, ref JsonUtf8Reader reader)
    {
        var start = reader.TokenStart;
        var outerTurn = _turn;
        if (rule.Kind == ObjectKind.Message)
        {
            _turn = AddTurn(start);
        }

        var turn = _turn;
        var seen = 0UL;
        var variant = NoVariant;
        var extra = 0;
        var one = 0;
        var other = 0;
        _names.Enter();
        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType == JsonTokenType.ObjectEnd)
            {
                break;
            }

            CheckName(ref reader);
            var index = rule.IndexOf(ref reader);
            if (index < 0)
            {
                extra++;
                if (!_names.Add(utf8, ref reader))
                {
                    ReportDuplicateName(ref reader);
                }

                if (rule.Unknown is { } unknown)
                {
                    Suspect(unknown, ref reader, "{0} has a member {1}, which {2} does not know", Quote(reader.Value, reader.HasEscapes, reader.HasLoneSurrogate), target.Target.Name);
                }

                var from = reader.TokenStart;
                if (!reader.Read())
                {
                    return false;
                }

                Push("…", -1);
                _member = -1;
                if (!Skip(rule.UnknownKind, utf8, ref reader))
                {
                    return false;
                }

                _depth--;

                // Name and value together: a record with another field, or another value in it, is another record.
                AddRaw(rule.UnknownKind, from, reader.TokenEnd);
                continue;
            }

            var member = rule.Members[index];
            var bit = 1UL << index;
            if ((seen & bit) != 0)
            {
                ReportDuplicateName(ref reader);
            }

            seen |= bit;
            Push(member.Name, -1);
            if (member.Present is { } present)
            {
                Suspect(present, ref reader, present.Level == LintLevel.Error ? "{0} has no place here" : "{0} is not advised");
            }

            if (!reader.Read())
            {
                return false;
            }

            if (rule.Tag is not null && string.Equals(member.Name, rule.Tag, StringComparison.Ordinal))
            {
                variant = ReadTag(rule, utf8, ref reader);
                if (variant == Broken)
                {
                    return false;
                }
            }
            else
            {
                _member = (short)index;
                _lastCount = 0;
                if (!ReadValue(member.Shape, utf8, ref reader))
                {
                    return false;
                }

                if (rule.SameLength is { } pair)
                {
                    one = string.Equals(member.Name, pair.One, StringComparison.Ordinal) ? _lastCount : one;
                    other = string.Equals(member.Name, pair.Other, StringComparison.Ordinal) ? _lastCount : other;
                }
            }

            _depth--;
        }

        _names.Leave();
        var end = reader.TokenEnd;
        for (var i = 0; i < rule.Members.Length; i++)
        {
            if (rule.Members[i].Missing is { } missing && (seen & (1UL << i)) == 0)
            {
                SuspectObject(missing, start, "{0} has no {1}", rule.Members[i].Name);
            }
        }

        CheckVariant(rule, variant, seen, start);
        CheckChoices(rule, seen, start);
        if (extra == 0 && rule.UnknownMissing is { } none)
        {
            SuspectObject(none, start, "{0} has no field for the grader besides the messages");
        }

        if (one != other && one > 0 && other > 0)
        {
            SuspectObject(Verdict.Rejects(), start, "{0} has lists of different lengths, {2}, in {3}", third: Sentence.Of($"{one:N0} and {other:N0}"), fourth: Sentence.Of($"'{rule.SameLength?.One}' and '{rule.SameLength?.Other}'"));
        }

        if (rule.Pairs is { } pairs)
        {
            CheckPairs(pairs.Verdict, (seen & rule.BitOf(pairs.Unless)) != 0, start);
        }

        if (rule.Kind == ObjectKind.Message)
        {
            ref var message = ref _turns[turn];
            message.End = end;
            message.Role = variant >= 0 ? rule.Variants[variant].Role : TurnRole.None;
        }

        _turn = outerTurn;
        return true;
    }

    // The last answer is in the list, or beside it.
    private void CheckPairs(Verdict verdict, bool answerIsOutside, int start)
    {
        var count = _turnCount - (_turnCount > 0 && _turns[0].Role == TurnRole.System ? 1 : 0);
        if (count > 0 && (count % 2 != 0) != answerIsOutside)
        {
            SuspectObject(verdict, start, answerIsOutside ? "the conversation of {0} ends with an answer, which would be skipped: the answers stand outside" : "the last question of {0} has no answer");
        }
    }

    private int ReadTag(ObjectRule rule, ReadOnlySpan<byte> utf8, ref JsonUtf8Reader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Suspect(rule.TagUnknown, ref reader, "{0} is {1}, not {2}", Describe(reader.TokenType), Sentence.Of("a string"));
            return Skip(TextKind.Other, utf8, ref reader) ? Odd : Broken;
        }

        for (var i = 0; i < rule.Variants.Length; i++)
        {
            if (reader.ValueEquals(rule.Variants[i].Utf8))
            {
                if (rule.Variants[i].Discouraged is { } verdict)
                {
                    Suspect(verdict, ref reader, verdict.Level == LintLevel.Error ? "{0} is {1}, which {2} does not take" : "{0} is {1}, which is not advised", "'" + rule.Variants[i].Name + "'", target.Target.Name);
                }

                return i;
            }
        }

        // Words of the provider may quote the value.
        var value = Quote(reader.Value, reader.HasEscapes, reader.HasLoneSurrogate);
        Suspect(
            rule.TagUnknown,
            ref reader,
            "{0} is {1}; {2}",
            value,
            Sentence.Of($"{target.Target.Name} knows {Sentence.All(rule.Variants.Where(static each => each.Discouraged is null).Select(static each => "'" + each.Name + "'"))}"));
        return Odd;
    }

    private void CheckVariant(ObjectRule rule, int variant, ulong seen, int start)
    {
        if (rule.Tag is null || variant == Odd)
        {
            return;
        }

        if (variant == NoVariant)
        {
            SuspectObject(rule.TagMissing, start, "{0} has no {1}", rule.Tag);
            return;
        }

        var chosen = rule.Variants[variant];
        for (var i = 0; i < chosen.Required.Length; i++)
        {
            if ((seen & rule.BitOf(chosen.Required[i])) == 0)
            {
                SuspectObject(chosen.MemberMissing, start, "{0} is of the kind '{2}' and has no {1}", chosen.Required[i], chosen.Name);
            }
        }

        var foreign = seen & ~rule.MembersOf(variant);
        if (foreign != 0 && chosen.MemberOfAnother is { } verdict)
        {
            for (var i = 0; i < rule.Members.Length; i++)
            {
                if ((foreign & (1UL << i)) != 0)
                {
                    SuspectObject(verdict, start, "{0} is of the kind '{2}', which has no {1}", rule.Members[i].Name, chosen.Name);
                }
            }
        }
    }

    private void CheckChoices(ObjectRule rule, ulong seen, int start)
    {
        for (var i = 0; i < rule.Choices.Length; i++)
        {
            var choice = rule.Choices[i];
            var there = seen & rule.MembersOfChoice(i);
            if (there == 0)
            {
                SuspectObject(choice.None, start, "{0} has none of {2}", third: Quoted(choice.Members));
            }
            else if (choice.Several is { } several && (there & (there - 1)) != 0)
            {
                SuspectObject(several, start, "{0} has more than one of {2}", third: Quoted(choice.Members));
            }
        }
    }

    private bool ReadList(ListRule rule, Shape shape, ReadOnlySpan<byte> utf8, ref JsonUtf8Reader reader)
    {
        var start = reader.TokenStart;
        var firstTurn = _turnCount;
        var count = 0;
        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType == JsonTokenType.ArrayEnd)
            {
                break;
            }

            Push(null, count++);
            var firstText = _textCount;
            if (!ReadValue(rule.Item, utf8, ref reader))
            {
                return false;
            }

            _depth--;
            if (rule.AreAlternatives && count > 1)
            {
                for (var i = firstText; i < _textCount; i++)
                {
                    _texts[i].Kind = _texts[i].Kind == TextKind.Target ? TextKind.Rejected : _texts[i].Kind;
                }
            }
        }

        _lastCount = count;

        if (count > 0 || (shape.Marks & TurnMarks.Content) != TurnMarks.None)
        {
            Mark(shape.Marks | ((shape.Marks & TurnMarks.Content) != TurnMarks.None ? TurnMarks.ListContent : TurnMarks.None));
        }

        if (count < rule.Min)
        {
            SuspectObject(rule.TooFew, start, count == 0 ? "{0} is empty" : rule.Max == rule.Min ? "{0} has {2}, where there must be {3}" : "{0} has {2}, where there must be {3} or more", third: Items(count), fourth: Number(rule.Min));
        }
        else if (count > rule.Max)
        {
            SuspectObject(rule.TooMany, start, rule.Max == rule.Min ? "{0} has {2}, where there must be {3}" : "{0} has {2}, where there must be {3} or fewer", third: Items(count), fourth: Number(rule.Max));
        }

        if (rule.Turns is not null)
        {
            CheckTurns(rule, rule.Turns, firstTurn, start, utf8);
        }

        return true;
    }

    private void CheckTurns(ListRule rule, TurnRule[] rules, int first, int start, ReadOnlySpan<byte> utf8)
    {
        var turns = _turns.AsSpan(first, _turnCount - first);
        var answer = -1;
        for (var i = 0; i < turns.Length; i++)
        {
            turns[i].List = _lists;
            turns[i].Section = rule.Section == Section.Conversation ? Section.Input : rule.Section;
            answer = turns[i].Role == TurnRole.Assistant ? i : answer;
        }

        if (rule.Section == Section.Conversation && answer >= 0)
        {
            turns[answer].Section = Section.Target;
        }

        _lists++;
        _listTurns = first;
        _listStart = start;
        _listRule = rule;
        for (var i = 0; i < rules.Length; i++)
        {
            var reports = _reports;
            if (rules[i] is ToolCallsMatch match)
            {
                CheckToolCalls(match, first, utf8);
            }
            else
            {
                rules[i].Check(turns, this);
            }

            if (rules[i] is Has && _reports > reports)
            {
                // Without an answer, nothing that is to be said of order is news.
                break;
            }
        }
    }

    private void CheckToolCalls(ToolCallsMatch rule, int firstTurn, ReadOnlySpan<byte> utf8)
    {
        var calls = 0;
        var answers = 0;
        for (var i = 0; i < _textCount; i++)
        {
            if (_texts[i].Turn >= firstTurn)
            {
                calls += _texts[i].Kind == TextKind.CallId ? 1 : 0;
                answers += _texts[i].Kind == TextKind.AnsweredCallId ? 1 : 0;
            }
        }

        if (calls + answers == 0 || calls > MostCalls || answers > MostCalls)
        {
            return;
        }

        for (var i = 0; i < _textCount; i++)
        {
            var text = _texts[i];
            if (text.Turn < firstTurn)
            {
                continue;
            }

            // An answer stands after its call; a call of the last message may be what is to be learnt.
            if (text.Kind == TextKind.AnsweredCallId && !HasMate(text, TextKind.CallId, firstTurn, before: true, utf8))
            {
                Report(text.Turn - firstTurn, rule.Uncalled, "the tool message answers the call {0}, which no earlier message makes", Quote(utf8, text));
            }
            else if (text.Kind == TextKind.CallId && text.Turn != _turnCount - 1 && !HasMate(text, TextKind.AnsweredCallId, firstTurn, before: false, utf8))
            {
                Report(text.Turn - firstTurn, rule.Unanswered, "no later message answers the tool call {0}", Quote(utf8, text));
            }
        }
    }

    // Names of tools are declared before the messages that call them, or after.
    private void CheckToolNames(ReadOnlySpan<byte> utf8)
    {
        var declared = 0;
        var called = 0;
        for (var i = 0; i < _textCount; i++)
        {
            declared += _texts[i].Kind == TextKind.ToolName ? 1 : 0;
            called += _texts[i].Kind == TextKind.CalledToolName ? 1 : 0;
        }

        if (declared == 0 || called == 0 || declared > MostCalls || called > MostCalls)
        {
            return;
        }

        for (var i = 0; i < _textCount; i++)
        {
            var text = _texts[i];
            if (text.Kind == TextKind.CalledToolName && !IsDeclared(utf8.Slice(text.Start, text.Length), utf8))
            {
                findings.Suspect(
                    LintRules.DoesNotFitTarget, Verdict.Advises(), text.Start - 1, text.Length + 2,
                    "the tool {0} is called and not among the tools of the record", Quote(utf8, text));
            }
        }
    }

    private bool IsDeclared(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < _textCount; i++)
        {
            if (_texts[i].Kind == TextKind.ToolName && utf8.Slice(_texts[i].Start, _texts[i].Length).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasMate(RecordText text, TextKind kind, int firstTurn, bool before, ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < _textCount; i++)
        {
            ref var other = ref _texts[i];
            if (other.Kind == kind
                && other.Turn >= firstTurn
                && (before ? other.Turn < text.Turn : other.Turn > text.Turn)
                && utf8.Slice(other.Start, other.Length).SequenceEqual(utf8.Slice(text.Start, text.Length)))
            {
                return true;
            }
        }

        return false;
    }

    private void ReadText(TextRule rule, ref JsonUtf8Reader reader)
    {
        if (rule.Values.Length > 0)
        {
            for (var i = 0; i < rule.Values.Length; i++)
            {
                if (reader.ValueEquals(rule.Values[i]))
                {
                    return;
                }
            }

            Suspect(
                rule.WrongValue,
                ref reader,
                "{0} is {1}, not {2}",
                Quote(reader.Value, reader.HasEscapes, reader.HasLoneSurrogate),
                Sentence.Any(rule.Values.Select(static value => "'" + Utf8.GetString(value) + "'")));
            return;
        }

        var judged = false;
        var blank = MayBeBlank(reader.Value) && IsBlank(Plain(reader.Value, reader.HasEscapes));
        if (blank)
        {
            var isEmpty = reader.Value.IsEmpty;
            Mark(rule.Kind != TextKind.Message ? TurnMarks.None : isEmpty ? TurnMarks.EmptyContent : TurnMarks.BlankContent);
            if (rule.Empty is { } empty)
            {
                judged = true;
                Suspect(isEmpty || empty.Level < LintLevel.Error ? empty : Verdict.Advises(), ref reader, isEmpty ? "{0} is empty" : "{0} is white space and no more");
            }
        }
        else if (rule.Kind == TextKind.Message)
        {
            Mark(TurnMarks.Text);
        }

        if (rule.Reserved.Length > 0)
        {
            var plain = Plain(reader.Value, reader.HasEscapes);
            for (var i = 0; i < rule.Reserved.Length; i++)
            {
                if (plain.IndexOf(rule.Reserved[i]) >= 0)
                {
                    Suspect(rule.HasReserved, ref reader, "{0} holds {1}, which is reserved", "'" + Utf8.GetString(rule.Reserved[i]).Replace("\n", "\\n") + "'");
                    break;
                }
            }
        }

        // A string of n bytes has n characters at most.
        if (rule.MaxLength > 0 && reader.Value.Length > rule.MaxLength)
        {
            var length = CountCharacters(Plain(reader.Value, reader.HasEscapes));
            if (length > rule.MaxLength)
            {
                Suspect(rule.TooLong, ref reader, "{0} has {1} characters, where {2} are allowed", Number(length), Number(rule.MaxLength));
            }
        }

        if (rule.Grammar is { } grammar && !grammar.Test(Plain(reader.Value, reader.HasEscapes)))
        {
            Suspect(grammar.Verdict, ref reader, "{0} is {1}, not {2}", Quote(reader.Value, reader.HasEscapes, reader.HasLoneSurrogate), grammar.Noun);
        }

        if (rule.NotJson is { } notJson && !IsJson(Plain(reader.Value, reader.HasEscapes), out var error))
        {
            Suspect(notJson, ref reader, "{0} is not JSON: {1}", error.Description);
        }

        AddText(rule.Kind, ref reader, judged, isFree: !blank && rule is { Reserved.Length: 0, MaxLength: 0, Grammar: null, NotJson: null });
    }

    private void ReadNumber(NumberRule rule, Shape shape, ref JsonUtf8Reader reader)
    {
        CheckNumber(ref reader);
        if (rule.ZeroOrOne)
        {
            var value = reader.Value;
            if (value.Length == 1 && value[0] is (byte)'0' or (byte)'1')
            {
                if (_turn >= 0)
                {
                    _turns[_turn].Weight = value[0] - '0';
                }
            }
            else
            {
                Suspect(rule.Wrong, ref reader, "{0} is {1}, not {2}", Quote(value, hasEscapes: false, hasLoneSurrogate: false), shape.Noun);
            }
        }

        AddRaw(shape.Kind, reader.TokenStart, reader.TokenEnd);
    }

    // A value that is not looked into; its strings still are, one by one.
    private bool Skip(TextKind kind, ReadOnlySpan<byte> utf8, ref JsonUtf8Reader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                AddText(kind, ref reader, judged: false, isFree: true);
                return true;
            case JsonTokenType.Number:
                CheckNumber(ref reader);
                return true;
            case JsonTokenType.ObjectStart:
                _names.Enter();
                break;
            case JsonTokenType.ArrayStart:
                break;
            default:
                return true;
        }

        var outer = reader.Depth - 1;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.ObjectStart:
                    _names.Enter();
                    break;
                case JsonTokenType.ObjectEnd:
                    _names.Leave();
                    break;
                case JsonTokenType.PropertyName:
                    CheckName(ref reader);
                    if (!_names.Add(utf8, ref reader))
                    {
                        ReportDuplicateName(ref reader);
                    }

                    break;
                case JsonTokenType.String:
                    AddText(kind, ref reader, judged: false, isFree: true);
                    break;
                case JsonTokenType.Number:
                    CheckNumber(ref reader);
                    break;
            }

            if (reader.Depth == outer)
            {
                return true;
            }
        }

        return false;
    }

    private void CheckName(ref JsonUtf8Reader reader)
    {
        if (reader.HasLoneSurrogate)
        {
            findings.Suspect(
                LintRules.DamagedText, Verdict.Advises(), reader.TokenStart, reader.TokenEnd - reader.TokenStart,
                "the name holds an escaped surrogate without its other half, which is no character");
        }
    }

    private void ReportDuplicateName(ref JsonUtf8Reader reader) =>
        findings.Suspect(
            LintRules.NotJsonLines,
            Verdict.Advises(),
            reader.TokenStart,
            reader.TokenEnd - reader.TokenStart,
            "the object has the name {0} twice; readers differ in which value they take",
            Quote(reader.Value, reader.HasEscapes, reader.HasLoneSurrogate));

    private void CheckNumber(ref JsonUtf8Reader reader)
    {
        if (JsonNumber.IsBeyondDouble(reader.Value))
        {
            findings.Suspect(
                LintRules.NotJsonLines, Verdict.Advises(), reader.TokenStart, reader.TokenEnd - reader.TokenStart,
                "the number {0} is beyond the range of a double; readers differ in what they make of it",
                Quote(reader.Value, hasEscapes: false, hasLoneSurrogate: false));
        }
    }

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

    private void Push(string? name, int index)
    {
        if (_depth == _path.Length)
        {
            Array.Resize(ref _path, _depth * 2);
        }

        _path[_depth++] = (name, index);
    }

    private void Suspect(Verdict verdict, ref JsonUtf8Reader reader, [Words] string format, object? second = null, object? third = null)
    {
        if (!findings.IsLineFull)
        {
            findings.Suspect(LintRules.DoesNotFitTarget, verdict, reader.TokenStart, reader.TokenEnd - reader.TokenStart, format, PathText(), second, third);
        }
    }

    private void SuspectObject(Verdict verdict, int start, [Words] string format, string? name = null, object? third = null, object? fourth = null)
    {
        if (!findings.IsLineFull)
        {
            findings.Suspect(LintRules.DoesNotFitTarget, verdict, start, 1, format, PathText(), name is null ? null : "'" + name + "'", third, fourth);
        }
    }

    private object PathText()
    {
        if (_depth == 0)
        {
            return Sentence.Of("the record");
        }

        var text = new StringBuilder("'");
        for (var i = 0; i < _depth; i++)
        {
            var (name, index) = _path[i];
            if (name is null)
            {
                text.Append('[').Append(Number(index)).Append(']');
            }
            else
            {
                text.Append(i == 0 ? "" : ".").Append(name);
            }
        }

        return text.Append('\'').ToString();
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

    private static Sentence Quote(ReadOnlySpan<byte> utf8, RecordText text) =>
        Quote(utf8.Slice(text.Start, text.Length), text.HasEscapes, text.HasLoneSurrogate);

    // A text from the file goes into a message: in full, if it is as short as names are.
    private static Sentence Quote(ReadOnlySpan<byte> value, bool hasEscapes, bool hasLoneSurrogate)
    {
        const int Most = 64;
        if (hasLoneSurrogate || value.Length > Most * 2)
        {
            return s_unreadable;
        }

        var text = JsonString.Decode(value, hasEscapes);
        return text.Length > Most || text.Any(static c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format)
            ? s_unreadable
            : Sentence.Of("{0}", "'" + text + "'");
    }

    // Most texts say by their first byte that they are not.
    private static bool MayBeBlank(ReadOnlySpan<byte> value) => value.IsEmpty || value[0] is (byte)'\\' or (byte)' ';

    /// <summary>Gets whether a text with escapes is white space and no more; true also where that is not certain.</summary>
    public static bool IsBlankEscaped(ReadOnlySpan<byte> text)
    {
        // Blank are the four characters of JSON, the first of them as itself or as an escape.
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'\\' && i + 1 < text.Length && text[i + 1] is (byte)'n' or (byte)'t' or (byte)'r')
            {
                i++;
            }
            else if (text[i] == (byte)'\\' && i + 1 < text.Length && text[i + 1] == (byte)'u')
            {
                return true;
            }
            else if (text[i] != (byte)' ')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsJson(ReadOnlySpan<byte> text, out JsonError error)
    {
        var reader = new JsonUtf8Reader(text);
        while (reader.Read())
        {
        }

        error = reader.Error;
        return error.Kind == JsonErrorKind.None;
    }

    private static int CountCharacters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
        {
            count += (b & 0xC0) != 0x80 ? 1 : 0;
        }

        return count;
    }

    private static Sentence Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.String => "a string",
        JsonTokenType.ArrayStart => "a list",
        JsonTokenType.ObjectStart => "an object",
        JsonTokenType.Null => "null",
        JsonTokenType.Number => "a number",
        _ => "true or false",
    };

    private static Sentence Quoted(IEnumerable<string> names) => Sentence.All(names.Select(static name => "'" + name + "'"));

    private static Sentence Items(int count) => count == 1 ? Sentence.Of($"{count:N0} item") : Sentence.Of($"{count:N0} items");

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
