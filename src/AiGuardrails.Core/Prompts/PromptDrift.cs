using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Prompts;

/// <summary>How a prompt and the lock file differ.</summary>
internal enum PromptDriftKind
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>The same version says something else.</summary>
    Changed,

    /// <summary>The version is lower than the one that was locked.</summary>
    VersionBelow,

    /// <summary>The version is higher: the entry was not brought along.</summary>
    VersionAbove,

    /// <summary>The file has no entry for the prompt.</summary>
    NotLocked,
}

/// <summary>The comparison of a prompt with its entry, in the words that the build, the editor and the tool have for it.</summary>
/// <param name="Kind">How they differ.</param>
/// <param name="Prompt">The prompt as it is.</param>
/// <param name="Locked">Its entry; null where there is none.</param>
internal sealed record PromptDrift(PromptDriftKind Kind, PromptLockEntry Prompt, PromptLockEntry? Locked)
{
    /// <summary>The version that a prompt needs to be none that was used already.</summary>
    public int NextVersion => Locked is null || Locked.Version == int.MaxValue ? Prompt.Version : Locked.Version + 1;

    /// <summary>What is wrong, and the way out.</summary>
    public Sentence Message => Kind switch
    {
        PromptDriftKind.Changed =>
            Sentence.Of($"the text, inputs or answer of '{Name}' differ from version {Prompt.Version} in {PromptLock.FileName}; give it version {NextVersion}, or update the entry if that version was never in use"),
        PromptDriftKind.VersionBelow =>
            Sentence.Of($"'{Name}' has version {Prompt.Version}, and {PromptLock.FileName} version {Locked!.Version} of it already; give it version {NextVersion}, or update the entry if that version was never in use"),
        PromptDriftKind.VersionAbove =>
            Sentence.Of($"'{Name}' has version {Prompt.Version}, and {PromptLock.FileName} still version {Locked!.Version}; update the entry, so that the next change is noticed"),
        PromptDriftKind.NotLocked =>
            Sentence.Of($"'{Name}' is not in {PromptLock.FileName}; add it, so that a change under the same version is noticed"),
        _ => "",
    };

    private string Name => PromptGrammar.Shown(Prompt.Id);

    /// <summary>Compares a prompt with its entry.</summary>
    public static PromptDrift Of(PromptLockEntry prompt, PromptLock file)
    {
        var locked = file.EntryOf(prompt.Id);
        var kind = locked is null ? PromptDriftKind.NotLocked
            : prompt.Version < locked.Version ? PromptDriftKind.VersionBelow
            : prompt.Version > locked.Version ? PromptDriftKind.VersionAbove
            : prompt.Hash != locked.Hash ? PromptDriftKind.Changed
            : PromptDriftKind.None;
        return new PromptDrift(kind, prompt, locked);
    }
}
