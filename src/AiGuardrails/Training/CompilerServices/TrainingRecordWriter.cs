using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails.CompilerServices;

/// <summary>Writes the values of one record as a line of its target. For generated code.</summary>
/// <remarks>
/// What is wrong with a record is kept, not thrown: generated code goes on, and whoever began the line asks at its end.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct TrainingRecordWriter
{
    private readonly RecordPlan _plan;
    private readonly StaticText?[] _staticTexts;
    private JsonUtf8Writer _json;
    private int _previous;

    internal TrainingRecordWriter(IBufferWriter<byte> output, RecordPlan plan, StaticText?[] staticTexts)
    {
        _plan = plan;
        _staticTexts = staticTexts;
        _json = new JsonUtf8Writer(output);
        _previous = RecordPlan.Start;
        FailedMember = -1;
        Failure = null;
    }

    /// <summary>Gets the member that is at fault; -1 where none is.</summary>
    internal int FailedMember { get; private set; }

    /// <summary>Gets what is wrong with it.</summary>
    internal string? Failure { get; private set; }

    /// <summary>Gets how lines of the target are laid out.</summary>
    internal readonly RecordLayout Layout => _plan.Layout;

    /// <summary>Writes a text.</summary>
    /// <param name="member">The index of the member.</param>
    /// <param name="text">Its value.</param>
    public void Message(int member, string? text)
    {
        if (text is null)
        {
            SkipMissing(member);
        }
        else if (Begin(member))
        {
            if (_plan.Members[member].IsStatic)
            {
                WriteStatic(member, text);
            }
            else
            {
                WriteText(ref _json, member, text);
            }
        }
    }

    /// <summary>Writes a number, true or false.</summary>
    /// <param name="member">The index of the member.</param>
    /// <param name="literal">Its value, as JSON has it.</param>
    public void Literal(int member, string? literal)
    {
        if (literal is null)
        {
            SkipMissing(member);
        }
        else if (Begin(member))
        {
            WriteLiteral(member, literal);
        }
    }

    /// <summary>Writes the name of a value of an enumeration.</summary>
    /// <param name="member">The index of the member.</param>
    /// <param name="name">The name; null where the value has none.</param>
    public void Choice(int member, string? name)
    {
        if (name is null)
        {
            Fail(member, "its value has no name in its enumeration; give it one that has");
            return;
        }

        Message(member, name);
    }

    /// <summary>Writes a list.</summary>
    /// <typeparam name="TItem">The type of an item.</typeparam>
    /// <param name="member">The index of the member.</param>
    /// <param name="items">Its items.</param>
    /// <param name="format">Makes text of an item.</param>
    public void Items<TItem>(int member, IEnumerable<TItem>? items, Func<TItem, string?> format)
    {
        if (items is null)
        {
            SkipMissing(member);
            return;
        }

        if (!Begin(member))
        {
            return;
        }

        var areTexts = _plan.Members[member].Value == TrainingValue.Texts;
        var count = 0;
        foreach (var item in items)
        {
            if (Failure is not null)
            {
                return;
            }

            _json.WriteRaw(count == 0 ? areTexts ? "[\""u8 : "["u8 : areTexts ? "\",\""u8 : ","u8);
            count++;
            if ((item is null ? null : format(item)) is not { } text)
            {
                Fail(member, $"item {count.ToString(CultureInfo.InvariantCulture)} of it is null or none of the values of its type");
            }
            else if (areTexts)
            {
                WriteText(ref _json, member, text);
            }
            else
            {
                WriteLiteral(member, text);
            }
        }

        if (count == 0)
        {
            Fail(member, "it is empty; a list needs an item");
        }

        _json.WriteRaw(areTexts ? "\"]"u8 : "]"u8);
    }

    /// <summary>Writes the arguments of a tool call.</summary>
    /// <param name="member">The index of the member.</param>
    /// <param name="arguments">The arguments; null where there is no call.</param>
    public void Arguments(int member, TrainingArgumentsWriter? arguments)
    {
        if (arguments is null)
        {
            SkipMissing(member);
            return;
        }

        var json = arguments.Complete();
        if (arguments.Failure is { } failure)
        {
            Fail(member, failure);
        }
        else if (Begin(member))
        {
            if (_plan.IsQuoted(member))
            {
                _json.WriteText(json.AsSpan());
            }
            else
            {
                _json.WriteRaw(Utf8.GetBytes(json));
            }
        }
    }

    /// <summary>Writes the turns of a conversation.</summary>
    /// <param name="member">The index of the member.</param>
    /// <param name="turns">The turns.</param>
    public void Turns(int member, IEnumerable<ChatTurn>? turns)
    {
        if (turns is null)
        {
            SkipMissing(member);
            return;
        }

        var follows = member > 0 && _previous == member - 1;
        if (!Begin(member))
        {
            return;
        }

        if (TurnWriter.Write(ref _json, _plan, member, follows, turns) is { } failure)
        {
            Fail(member, failure);
        }
    }

    /// <summary>Ends the line.</summary>
    /// <returns>Whether the record was in order; if not, what was written of it must be taken back.</returns>
    internal bool Complete()
    {
        if (Failure is null)
        {
            _json.WriteRaw(_plan.Between(_previous, _plan.Members.Length));
        }

        _json.Flush();
        return Failure is null;
    }

    /// <summary>Gets whether two members stand in different parts of a line.</summary>
    internal readonly bool StandsApart(int member, int other) => _plan.PartOf(member) != _plan.PartOf(other);

    /// <summary>Says that a record cannot be written.</summary>
    internal void Refuse(int member, string reason) => Fail(member, reason);

    internal static string? CheckText(ref JsonUtf8Writer json, RecordLayout layout, string text)
    {
        if (IsBlank(text))
        {
            return text.Length == 0 ? "it is empty; a message needs a text" : "it is white space only; a message needs a text";
        }

        foreach (var reserved in layout.Reserved)
        {
            if (text.AsSpan().IndexOf(reserved.AsSpan()) >= 0)
            {
                return $"it holds '{reserved.Trim()}' at the start of a line, which the target takes for a turn of its own; write it in another way";
            }
        }

        var lone = json.WriteText(text.AsSpan());
        if (lone < 0)
        {
            return null;
        }

        var code = ((int)text[lone]).ToString("X4", CultureInfo.InvariantCulture);
        return $"it holds a surrogate without its other half (U+{code} at index {lone.ToString(CultureInfo.InvariantCulture)}), which is no character; repair the text where it was cut";
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

    private bool Begin(int member)
    {
        if (Failure is not null)
        {
            return false;
        }

        _json.WriteRaw(_plan.Between(_previous, member));
        _previous = member;
        return true;
    }

    private void SkipMissing(int member)
    {
        if (!_plan.Members[member].IsOptional)
        {
            Fail(member, "it is null, and every record needs it; give it a text, or declare it 'string?' if the message may be left out");
        }
    }

    private void WriteStatic(int member, string text)
    {
        // Checked once, unless the target has something of its own to check.
        if (_plan.Layout.Reserved.Length > 0)
        {
            WriteText(ref _json, member, text);
            return;
        }

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

    private void WriteLiteral(int member, string literal)
    {
        if (JsonLiteral.IsValid(literal))
        {
            _json.WriteText(literal.AsSpan());
        }
        else
        {
            Fail(member, $"it is {literal}, which JSON has no number for");
        }
    }

    private void WriteText(ref JsonUtf8Writer json, int member, string text)
    {
        if (CheckText(ref json, _plan.Layout, text) is { } failure)
        {
            Fail(member, failure);
        }
    }

    private void Fail(int member, string reason)
    {
        if (Failure is null)
        {
            FailedMember = member;
            Failure = reason;
        }
    }
}
