using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>What is true of an object as a whole: its kind, which members exclude each other, names and numbers that readers differ on.</summary>
internal sealed partial class RecordReader
{
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
}
