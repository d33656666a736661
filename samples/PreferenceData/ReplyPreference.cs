using AiGuardrails;

namespace PreferenceData;

/// <summary>Two replies to a complaint, and which of them people preferred. The names are the targets that it must be able to go to.</summary>
[TrainingRecord("openai-dpo", "trl-preference")]
public sealed partial record ReplyPreference
{
    [SystemMessage]
    public static string Persona => "You answer complaints of customers of a furniture shop.";

    [UserMessage]
    public required string Complaint { get; init; }

    [Chosen]
    public required string Better { get; init; }

    [Rejected]
    public required string Worse { get; init; }
}
