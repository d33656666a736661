namespace AiGuardrails.Core.Text;

/// <summary>
/// Marks a text in English that people read, so that it has to be there in every language: what is given for it is a
/// constant, or marked itself. A test collects them all.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.ReturnValue)]
internal sealed class WordsAttribute : Attribute;
