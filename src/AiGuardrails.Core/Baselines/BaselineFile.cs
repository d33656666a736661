using System.Globalization;
using System.Text;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Baselines;

/// <summary>
/// Reads and writes baseline files. The form is described in docs/guides/adopting-in-a-large-codebase.md: sorted, one entry a
/// line, line feeds, so that the same findings make the same bytes and two branches merge line by line.
/// </summary>
internal static class BaselineFile
{
    /// <summary>The name of the file that the build looks for.</summary>
    public const string Name = "aiguardrails.baseline.json";

    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private const int Version = 1;
    private const int MaxTextLength = 4096;

    /// <summary>Writes a baseline.</summary>
    public static string Write(Baseline baseline)
    {
        var text = new StringBuilder("{\n  \"version\": 1,\n  \"findings\": [");
        var separator = "\n";
        foreach (var entry in baseline.Entries)
        {
            _ = text.Append(separator)
                .Append("    {\"rule\":\"").Append(entry.Key.Rule)
                .Append("\",\"file\":\"").Append(Escape(entry.Key.File))
                .Append("\",\"code\":\"").Append(entry.Key.Code)
                .Append("\",\"count\":").Append(entry.Count.ToString(CultureInfo.InvariantCulture))
                .Append('}');
            separator = ",\n";
        }

        return text.Append(separator == "\n" ? "]\n}\n" : "\n  ]\n}\n").ToString();
    }

    /// <summary>Reads a baseline from text, as a compiler hands it over.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="error">The first error; null where there is none.</param>
    /// <returns>The baseline; null where there is an error.</returns>
    public static Baseline? Parse(string text, out JsonFileError? error)
    {
        if (text.Length > MaxLength)
        {
            error = new JsonFileError("the file has more than 16 MiB", 1, 1);
            return null;
        }

        var parser = new Parser(StrictJsonReader.BytesOf(text));
        var baseline = parser.ReadFile();
        error = parser.Error;
        return baseline;
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character is '"' or '\\' ? escaped.Append('\\').Append(character)
                : character < ' ' || char.IsSurrogate(character) ? escaped.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture))
                : escaped.Append(character);
        }

        return escaped.ToString();
    }

    private ref struct Parser
    {
        private readonly ReadOnlySpan<byte> _utf8;
        private StrictJsonReader _reader;
        private int _line;
        private int _lineOffset;

        public Parser(ReadOnlySpan<byte> utf8)
        {
            _utf8 = utf8;
            _reader = new StrictJsonReader(utf8, Explain);
            _line = 1;
            _lineOffset = 0;
        }

        public readonly JsonFileError? Error => _reader.Error;

        public Baseline? ReadFile()
        {
            var entries = new List<BaselineEntry>();
            var stated = new HashSet<string>(StringComparer.Ordinal);
            if (_reader.Start(JsonTokenType.ObjectStart, "the file", "an object"))
            {
                while (_reader.NextMember("the file", stated) is { } name)
                {
                    switch (name)
                    {
                        case "version" when Number("version") is { } version && version != Version:
                            _reader.Fail(_reader.TokenStart, "'version' must be 1; a newer AiGuardrails wrote this file");
                            break;
                        case "version":
                            break;
                        case "findings":
                            ReadEntries(name, entries);
                            break;
                        default:
                            _reader.Unknown(name, "the file", "version and findings");
                            break;
                    }
                }
            }

            _reader.End();
            _reader.Require(0, "the file", stated, "version", "findings");
            return Error is null ? new Baseline(entries) : null;
        }

        private void ReadEntries(string name, List<BaselineEntry> entries)
        {
            if (!_reader.Start(JsonTokenType.ArrayStart, $"'{name}'", "a list"))
            {
                return;
            }

            while (_reader.NextItem(JsonTokenType.ObjectStart, "an entry of 'findings' must be an object"))
            {
                if (ReadEntry() is { } entry)
                {
                    entries.Add(entry);
                }
            }
        }

        private BaselineEntry? ReadEntry()
        {
            var start = _reader.TokenStart;
            var line = LineOf(start);
            var stated = new HashSet<string>(StringComparer.Ordinal);
            string? rule = null, file = null, code = null;
            int? count = null;
            while (_reader.NextMember("an entry", stated) is { } name)
            {
                switch (name)
                {
                    case "rule":
                        rule = Text(name, IsRule, "the identifier of a rule, such as AIG1001");
                        break;
                    case "file":
                        file = Text(name, static text => text.Length > 0 && text[0] != '/' && text.IndexOf('\\') < 0, "a path from the folder of this file, with forward slashes");
                        break;
                    case "code":
                        code = Text(name, IsMark, "a mark of 16 digits and letters from a to f");
                        break;
                    case "count":
                        count = Number(name);
                        break;
                    default:
                        _reader.Unknown(name, "an entry", "rule, file, code and count");
                        break;
                }
            }

            _reader.Require(start, "an entry", stated, "rule", "file", "code", "count");
            return Error is null ? new BaselineEntry(new BaselineKey(rule!, file!, code!), count!.Value, line) : null;
        }

        private static bool IsRule(string text) => text.Length == 7 && text.StartsWith("AIG", StringComparison.Ordinal) && text.Skip(3).All(static digit => digit is >= '0' and <= '9');

        private static bool IsMark(string text) => text.Length == BaselineText.MarkLength && text.All(static digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

        private string? Text(string name, Func<string, bool> isValid, Sentence expected)
        {
            if (!_reader.Start(JsonTokenType.String, $"'{name}'", expected))
            {
                return null;
            }

            if (!_reader.HasLoneSurrogate && _reader.Value.Length <= MaxTextLength && _reader.Text() is { } text && isValid(text))
            {
                return text;
            }

            _reader.Fail(_reader.TokenStart, $"'{name}' must be {expected}");
            return null;
        }

        private int? Number(string name)
        {
            if (_reader.Start(JsonTokenType.Number, $"'{name}'", "a number") && _reader.Count() is { } number)
            {
                return number;
            }

            _reader.Fail(_reader.TokenStart, $"'{name}' must be a whole number above 0");
            return null;
        }

        // Offsets only grow, so the lines are counted once.
        private int LineOf(int offset)
        {
            for (; _lineOffset < offset; _lineOffset++)
            {
                if (_utf8[_lineOffset] == (byte)'\n')
                {
                    _line++;
                }
            }

            return _line;
        }

        private static Sentence? Explain(ReadOnlySpan<byte> rest) =>
            !rest.IsEmpty && rest[0] is (byte)'<' or (byte)'>' or (byte)'=' ? Sentence.Of("a merge was left unfinished: keep the entries of both sides") : null;
    }
}
