using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Prompts;

/// <summary>
/// Takes down what the model gets to read of a prompt and makes a hash of it, the same on every machine: neither the ends
/// of lines, nor blanks before them, nor the order in which members are declared, nor a culture is part of it.
/// </summary>
/// <remarks>
/// Unicode is not normalised: composed and decomposed letters are different tokens to a model, and what a normalisation
/// gives depends on the machine, which may have no such tables. Every piece has its length before it, so that no text can
/// pass for a placeholder.
/// </remarks>
internal sealed class PromptHash
{
    /// <summary>How many hexadecimal digits a hash has.</summary>
    public const int Length = 16;

    private readonly StringBuilder _pieces = new();

    // Fixed text, until it is known whether a placeholder follows or the message ends.
    private string _text = "";

    /// <summary>Whether a text has the form of a hash.</summary>
    public static bool IsHash(string text) => text.Length == Length && text.All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    /// <summary>Begins a message.</summary>
    public void AddBlock(BlockRole role)
    {
        EndText(isLast: true);
        Add('#', PromptGrammar.Roles[(int)role]);
    }

    /// <summary>Adds fixed text of the message.</summary>
    public void AddText(string text) => _text += text;

    /// <summary>Adds an input where the message places it.</summary>
    public void AddInput(string name, string typeName, string label, int maxTokens, string overflow, bool isTrusted)
    {
        EndText(isLast: false);
        Add('{', name);
        Add(':', typeName);
        Add('[', label);
        Add('<', maxTokens.ToString(CultureInfo.InvariantCulture));
        Add('!', overflow);
        Add('}', isTrusted ? "trusted" : "");
    }

    /// <summary>Adds the JSON schema of the answer.</summary>
    public void AddSchema(string schema)
    {
        EndText(isLast: true);
        Add('$', CanonicalSchema(schema));
    }

    /// <summary>Makes the hash of all that was added.</summary>
    public override string ToString()
    {
        EndText(isLast: true);
        var hash = new StringBuilder(Length);
        foreach (var part in Sha256(Encoding.UTF8.GetBytes(_pieces.ToString())).Take(Length / 2))
        {
            hash.Append(part.ToString("x2", CultureInfo.InvariantCulture));
        }

        return hash.ToString();
    }

    private void Add(char kind, string text) =>
        _pieces.Append(kind).Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(' ').Append(text).Append('\n');

    private static byte[] Sha256(byte[] bytes)
    {
#if NET8_0_OR_GREATER
        return SHA256.HashData(bytes);
#else
        using var sha = SHA256.Create();
        return sha.ComputeHash(bytes);
#endif
    }

    private void EndText(bool isLast)
    {
        if (_text.Length == 0)
        {
            return;
        }

        var lines = _text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n');

        // Blanks before a placeholder count; those at the end of a line, which editors remove, do not.
        for (var i = 0; i < lines.Length - (isLast ? 0 : 1); i++)
        {
            lines[i] = lines[i].TrimEnd(' ', '\t');
        }

        _text = "";
        if (string.Join("\n", lines) is { Length: > 0 } text)
        {
            Add('"', text);
        }
    }

    // ----- A schema: its members in the order of their names, and so its lists, each of which is a set -----

    private static string CanonicalSchema(string schema)
    {
        var reader = new JsonUtf8Reader(Encoding.UTF8.GetBytes(schema));
        return reader.Read() && CanonicalValue(ref reader) is { } value ? value : schema;
    }

    private static string? CanonicalValue(ref JsonUtf8Reader reader)
    {
        var isObject = reader.TokenType == JsonTokenType.ObjectStart;
        if (!isObject && reader.TokenType != JsonTokenType.ArrayStart)
        {
            return Token(ref reader);
        }

        var items = new List<string>();
        while (true)
        {
            if (!reader.Read())
            {
                return null;
            }

            if (reader.TokenType is JsonTokenType.ObjectEnd or JsonTokenType.ArrayEnd)
            {
                items.Sort(StringComparer.Ordinal);
                return isObject ? $"{{{string.Join(",", items)}}}" : $"[{string.Join(",", items)}]";
            }

            var name = isObject ? Token(ref reader) + ":" : "";
            if ((isObject && !reader.Read()) || CanonicalValue(ref reader) is not { } value)
            {
                return null;
            }

            items.Add(name + value);
        }
    }

    private static string Token(ref JsonUtf8Reader reader) => reader.TokenType switch
    {
        JsonTokenType.String or JsonTokenType.PropertyName => $"\"{Utf8.GetString(reader.Value)}\"",
        _ => Utf8.GetString(reader.Value),
    };
}
