using System.ComponentModel;
using System.Globalization;
using System.Text;
using AiGuardrails.Core.Json;

namespace AiGuardrails.CompilerServices;

/// <summary>A value of an answer in JSON. For generated code: it needs no serializer and no reflection.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AnswerNode
{
    private readonly JsonTokenType _kind;
    private readonly string _text;
    private readonly List<AnswerNode> _items = [];
    private readonly Dictionary<string, AnswerNode> _properties = new(StringComparer.Ordinal);

    private AnswerNode(JsonTokenType kind, string text = "")
    {
        _kind = kind;
        _text = text;
    }

    /// <summary>Gets whether it is null.</summary>
    public bool IsNull => _kind == JsonTokenType.Null;

    /// <summary>Gets whether it is an object.</summary>
    public bool IsObject => _kind == JsonTokenType.ObjectStart;

    /// <summary>Gets its items; null where it is no list.</summary>
    public IReadOnlyList<AnswerNode>? Items => _kind == JsonTokenType.ArrayStart ? _items : null;

    /// <summary>Reads an answer, also one in a Markdown code block.</summary>
    /// <param name="text">The answer.</param>
    /// <param name="problem">Why there is no value.</param>
    /// <returns>The value; null where there is none.</returns>
    public static AnswerNode? Parse(string? text, out AnswerProblem problem)
    {
        var json = WithoutCodeBlock((text ?? "").Trim());
        if (json.Length == 0)
        {
            problem = AnswerProblem.Empty;
            return null;
        }

        var reader = new JsonUtf8Reader(Encoding.UTF8.GetBytes(json));
        var root = reader.Read() ? Read(ref reader) : null;
        problem = root is not null && !reader.Read() && reader.Error.Kind == JsonErrorKind.None ? AnswerProblem.None : AnswerProblem.InvalidJson;
        return problem == AnswerProblem.None ? root : null;
    }

    /// <summary>Gets a property; null where there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its value.</returns>
    public AnswerNode? Property(string name) => _properties.TryGetValue(name, out var value) ? value : null;

    /// <summary>Gets its text.</summary>
    /// <param name="value">The text.</param>
    /// <returns>Whether it is text.</returns>
    public bool TryText(out string value)
    {
        value = _text;
        return _kind == JsonTokenType.String;
    }

    /// <summary>Gets its truth.</summary>
    /// <param name="value">The truth.</param>
    /// <returns>Whether it is true or false.</returns>
    public bool TryTruth(out bool value)
    {
        value = _kind == JsonTokenType.True;
        return _kind is JsonTokenType.True or JsonTokenType.False;
    }

    /// <summary>Gets its number.</summary>
    /// <param name="lowest">The lowest that fits.</param>
    /// <param name="highest">The highest that fits.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is a whole number that fits; <c>3.0</c> is one.</returns>
    public bool TryInteger(long lowest, long highest, out long value)
    {
        value = 0;
        if (!TryDecimal(out var number) || number != decimal.Truncate(number) || number < lowest || number > highest)
        {
            return false;
        }

        value = (long)number;
        return true;
    }

    /// <summary>Gets its number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is a number that fits.</returns>
    public bool TryDecimal(out decimal value)
    {
        value = 0;
        return _kind == JsonTokenType.Number && decimal.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Gets its number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is a number that fits.</returns>
    public bool TryDouble(out double value)
    {
        value = 0;
        return _kind == JsonTokenType.Number && double.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && !double.IsInfinity(value);
    }

    /// <summary>Gets its value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether its text is one.</returns>
    public bool TryParse(out Guid value)
    {
        value = Guid.Empty;
        return _kind == JsonTokenType.String && Guid.TryParse(_text, out value);
    }

    /// <inheritdoc cref="TryParse(out Guid)"/>
    public bool TryParse(out DateTime value)
    {
        value = default;
        return _kind == JsonTokenType.String && DateTime.TryParse(_text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value);
    }

    /// <inheritdoc cref="TryParse(out Guid)"/>
    public bool TryParse(out DateTimeOffset value)
    {
        value = default;
        return _kind == JsonTokenType.String && DateTimeOffset.TryParse(_text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    /// <inheritdoc cref="TryParse(out Guid)"/>
    public bool TryParse(out TimeSpan value)
    {
        value = default;
        return _kind == JsonTokenType.String && TimeSpan.TryParse(_text, CultureInfo.InvariantCulture, out value);
    }

    private static string WithoutCodeBlock(string text)
    {
        if (!text.StartsWith("```", StringComparison.Ordinal) || !text.EndsWith("```", StringComparison.Ordinal) || text.IndexOf('\n') is not (> 0 and var line) || line >= text.Length - 3)
        {
            return text;
        }

        return text.Substring(line + 1, text.Length - line - 4).Trim();
    }

    // The reader refuses what is nested deeper than it can follow.
    private static AnswerNode? Read(ref JsonUtf8Reader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.ObjectStart:
                var node = new AnswerNode(JsonTokenType.ObjectStart);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (reader.HasLoneSurrogate)
                    {
                        return null;
                    }

                    var name = JsonString.Decode(reader.Value, reader.HasEscapes);
                    if (!reader.Read() || Read(ref reader) is not { } value)
                    {
                        return null;
                    }

                    node._properties[name] = value;
                }

                return reader.TokenType == JsonTokenType.ObjectEnd ? node : null;

            case JsonTokenType.ArrayStart:
                var list = new AnswerNode(JsonTokenType.ArrayStart);
                while (reader.Read() && reader.TokenType != JsonTokenType.ArrayEnd)
                {
                    if (Read(ref reader) is not { } item)
                    {
                        return null;
                    }

                    list._items.Add(item);
                }

                return reader.TokenType == JsonTokenType.ArrayEnd ? list : null;

            case JsonTokenType.String:
                return reader.HasLoneSurrogate ? null : new AnswerNode(JsonTokenType.String, JsonString.Decode(reader.Value, reader.HasEscapes));

            case JsonTokenType.Number:
                return new AnswerNode(JsonTokenType.Number, Utf8.GetString(reader.Value));

            case JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                return new AnswerNode(reader.TokenType);

            default:
                return null;
        }
    }
}
