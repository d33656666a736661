namespace AiGuardrails.Tool.Findings;

/// <summary>How loud a finding is, by the settings of the team that owns the code.</summary>
internal enum FindingLevel
{
    Info,
    Warning,
    Error,
}

/// <summary>
/// A place in a file, which is named relative to the current directory and with forward slashes. Lines and columns count
/// from 1, and line 0 means the whole file.
/// </summary>
internal readonly record struct Place(string File, int Line = 0, int Column = 0)
{
    public override string ToString() => Line == 0 ? File : FormattableString.Invariant($"{File}({Line},{Column})");
}

/// <summary>One rule that speaks about one place.</summary>
internal sealed record Finding(string Rule, FindingLevel Level, Place Place, string Message)
{
    /// <summary>Gets where it ends: the line and the column behind it, from 1; 0 where that is not known.</summary>
    public (int Line, int Column) End { get; init; }
}

/// <summary>What is known of a rule besides its identifier.</summary>
internal sealed record RuleInfo(string Id, string Title, string? HelpLink, string? Category)
{
    /// <summary>The risks that the rule guards against, by their numbers in the lists of OWASP and CWE.</summary>
    public EquatableTags Tags { get; init; }

    /// <summary>Gets what is behind the title, in a sentence or two; empty where only the page says it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Gets how loud the rule is until a team says otherwise.</summary>
    public FindingLevel Level { get; init; } = FindingLevel.Warning;
}

/// <summary>Tags, equal where their texts are.</summary>
internal readonly struct EquatableTags(IEnumerable<string> tags) : IEquatable<EquatableTags>
{
    private readonly string[]? _tags = [.. tags];

    public IReadOnlyList<string> Values => _tags ?? [];

    public bool Equals(EquatableTags other) => Values.SequenceEqual(other.Values, StringComparer.Ordinal);

    public override bool Equals(object? obj) => obj is EquatableTags other && Equals(other);

    public override int GetHashCode() => Values.Aggregate(0, static (hash, tag) => HashCode.Combine(hash, StringComparer.Ordinal.GetHashCode(tag)));
}
