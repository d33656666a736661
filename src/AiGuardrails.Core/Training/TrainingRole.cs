using System.ComponentModel;

namespace AiGuardrails.CompilerServices;

/// <summary>Who says a message. For generated code; the attributes of a record say it in user code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TrainingRole
{
    /// <summary>The instructions.</summary>
    System,

    /// <summary>The user.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,
}
