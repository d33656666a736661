namespace AiGuardrails.Core.Json;

/// <summary>What <see cref="JsonUtf8Reader"/> stands on.</summary>
internal enum JsonTokenType
{
    /// <summary>Nothing read yet, the end, or an error.</summary>
    None,
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    PropertyName,
    String,
    Number,
    True,
    False,
    Null,
}
