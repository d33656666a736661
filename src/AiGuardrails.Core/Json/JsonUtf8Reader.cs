namespace AiGuardrails.Core.Json;

/// <summary>
/// Reads one JSON text (RFC 8259, to the letter) from UTF-8 bytes, token by token. Nothing is allocated and nothing is
/// thrown: on malformed input <see cref="Read"/> returns false and <see cref="Error"/> says what is wrong, and where.
/// </summary>
/// <remarks>
/// Two things that the grammar allows are told rather than refused, because callers differ on them: an escaped surrogate
/// without its other half (<see cref="HasLoneSurrogate"/>), and equal names in one object (<see cref="JsonNames"/>).
/// </remarks>
internal ref struct JsonUtf8Reader
{
    /// <summary>How deep arrays and objects may nest.</summary>
    public const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _utf8;
    private int _position;
    private int _start;
    private int _end;
    private ulong _objects;
    private int _depth;
    private Next _next;
    private JsonTokenType _token;
    private JsonError _error;
    private bool _hasEscapes;
    private bool _hasLoneSurrogate;
    private bool _isAscii;

    public JsonUtf8Reader(ReadOnlySpan<byte> utf8)
    {
        this = default;
        _utf8 = utf8;
    }

    private enum Next
    {
        Root,
        Value,
        ValueOrEnd,
        NameOrEnd,
        Name,
        CommaOrEnd,
        Nothing,
    }

    /// <summary>Gets what the last <see cref="Read"/> found.</summary>
    public readonly JsonTokenType TokenType => _token;

    /// <summary>Gets the first byte of the token; for strings, the opening quotation mark.</summary>
    public readonly int TokenStart => _start;

    /// <summary>Gets the byte after the token.</summary>
    public readonly int TokenEnd => _end;

    /// <summary>Gets the number of arrays and objects that are open after the token.</summary>
    public readonly int Depth => _depth;

    /// <summary>Gets the bytes of the token; for strings and names, what stands between the quotation marks.</summary>
    public readonly ReadOnlySpan<byte> Value =>
        _token is JsonTokenType.String or JsonTokenType.PropertyName
            ? _utf8.Slice(_start + 1, _end - _start - 2)
            : _utf8.Slice(_start, _end - _start);

    /// <summary>Gets whether the string or name holds a backslash.</summary>
    public readonly bool HasEscapes => _hasEscapes;

    /// <summary>Gets whether the string or name holds an escaped surrogate without its other half: no text, and no UTF-8.</summary>
    public readonly bool HasLoneSurrogate => _hasLoneSurrogate;

    /// <summary>Gets whether the bytes of the string or name are all ASCII; what escapes stand for may still not be.</summary>
    public readonly bool IsAscii => _isAscii;

    /// <summary>Gets what is wrong, once <see cref="Read"/> has returned false.</summary>
    public readonly JsonError Error => _error;

    /// <summary>Goes to the next token.</summary>
    /// <returns>False at the end of the text, and on the first error.</returns>
    public bool Read()
    {
        if (_error.Kind != JsonErrorKind.None)
        {
            return false;
        }

        _hasEscapes = false;
        _hasLoneSurrogate = false;
        SkipWhiteSpace();
        _start = _position;

        if (_next == Next.CommaOrEnd && _position < _utf8.Length && _utf8[_position] == (byte)',')
        {
            _position++;
            SkipWhiteSpace();
            _start = _position;
            _next = InObject ? Next.Name : Next.Value;
            if (_position < _utf8.Length && _utf8[_position] is (byte)'}' or (byte)']')
            {
                return Fail(JsonErrorKind.TrailingComma, _position);
            }
        }

        if (_position == _utf8.Length)
        {
            return _next switch
            {
                Next.Nothing => End(),
                Next.Root => Fail(JsonErrorKind.Empty, _position),
                _ => Fail(JsonErrorKind.UnexpectedEnd, _position),
            };
        }

        var b = _utf8[_position];
        switch (_next)
        {
            case Next.Nothing:
                return Fail(JsonErrorKind.TrailingContent, _position);
            case Next.CommaOrEnd when b is not ((byte)'}' or (byte)']'):
                return Fail(JsonErrorKind.MissingComma, _position);
            case Next.CommaOrEnd:
                return ReadEnd(b);
            case Next.NameOrEnd when b is (byte)'}' or (byte)']':
                return ReadEnd(b);
            case Next.Name or Next.NameOrEnd:
                return ReadName(b);
            case Next.ValueOrEnd when b is (byte)'}' or (byte)']':
                return ReadEnd(b);
            default:
                return ReadValue(b);
        }
    }

    /// <summary>From the start of an array or object, goes to its end; stays on any other token.</summary>
    /// <returns>False on an error.</returns>
    public bool Skip()
    {
        if (_token is not (JsonTokenType.ObjectStart or JsonTokenType.ArrayStart))
        {
            return _error.Kind == JsonErrorKind.None;
        }

        var outer = _depth - 1;
        while (Read())
        {
            if (_depth == outer)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gets whether the string or name, without its escapes, is the given text.</summary>
    public readonly bool ValueEquals(ReadOnlySpan<byte> utf8)
    {
        var value = Value;
        if (!_hasEscapes)
        {
            return value.SequenceEqual(utf8);
        }

        // An escaped text is at most six times as long as what it stands for.
        if (value.Length > utf8.Length * 6)
        {
            return false;
        }

        var buffer = value.Length <= 512 ? stackalloc byte[value.Length] : new byte[value.Length];
        return buffer.Slice(0, JsonString.Unescape(value, buffer)).SequenceEqual(utf8);
    }

    private readonly bool InObject => (_objects & 1) != 0;

    private bool ReadName(byte b)
    {
        if (b != (byte)'"')
        {
            return Fail(JsonErrorKind.UnexpectedCharacter, _position);
        }

        if (!ReadString())
        {
            return false;
        }

        SkipWhiteSpace();
        if (_position == _utf8.Length)
        {
            return Fail(JsonErrorKind.UnexpectedEnd, _position);
        }

        if (_utf8[_position] != (byte)':')
        {
            return Fail(JsonErrorKind.MissingColon, _position);
        }

        _position++;
        _next = Next.Value;
        _token = JsonTokenType.PropertyName;
        return true;
    }

    private bool ReadValue(byte b)
    {
        switch (b)
        {
            case (byte)'{':
            case (byte)'[':
                return ReadStart(isObject: b == (byte)'{');
            case (byte)'"':
                return ReadString() && Found(JsonTokenType.String);
            case (byte)'t':
                return ReadLiteral("true"u8, JsonTokenType.True);
            case (byte)'f':
                return ReadLiteral("false"u8, JsonTokenType.False);
            case (byte)'n':
                return ReadLiteral("null"u8, JsonTokenType.Null);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return ReadNumber();
            case 0xEF when _position == 0 && _utf8.StartsWith(Utf8.ByteOrderMark):
                return Fail(JsonErrorKind.ByteOrderMark, _position);
            default:
                return Fail(IsLetter(b) ? JsonErrorKind.InvalidLiteral : JsonErrorKind.UnexpectedCharacter, _position);
        }
    }

    private bool ReadStart(bool isObject)
    {
        if (_depth == MaxDepth)
        {
            return Fail(JsonErrorKind.TooDeep, _position);
        }

        _depth++;
        _objects = (_objects << 1) | (isObject ? 1UL : 0UL);
        _position++;
        _end = _position;
        _token = isObject ? JsonTokenType.ObjectStart : JsonTokenType.ArrayStart;
        _next = isObject ? Next.NameOrEnd : Next.ValueOrEnd;
        return true;
    }

    private bool ReadEnd(byte b)
    {
        var isObject = b == (byte)'}';
        if (isObject != InObject)
        {
            return Fail(JsonErrorKind.WrongClosingBracket, _position);
        }

        _depth--;
        _objects >>= 1;
        _position++;
        return Found(isObject ? JsonTokenType.ObjectEnd : JsonTokenType.ArrayEnd);
    }

    private bool ReadLiteral(ReadOnlySpan<byte> literal, JsonTokenType token)
    {
        if (!_utf8.Slice(_position).StartsWith(literal)
            || (_position + literal.Length < _utf8.Length && IsLetter(_utf8[_position + literal.Length])))
        {
            return Fail(JsonErrorKind.InvalidLiteral, _position);
        }

        _position += literal.Length;
        return Found(token);
    }

    private bool ReadNumber()
    {
        if (_utf8[_position] == (byte)'-')
        {
            _position++;
        }

        // A leading zero stands alone.
        var integer = SkipDigits();
        if (integer == 0 || (integer > 1 && _utf8[_position - integer] == (byte)'0'))
        {
            return Fail(JsonErrorKind.InvalidNumber, _start);
        }

        if (_position < _utf8.Length && _utf8[_position] == (byte)'.')
        {
            _position++;
            if (SkipDigits() == 0)
            {
                return Fail(JsonErrorKind.InvalidNumber, _start);
            }
        }

        if (_position < _utf8.Length && _utf8[_position] is (byte)'e' or (byte)'E')
        {
            _position++;
            if (_position < _utf8.Length && _utf8[_position] is (byte)'+' or (byte)'-')
            {
                _position++;
            }

            if (SkipDigits() == 0)
            {
                return Fail(JsonErrorKind.InvalidNumber, _start);
            }
        }

        if (_position < _utf8.Length && (IsLetter(_utf8[_position]) || _utf8[_position] == (byte)'.'))
        {
            return Fail(JsonErrorKind.InvalidNumber, _start);
        }

        return Found(JsonTokenType.Number);
    }

    private int SkipDigits()
    {
        var from = _position;
        while (_position < _utf8.Length && _utf8[_position] is >= (byte)'0' and <= (byte)'9')
        {
            _position++;
        }

        return _position - from;
    }

    private bool ReadString()
    {
        _position++;
        _isAscii = true;
        while (true)
        {
            _position += JsonString.IndexOfSpecial(_utf8.Slice(_position), ref _isAscii);
            if (_position == _utf8.Length)
            {
                return FailInString(JsonErrorKind.UnterminatedString, _start);
            }

            var b = _utf8[_position];
            if (b == (byte)'"')
            {
                if (!_isAscii && Utf8.IndexOfInvalid(_utf8.Slice(_start + 1, _position - _start - 1)) is >= 0 and var invalid)
                {
                    return Fail(JsonErrorKind.InvalidUtf8, _start + 1 + invalid);
                }

                _position++;
                _end = _position;
                return true;
            }

            if (b != (byte)'\\')
            {
                return FailInString(JsonErrorKind.ControlCharacter, _position);
            }

            if (!ReadEscape())
            {
                return FailInString(_error.Kind, _error.Offset);
            }
        }
    }

    // Bytes that are not UTF-8 are looked for at the end of a string; those before an error come first.
    private bool FailInString(JsonErrorKind kind, int offset) =>
        Utf8.IndexOfInvalid(_utf8.Slice(_start + 1, _position - _start - 1)) is >= 0 and var invalid
            ? Fail(JsonErrorKind.InvalidUtf8, _start + 1 + invalid)
            : Fail(kind, offset);

    private bool ReadEscape()
    {
        _hasEscapes = true;
        var kind = _position + 1 < _utf8.Length ? _utf8[_position + 1] : (byte)0;
        switch (kind)
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                _position += 2;
                return true;
            case (byte)'u':
                var unit = JsonString.ReadHex(_utf8.Slice(_position + 2));
                if (unit < 0)
                {
                    return Fail(JsonErrorKind.InvalidEscape, _position);
                }

                _position += 6;
                if (JsonString.IsHighSurrogate(unit)
                    && _position + 1 < _utf8.Length
                    && _utf8[_position] == (byte)'\\'
                    && _utf8[_position + 1] == (byte)'u'
                    && JsonString.IsLowSurrogate(JsonString.ReadHex(_utf8.Slice(_position + 2))))
                {
                    _position += 6;
                }
                else if (JsonString.IsHighSurrogate(unit) || JsonString.IsLowSurrogate(unit))
                {
                    _hasLoneSurrogate = true;
                }

                return true;
            default:
                return Fail(JsonErrorKind.InvalidEscape, _position);
        }
    }

    private void SkipWhiteSpace()
    {
        while (_position < _utf8.Length && _utf8[_position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _position++;
        }
    }

    private bool Found(JsonTokenType token)
    {
        _end = _position;
        _token = token;
        _next = _depth == 0 ? Next.Nothing : Next.CommaOrEnd;
        return true;
    }

    private bool End()
    {
        _token = JsonTokenType.None;
        _end = _position;
        return false;
    }

    private bool Fail(JsonErrorKind kind, int offset)
    {
        _error = new JsonError(kind, offset);
        _token = JsonTokenType.None;
        return false;
    }

    private static bool IsLetter(byte b) => (byte)(b | 0x20) is >= (byte)'a' and <= (byte)'z';
}
