using System.ComponentModel;

namespace AiGuardrails.CompilerServices;

/// <summary>How an input is placed. For generated code.</summary>
/// <param name="name">The name of the member.</param>
/// <param name="label">The word on the fence.</param>
/// <param name="maxTokens">How many tokens it may have; 0 for no limit.</param>
/// <param name="overflow">What happens beyond them.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptSlot(string name, string label, int maxTokens = 0, Overflow overflow = Overflow.Fail)
{
    internal string Name { get; } = name;

    internal string Label { get; } = label;

    internal int MaxTokens { get; } = maxTokens;

    internal Overflow Overflow { get; } = overflow;
}
