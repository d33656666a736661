namespace AiGuardrails.Core.Training.Targets;

/// <summary>What happens to an example with too many tokens.</summary>
internal enum OverlongExample
{
    Truncated,
    Dropped,
    Rejected,
}

/// <summary>A number that a provider sets, and its words for what is beyond it.</summary>
internal sealed record Limit(long Value, Verdict Verdict);

/// <summary>
/// All that the linter knows of a target: the shape of a record, the limits of a file, its encoding, and where that is
/// written. A further target is a further description and its fixtures.
/// </summary>
internal sealed record TargetDescription(TrainingTarget Target, string Provider, Shape Record)
{
    /// <summary>Gets where the facts come from, and of which date they are.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the fewest records of a file for training.</summary>
    public Limit? MinRecords { get; init; }

    /// <summary>Gets the most records of a file for training.</summary>
    public Limit? MaxRecords { get; init; }

    /// <summary>Gets the most records of a file for validation, where that is another number.</summary>
    public Limit? MaxValidationRecords { get; init; }

    /// <summary>Gets the most bytes of a file for training.</summary>
    public Limit? MaxBytes { get; init; }

    /// <summary>Gets the most bytes of a file for validation, where that is another number.</summary>
    public Limit? MaxValidationBytes { get; init; }

    /// <summary>Gets the number of records from which the provider speaks of a good start; 0 where it names none.</summary>
    public int AdvisedRecords { get; init; }

    /// <summary>Gets the most tokens of an example; 0 where it depends on a model that is not known here.</summary>
    public int MaxTokens { get; init; }

    /// <summary>Gets whether <see cref="MaxTokens"/> holds for a message, and not for the example.</summary>
    public bool TokenLimitIsPerMessage { get; init; }

    public OverlongExample Overlong { get; init; } = OverlongExample.Truncated;

    /// <summary>Gets what the provider makes of a byte-order mark; null where it takes either.</summary>
    public Verdict? ByteOrderMark { get; init; } = Verdict.Notes();

    /// <summary>Gets what the provider makes of a blank line.</summary>
    public Verdict BlankLine { get; init; } = Verdict.Rejects();

    /// <summary>Gets whether the examples are chats that are learnt from as they are: a small file then teaches little.</summary>
    public bool IsChat { get; init; }

    /// <summary>Gets whether empty text is an error of the format; it is then no finding of its own.</summary>
    public bool RefusesEmptyText { get; init; }

    /// <summary>Gets whether scores, and not places, tell the preferred answer from the other.</summary>
    public bool ScoresSayWhichIsPreferred { get; init; }

    /// <summary>Gets whether a record may be a list at the top.</summary>
    public bool AllowsList => Record.List is not null;

    /// <summary>Gets what the provider says of a line that is not JSON; null where that is not known.</summary>
    public string? NotJsonWords { get; init; }
}
