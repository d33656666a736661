namespace AiGuardrails;

/// <summary>Marks a parameter or property of your own code that caps the output of a model, in tokens.</summary>
/// <remarks>
/// With it, rule AIG2001 knows where a call of a method marked <see cref="GeneratesTextAttribute"/> sets its cap. A mark
/// on a virtual member counts for its overrides; a mark on a member of an interface counts for calls through the
/// interface.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class OutputCapAttribute : Attribute
{
}
