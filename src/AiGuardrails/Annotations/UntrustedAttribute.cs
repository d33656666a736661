namespace AiGuardrails;

/// <summary>Marks text that others wrote: a parameter, a property, or what a method returns.</summary>
/// <remarks>
/// The rules about prompt injection (AIG7001 and its neighbours) then follow it as they follow the text of a request. Numbers, enums,
/// dates and the like are never followed: they leave no room for instructions.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.ReturnValue)]
public sealed class UntrustedAttribute : Attribute
{
}
