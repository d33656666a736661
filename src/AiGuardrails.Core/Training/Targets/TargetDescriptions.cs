namespace AiGuardrails.Core.Training.Targets;

/// <summary>The description of every target.</summary>
internal static class TargetDescriptions
{
    private static readonly Dictionary<TrainingTarget, TargetDescription> s_all = new[]
    {
        OpenAITargets.All, TogetherTargets.All, BedrockTargets.All, GoogleTargets.All, HuggingFaceTargets.All, OtherTargets.All,
    }.SelectMany(static group => group).ToDictionary(static description => description.Target);

    public static TargetDescription Of(TrainingTarget target) => s_all[target];
}
