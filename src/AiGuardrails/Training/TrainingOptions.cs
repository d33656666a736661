namespace AiGuardrails;

/// <summary>How training data are checked. The defaults are those of the build.</summary>
public sealed class TrainingCheckOptions
{
    /// <summary>
    /// Gets or sets the model that will be trained, such as <c>gpt-4o-mini-2024-07-18</c>; null unless set. With it, tokens are
    /// counted as for its vocabulary, examples beyond its limit are found, and the cost is estimated.
    /// </summary>
    public string? BaseModel { get; set; }

    /// <summary>
    /// Gets or sets the vocabulary of the model, with which tokens are counted exactly; null, for an estimate, unless set. It must be that
    /// of <see cref="BaseModel"/> where one is set.
    /// </summary>
    public TokenVocabulary? Tokenizer { get; set; }

    /// <summary>Gets or sets how often the job goes through the data, for the cost; null, where the service chooses, unless set. At least 1.</summary>
    public int? Epochs { get; set; }

    /// <summary>Gets or sets the most tokens of an example; null, for what is known of the model and the target, unless set. At least 1.</summary>
    public int? MaxTokensPerExample { get; set; }

    /// <summary>Gets or sets whether the tokens of the data are estimated; true unless set.</summary>
    public bool CountTokens { get; set; } = true;

    /// <summary>
    /// Gets or sets whether records are found that share most of their word sequences with an earlier one; false unless set. It takes
    /// some 600 bytes of memory for each record, and more time than all other checks.
    /// </summary>
    public bool NearDuplicates { get; set; }

    /// <summary>Gets or sets whether the data are for validation, for which other limits hold; false unless set.</summary>
    public bool IsValidation { get; set; }

    /// <summary>
    /// Gets or sets the training file of the same format that the data are to validate; null unless set. Inputs that are in it are
    /// findings of AIG9005. It implies <see cref="IsValidation"/>.
    /// </summary>
    public string? TrainingPath { get; set; }

    /// <summary>Gets or sets how many findings of a rule are listed, the others only counted; 50 unless set. At least 1.</summary>
    public int MaxFindingsPerRule { get; set; } = 50;

    /// <summary>
    /// Gets or sets the length from which a line is a finding and is not looked into, in bytes without the line end; 64 MiB unless
    /// set. It bounds the memory that a file can take which is not in lines at all. At least 1, at most 1 GiB.
    /// </summary>
    public int MaxLineBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Gets the IDs of the rules that are off, such as <c>AIG9008</c>; none unless added.</summary>
    public ICollection<string> DisabledRules { get; } = new List<string>();

    /// <summary>The same options for validation.</summary>
    internal TrainingCheckOptions ForValidation()
    {
        var copy = (TrainingCheckOptions)MemberwiseClone();
        copy.IsValidation = true;
        return copy;
    }
}

/// <summary>How <see cref="TrainingFile"/> writes.</summary>
public sealed class TrainingWriteOptions
{
    /// <summary>Gets or sets the format; <see cref="TrainingTarget.OpenAIChat"/> unless set.</summary>
    public TrainingTarget Target { get; set; } = TrainingTarget.OpenAIChat;

    /// <summary>
    /// Gets or sets whether what is written is checked on the way, with the rules of the build; true unless set. Without it, only
    /// what cannot be written at all is an error, and tokens are not counted.
    /// </summary>
    public bool Validate { get; set; } = true;

    /// <summary>Gets how it is checked.</summary>
    public TrainingCheckOptions Checks { get; } = new();

    /// <summary>
    /// Gets or sets the lowest level of a finding that refuses the data with a <see cref="TrainingDataException"/>;
    /// <see cref="TrainingFindingLevel.Error"/> unless set, null to refuse none. How large the file is (AIG9006) never refuses it,
    /// for it may be one of several; that is in <see cref="TrainingWriteResult.Report"/>, as is everything else.
    /// </summary>
    public TrainingFindingLevel? RefuseFrom { get; set; } = TrainingFindingLevel.Error;

    /// <summary>Gets or sets whether a record that is there twice (AIG9003) refuses the data; false unless set: it is a warning.</summary>
    public bool RefuseDuplicates { get; set; }

    /// <summary>Gets or sets whether equal inputs with different answers (AIG9004) refuse the data; false unless set: they are a warning.</summary>
    public bool RefuseConflicts { get; set; }

    /// <summary>
    /// Gets or sets whether a manifest is written beside the file, see <see cref="TrainingManifest"/>; true unless set. Shards need one.
    /// </summary>
    public bool Manifest { get; set; } = true;

    /// <summary>Gets or sets the most records of a file; null, for one file however long, unless set. At least 1.</summary>
    /// <remarks>With it or <see cref="MaxBytesPerShard"/>, <c>train.jsonl</c> becomes <c>train-00001-of-00004.jsonl</c> and so on.</remarks>
    public long? MaxRecordsPerShard { get; set; }

    /// <summary>Gets or sets the most bytes of a file, line ends included; null, for one file however long, unless set. At least 1.</summary>
    /// <remarks>A record that is longer than that is an error.</remarks>
    public long? MaxBytesPerShard { get; set; }

    /// <summary>The same options for another target.</summary>
    internal TrainingWriteOptions For(TrainingTarget target)
    {
        var copy = (TrainingWriteOptions)MemberwiseClone();
        copy.Target = target;
        return copy;
    }
}

/// <summary>How <see cref="TrainingFile"/> reads.</summary>
public sealed class TrainingReadOptions
{
    /// <summary>Gets or sets the format; <see cref="TrainingTarget.OpenAIChat"/> unless set.</summary>
    public TrainingTarget Target { get; set; } = TrainingTarget.OpenAIChat;

    /// <summary>
    /// Gets or sets the length of the longest line that is read, in bytes without the line end; 16 MiB unless set. It
    /// bounds the memory that a file can take which is not in lines at all. At least 1, at most 1 GiB.
    /// </summary>
    public int MaxLineBytes { get; set; } = 16 * 1024 * 1024;
}

/// <summary>Which records go to validation: decided for each by what it asks the model, and by nothing else.</summary>
/// <remarks>
/// <para>
/// The side of a record is computed from a hash of its input, keyed with <see cref="Seed"/>. The input is what the model is given,
/// instructions (system messages) aside, as duplicates are found: after NFKC, case folding and collapsing of white space. So records
/// with the same question are on the same side, and nothing that is validated was trained on. The order of the records, what other
/// records there are, and the number of machines that do it make no difference: data that grow keep the sides they had. A larger
/// <see cref="ValidationShare"/> moves records to validation, and none back.
/// </para>
/// <para>The share is one of questions, and it is met as well as chance meets it: with few of them, a side may be empty.</para>
/// </remarks>
public sealed class TrainingSplit
{
    /// <summary>Gets or sets the share of inputs for validation; 0.1 unless set. More than 0 and less than 1.</summary>
    public double ValidationShare { get; set; } = 0.1;

    /// <summary>Gets or sets a number that stands for one way to split; another number gives an independent one. 0 unless set.</summary>
    public long Seed { get; set; }
}
