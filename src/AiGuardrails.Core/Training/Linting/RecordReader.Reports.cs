using System.Globalization;
using System.Text;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>What is said of a line: where, and in which words.</summary>
internal sealed partial class RecordReader
{
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
