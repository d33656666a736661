namespace AiGuardrails;

/// <summary>Marks a parameter or property of your own code whose text is sent to a model as a message of the user.</summary>
/// <remarks>
/// Text of others belongs there, and is never reported there. Inside the code that takes it, it counts as text of others: rule
/// AIG7001 reports it where it becomes instructions after all.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class UserTextAttribute : Attribute
{
}
