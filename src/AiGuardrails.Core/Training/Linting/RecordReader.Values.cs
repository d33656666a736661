using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>The values of a line, each against the shape that it is to have.</summary>
internal sealed partial class RecordReader
{
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
}
