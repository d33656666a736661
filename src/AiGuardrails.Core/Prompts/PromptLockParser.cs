using System.Globalization;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Prompts;

/// <summary>Reads lock files to the letter: a member that nobody knows is an error, since writing the file would lose it.</summary>
internal ref struct PromptLockParser
{
    private readonly byte[] _utf8;
    private readonly List<(PromptLockEntry Entry, TextPosition Place)> _entries = [];
    private StrictJsonReader _reader;

    private PromptLockParser(string text)
    {
        _utf8 = StrictJsonReader.BytesOf(text);
        _reader = new StrictJsonReader(_utf8, Explain);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="error">The first error; null where there is none.</param>
    /// <returns>The entries and their places; null where there is an error.</returns>
    public static List<(PromptLockEntry Entry, TextPosition Place)>? Parse(string text, out JsonFileError? error)
    {
        var parser = new PromptLockParser(text);
        parser.ReadFile();
        error = parser._reader.Error;
        return error is null ? parser._entries : null;
    }

    // A merge that went wrong is what most often makes such a file unreadable.
    private static Sentence? Explain(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("<<<<<<<"u8) || rest.StartsWith("======="u8) || rest.StartsWith(">>>>>>>"u8)
            ? Sentence.Of("a conflict of a merge is not resolved; keep either side, and run 'aiguardrails prompts lock'")
            : null;

    private void ReadFile()
    {
        var stated = new HashSet<string>(StringComparer.Ordinal);
        if (!_reader.Start(JsonTokenType.ObjectStart, "the file", "an object"))
        {
            return;
        }

        while (_reader.NextMember("the file", stated) is { } name)
        {
            switch (name)
            {
                case "version":
                    if (Number(name) is { } version && version != PromptLock.FormatVersion)
                    {
                        _reader.Fail(_reader.TokenStart, $"the file has the form {version.ToString(CultureInfo.InvariantCulture)}, and this version of AiGuardrails reads form {PromptLock.FormatVersion.ToString(CultureInfo.InvariantCulture)}; update the package");
                    }

                    break;
                case "prompts":
                    ReadPrompts(name);
                    break;
                default:
                    _reader.Unknown(name, "the file", "'version' and 'prompts'");
                    break;
            }
        }

        _reader.Require(0, "the file", stated, "version", "prompts");
        _reader.End();
    }

    private void ReadPrompts(string name)
    {
        var stated = new HashSet<string>(StringComparer.Ordinal);
        if (!_reader.Start(JsonTokenType.ObjectStart, $"'{name}'", "an object, with a member for each prompt"))
        {
            return;
        }

        while (_reader.NextMember($"'{name}'", stated) is { } id)
        {
            var start = _reader.TokenStart;
            if (string.IsNullOrWhiteSpace(id) || id.Any(static c => char.IsControl(c) || char.IsSurrogate(c)))
            {
                _reader.Fail(start, "this cannot be the identifier of a prompt");
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
        Sentence what = $"the entry of '{PromptGrammar.Shown(id)}'";
        if (!_reader.Start(JsonTokenType.ObjectStart, what, "an object with 'version' and 'hash'"))
        {
            return null;
        }

        var start = _reader.TokenStart;
        int? version = null;
        string? hash = null;
        while (_reader.NextMember(what, stated) is { } name)
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
                    _reader.Unknown(name, what, "'version' and 'hash'");
                    break;
            }
        }

        _reader.Require(start, what, stated, "version", "hash");
        return _reader.Error is null ? new PromptLockEntry(id, version!.Value, hash!) : null;
    }

    private int? Number(string name)
    {
        if (!_reader.Start(JsonTokenType.Number, $"'{name}'", "a whole number from 1 on"))
        {
            return null;
        }

        if (_reader.Count() is { } number)
        {
            return number;
        }

        _reader.Fail(_reader.TokenStart, $"'{name}' must be a whole number from 1 on");
        return null;
    }

    private string? Hash(string name)
    {
        if (!_reader.Start(JsonTokenType.String, $"'{name}'", "a text"))
        {
            return null;
        }

        if (_reader.Text() is { } hash && PromptHash.IsHash(hash))
        {
            return hash;
        }

        _reader.Fail(_reader.TokenStart, $"'{name}' must be {PromptHash.Length.ToString(CultureInfo.InvariantCulture)} digits from 0 to 9 and a to f");
        return null;
    }
}
