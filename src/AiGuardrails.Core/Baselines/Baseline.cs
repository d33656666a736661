namespace AiGuardrails.Core.Baselines;

/// <summary>The findings that a team took over with its code: known, and not to be said again.</summary>
internal sealed class Baseline
{
    private readonly Dictionary<BaselineKey, BaselineEntry> _entries = [];

    /// <summary>Initializes a new instance of the <see cref="Baseline"/> class.</summary>
    public Baseline(IEnumerable<BaselineEntry> entries)
    {
        foreach (var entry in entries)
        {
            // A merge may bring an entry twice. Both sides began with one, so the larger count is that of the code.
            if (!_entries.TryGetValue(entry.Key, out var other) || other.Count < entry.Count)
            {
                _entries[entry.Key] = entry;
            }
        }

        Files = new HashSet<string>(_entries.Keys.Select(static key => key.File), StringComparer.Ordinal);
    }

    /// <summary>Gets the entries, in the order in which they are written: what is about one file stands together.</summary>
    public IEnumerable<BaselineEntry> Entries => _entries.Values
        .OrderBy(static entry => entry.Key.File, StringComparer.Ordinal)
        .ThenBy(static entry => entry.Key.Rule, StringComparer.Ordinal)
        .ThenBy(static entry => entry.Key.Code, StringComparer.Ordinal);

    /// <summary>Gets the files with entries.</summary>
    public IReadOnlyCollection<string> Files { get; }

    /// <summary>How many findings of a key are known.</summary>
    public int CountOf(BaselineKey key) => _entries.TryGetValue(key, out var entry) ? entry.Count : 0;

    /// <summary>A baseline of the findings with these keys, one key for each finding.</summary>
    public static Baseline Of(IEnumerable<BaselineKey> findings) =>
        new(findings.GroupBy(static key => key).Select(static group => new BaselineEntry(group.Key, group.Count(), 0)));

    /// <summary>
    /// What is left once the mended findings are gone: no entry counts more than is found. An entry that was out of view stays
    /// as it is; a finding that is new is not taken in.
    /// </summary>
    public Baseline Without(Func<BaselineKey, int> found, Func<BaselineKey, bool> wasInView) => new(
        from entry in Entries
        let count = wasInView(entry.Key) ? Math.Min(entry.Count, found(entry.Key)) : entry.Count
        where count > 0
        select entry with { Count = count });
}
