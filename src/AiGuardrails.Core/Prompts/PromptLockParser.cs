using System.Globalization;
using System.Text;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Prompts;

/// <summary>Reads lock files to the letter: a member that nobody knows is an error, since writing the file would lose it.</summary>
internal ref struct PromptLockParser
{
    private static readonly UTF8Encoding s_lenient = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private readonly byte[] _utf8;
    private readonly List<(PromptLockEntry Entry, TextPosition Place)> _entries = [];
    private JsonUtf8Reader _reader;
    private PromptLockError? _error;

    private PromptLockParser(string text)
    {
        _utf8 = s_lenient.GetBytes(text);
        _reader = new JsonUtf8Reader(_utf8);
        _error = null;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="error">The first error; null where there is none.</param>
    /// <returns>The entries and their places; null where there is an error.</returns>
    public static List<(PromptLockEntry Entry, TextPosition Place)>? Parse(string text, out PromptLockError? error)
    {
        var parser = new PromptLockParser(text);
        parser.ReadFile();
        error = parser._error;
        return error is null ? parser._entries : null;
    }

    private void ReadFile()
    {
        var stated = new HashSet<string>(StringComparer.Ordinal);
        if (!Start(JsonTokenType.ObjectStart, "the file", "an object"))
        {
            return;
        }

        while (NextMember("the file", stated) is { } name)
        {
            switch (name)
            {
                case "version":
                    if (Number(name) is { } version && version != PromptLock.FormatVersion)
                    {
                        Fail(_reader.TokenStart, $"the file has the form {version.ToString(CultureInfo.InvariantCulture)}, and this version of AiGuardrails reads form {PromptLock.FormatVersion.ToString(CultureInfo.InvariantCulture)}; update the package");
                    }

                    break;
                case "prompts":
                    ReadPrompts();
                    break;
                default:
                    Unknown(name, "the file", "'version' and 'prompts'");
                    break;
            }
        }

        Require(0, "the file", stated, "version", "prompts");

        // The end: nothing may follow the object.
        if (_error is null && !_reader.Read() && _reader.Error.Kind != JsonErrorKind.None)
        {
            FailJson();
        }
    }

    private void ReadPrompts()
    {
        var stated = new HashSet<string>(StringComparer.Ordinal);
        if (!Start(JsonTokenType.ObjectStart, "'prompts'", "an object, with a member for each prompt"))
        {
            return;
        }

        while (NextMember("'prompts'", stated) is { } id)
        {
            var start = _reader.TokenStart;
            if (string.IsNullOrWhiteSpace(id) || id.Any(static c => char.IsControl(c) || char.IsSurrogate(c)))
            {
                Fail(start, "this cannot be the identifier of a prompt");
            }
            else if (ReadEntry(id) is { } entry)
            {
                _entries.Add((entry, TextPosition.Of(_utf8, start)));
            }
        }
    }

    private PromptLockEntry? ReadEntry(string id)
    {
        var stated = new HashSet<string>(StringComparer.Ordinal);
        var what = $"the entry of '{PromptGrammar.Shown(id)}'";
        if (!Start(JsonTokenType.ObjectStart, what, "an object with 'version' and 'hash'"))
        {
            return null;
        }

        var start = _reader.TokenStart;
        int? version = null;
        string? hash = null;
        while (NextMember(what, stated) is { } name)
        {
            switch (name)
            {
                case "version":
                    version = Number(name);
                    break;
                case "hash":
                    hash = Hash(name);
                    break;
                default:
                    Unknown(name, what, "'version' and 'hash'");
                    break;
            }
        }

        Require(start, what, stated, "version", "hash");
        return _error is null ? new PromptLockEntry(id, version!.Value, hash!) : null;
    }

    private int? Number(string name)
    {
        if (!Start(JsonTokenType.Number, $"'{name}'", "a whole number from 1 on"))
        {
            return null;
        }

        if (int.TryParse(Utf8.GetString(_reader.Value), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1)
        {
            return number;
        }

        Fail(_reader.TokenStart, $"'{name}' must be a whole number from 1 on");
        return null;
    }

    private string? Hash(string name)
    {
        if (!Start(JsonTokenType.String, $"'{name}'", "a text"))
        {
            return null;
        }

        if (Decode() is { } hash && PromptHash.IsHash(hash))
        {
            return hash;
        }

        Fail(_reader.TokenStart, $"'{name}' must be {PromptHash.Length.ToString(CultureInfo.InvariantCulture)} digits from 0 to 9 and a to f");
        return null;
    }

    /// <summary>Goes to the value that must begin here.</summary>
    private bool Start(JsonTokenType token, string what, string expected)
    {
        if (_error is not null)
        {
            return false;
        }

        if (!_reader.Read())
        {
            return FailJson();
        }

        return _reader.TokenType == token || Fail(_reader.TokenStart, $"{what} must be {expected}");
    }

    /// <summary>Goes to the next member of the object; null at its end and on an error.</summary>
    private string? NextMember(string what, HashSet<string> stated)
    {
        if (_error is not null)
        {
            return null;
        }

        if (!_reader.Read())
        {
            FailJson();
            return null;
        }

        if (_reader.TokenType == JsonTokenType.ObjectEnd || Decode() is not { } name)
        {
            return null;
        }

        if (stated.Add(name))
        {
            return name;
        }

        Fail(_reader.TokenStart, $"'{PromptGrammar.Shown(name)}' stands twice in {what}");
        return null;
    }

    private string? Decode()
    {
        if (!_reader.HasLoneSurrogate)
        {
            return JsonString.Decode(_reader.Value, _reader.HasEscapes);
        }

        Fail(_reader.TokenStart, "a text holds half of a surrogate pair");
        return null;
    }

    private void Require(int start, string what, HashSet<string> stated, params string[] names)
    {
        foreach (var name in names)
        {
            if (!stated.Contains(name))
            {
                Fail(start, $"{what} needs '{name}'");
            }
        }
    }

    private void Unknown(string name, string what, string members) => Fail(_reader.TokenStart, $"'{PromptGrammar.Shown(name)}' is no member of {what}, which has {members}");

    // A merge that went wrong is what most often makes such a file unreadable.
    private bool FailJson()
    {
        var error = _reader.Error;
        var rest = _utf8.AsSpan(Math.Min(error.Offset, _utf8.Length));
        return Fail(error.Offset, rest.StartsWith("<<<<<<<"u8) || rest.StartsWith("======="u8) || rest.StartsWith(">>>>>>>"u8)
            ? "a conflict of a merge is not resolved; keep either side, and run 'aiguardrails prompts lock'"
            : error.Description);
    }

    // The first error is the cause; the rest may be its consequences.
    private bool Fail(int offset, Sentence message)
    {
        if (_error is null)
        {
            var position = TextPosition.Of(_utf8, offset);
            _error = new PromptLockError(message, position.Line, position.Column);
        }

        return false;
    }
}
