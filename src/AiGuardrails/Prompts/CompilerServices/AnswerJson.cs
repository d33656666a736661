using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace AiGuardrails.CompilerServices;

/// <summary>Writes an answer, of an example or to be trained on, as the JSON that the schema asks for. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AnswerJson
{
    private readonly StringBuilder _json = new();
    private bool _needsComma;

    /// <summary>Begins an object.</summary>
    public void BeginObject() => Begin('{');

    /// <summary>Ends an object.</summary>
    public void EndObject() => End('}');

    /// <summary>Begins a list.</summary>
    public void BeginList() => Begin('[');

    /// <summary>Ends a list.</summary>
    public void EndList() => End(']');

    /// <summary>Writes the name of a property.</summary>
    /// <param name="name">The name.</param>
    public void Name(string name)
    {
        Text(name);
        _json.Append(':');
        _needsComma = false;
    }

    /// <summary>Writes null.</summary>
    public void Null() => Raw("null");

    /// <summary>Writes text.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="PromptException">It is null, and the schema has no null there.</exception>
    public void Text(string? value)
    {
        _ = value ?? throw new PromptException("An answer, of an example or to be trained on, is null where its schema has no null; give it a value.");
        Separate();
        _json.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => _json.Append('\\').Append(c),
                '\n' => _json.Append("\\n"),
                '\r' => _json.Append("\\r"),
                '\t' => _json.Append("\\t"),
                < ' ' or (>= '\uD800' and <= '\uDFFF') => _json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => _json.Append(c),
            };
        }

        _json.Append('"');
    }

    /// <summary>Writes a truth or a number as it is, and every other closed value as text.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public void Value<T>(T value)
        where T : struct
    {
        if (value is bool or sbyte or byte or short or ushort or int or uint or long or float or double or decimal)
        {
            Raw(ClosedText.Of(value));
        }
        else
        {
            Text(ClosedText.Of(value));
        }
    }

    /// <summary>Gets what was written.</summary>
    /// <returns>The JSON.</returns>
    public override string ToString() => _json.ToString();

    private void Begin(char bracket)
    {
        Separate();
        _json.Append(bracket);
        _needsComma = false;
    }

    private void End(char bracket)
    {
        _json.Append(bracket);
        _needsComma = true;
    }

    private void Raw(string json)
    {
        Separate();
        _json.Append(json);
    }

    private void Separate()
    {
        if (_needsComma)
        {
            _json.Append(',');
        }

        _needsComma = true;
    }
}
