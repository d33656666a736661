namespace AiGuardrails;

/// <summary>How bad a finding is.</summary>
public enum TrainingFindingLevel
{
    /// <summary>Worth knowing.</summary>
    Info = 1,

    /// <summary>The provider takes it and advises against it, or the model will learn what it should not.</summary>
    Warning = 2,

    /// <summary>The provider refuses the file, or loses the record without a word.</summary>
    Error = 3,
}

/// <summary>Something to say about training data: the same rules, places and words as in the build.</summary>
public sealed class TrainingFinding
{
    internal TrainingFinding(string rule, TrainingFindingLevel level, int line, int column, long offset, int length, string message, string? providerMessage)
    {
        Rule = rule;
        Level = level;
        Line = line;
        Column = column;
        Offset = offset;
        Length = length;
        Message = message;
        ProviderMessage = providerMessage;
    }

    /// <summary>Gets the ID of the rule, such as <c>AIG9002</c>.</summary>
    public string Rule { get; }

    /// <summary>Gets how bad it is.</summary>
    public TrainingFindingLevel Level { get; }

    /// <summary>Gets the line, from 1, which is the number of the record; 0 where the finding is about the file as a whole. Through the shards of a set it counts on.</summary>
    public int Line { get; }

    /// <summary>Gets the column, from 1, in UTF-16 code units as editors count; 0 where <see cref="Line"/> is.</summary>
    public int Column { get; }

    /// <summary>Gets the first byte, from 0; a byte-order mark counts.</summary>
    public long Offset { get; }

    /// <summary>Gets the number of bytes; 0 where it is a place, or the file as a whole.</summary>
    public int Length { get; }

    /// <summary>Gets one sentence without a full stop.</summary>
    public string Message { get; }

    /// <summary>Gets what the provider says of it; null where that is not known.</summary>
    public string? ProviderMessage { get; }

    /// <summary>Gives the finding as one line: <c>(12,4): error AIG9002: …</c>.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => (Line == 0 ? "" : Place + ": ") + Words;

    /// <summary>Gives the finding as one line with its file, as a build prints it: <c>train.jsonl(12,4): error AIG9002: …</c>.</summary>
    /// <param name="file">The file, as it is to be named; a finding about the file as a whole has no place behind it.</param>
    /// <returns>The line.</returns>
    public string ToString(string file) => $"{file}{(Line == 0 ? "" : Place)}: {Words}";

    private string Place => FormattableString.Invariant($"({Line},{Column})");

    private string Words => $"{LevelName(Level)} {Rule}: {Message}{(ProviderMessage is null ? "" : $" (in the provider's words: {ProviderMessage})")}";

    internal static string LevelName(TrainingFindingLevel level) => level switch
    {
        TrainingFindingLevel.Error => "error",
        TrainingFindingLevel.Warning => "warning",
        _ => "info",
    };
}
