using System.Globalization;
using System.Text;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Json;

/// <summary>Says what bytes are that JSON does not allow, where there is more to say than the grammar knows; null elsewhere.</summary>
/// <param name="rest">The text from the error on; may be empty.</param>
internal delegate Sentence? JsonErrorExplanation(ReadOnlySpan<byte> rest);

/// <summary>
/// Reads the files that teams keep for us to the letter: a member that nobody knows, one that stands twice, and anything
/// after the end is an error, because what is passed over in silence is a rule that is off without anyone having said so.
/// </summary>
/// <remarks>
/// The first error is the cause and is kept; after it, every method does nothing and returns false or null, so that callers
/// look at <see cref="Error"/> once, at the end.
/// </remarks>
internal ref struct StrictJsonReader
{
    private static readonly UTF8Encoding s_lenient = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private readonly ReadOnlySpan<byte> _utf8;
    private readonly JsonErrorExplanation _explain;
    private JsonUtf8Reader _reader;

    /// <summary>Stands before the first byte of a file.</summary>
    public StrictJsonReader(ReadOnlySpan<byte> utf8, JsonErrorExplanation explain)
    {
        _utf8 = utf8;
        _explain = explain;
        _reader = new JsonUtf8Reader(utf8);
        Error = null;
    }

    /// <summary>Gets the first error; null where there is none so far.</summary>
    public JsonFileError? Error { get; private set; }

    /// <summary>Gets what stands here.</summary>
    public readonly JsonTokenType TokenType => _reader.TokenType;

    /// <summary>Gets the first byte of what stands here.</summary>
    public readonly int TokenStart => _reader.TokenStart;

    /// <summary>Gets the bytes of a number, or what stands between the quotation marks.</summary>
    public readonly ReadOnlySpan<byte> Value => _reader.Value;

    /// <summary>Gets whether the text that stands here holds half of a surrogate pair, for callers with a word of their own on it.</summary>
    public readonly bool HasLoneSurrogate => _reader.HasLoneSurrogate;

    /// <summary>Makes bytes of a text as a compiler hands it over; halves of surrogate pairs are replaced.</summary>
    public static byte[] BytesOf(string text) => s_lenient.GetBytes(text);

    /// <summary>Goes to the value that must begin here.</summary>
    public bool Start(JsonTokenType token, Sentence what, Sentence expected) =>
        Read() && (_reader.TokenType == token || Fail(_reader.TokenStart, $"{what} must be {expected}"));

    /// <summary>Goes to the value of a member, which may also be null.</summary>
    public bool StartOrNull(JsonTokenType token, Sentence what, Sentence expected) =>
        Read() && (_reader.TokenType == token || _reader.TokenType == JsonTokenType.Null || Fail(_reader.TokenStart, $"{what} must be {expected}"));

    /// <summary>Goes to the next item of a list.</summary>
    /// <returns>False at the end of the list and on an error.</returns>
    public bool NextItem(JsonTokenType token, Sentence mistake) =>
        Read() && _reader.TokenType != JsonTokenType.ArrayEnd && (_reader.TokenType == token || Fail(_reader.TokenStart, mistake));

    /// <summary>Goes to the name of the next member of an object.</summary>
    /// <param name="what">The object.</param>
    /// <param name="stated">The names so far, to which this one is added.</param>
    /// <returns>The name; null at the end of the object and on an error.</returns>
    public string? NextMember(Sentence what, HashSet<string> stated)
    {
        if (!Read() || _reader.TokenType == JsonTokenType.ObjectEnd || Text() is not { } name)
        {
            return null;
        }

        if (stated.Add(name))
        {
            return name;
        }

        Fail(_reader.TokenStart, $"'{Sentence.Shown(name)}' stands twice in {what}");
        return null;
    }

    /// <summary>The text that stands here.</summary>
    /// <returns>The text; null where it is none, which is an error.</returns>
    public string? Text()
    {
        if (!_reader.HasLoneSurrogate)
        {
            return JsonString.Decode(_reader.Value, _reader.HasEscapes);
        }

        Fail(_reader.TokenStart, "a text holds half of a surrogate pair");
        return null;
    }

    /// <summary>The number that stands here, where it is a whole one above 0, without sign, fraction and exponent.</summary>
    public readonly int? Count() =>
        int.TryParse(Utf8.GetString(_reader.Value), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null;

    /// <summary>Makes sure that nothing follows the value of the file.</summary>
    public void End() => Read();

    /// <summary>Makes sure that an object has the members that it cannot do without.</summary>
    public bool Require(int start, Sentence what, HashSet<string> stated, params string[] members)
    {
        foreach (var member in members)
        {
            if (!stated.Contains(member))
            {
                Fail(start, $"{what} needs '{member}'");
            }
        }

        return Error is null;
    }

    /// <summary>Refuses the member whose name stands here.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">The object.</param>
    /// <param name="members">The members that it has.</param>
    public void Unknown(string name, Sentence what, Sentence members) =>
        Fail(_reader.TokenStart, $"'{Sentence.Shown(name)}' is no member of {what}, which has {members}");

    /// <summary>Keeps an error, unless there is one already.</summary>
    /// <returns>False.</returns>
    public bool Fail(int offset, Sentence message)
    {
        if (Error is null)
        {
            var position = TextPosition.Of(_utf8, offset);
            Error = new JsonFileError(message, position.Line, position.Column);
        }

        return false;
    }

    private bool Read()
    {
        if (Error is not null || _reader.Read())
        {
            return Error is null;
        }

        var error = _reader.Error;
        return error.Kind != JsonErrorKind.None && Fail(error.Offset, _explain(_utf8.Slice(Math.Min(error.Offset, _utf8.Length))) ?? error.Description);
    }
}
