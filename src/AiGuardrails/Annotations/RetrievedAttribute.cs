namespace AiGuardrails;

/// <summary>Marks what a search in documents returns: a method, a property, or a type of results.</summary>
/// <remarks>
/// Rule AIG7002 then looks at it as at the results of a vector store. A mark on a virtual member counts for its overrides; a mark on a
/// member of an interface counts for calls through the interface.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.ReturnValue | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class RetrievedAttribute : Attribute
{
}
