namespace AiGuardrails.Analyzers.Diagnostics;

/// <summary>The category of a rule; its first digit is the thousands digit of the rule's identifier.</summary>
internal static class RuleCategories
{
    public const string Configuration = "AiGuardrails.Configuration"; // 0
    public const string Models = "AiGuardrails.Models";               // 1
    public const string Cost = "AiGuardrails.Cost";                   // 2
    public const string Responses = "AiGuardrails.Responses";         // 3
    public const string Jobs = "AiGuardrails.Jobs";                   // 4
    public const string Governance = "AiGuardrails.Governance";       // 5
    public const string Secrets = "AiGuardrails.Secrets";             // 6
    public const string Injection = "AiGuardrails.Injection";         // 7
    public const string Prompts = "AiGuardrails.Prompts";             // 8
    public const string TrainingData = "AiGuardrails.TrainingData";   // 9
}
