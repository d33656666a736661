using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Training;

/// <summary>Where a line is not what its target asks for, and why: a clause that ends a sentence.</summary>
internal sealed record LineError(string Reason, int Offset);

/// <summary>One message of a parsed line: its kind, and where its text stands.</summary>
internal readonly record struct ChatMessage(MessageKind Kind, int Offset, int TextOffset, int TextLength, bool HasEscapes);

/// <summary>
/// Takes a line of <c>openai-chat</c> apart. It accepts exactly what a record of system, user and assistant texts can
/// hold, members of an object in any order; whatever else a line has would be lost, and is an error. One instance reads
/// line after line and keeps its storage.
/// </summary>
internal sealed class ChatLine
{
    private ChatMessage[] _messages = new ChatMessage[4];
    private int _count;

    /// <summary>Gets the messages of the line parsed last, in order.</summary>
    public ReadOnlySpan<ChatMessage> Messages => _messages.AsSpan(0, _count);

    /// <summary>Parses a line, without its line end.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public LineError? Parse(ReadOnlySpan<byte> utf8)
    {
        _count = 0;
        var reader = new JsonUtf8Reader(utf8);
        var error = ParseLine(ref reader);
        return reader.Error.Kind == JsonErrorKind.None
            ? error
            : new LineError($"this is not JSON: {reader.Error.Description}", reader.Error.Offset);
    }

    // Once the reader has met malformed JSON, what these methods return is of no interest: Parse asks the reader first.
    private LineError? ParseLine(ref JsonUtf8Reader reader)
    {
        if (!reader.Read())
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.ObjectStart)
        {
            return new LineError("a line is a JSON object", reader.TokenStart);
        }

        var seen = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueEquals("messages"u8))
            {
                return new LineError($"{Name(ref reader)} has no place in the record and would be lost", reader.TokenStart);
            }

            if (seen)
            {
                return new LineError("'messages' is there twice", reader.TokenStart);
            }

            seen = true;
            if (ParseMessages(ref reader) is { } error)
            {
                return error;
            }
        }

        var end = reader.TokenStart;
        if (reader.Read() || reader.Error.Kind != JsonErrorKind.None)
        {
            return null;
        }

        return seen ? null : new LineError("'messages' is missing", end);
    }

    private LineError? ParseMessages(ref JsonUtf8Reader reader)
    {
        if (!reader.Read())
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.ArrayStart)
        {
            return new LineError("'messages' is a list of messages", reader.TokenStart);
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.ArrayEnd)
        {
            if (reader.TokenType != JsonTokenType.ObjectStart)
            {
                return new LineError($"message {_count + 1} is not an object", reader.TokenStart);
            }

            if (ParseMessage(ref reader) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private LineError? ParseMessage(ref JsonUtf8Reader reader)
    {
        var number = _count + 1;
        var start = reader.TokenStart;
        TrainingRole? role = null;
        int? weight = null;
        var weightOffset = 0;
        var textOffset = -1;
        var textLength = 0;
        var hasEscapes = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.TokenStart;
            if (reader.ValueEquals("role"u8))
            {
                if (role is not null)
                {
                    return new LineError($"message {number} has its 'role' twice", name);
                }

                if (!reader.Read())
                {
                    return null;
                }

                role = RoleOf(ref reader);
                if (role is null)
                {
                    return new LineError(
                        reader.TokenType == JsonTokenType.String
                            ? $"message {number} has the role {Name(ref reader)}; a record holds the roles 'system', 'user' and 'assistant'"
                            : $"the 'role' of message {number} is not a string",
                        reader.TokenStart);
                }
            }
            else if (reader.ValueEquals("content"u8))
            {
                if (textOffset >= 0)
                {
                    return new LineError($"message {number} has its 'content' twice", name);
                }

                if (!reader.Read())
                {
                    return null;
                }

                if (reader.TokenType != JsonTokenType.String)
                {
                    return new LineError($"the 'content' of message {number} is {Describe(reader.TokenType)}, where a record holds text", reader.TokenStart);
                }

                if (reader.HasLoneSurrogate)
                {
                    return new LineError($"the 'content' of message {number} holds an escaped surrogate without its other half, which is no character", reader.TokenStart);
                }

                textOffset = reader.TokenStart + 1;
                textLength = reader.Value.Length;
                hasEscapes = reader.HasEscapes;
            }
            else if (reader.ValueEquals("weight"u8))
            {
                if (weight is not null)
                {
                    return new LineError($"message {number} has its 'weight' twice", name);
                }

                if (!reader.Read())
                {
                    return null;
                }

                weightOffset = reader.TokenStart;
                var value = reader.Value;
                if (reader.TokenType != JsonTokenType.Number || value.Length != 1 || value[0] is not ((byte)'0' or (byte)'1'))
                {
                    return new LineError($"the 'weight' of message {number} is not the number 0 or 1", weightOffset);
                }

                weight = value[0] - '0';
            }
            else
            {
                return new LineError($"{Name(ref reader)} of message {number} has no place in the record and would be lost", name);
            }
        }

        if (reader.Error.Kind != JsonErrorKind.None)
        {
            return null;
        }

        if (role is null)
        {
            return new LineError($"message {number} has no 'role'", start);
        }

        if (textOffset < 0)
        {
            return new LineError($"message {number} has no 'content'", start);
        }

        if (weight is not null && role != TrainingRole.Assistant)
        {
            return new LineError($"message {number} has a 'weight', which only an assistant message can have", weightOffset);
        }

        if (_count == _messages.Length)
        {
            Array.Resize(ref _messages, _count * 2);
        }

        _messages[_count++] = new ChatMessage(MessageKinds.Of(role.Value, weight ?? -1), start, textOffset, textLength, hasEscapes);
        return null;
    }

    private static TrainingRole? RoleOf(ref JsonUtf8Reader reader) =>
        reader.TokenType != JsonTokenType.String ? null
        : reader.ValueEquals("user"u8) ? TrainingRole.User
        : reader.ValueEquals("assistant"u8) ? TrainingRole.Assistant
        : reader.ValueEquals("system"u8) ? TrainingRole.System
        : null;

    // A name from the file goes into a message: in full, if it is as short as names are.
    private static string Name(ref JsonUtf8Reader reader)
    {
        const int Most = 64;
        if (reader.HasLoneSurrogate || reader.Value.Length > Most * 2)
        {
            return "a long or unreadable name";
        }

        var name = JsonString.Decode(reader.Value, reader.HasEscapes);
        return name.Length > Most || name.Any(char.IsControl) ? "a long or unreadable name" : $"'{name}'";
    }

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.ArrayStart => "a list of parts",
        JsonTokenType.ObjectStart => "an object",
        JsonTokenType.Null => "null",
        JsonTokenType.Number => "a number",
        _ => "true or false",
    };
}
