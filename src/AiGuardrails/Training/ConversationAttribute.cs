namespace AiGuardrails;

/// <summary>Marks a list of turns.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ConversationAttribute : Attribute
{
}
