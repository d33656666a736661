using System.ComponentModel;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails.CompilerServices;

/// <summary>Writes the arguments of a tool call as a JSON object. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
#pragma warning disable CA1001 // Complete gives the memory back; a writer that is thrown away leaves it to the collector.
public sealed class TrainingArgumentsWriter
#pragma warning restore CA1001
{
    private readonly ByteBuffer _buffer = new();

    /// <summary>Gets the name of an argument that cannot be written, and why; null where all can.</summary>
    internal string? Failure { get; private set; }

    /// <summary>Writes a text; null is left out.</summary>
    /// <param name="name">The name of the argument.</param>
    /// <param name="text">Its value.</param>
    /// <returns>The writer.</returns>
    public TrainingArgumentsWriter Text(string name, string? text)
    {
        if (text is not null)
        {
            Name(name);
            String(name, text);
        }

        return this;
    }

    /// <summary>Writes a number, true or false; null is left out.</summary>
    /// <param name="name">The name of the argument.</param>
    /// <param name="literal">Its value, as JSON has it.</param>
    /// <returns>The writer.</returns>
    public TrainingArgumentsWriter Literal(string name, string? literal)
    {
        if (literal is not null)
        {
            Name(name);
            Raw(name, literal);
        }

        return this;
    }

    /// <summary>Writes a list; null is left out.</summary>
    /// <typeparam name="TItem">The type of an item.</typeparam>
    /// <param name="name">The name of the argument.</param>
    /// <param name="items">Its items.</param>
    /// <param name="format">Makes text of an item.</param>
    /// <param name="areTexts">Whether the items are texts; else they are numbers, or true and false.</param>
    /// <returns>The writer.</returns>
    public TrainingArgumentsWriter Items<TItem>(string name, IEnumerable<TItem>? items, Func<TItem, string?> format, bool areTexts)
    {
        if (items is null)
        {
            return this;
        }

        Name(name);
        Write("[");
        var first = true;
        foreach (var item in items)
        {
            Write(first ? "" : ",");
            first = false;
            var text = item is null ? null : format(item);
            if (text is null)
            {
                Failure ??= $"an item of the argument '{name}' is null or none of the values of its type";
            }
            else if (areTexts)
            {
                String(name, text);
            }
            else
            {
                Raw(name, text);
            }
        }

        Write("]");
        return this;
    }

    /// <summary>Ends the object.</summary>
    /// <returns>The JSON text.</returns>
    internal string Complete()
    {
        Write(_buffer.Count == 0 ? "{}" : "}");
        var json = Utf8.GetString(_buffer.Written);
        _buffer.Dispose();
        return json;
    }

    private void Name(string name)
    {
        Write(_buffer.Count == 0 ? "{" : ",");
        String(name, name);
        Write(":");
    }

    private void Raw(string name, string literal)
    {
        if (!JsonLiteral.IsValid(literal))
        {
            Failure ??= $"the argument '{name}' is {literal}, which JSON has no number for";
        }

        Write(literal);
    }

    private void String(string name, string text)
    {
        Write("\"");
        var json = new JsonUtf8Writer(_buffer);
        if (json.WriteText(text.AsSpan()) >= 0)
        {
            Failure ??= $"the argument '{name}' holds a surrogate without its other half, which is no character";
        }

        json.Flush();
        Write("\"");
    }

    private void Write(string json)
    {
        var utf8 = Utf8.GetBytes(json);
        utf8.AsSpan().CopyTo(_buffer.GetSpan(utf8.Length));
        _buffer.Advance(utf8.Length);
    }
}

/// <summary>Reads the arguments of a tool call. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainingArgumentsReader
{
    private readonly byte[] _utf8;
    private readonly JsonTree _tree = new();
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    internal TrainingArgumentsReader(string json)
    {
        _utf8 = Utf8.GetBytes(json);
        if (_tree.Parse(_utf8) is { } error)
        {
            throw new FormatException($"the arguments are no JSON object: {error.Reason}");
        }

        if (_tree[0].Type != JsonTokenType.ObjectStart)
        {
            throw new FormatException("the arguments are no JSON object");
        }
    }

    /// <summary>Gets a text.</summary>
    /// <param name="name">The name of the argument.</param>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">The argument is missing, or no text.</exception>
    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    /// <summary>Gets a text that may be missing.</summary>
    /// <param name="name">The name of the argument.</param>
    /// <returns>The text, or null.</returns>
    /// <exception cref="FormatException">The argument is no text.</exception>
    public string? OptionalText(string name) => Find(name) is { } node ? Simple(name, node) : null;

    /// <summary>Gets a value.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="name">The name of the argument.</param>
    /// <param name="parse">Makes the value of its text.</param>
    /// <returns>The value.</returns>
    /// <exception cref="FormatException">The argument is missing, or no such value.</exception>
    public TValue Value<TValue>(string name, Func<string, TValue> parse) => parse(Text(name));

    /// <summary>Gets a value that may be missing.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="name">The name of the argument.</param>
    /// <param name="parse">Makes the value of its text.</param>
    /// <returns>The value, or null.</returns>
    /// <exception cref="FormatException">The argument is no such value.</exception>
    public TValue? OptionalValue<TValue>(string name, Func<string, TValue> parse)
        where TValue : struct => OptionalText(name) is { } text ? parse(text) : null;

    /// <summary>Gets the items of a list.</summary>
    /// <typeparam name="TItem">The type of an item.</typeparam>
    /// <param name="name">The name of the argument.</param>
    /// <param name="parse">Makes an item of its text.</param>
    /// <returns>The items, or null where the argument is missing.</returns>
    /// <exception cref="FormatException">The argument is no such list.</exception>
    public TItem[]? Items<TItem>(string name, Func<string, TItem> parse)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        return _tree[node].Type == JsonTokenType.ArrayStart
            ? [.. _tree.ChildrenOf(node).Select(item => parse(Simple(name, item)))]
            : throw new FormatException($"the argument '{name}' is not a list");
    }

    /// <summary>Ends the reading.</summary>
    /// <typeparam name="TValue">The type that holds the arguments.</typeparam>
    /// <param name="value">The value made of them.</param>
    /// <returns>The value.</returns>
    /// <exception cref="FormatException">There is an argument that the type does not hold.</exception>
    public TValue Complete<TValue>(TValue value)
    {
        foreach (var child in _tree.ChildrenOf(0))
        {
            if (!_taken.Contains(_tree[child].Name!))
            {
                throw new FormatException($"the argument '{_tree[child].Name}' has no place in '{typeof(TValue).Name}' and would be lost");
            }
        }

        return value;
    }

    private int? Find(string name)
    {
        _taken.Add(name);
        var node = _tree.Find(0, name);
        return node < 0 || _tree[node].Type == JsonTokenType.Null ? null : node;
    }

    private string Simple(string name, int node) => _tree[node].Type switch
    {
        JsonTokenType.String when !_tree[node].HasLoneSurrogate => _tree.TextOf(_utf8, node),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => _tree.RawOf(_utf8, node),
        _ => throw new FormatException($"the argument '{name}' is no text, number, true or false"),
    };

    private static FormatException Missing(string name) => new($"the argument '{name}' is missing");
}

/// <summary>What JSON takes as it is.</summary>
internal static class JsonLiteral
{
    /// <summary>Gets whether a text is a number, true or false.</summary>
    public static bool IsValid(string literal)
    {
        var reader = new JsonUtf8Reader(Utf8.GetBytes(literal));
        return reader.Read() && reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False && !reader.Read() && reader.Error.Kind == JsonErrorKind.None;
    }
}
