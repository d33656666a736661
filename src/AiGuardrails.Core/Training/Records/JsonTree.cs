using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Training.Records;

/// <summary>A value of a parsed line, or a name and its value.</summary>
/// <param name="Name">The name, where the value is a member of an object.</param>
/// <param name="Type">What it is; objects and lists are known by their start.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Next">The index of the node behind it and all that it holds.</param>
/// <param name="HasEscapes">Whether a string holds a backslash.</param>
/// <param name="HasLoneSurrogate">Whether a string holds half a character.</param>
internal readonly record struct JsonNode(string? Name, JsonTokenType Type, int Start, int End, int Next, bool HasEscapes, bool HasLoneSurrogate);

/// <summary>A JSON text taken apart: its values in the order in which they start. One instance takes text after text.</summary>
internal sealed class JsonTree
{
    private readonly List<JsonNode> _nodes = [];

    public JsonNode this[int node] => _nodes[node];

    /// <summary>Takes a text apart.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public LineError? Parse(ReadOnlySpan<byte> utf8)
    {
        _nodes.Clear();
        var reader = new JsonUtf8Reader(utf8);
        LineError? error = null;
        if (reader.Read())
        {
            error = Add(ref reader, name: null);
            if (error is null)
            {
                reader.Read();
            }
        }

        return reader.Error.Kind == JsonErrorKind.None ? error : new LineError($"this is not JSON: {reader.Error.Description}", reader.Error.Offset);
    }

    /// <summary>Gets the values directly inside an object or a list.</summary>
    public IEnumerable<int> ChildrenOf(int node)
    {
        for (var child = node + 1; child < _nodes[node].Next; child = _nodes[child].Next)
        {
            yield return child;
        }
    }

    /// <summary>Finds a member of an object; -1 where there is none.</summary>
    public int Find(int node, string name)
    {
        for (var child = node + 1; child < _nodes[node].Next; child = _nodes[child].Next)
        {
            if (string.Equals(_nodes[child].Name, name, StringComparison.Ordinal))
            {
                return child;
            }
        }

        return -1;
    }

    /// <summary>Gets what a string says.</summary>
    public string TextOf(ReadOnlySpan<byte> utf8, int node)
    {
        var value = _nodes[node];
        return JsonString.Decode(utf8.Slice(value.Start + 1, value.End - value.Start - 2), value.HasEscapes);
    }

    /// <summary>Gets a value as it stands in the text.</summary>
    public string RawOf(ReadOnlySpan<byte> utf8, int node) => Utf8.GetString(utf8.Slice(_nodes[node].Start, _nodes[node].End - _nodes[node].Start));

    // What is returned on malformed JSON is of no interest: Parse asks the reader first.
    private LineError? Add(ref JsonUtf8Reader reader, string? name)
    {
        var index = _nodes.Count;
        var type = reader.TokenType;
        var start = reader.TokenStart;
        _nodes.Add(new JsonNode(name, type, start, reader.TokenEnd, index + 1, reader.HasEscapes, reader.HasLoneSurrogate));
        if (type is not (JsonTokenType.ObjectStart or JsonTokenType.ArrayStart))
        {
            return null;
        }

        while (reader.Read() && reader.TokenType is not (JsonTokenType.ObjectEnd or JsonTokenType.ArrayEnd))
        {
            string? memberName = null;
            if (type == JsonTokenType.ObjectStart)
            {
                if (reader.HasLoneSurrogate)
                {
                    return new LineError("a name holds an escaped surrogate without its other half, which is no character", reader.TokenStart);
                }

                memberName = JsonString.Decode(reader.Value, reader.HasEscapes);
                if (Exists(index, memberName))
                {
                    return new LineError($"'{memberName}' is there twice", reader.TokenStart);
                }

                if (!reader.Read())
                {
                    return null;
                }
            }

            if (Add(ref reader, memberName) is { } error)
            {
                return error;
            }
        }

        _nodes[index] = _nodes[index] with { End = reader.TokenEnd, Next = _nodes.Count };
        return null;
    }

    // The object is not complete yet, so that its end is not known.
    private bool Exists(int node, string name)
    {
        for (var child = node + 1; child < _nodes.Count; child = _nodes[child].Next)
        {
            if (string.Equals(_nodes[child].Name, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
