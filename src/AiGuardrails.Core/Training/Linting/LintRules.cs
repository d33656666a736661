namespace AiGuardrails.Core.Training.Linting;

/// <summary>The rules that look into a file of training data.</summary>
internal static class LintRules
{
    public const string HiddenUnicode = "AIG8004";
    public const string NotJsonLines = "AIG9001";
    public const string DoesNotFitTarget = "AIG9002";
    public const string Duplicate = "AIG9003";
    public const string Conflict = "AIG9004";
    public const string Leakage = "AIG9005";
    public const string Size = "AIG9006";
    public const string TooManyTokens = "AIG9007";
    public const string Secret = "AIG9008";
    public const string DamagedText = "AIG9009";
    public const string Unbalanced = "AIG9010";
    public const string SystemPromptsDiffer = "AIG9011";

    public static IReadOnlyList<string> All { get; } =
    [
        HiddenUnicode, NotJsonLines, DoesNotFitTarget, Duplicate, Conflict, Leakage,
        Size, TooManyTokens, Secret, DamagedText, Unbalanced, SystemPromptsDiffer,
    ];
}
