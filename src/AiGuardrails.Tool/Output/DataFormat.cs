namespace AiGuardrails.Tool.Output;

/// <summary>How a command that is asked for facts shows them.</summary>
internal enum DataFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One object, for programs.</summary>
    Json,
}
