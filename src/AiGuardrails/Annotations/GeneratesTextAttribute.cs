namespace AiGuardrails;

/// <summary>Marks a method of your own code that makes a model produce output: text, images or sound.</summary>
/// <remarks>
/// Every call of it is paid for, and is looked at as a call of an AI SDK is: rule AIG2003 for loops that only the model
/// can end, AIG2006 for one call for each element of a sequence; and AIG2001 where a parameter is marked
/// <see cref="OutputCapAttribute"/>. A mark on a virtual method counts for its overrides; a mark on a method of an
/// interface counts for calls through the interface.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GeneratesTextAttribute : Attribute
{
}
