namespace AiGuardrails.Core.Training.Statistics;

/// <summary>What a text of a record is there for: who says it, or which side of a pair it is.</summary>
internal enum TrainingPart
{
    System,
    Developer,
    User,
    Assistant,
    Tool,
    Function,
    Prompt,
    Completion,
    Rejected,
    Label,
    Other,
}

/// <summary>How much of a file is of one part.</summary>
/// <param name="Part">The part.</param>
/// <param name="Texts">The number of texts: of a conversation, its messages.</param>
/// <param name="Tokens">The likely number of tokens in them.</param>
internal sealed record PartShare(TrainingPart Part, long Texts, long Tokens);

/// <summary>An answer of a classification, and how often it is given.</summary>
/// <param name="Text">The answer, in quotation marks.</param>
/// <param name="Count">The number of records with it.</param>
internal sealed record LabelCount(string Text, int Count);

/// <summary>
/// What a file of training data looks like as a whole. The linter fills it in the pass in which it checks the file; memory stays
/// bounded. An instance is for one file.
/// </summary>
internal sealed class DatasetStatistics
{
    private readonly (long Texts, long Tokens)[] _parts = new (long, long)[(int)TrainingPart.Other + 1];

    /// <summary>Gets the tokens of the records.</summary>
    public TokenHistogram Tokens { get; } = new();

    /// <summary>Gets the records that are the same.</summary>
    public RecordClusters Duplicates { get; } = new();

    /// <summary>Gets the records that are nearly the same, where the linter looked for them.</summary>
    public RecordClusters NearDuplicates { get; } = new();

    /// <summary>Gets the records that have the input of an earlier one, and another answer.</summary>
    public RecordClusters Conflicts { get; } = new();

    /// <summary>Gets the records whose input stands in the training file, by the line there.</summary>
    public RecordClusters Leaks { get; } = new();

    /// <summary>Gets the answers, the most frequent one first, where the file is one of a classification; else none.</summary>
    public IReadOnlyList<LabelCount> Labels { get; set; } = [];

    /// <summary>Gets the parts that there are.</summary>
    public IReadOnlyList<PartShare> Parts =>
    [
        .. _parts
            .Select(static (part, index) => new PartShare((TrainingPart)index, part.Texts, part.Tokens))
            .Where(static part => part.Texts > 0),
    ];

    /// <summary>Adds a text.</summary>
    public void AddText(TrainingPart part, long tokens)
    {
        ref var share = ref _parts[(int)part];
        share.Texts++;
        share.Tokens += tokens;
    }
}
