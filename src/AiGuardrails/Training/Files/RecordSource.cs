using System.Globalization;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Training;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails;

/// <summary>Turns the lines of one file into records: gives each value to the member that it belongs to.</summary>
internal sealed class RecordSource<T>
    where T : ITrainingRecord<T>
{
    private readonly string _path;
    private readonly RecordPlan _plan;
    private readonly TrainingRecordSchema<T> _schema = TrainingRecordSchema<T>.Instance;
    private readonly ChatLine? _line;
    private readonly PlanReader? _reader;
    private readonly object?[] _values;

    public RecordSource(string path, RecordPlan plan)
    {
        _path = path;
        _plan = plan;

        // Messages of texts alone are read without taking the line apart as a tree.
        if (plan.Layout.Target == TrainingTarget.OpenAIChat && Array.TrueForAll(plan.Members, static member => member.Role is TrainingRole.System or TrainingRole.User or TrainingRole.Assistant))
        {
            _line = new ChatLine();
            _values = new object?[plan.Members.Length];
        }
        else
        {
            _reader = new PlanReader(plan, _schema.CanBeLeftOut);
            _values = _reader.Values;
        }
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="TrainingRecordException">It is not a record, or not one of this type.</exception>
    public T Read(ReadOnlySpan<byte> utf8, long number)
    {
        if (IsBlank(utf8))
        {
            throw Error(utf8, 0, number, member: -1, "the line is blank; a training file has a record on every line");
        }

        if (_line is not null)
        {
            if (_line.Parse(utf8) is { } error)
            {
                throw Error(utf8, error.Offset, number, member: -1, error.Reason);
            }

            Assign(_line, utf8, number);
        }
        else
        {
            if (_reader!.Read(utf8) is { } error)
            {
                throw Error(utf8, error.Offset, number, error.Member, error.Reason);
            }

            CheckTexts(_reader, utf8, number);
        }

        try
        {
            return _schema.Read(new TrainingRecordValues(_values));
        }
        catch (MemberFormatException exception)
        {
            throw TrainingRecordException.Reading(_path, number, column: 1, _plan.Members[exception.Member].Name, exception.Message, exception.InnerException);
        }
        catch (Exception exception)
        {
            throw TrainingRecordException.Reading(_path, number, column: 1, memberName: null, $"'{typeof(T).Name}' does not accept these values: {exception.Message}", exception);
        }
    }

    // Which members are left out is decided by the kinds of the messages alone: the generator refuses records for which
    // one look at the next message could not tell (AIG9013).
    private void Assign(ChatLine line, ReadOnlySpan<byte> utf8, long number)
    {
        Array.Clear(_values, 0, _values.Length);
        var kinds = _plan.Kinds;
        var member = 0;
        for (var i = 0; i < line.Messages.Length; i++)
        {
            ref readonly var message = ref line.Messages[i];
            var expected = member;
            while (member < kinds.Length && kinds[member] != message.Kind && _schema.CanBeLeftOut(member))
            {
                member++;
            }

            if (member == kinds.Length)
            {
                throw Error(utf8, message.Offset, number, member: -1, $"message {Text(i + 1)} ({message.Kind.Describe()}) has no member left in '{typeof(T).Name}' that it could go to");
            }

            if (kinds[member] != message.Kind)
            {
                throw Error(utf8, message.Offset, number, member, $"message {Text(i + 1)} is '{message.Kind.Describe()}', where '{kinds[expected].Describe()}' is expected");
            }

            var text = JsonString.Decode(utf8.Slice(message.TextOffset, message.TextLength), message.HasEscapes);
            CheckText(text, utf8, message.TextOffset, number, member);
            _values[member++] = text;
        }

        for (; member < kinds.Length; member++)
        {
            if (!_schema.CanBeLeftOut(member))
            {
                throw Error(utf8, utf8.Length, number, member, $"the line has no message for it ('{kinds[member].Describe()}')");
            }
        }
    }

    private void CheckTexts(PlanReader reader, ReadOnlySpan<byte> utf8, long number)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (_values[i] is string text)
            {
                CheckText(text, utf8, reader.Offsets[i], number, i);
            }
        }
    }

    private void CheckText(string text, ReadOnlySpan<byte> utf8, int offset, long number, int member)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Error(utf8, offset, number, member, "the text is empty or white space only");
        }

        if (_plan.Members[member].IsStatic && _schema.GetStaticText(member) is var expectedText && !string.Equals(text, expectedText, StringComparison.Ordinal))
        {
            throw Error(utf8, offset, number, member, Difference(text, expectedText));
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> utf8)
    {
        foreach (var b in utf8)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Difference(string text, string? expected)
    {
        if (expected is null)
        {
            return "the file has a text, where the static property is null";
        }

        var same = 0;
        while (same < Math.Min(text.Length, expected.Length) && text[same] == expected[same])
        {
            same++;
        }

        return $"the text in the file differs from the static property, from character {Text(same + 1)} on; the file was written with another text";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private TrainingRecordException Error(ReadOnlySpan<byte> utf8, int offset, long number, int member, string reason) =>
        TrainingRecordException.Reading(_path, number, TextPosition.Of(utf8, offset).Column, member < 0 ? null : _plan.Members[member].Name, reason);
}
