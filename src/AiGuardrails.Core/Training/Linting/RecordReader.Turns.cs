using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>The messages of a list, in their order, and the tool calls among them.</summary>
internal sealed partial class RecordReader
{
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
}
