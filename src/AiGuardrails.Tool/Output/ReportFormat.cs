namespace AiGuardrails.Tool.Output;

internal enum ReportFormat
{
    /// <summary>For people, at a terminal.</summary>
    Text,

    /// <summary>One object: findings and summary.</summary>
    Json,

    /// <summary>SARIF 2.1.0, which code hosts show beside the code.</summary>
    Sarif,

    /// <summary>A table for a comment on a pull request.</summary>
    Markdown,
}
