using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Training;

namespace AiGuardrails.CompilerServices;

/// <summary>Writes the messages of one record as a line of its target. For generated code.</summary>
/// <remarks>
/// What is wrong with a record is kept, not thrown: generated code goes on, and whoever began the line asks at its end.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TrainingRecordWriter
{
    private readonly ReadOnlySpan<TrainingMember> _members;
    private readonly StaticText?[] _staticTexts;
    private readonly ChatLayout _layout;
    private JsonUtf8Writer _json;
    private int _previous;

    internal TrainingRecordWriter(IBufferWriter<byte> output, ChatLayout layout, ReadOnlySpan<TrainingMember> members, StaticText?[] staticTexts)
    {
        _members = members;
        _staticTexts = staticTexts;
        _layout = layout;
        _json = new JsonUtf8Writer(output);
        _previous = ChatLayout.Start;
        FailedMember = -1;
        Failure = null;
    }

    /// <summary>Gets the member that is at fault; -1 where none is.</summary>
    internal int FailedMember { get; private set; }

    /// <summary>Gets what is wrong with it.</summary>
    internal string? Failure { get; private set; }

    /// <summary>Writes the next message.</summary>
    /// <param name="member">The index of the member.</param>
    /// <param name="text">Its value.</param>
    public void Message(int member, string? text)
    {
        if (Failure is not null)
        {
            return;
        }

        ref readonly var shape = ref _members[member];
        if (text is null)
        {
            if (!shape.IsOptional)
            {
                Fail(member, "it is null, and every record needs it; give it a text, or declare it 'string?' if the message may be left out");
            }

            return;
        }

        _json.WriteRaw(_layout.Between(_previous, (int)shape.Kind));
        _previous = (int)shape.Kind;
        if (shape.IsStatic)
        {
            WriteStatic(member, text);
        }
        else
        {
            WriteText(ref _json, member, text);
        }
    }

    /// <summary>Ends the line.</summary>
    /// <returns>Whether the record was in order; if not, what was written of it must be taken back.</returns>
    internal bool Complete()
    {
        _json.WriteRaw(_layout.Between(_previous, ChatLayout.End));
        _json.WriteRaw("\n"u8);
        _json.Flush();
        return Failure is null;
    }

    private static bool IsBlank(string text)
    {
        // Nearly every text ends this loop with its first character.
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                return false;
            }
        }

        return true;
    }

    private void WriteStatic(int member, string text)
    {
        var known = _staticTexts[member];
        if (known is null || !ReferenceEquals(known.Text, text))
        {
            using var buffer = new ByteBuffer();
            var json = new JsonUtf8Writer(buffer);
            WriteText(ref json, member, text);
            json.Flush();
            if (Failure is not null)
            {
                return;
            }

            known = new StaticText(text, buffer.Written.ToArray());
            _staticTexts[member] = known;
        }

        _json.WriteRaw(known.Json);
    }

    private void WriteText(ref JsonUtf8Writer json, int member, string text)
    {
        if (IsBlank(text))
        {
            Fail(member, text.Length == 0 ? "it is empty; a message needs a text" : "it is white space only; a message needs a text");
            return;
        }

        var lone = json.WriteText(text.AsSpan());
        if (lone >= 0)
        {
            var code = ((int)text[lone]).ToString("X4", CultureInfo.InvariantCulture);
            Fail(member, $"it holds a surrogate without its other half (U+{code} at index {lone.ToString(CultureInfo.InvariantCulture)}), which is no character; repair the text where it was cut");
        }
    }

    private void Fail(int member, string reason)
    {
        FailedMember = member;
        Failure = reason;
    }
}
