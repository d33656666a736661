using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>The strings of a line: blank, reserved, too long, or of another grammar.</summary>
internal sealed partial class RecordReader
{
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

        if (rule.Grammar is { } grammar && !grammar.Test(Plain(reader.Value, reader.HasEscapes)))
        {
            Suspect(grammar.Verdict, ref reader, "{0} is {1}, not {2}", Quote(reader.Value, reader.HasEscapes, reader.HasLoneSurrogate), grammar.Noun);
        }

        if (rule.NotJson is { } notJson && !IsJson(Plain(reader.Value, reader.HasEscapes), out var error))
        {
            Suspect(notJson, ref reader, "{0} is not JSON: {1}", error.Description);
        }

        AddText(rule.Kind, ref reader, judged, isFree: !blank && rule is { Reserved.Length: 0, Grammar: null, NotJson: null });
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
}
