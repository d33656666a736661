using System.Globalization;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Training;

namespace AiGuardrails;

/// <summary>Turns the lines of one file into records: gives each message to the member that it belongs to.</summary>
internal sealed class RecordSource<T>(string path)
    where T : ITrainingRecord<T>
{
    private readonly TrainingRecordSchema<T> _schema = TrainingRecordSchema<T>.Instance;
    private readonly ChatLine _line = new();
    private readonly string?[] _texts = new string?[TrainingRecordSchema<T>.Instance.Members.Length];

    /// <summary>Reads a line.</summary>
    /// <exception cref="TrainingRecordException">It is not a record, or not one of this type.</exception>
    public T Read(ReadOnlySpan<byte> utf8, long number)
    {
        if (IsBlank(utf8))
        {
            throw Error(utf8, 0, number, member: -1, "the line is blank; a training file has a record on every line");
        }

        if (_line.Parse(utf8) is { } error)
        {
            throw Error(utf8, error.Offset, number, member: -1, error.Reason);
        }

        Assign(utf8, number);
        try
        {
            return _schema.Read(new TrainingRecordValues(_texts));
        }
        catch (Exception exception)
        {
            throw TrainingRecordException.Reading(path, number, column: 1, memberName: null, $"'{typeof(T).Name}' does not accept these values: {exception.Message}", exception);
        }
    }

    // Which members are left out is decided by the kinds of the messages alone: the generator refuses records for which
    // one look at the next message could not tell (AIG9013).
    private void Assign(ReadOnlySpan<byte> utf8, long number)
    {
        Array.Clear(_texts, 0, _texts.Length);
        var members = _schema.Members;
        var member = 0;
        for (var i = 0; i < _line.Messages.Length; i++)
        {
            ref readonly var message = ref _line.Messages[i];
            var expected = member;
            while (member < members.Length && members[member].Kind != message.Kind && CanBeLeftOut(member))
            {
                member++;
            }

            if (member == members.Length)
            {
                throw Error(utf8, message.Offset, number, member: -1, $"message {Text(i + 1)} ({message.Kind.Describe()}) has no member left in '{typeof(T).Name}' that it could go to");
            }

            if (members[member].Kind != message.Kind)
            {
                throw Error(utf8, message.Offset, number, member, $"message {Text(i + 1)} is '{message.Kind.Describe()}', where '{members[expected].Kind.Describe()}' is expected");
            }

            var text = JsonString.Decode(utf8.Slice(message.TextOffset, message.TextLength), message.HasEscapes);
            if (string.IsNullOrWhiteSpace(text))
            {
                throw Error(utf8, message.TextOffset, number, member, "the text is empty or white space only");
            }

            if (members[member].IsStatic && _schema.GetStaticText(member) is var expectedText && !string.Equals(text, expectedText, StringComparison.Ordinal))
            {
                throw Error(utf8, message.TextOffset, number, member, Difference(text, expectedText));
            }

            _texts[member++] = text;
        }

        for (; member < members.Length; member++)
        {
            if (!CanBeLeftOut(member))
            {
                throw Error(utf8, utf8.Length, number, member, $"the line has no message for it ('{members[member].Kind.Describe()}')");
            }
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

    private bool CanBeLeftOut(int member)
    {
        ref readonly var shape = ref _schema.Members[member];
        return shape.IsOptional && !(shape.IsStatic && _schema.GetStaticText(member) is not null);
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
        TrainingRecordException.Reading(path, number, TextPosition.Of(utf8, offset).Column, member < 0 ? null : _schema.Members[member].Name, reason);
}
