namespace AiGuardrails;

/// <summary>Marks a method of your own code that makes text of others harmless, or a type of such text.</summary>
/// <remarks>
/// What the method returns is trusted. Where it returns a <see langword="bool"/>, its argument is trusted where the answer is
/// <see langword="true"/>; where it returns nothing and throws instead, its argument is trusted after the call. On a type, the mark
/// counts for everything that the type is made by and yields.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SanitizerAttribute : Attribute
{
}
