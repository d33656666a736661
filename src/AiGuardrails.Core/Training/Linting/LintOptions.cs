namespace AiGuardrails.Core.Training.Linting;

/// <summary>Counts or estimates the tokens of a text, which is UTF-8.</summary>
internal delegate TokenEstimate TokenCounter(ReadOnlySpan<byte> utf8);

/// <summary>How much of a check is made.</summary>
internal enum LintScope
{
    /// <summary>All of it.</summary>
    Everything,

    /// <summary>Which records there are, for the check of another file against them.</summary>
    Records,

    /// <summary>What each record asks, for a split: nothing is kept.</summary>
    InputKeys,
}

/// <summary>How a file of training data is checked.</summary>
internal sealed record LintOptions
{
    /// <summary>Gets how many findings of a rule are listed; the rest is counted.</summary>
    public int MaxFindingsPerRule { get; init; } = 50;

    /// <summary>Gets the rules that are off.</summary>
    public IReadOnlyCollection<string> Disabled { get; init; } = [];

    /// <summary>Gets whether near duplicates are looked for: some 600 bytes of memory a record, and more time than all else.</summary>
    public bool NearDuplicates { get; init; }

    /// <summary>Gets the number of records below which a training file is called small; 0 for none.</summary>
    public int RecommendedRecords { get; init; } = 100;

    /// <summary>Gets the most tokens of an example, where the model is known; else what the target says.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets what counts tokens; null for an estimate that knows of no model.</summary>
    public TokenCounter? CountTokens { get; init; }

    /// <summary>Gets whether the tokens of all records are counted for the summary, and not only where a record may be too long.</summary>
    public bool SumTokens { get; init; }

    /// <summary>Gets whether this file is for validation: other limits hold.</summary>
    public bool IsValidation { get; init; }

    /// <summary>Gets the records of the training file, where this file is for validation and is not to share any with it.</summary>
    public RecordIndex? TrainingRecords { get; init; }

    /// <summary>Gets the number of bytes from which a line is not looked into: memory stays bounded.</summary>
    public int MaxLineBytes { get; init; } = 64 * 1024 * 1024;

    public LintScope Scope { get; init; }

    public bool IsEnabled(string rule) => Disabled.Count == 0 || !Disabled.Contains(rule, StringComparer.Ordinal);
}
