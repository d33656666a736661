namespace AiGuardrails.Core.Training.Targets;

/// <summary>How bad a finding is. The numbers are those of the compiler's severities.</summary>
internal enum LintLevel
{
    Info = 1,
    Warning = 2,
    Error = 3,
}

/// <summary>What a provider makes of a deviation, and the words in which it says so, where they are known.</summary>
internal sealed record Verdict(LintLevel Level, string? Words = null)
{
    /// <summary>The provider refuses the file, or loses the record without a word.</summary>
    public static Verdict Rejects(string? words = null) => new(LintLevel.Error, words);

    /// <summary>The provider takes it and advises against it, or its documents and its checker disagree.</summary>
    public static Verdict Advises(string? words = null) => new(LintLevel.Warning, words);

    /// <summary>Worth knowing.</summary>
    public static Verdict Notes(string? words = null) => new(LintLevel.Info, words);
}
