using System.Collections.Immutable;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>A kind of long-running job: how its status is read, refreshed and waited for, and what its states mean.</summary>
internal sealed record JobTable(Sentence Noun)
{
    /// <summary>Gets the noun in English, as the key of tables.</summary>
    public string Name { get; } = Noun.English;

    /// <summary>The types whose instances are such a job; empty where the job is only seen as JSON.</summary>
    public ImmutableArray<string> JobTypes { get; init; } = [];

    /// <summary>The enum or string struct of the status; null where the status is a string of a JSON document.</summary>
    public string? StatusType { get; init; }

    /// <summary>Every state that the service can report, in the order in which a job passes through them.</summary>
    public required ImmutableArray<JobState> States { get; init; }

    /// <summary>Boolean members of the job or of its status that stand for a set of states.</summary>
    public ImmutableArray<StatePredicate> Predicates { get; init; } = [];

    /// <summary>Methods of the job that read the status again.</summary>
    public ImmutableArray<string> RefreshMethods { get; init; } = [];

    /// <summary>Methods of the job that return when it has ended, however it ended.</summary>
    public ImmutableArray<string> WaitMethods { get; init; } = [];

    /// <summary>The parameter by which an overload of those methods is known that leaves the typed members as they were.</summary>
    public string? UntypedRefreshParameter { get; init; }

    /// <summary>The type that the job derives from, on which those methods bind to that overload.</summary>
    public string? UntypedBase { get; init; }

    /// <summary>The members that are then out of date.</summary>
    public ImmutableArray<string> StaleMembers { get; init; } = [];

    /// <summary>The parameter of the starting method that, when true, waits for the end.</summary>
    public string? WaitParameter { get; init; }

    /// <summary>Members, or JSON members, that hold the outcome; null or empty unless the job succeeded.</summary>
    public ImmutableArray<string> Results { get; init; } = [];

    /// <summary>The last segments of the service paths of the job, for code that speaks HTTP itself.</summary>
    public ImmutableArray<string> HttpPaths { get; init; } = [];

    /// <summary>The first segment of a path that is relative to the service's own address.</summary>
    public string? RelativePath { get; init; }

    /// <summary>The type that all tools of the job have in common, where tools are what can make it wait for the caller.</summary>
    public string? ToolType { get; init; }

    /// <summary>The type of the tools that do.</summary>
    public string? ActionToolType { get; init; }

    /// <summary>Whether the status type compares its text without regard to case.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>Whether the status is held in a wrapper whose text is the word of the service, although the status itself is an enum.</summary>
    public bool IsWrapped { get; init; }

    /// <summary>Whether the table was made from the names of the members of a type, and no SDK is known to have such a job.</summary>
    public bool IsInferred { get; init; }

    /// <summary>Gets a value indicating whether the job is only seen as JSON, its status a string.</summary>
    public bool IsRaw => JobTypes.IsEmpty && StatusType is null;
}

/// <summary>One state of a job.</summary>
/// <param name="Member">The member of the status type.</param>
/// <param name="Wire">The word that the service sends.</param>
/// <param name="Kind">What it means for code that waits.</param>
internal sealed record JobState(string Member, string Wire, JobStateKind Kind)
{
    /// <summary>Gets a value indicating whether the job is being cancelled: under way still, and no result will come of it.</summary>
    public bool IsEnding => Kind == JobStateKind.Held && Wire.StartsWith("cancel", StringComparison.OrdinalIgnoreCase);
}

internal enum JobStateKind
{
    /// <summary>Not begun yet; a loop may wait for the beginning alone.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Working,

    /// <summary>Under way in an unusual manner: paused, or being cancelled.</summary>
    Held,

    /// <summary>Waits for the caller, and stays so until the caller acts.</summary>
    NeedsAction,

    Succeeded,

    /// <summary>Ended without a usable result: failed, cancelled, expired.</summary>
    Failed,
}

/// <summary>A Boolean member that is true in the states of some kinds.</summary>
/// <param name="Member">The name of the property.</param>
/// <param name="IsOnJob">Whether it is a property of the job; otherwise of its status.</param>
/// <param name="TrueFor">The kinds of states in which it is true.</param>
internal readonly record struct StatePredicate(string Member, bool IsOnJob, ImmutableArray<JobStateKind> TrueFor)
{
    /// <summary>Gets a value indicating whether it is true in the final states, all of them and no others.</summary>
    public bool MeansEnded => TrueFor.Length == 2 && TrueFor.Contains(JobStateKind.Succeeded) && TrueFor.Contains(JobStateKind.Failed);

    /// <summary>Gets a value indicating whether it is true only while the job is under way.</summary>
    public bool MeansUnderWay => !TrueFor.Contains(JobStateKind.Succeeded) && !TrueFor.Contains(JobStateKind.Failed);
}
