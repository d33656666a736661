namespace AiGuardrails.Tool;

/// <summary>The command cannot go on, and its user can do something about it: one line says what is wrong and how to go on.</summary>
internal sealed class ToolException(string message) : Exception(message);
