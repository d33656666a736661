namespace AiGuardrails;

/// <summary>Marks a method of your own code that starts a training job.</summary>
/// <remarks>
/// Calls of it are looked at as calls of an AI SDK are: rule AIG2008 asks for a <see cref="CostBudgetAttribute"/>, and
/// AIG5002 for a <see cref="FineTuningDecisionAttribute"/>. A mark on a virtual method counts for its overrides; a mark
/// on a method of an interface counts for calls through the interface.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StartsTrainingAttribute : Attribute
{
}
