namespace AiGuardrails;

/// <summary>
/// Marks the status of a long-running job in your own code: the enum or struct of its states, or the property or method
/// that reads it.
/// </summary>
/// <remarks>
/// The rules about jobs (AIG4001 and its neighbours) then judge loops over it as they judge those over the status types
/// of an AI SDK, wherever the names of the states tell success from failure.
/// </remarks>
[AttributeUsage(AttributeTargets.Enum | AttributeTargets.Struct | AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.ReturnValue)]
public sealed class JobStatusAttribute : Attribute
{
}
