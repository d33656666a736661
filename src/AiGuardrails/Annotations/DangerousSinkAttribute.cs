namespace AiGuardrails;

/// <summary>
/// Marks a parameter or property of the team's own that acts on its text: runs it, opens it, sends it on. Rule AIG3007 reports
/// text of a model that reaches it unchecked.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class DangerousSinkAttribute : Attribute
{
}
