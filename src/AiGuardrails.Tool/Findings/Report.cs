using AiGuardrails.Tool.Checking;

namespace AiGuardrails.Tool.Findings;

/// <summary>
/// What kept a part of the code from being checked: a compiler error, a failed restore, a compiler that is too old. The
/// code is the build's own (<c>CS0103</c>, <c>NU1101</c>), or empty.
/// </summary>
internal sealed record Problem(string Code, Place Place, string Message)
{
    public override string ToString() => Code.Length == 0 ? $"{Place}: {Message}" : $"{Place}: {Code}: {Message}";
}

/// <summary>A project that was checked: the full paths of its files, and the rules that none of its settings turns off.</summary>
internal sealed record CheckedProject(string Path, IReadOnlySet<string> Files, IReadOnlySet<string> Rules);

/// <summary>Everything that a command found, in the order in which it is shown, and how far it saw.</summary>
internal sealed record Report
{
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The rules of <see cref="Findings"/> and of <see cref="Known"/>, by identifier.</summary>
    public IReadOnlyDictionary<string, RuleInfo> Rules { get; init; } = new Dictionary<string, RuleInfo>(StringComparer.Ordinal);

    /// <summary>Why the report may lack findings; empty where everything was checked.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>What a reader should know although nothing is wrong.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What a command that changes data changed, and how often; null of commands that change nothing.</summary>
    public IReadOnlyDictionary<string, long>? Changes { get; init; }

    /// <summary>Findings that the code itself suppresses, with a pragma or an attribute.</summary>
    public int Suppressed { get; init; }

    /// <summary>Findings that a baseline of the team lists: no news, and nothing that fails a check.</summary>
    public IReadOnlyList<Finding> Known { get; init; } = [];

    /// <summary>What each project had the rules look at.</summary>
    public IReadOnlyList<CheckedProject> Projects { get; init; } = [];

    /// <summary>The command that found it; a code host keeps the findings of each apart.</summary>
    public string Command { get; init; } = "check";

    public int ProjectsChecked { get; init; }

    public int FilesChecked { get; init; }

    /// <summary>The files of training data that the projects declare.</summary>
    public IReadOnlyList<TrainingDataItem> TrainingData { get; init; } = [];

    /// <summary>The recorded decisions to train, where they were asked for.</summary>
    public IReadOnlyList<DecisionRecord> Decisions { get; init; } = [];

    public int FilesWithFindings => Findings.Select(finding => finding.Place.File).Distinct(StringComparer.Ordinal).Count();

    public int Count(FindingLevel level) => Findings.Count(finding => finding.Level == level);
}
