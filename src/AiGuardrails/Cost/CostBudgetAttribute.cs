namespace AiGuardrails;

/// <summary>
/// States what the training jobs started by a method, by the methods of a type, or by an assembly may cost.
/// </summary>
/// <remarks>
/// Rule AIG2008 asks for it wherever a fine-tuning job is started. The nearest one wins: method, then the
/// containing types from the inside out, then the assembly.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Assembly)]
public sealed class CostBudgetAttribute : Attribute
{
    /// <summary>Gets or sets the most that may be spent, in US dollars.</summary>
    public double MaxUsd { get; set; }

    /// <summary>Gets or sets why this amount, for the reader of the code: who agreed to it, or what it was estimated from.</summary>
    public string? Reason { get; set; }
}
