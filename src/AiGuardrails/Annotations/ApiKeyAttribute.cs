namespace AiGuardrails;

/// <summary>Marks a parameter or property of your own code that takes the key of an AI service.</summary>
/// <remarks>
/// With it, rule AIG6001 looks at what is passed to it, or assigned to it, as if it were passed to an AI SDK. A mark on a virtual
/// member counts for its overrides; a mark on a member of an interface counts for calls through the interface.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class ApiKeyAttribute : Attribute
{
}
