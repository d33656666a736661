namespace AiGuardrails.Tool.Reports;

/// <summary>A line of an excerpt; what the finding is about stands in <paramref name="Marked"/>.</summary>
internal sealed record ExcerptLine(int Number, string Before, string Marked, string After)
{
    /// <summary>Gets whether something of the line is left out before its beginning, or behind its end.</summary>
    public (bool Start, bool End) IsCut { get; init; }
}

/// <summary>The place of a finding in its file, with a few lines around.</summary>
internal sealed record Excerpt(IReadOnlyList<ExcerptLine> Lines);

/// <summary>A place in a file of data, in bytes.</summary>
internal readonly record struct ByteSpan(long Offset, int Length);

/// <summary>A finding as the report shows it.</summary>
internal sealed record ReportFinding(int Number, Findings.Finding Finding)
{
    /// <summary>Gets the place in bytes, where the finding is about a file of data.</summary>
    public ByteSpan? Bytes { get; init; }

    public Excerpt? Excerpt { get; init; }
}
