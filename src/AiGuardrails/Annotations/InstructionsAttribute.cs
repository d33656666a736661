namespace AiGuardrails;

/// <summary>Marks a parameter or property of your own code whose text becomes instructions of a model: a system or developer message.</summary>
/// <remarks>
/// What is passed to it, or assigned to it, is looked at as if it were the system message itself: rule AIG7001 for text of others,
/// AIG7002 for retrieved text. A mark on a virtual member counts for its overrides; a mark on a member of an interface counts for
/// calls through the interface.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class InstructionsAttribute : Attribute
{
}
