using AiGuardrails.Core.Models;
using AiGuardrails.Core.Training.Statistics;
using AiGuardrails.Core.Training.Targets;

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
/// <remarks>
/// Properties with "set" and not "init": the compiler components are compiled against the netstandard2.0 build of this assembly,
/// whose "init" is another than that of the net8.0 build which the tests run.
/// </remarks>
internal sealed record LintOptions
{
    /// <summary>Gets how many findings of a rule are listed; the rest is counted.</summary>
    public int MaxFindingsPerRule { get; set; } = 50;

    /// <summary>Gets other numbers of findings to list, by rule.</summary>
    public IReadOnlyDictionary<string, int> MaxFindingsOf { get; set; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Gets the rules that are off.</summary>
    public IReadOnlyCollection<string> Disabled { get; set; } = [];

    /// <summary>Gets whether near duplicates are looked for: some 600 bytes of memory a record, and more time than all else.</summary>
    public bool NearDuplicates { get; set; }

    /// <summary>Gets the number of records below which a training file is called small; 0 for none.</summary>
    public int RecommendedRecords { get; set; } = 100;

    /// <summary>Gets the most tokens of an example, where the model is known; else what the target says.</summary>
    public int? MaxTokens { get; set; }

    /// <summary>Gets what counts tokens; null for an estimate that knows of no model.</summary>
    public TokenCounter? CountTokens { get; set; }

    /// <summary>Gets whether the tokens of all records are counted for the summary, and not only where a record may be too long.</summary>
    public bool SumTokens { get; set; }

    /// <summary>Gets what the file is to be described in; null where nobody asks.</summary>
    public DatasetStatistics? Statistics { get; set; }

    /// <summary>Gets whether this file is for validation: other limits hold.</summary>
    public bool IsValidation { get; set; }

    /// <summary>Gets the records of the training file, where this file is for validation and is not to share any with it.</summary>
    public RecordIndex? TrainingRecords { get; set; }

    /// <summary>Gets the number of all training records, where there are several files of them; 0 where their number is not to be judged; null for that of the one file.</summary>
    public int? TrainingTotal { get; set; }

    /// <summary>Gets what findings call the training file, where there are several.</summary>
    public string? TrainingFileName { get; set; }

    /// <summary>Gets the number of bytes from which a line is not looked into: memory stays bounded.</summary>
    public int MaxLineBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>With what is known of the model that is to be trained: how its tokens count, and how many an example may have.</summary>
    /// <param name="model">The model.</param>
    /// <param name="catalogue">What is known of models.</param>
    /// <param name="target">The format of the file.</param>
    /// <param name="vocabulary">The vocabulary of the model; null for an estimate.</param>
    public LintOptions For(string model, ModelCatalogue catalogue, TrainingTarget target, TokenVocabulary? vocabulary = null) => this with
    {
        CountTokens = vocabulary is null ? TokenEstimator.ForModel(model).Estimate : vocabulary.Exactly,
        MaxTokens = catalogue.Find(model) is { TrainingLimits.MaxExampleTokens: { } most, Base.Provider: var provider } && provider == TargetDescriptions.Of(target).Provider
            ? most
            : MaxTokens,
    };

    public int MaxFindings(string rule) => MaxFindingsOf.TryGetValue(rule, out var most) ? most : MaxFindingsPerRule;

    public LintScope Scope { get; init; }

    public bool IsEnabled(string rule) => Disabled.Count == 0 || !Disabled.Contains(rule, StringComparer.Ordinal);
}
