using System.ComponentModel;

namespace AiGuardrails.CompilerServices;

/// <summary>What a member is to its record. For generated code; the attributes of a record say it in user code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TrainingRole
{
    /// <summary>The instructions.</summary>
    System,

    /// <summary>The user.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,

    /// <summary>A call of a tool by the model.</summary>
    ToolCall,

    /// <summary>What the tool gave back.</summary>
    ToolResult,

    /// <summary>A list of turns.</summary>
    Conversation,

    /// <summary>What the model is given, as one text.</summary>
    Prompt,

    /// <summary>What the model learns to say, as one text or step by step.</summary>
    Completion,

    /// <summary>A whole example, as one text.</summary>
    Text,

    /// <summary>The preferred of two answers.</summary>
    Chosen,

    /// <summary>The other of two answers.</summary>
    Rejected,

    /// <summary>A verdict on the answer, or the class that it names.</summary>
    Label,

    /// <summary>What a grader compares an answer with.</summary>
    GraderField,
}

/// <summary>What the value of a member is in JSON. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TrainingValue
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A number, true or false.</summary>
    Literal,

    /// <summary>A list of strings.</summary>
    Texts,

    /// <summary>A list of numbers, or of true and false.</summary>
    Literals,

    /// <summary>The arguments of a tool call: an object.</summary>
    Arguments,

    /// <summary>A list of turns.</summary>
    Turns,
}
