namespace AiGuardrails;

/// <summary>What a check of training data found, and what the data amount to.</summary>
public sealed class TrainingReport
{
    internal TrainingReport(
        string path, TrainingTarget target, long lines, long records, long bytes,
        int errors, int warnings, int infos, IReadOnlyList<TrainingFinding> findings, TokenEstimate? tokens, TrainingCost? cost)
    {
        Path = path;
        Target = target;
        Lines = lines;
        Records = records;
        Bytes = bytes;
        Errors = errors;
        Warnings = warnings;
        Infos = infos;
        Findings = findings;
        Tokens = tokens;
        Cost = cost;
    }

    /// <summary>Gets the file, as the caller named it.</summary>
    public string Path { get; }

    /// <summary>Gets the format that the data were checked against.</summary>
    public TrainingTarget Target { get; }

    /// <summary>Gets the number of lines.</summary>
    public long Lines { get; }

    /// <summary>Gets the number of lines that are JSON, and so were looked into.</summary>
    public long Records { get; }

    /// <summary>Gets the number of bytes.</summary>
    public long Bytes { get; }

    /// <summary>Gets the number of findings of level <see cref="TrainingFindingLevel.Error"/>, those that are not listed included.</summary>
    public int Errors { get; }

    /// <summary>Gets the number of findings of level <see cref="TrainingFindingLevel.Warning"/>, those that are not listed included.</summary>
    public int Warnings { get; }

    /// <summary>Gets the number of findings of level <see cref="TrainingFindingLevel.Info"/>, those that are not listed included.</summary>
    public int Infos { get; }

    /// <summary>
    /// Gets the findings, in the order of the file, those about the whole file at the end. Of each rule as many as
    /// <see cref="TrainingCheckOptions.MaxFindingsPerRule"/> says; of the others, how many there are.
    /// </summary>
    public IReadOnlyList<TrainingFinding> Findings { get; }

    /// <summary>Gets the tokens of all records, each counted once; null where they were not counted.</summary>
    public TokenEstimate? Tokens { get; }

    /// <summary>Gets what training on the data is likely to cost; null where no base model was given, or its price is not known.</summary>
    public TrainingCost? Cost { get; }

    /// <summary>Throws if there is a finding of a level or above.</summary>
    /// <param name="level">The lowest level that is not accepted.</param>
    /// <returns>The report itself.</returns>
    /// <exception cref="TrainingDataException">There is such a finding.</exception>
    public TrainingReport ThrowIfAny(TrainingFindingLevel level = TrainingFindingLevel.Error) =>
        Findings.FirstOrDefault(finding => finding.Level >= level) is { } first
            ? throw new TrainingDataException($"'{Path}' has {Counts()}; the first: {first}", this)
            : this;

    /// <summary>Gives the report in one line: <c>1,200 records, 2 errors, 1 warning, 0 infos, 81,000 tokens (73,000 to 89,000)</c>.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"{Records:N0} {(Records == 1 ? "record" : "records")}, {Counts()}{(Tokens is { } tokens ? ", " + tokens : "")}{(Cost is { } cost ? ", " + cost : "")}");

    internal string Counts() =>
        $"{Number(Errors, "error")}, {Number(Warnings, "warning")}, {Number(Infos, "info")}";

    private static string Number(int count, string noun) => FormattableString.Invariant($"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}

/// <summary>Training data that were refused for what was found in them. Nothing was written, and an older file is as it was.</summary>
#pragma warning disable CA1032, RCS1194 // Without its report this exception would say nothing.
public sealed class TrainingDataException : Exception
#pragma warning restore CA1032, RCS1194
{
    internal TrainingDataException(string message, TrainingReport report)
        : base(message) => Report = report;

    /// <summary>Gets everything that was found.</summary>
    public TrainingReport Report { get; }
}
