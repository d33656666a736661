using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>What is known of a value while a job is in one given state.</summary>
internal enum JobValueKind
{
    /// <summary>Nothing is known, and the job has no part in it.</summary>
    Unknown,

    /// <summary>Nothing is known, but it was made from the job: a test of it may well be the test that matters.</summary>
    Derived,

    True,
    False,
    Null,

    /// <summary>The job itself, or the reply or document that holds it.</summary>
    Job,

    /// <summary>The status of the job, as it is now.</summary>
    Status,

    /// <summary>The status in changed case.</summary>
    FoldedStatus,

    /// <summary>A status that is written in the code.</summary>
    State,

    /// <summary>A string that is written in the code.</summary>
    Text,

    /// <summary>The result of a job that has none.</summary>
    MissingResult,

    /// <summary>The result of a job that succeeded.</summary>
    Result,
}

/// <summary>A value of the job interpreter.</summary>
internal readonly record struct JobValue(JobValueKind Kind, JobState? State = null, string? Text = null, IOperation? Origin = null)
{
    public static JobValue Unknown => default;

    public static JobValue Derived => new(JobValueKind.Derived);

    public static JobValue True => new(JobValueKind.True);

    public static JobValue False => new(JobValueKind.False);

    public static JobValue Null => new(JobValueKind.Null);

    public static JobValue Job => new(JobValueKind.Job);

    public static JobValue Status => new(JobValueKind.Status);

    /// <summary>Gets a value indicating whether the value has to do with the job.</summary>
    public bool ConcernsJob => Kind is JobValueKind.Derived or JobValueKind.Job or JobValueKind.Status or JobValueKind.FoldedStatus or JobValueKind.MissingResult or JobValueKind.Result;

    /// <summary>Gets whether the value is null, or null where that is not known.</summary>
    public bool? IsNull => Kind switch
    {
        JobValueKind.Null or JobValueKind.MissingResult => true,
        JobValueKind.Unknown or JobValueKind.Derived => null,
        _ => false,
    };

    public static JobValue From(bool? value) => value switch
    {
        true => True,
        false => False,
        null => Unknown,
    };

    /// <summary>The value as the answer to a question, or null where it is undecided.</summary>
    public bool? AsBoolean() => Kind switch
    {
        JobValueKind.True => true,
        JobValueKind.False => false,
        _ => null,
    };

    /// <summary>What is left of two values that went into something the interpreter does not follow.</summary>
    public static JobValue Mix(JobValue left, JobValue right) => left.ConcernsJob || right.ConcernsJob ? Derived : Unknown;

    public JobValue Not() => Kind switch
    {
        JobValueKind.True => False,
        JobValueKind.False => True,
        _ => ConcernsJob ? Derived : Unknown,
    };

    public JobValue And(JobValue other) =>
        Kind == JobValueKind.False || other.Kind == JobValueKind.False ? False
        : Kind == JobValueKind.True && other.Kind == JobValueKind.True ? True
        : Mix(this, other);

    public JobValue Or(JobValue other) => Not().And(other.Not()).Not();
}
