using System.ComponentModel;
using System.Runtime.InteropServices;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails.CompilerServices;

/// <summary>The values of the members of a record that is being read. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Auto)]
#pragma warning disable CA1815 // Lives for one call; nobody compares it.
public readonly struct TrainingRecordValues
#pragma warning restore CA1815
{
    private readonly object?[] _values;

    internal TrainingRecordValues(object?[] values) => _values = values;

    /// <summary>Gets the text of a member that every record has.</summary>
    /// <param name="member">The index of the member.</param>
    /// <returns>The text.</returns>
    public string Text(int member) => (string)_values[member]!;

    /// <summary>Gets the text of a member that a record may lack.</summary>
    /// <param name="member">The index of the member.</param>
    /// <returns>The text, or null.</returns>
    public string? OptionalText(int member) => (string?)_values[member];

    /// <summary>Gets the value of a member that every record has.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="member">The index of the member.</param>
    /// <param name="parse">Makes the value of its text.</param>
    /// <returns>The value.</returns>
    public TValue Value<TValue>(int member, Func<string, TValue> parse) => Parse(member, Text(member), parse);

    /// <summary>Gets the value of a member that a record may lack.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="member">The index of the member.</param>
    /// <param name="parse">Makes the value of its text.</param>
    /// <returns>The value, or null.</returns>
    public TValue? OptionalValue<TValue>(int member, Func<string, TValue> parse)
        where TValue : struct => OptionalText(member) is { } text ? Parse(member, text, parse) : null;

    /// <summary>Gets the items of a list.</summary>
    /// <typeparam name="TItem">The type of an item.</typeparam>
    /// <param name="member">The index of the member.</param>
    /// <param name="parse">Makes an item of its text.</param>
    /// <returns>The items; null where the record lacks the list.</returns>
    public TItem[]? Items<TItem>(int member, Func<string, TItem> parse)
    {
        return _values[member] is string[] texts ? Array.ConvertAll(texts, text => Parse(member, text, parse)) : null;
    }

    /// <summary>Gets the turns of a conversation.</summary>
    /// <param name="member">The index of the member.</param>
    /// <returns>The turns; null where the record lacks them.</returns>
    public ChatTurn[]? Turns(int member) => _values[member] is TurnData[] turns ? Array.ConvertAll(turns, static turn => new ChatTurn(turn)) : null;

    /// <summary>Gets the arguments of a tool call.</summary>
    /// <typeparam name="TValue">The type that holds them.</typeparam>
    /// <param name="member">The index of the member.</param>
    /// <param name="read">Makes the value of the arguments.</param>
    /// <returns>The value; the default where the record lacks the call.</returns>
    public TValue Arguments<TValue>(int member, Func<TrainingArgumentsReader, TValue> read) =>
        OptionalText(member) is { } json ? Parse(member, json, text => read(new TrainingArgumentsReader(text))) : default!;

    private static TValue Parse<TValue>(int member, string text, Func<string, TValue> parse)
    {
        try
        {
            return parse(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new MemberFormatException(member, exception.Message, exception);
        }
    }
}

/// <summary>A text that is no value of its member.</summary>
#pragma warning disable CA1032, RCS1194 // Never leaves this assembly.
internal sealed class MemberFormatException(int member, string reason, Exception innerException) : Exception(reason, innerException)
#pragma warning restore CA1032, RCS1194
{
    public int Member { get; } = member;
}
