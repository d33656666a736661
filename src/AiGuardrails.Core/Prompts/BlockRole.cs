namespace AiGuardrails;

/// <summary>Who says a block of a prompt.</summary>
public enum BlockRole
{
    /// <summary>The instructions: trusted, and closed to text that others wrote.</summary>
    System,

    /// <summary>The instructions, in the word that newer models have for them: trusted as well.</summary>
    Developer,

    /// <summary>The user: the one role in which text of others may stand.</summary>
    User,

    /// <summary>What the model is shown as an answer of its own.</summary>
    Assistant,
}
