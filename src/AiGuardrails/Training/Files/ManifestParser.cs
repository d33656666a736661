using System.Globalization;
using AiGuardrails.Core.Json;

namespace AiGuardrails;

/// <summary>Reads the JSON of a manifest: its members by their paths, and its files. Members that it does not know are passed over.</summary>
internal sealed class ManifestParser
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);

    public List<ManifestEntry> Files { get; } = [];

    public List<TrainingManifestPrompt> Prompts { get; } = [];

    /// <summary>Gets what is wrong, where something is.</summary>
    public string? Reason { get; private set; }

    public string? Text(string path) => _texts.TryGetValue(path, out var text) ? text : null;

    public long? Number(string path) => _numbers.TryGetValue(path, out var number) ? number : null;

    public bool Read(ref JsonUtf8Reader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.ObjectStart || !ReadObject(ref reader, ""))
        {
            return false;
        }

        _ = reader.Read();
        return reader.Error.Kind == JsonErrorKind.None && Reason is null;
    }

    private bool ReadObject(ref JsonUtf8Reader reader, string prefix)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = prefix + (reader.HasLoneSurrogate ? "" : JsonString.Decode(reader.Value, reader.HasEscapes));
            if (!reader.Read())
            {
                return false;
            }

            var isRead = reader.TokenType switch
            {
                JsonTokenType.ObjectStart => ReadObject(ref reader, name + "."),
                JsonTokenType.ArrayStart when name == "files" => ReadFiles(ref reader),
                JsonTokenType.ArrayStart when name == "prompts" => ReadPrompts(ref reader),
                JsonTokenType.ArrayStart => Skip(ref reader),
                _ => Keep(ref reader, name),
            };
            if (!isRead)
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.ObjectEnd;
    }

    private bool ReadFiles(ref JsonUtf8Reader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.ObjectStart)
        {
            _ = _texts.Remove("files.name") | _texts.Remove("files.sha256") | _numbers.Remove("files.records") | _numbers.Remove("files.bytes");
            if (!ReadObject(ref reader, "files."))
            {
                return false;
            }

            if (Text("files.name") is not { } name || Text("files.sha256") is not { } hash || Number("files.records") is not { } records || Number("files.bytes") is not { } bytes)
            {
                Reason = "one of its files has no name, SHA-256, number of records or number of bytes";
                return false;
            }

            Files.Add(new ManifestEntry(name, records, bytes, hash));
        }

        return reader.TokenType == JsonTokenType.ArrayEnd;
    }

    private bool ReadPrompts(ref JsonUtf8Reader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.ObjectStart)
        {
            _ = _texts.Remove("prompts.id") | _texts.Remove("prompts.hash") | _numbers.Remove("prompts.version");
            if (!ReadObject(ref reader, "prompts."))
            {
                return false;
            }

            if (Text("prompts.id") is not { } id || Text("prompts.hash") is not { } hash || Number("prompts.version") is not (> 0 and <= int.MaxValue and var version))
            {
                Reason = "one of its prompts has no identifier, version or hash";
                return false;
            }

            Prompts.Add(new TrainingManifestPrompt(id, (int)version, hash));
        }

        return reader.TokenType == JsonTokenType.ArrayEnd;
    }

    private static bool Skip(ref JsonUtf8Reader reader)
    {
        var outer = reader.Depth - 1;
        while (reader.Depth > outer)
        {
            if (!reader.Read())
            {
                return false;
            }
        }

        return true;
    }

    private bool Keep(ref JsonUtf8Reader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.HasLoneSurrogate)
        {
            _texts[name] = JsonString.Decode(reader.Value, reader.HasEscapes);
        }
        else if (reader.TokenType == JsonTokenType.Number
            && long.TryParse(Utf8.GetString(reader.Value), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            _numbers[name] = number;
        }

        return true;
    }
}
