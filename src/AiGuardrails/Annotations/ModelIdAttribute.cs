namespace AiGuardrails;

/// <summary>Marks a parameter or property of your own code that names the model to call.</summary>
/// <remarks>
/// What is passed to it, or assigned to it, is looked at as if it were passed to an AI SDK: rule AIG1001 for fine-tuned
/// model IDs, AIG1002 and AIG1003 for models that are retired or soon will be. A mark on a virtual member counts for
/// its overrides; a mark on a member of an interface counts for calls through the interface.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class ModelIdAttribute : Attribute
{
}
