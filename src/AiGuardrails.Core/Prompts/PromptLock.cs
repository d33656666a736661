using System.Globalization;
using System.Text;
using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Prompts;

/// <summary>What a lock file holds of a prompt.</summary>
/// <param name="Id">What the prompt is called.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">The hash of what that version says.</param>
internal sealed record PromptLockEntry(string Id, int Version, string Hash);

/// <summary>
/// The lock file of a project: the version and the hash of each of its prompts, so that a text cannot change under a
/// version unnoticed. The form is described in docs/guides/prompts.md.
/// </summary>
internal sealed class PromptLock
{
    /// <summary>The name of the file, beside the project.</summary>
    public const string FileName = "prompts.lock.json";

    /// <summary>The version of the form, and of what the hash is made of.</summary>
    public const int FormatVersion = 1;

    /// <summary>The largest file that is read, in UTF-16 code units.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private readonly SortedDictionary<string, PromptLockEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TextPosition> _places = new(StringComparer.Ordinal);

    private PromptLock()
    {
    }

    /// <summary>A file without entries.</summary>
    public static PromptLock Empty { get; } = new();

    /// <summary>The entries, in the order of their identifiers.</summary>
    public IReadOnlyCollection<PromptLockEntry> Entries => _entries.Values;

    /// <summary>Makes a file of entries; of two with one identifier, the last counts.</summary>
    public static PromptLock Of(IEnumerable<PromptLockEntry> entries)
    {
        var created = new PromptLock();
        foreach (var entry in entries)
        {
            created._entries[entry.Id] = entry;
        }

        return created;
    }

    /// <summary>Reads a file; one that cannot be read as a whole is not read at all.</summary>
    /// <param name="text">Its text, without a byte-order mark.</param>
    /// <param name="file">The file; null where there is an error.</param>
    /// <param name="error">The first error; null where there is none.</param>
    /// <returns>Whether the file could be read.</returns>
    public static bool TryParse(string text, out PromptLock? file, out JsonFileError? error)
    {
        if (text.Length > MaxLength)
        {
            file = null;
            error = new JsonFileError("the file has more than 4 MiB", 1, 1);
            return false;
        }

        file = null;
        if (PromptLockParser.Parse(text, out error) is not { } entries)
        {
            return false;
        }

        file = new PromptLock();
        foreach (var (entry, place) in entries)
        {
            file._entries.Add(entry.Id, entry);
            file._places.Add(entry.Id, place);
        }

        return true;
    }

    /// <summary>Finds the entry of a prompt.</summary>
    public PromptLockEntry? EntryOf(string id) => _entries.TryGetValue(id, out var entry) ? entry : null;

    /// <summary>Finds where the entry of a prompt stands, in a file that was read.</summary>
    public TextPosition PlaceOf(string id) => _places.TryGetValue(id, out var place) ? place : new TextPosition(1, 1);

    /// <summary>Makes a file with entries replaced and added.</summary>
    public PromptLock With(IEnumerable<PromptLockEntry> entries) => Of(Entries.Concat(entries));

    /// <summary>Whether the file has the same entries as another.</summary>
    public bool HasSameEntriesAs(PromptLock other) => Entries.SequenceEqual(other.Entries);

    /// <summary>Writes the file: one line for each prompt, by identifier, ended by a line feed on every system.</summary>
    public string ToText()
    {
        var text = new StringBuilder("{\n  \"version\": ").Append(FormatVersion.ToString(CultureInfo.InvariantCulture)).Append(",\n  \"prompts\": {");
        var isFirst = true;
        foreach (var entry in Entries)
        {
            text.Append(isFirst ? "\n    " : ",\n    ").Append(Quoted(entry.Id))
                .Append(": { \"version\": ").Append(entry.Version.ToString(CultureInfo.InvariantCulture))
                .Append(", \"hash\": \"").Append(entry.Hash).Append("\" }");
            isFirst = false;
        }

        return text.Append(isFirst ? "}\n}\n" : "\n  }\n}\n").ToString();
    }

    private static string Quoted(string text)
    {
        var utf8 = new byte[text.Length * JsonString.MaxBytesPerChar];
        _ = JsonString.Encode(text.AsSpan(), utf8, out _, out var written);
        return $"\"{Encoding.UTF8.GetString(utf8, 0, written)}\"";
    }
}
