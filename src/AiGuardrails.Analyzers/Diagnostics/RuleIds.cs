namespace AiGuardrails.Analyzers.Diagnostics;

/// <summary>The identifier of every rule. An identifier is never reused and never renumbered.</summary>
internal static class RuleIds
{
    public const string InvalidOption = "AIG0001";
    public const string HardCodedFineTunedModelId = "AIG1001";
    public const string TrainingJobWithoutCostBudget = "AIG2008";
    public const string PollLoopMissesTerminalFailure = "AIG4001";
    public const string JobResultUsedWithoutFailureCheck = "AIG4003";
    public const string InvalidTrainingRecord = "AIG9013";
}
