using AiGuardrails.Core.Baselines;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Baselines;

/// <summary>A baseline beside what a check has found.</summary>
internal sealed class BaselineUpdate
{
    /// <summary>Initializes a new instance of the <see cref="BaselineUpdate"/> class.</summary>
    public BaselineUpdate(Baseline before, Report report, string path, string currentDirectory)
    {
        var keys = new FindingMarks(currentDirectory).KeysOf(report.Findings.Concat(report.Known), path).ToList();
        var found = keys.GroupBy(static key => key).ToDictionary(static group => group.Key, static group => group.Count());

        Before = before;
        After = before.Without(key => found.GetValueOrDefault(key), WasInView);
        Found = Baseline.Of(keys);
        New = found.Sum(pair => Math.Max(0, pair.Value - before.CountOf(pair.Key)));

        // A file of another project is out of view, and so is a rule that the settings turn off; a file that is gone is not.
        bool WasInView(BaselineKey key)
        {
            var file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, key.File));
            return !File.Exists(file) || report.Projects.Any(project => project.Files.Contains(file) && project.Rules.Contains(key.Rule));
        }
    }

    public Baseline Before { get; }

    /// <summary>Gets the baseline without what is mended.</summary>
    public Baseline After { get; }

    /// <summary>Gets all that was found, known or not.</summary>
    public Baseline Found { get; }

    /// <summary>Gets the number of findings that are not in the baseline.</summary>
    public int New { get; }

    /// <summary>Gets the entries that count more than is found, with the number that is gone.</summary>
    public IEnumerable<(BaselineEntry Entry, int Gone)> Stale =>
        from entry in Before.Entries
        let gone = entry.Count - After.CountOf(entry.Key)
        where gone > 0
        select (entry, gone);

    public static int Count(Baseline baseline) => baseline.Entries.Sum(static entry => entry.Count);
}
