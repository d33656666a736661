using System.Collections.Immutable;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>SDKs without a table of their own: what they say of jobs is read from the names of their status types.</summary>
internal static class OtherSdks
{
    /// <summary>Gets the tables.</summary>
    public static ImmutableArray<SdkTable> Tables { get; } =
    [
        new("Azure AI agents")
        {
            Anchors = ["Azure.AI.Agents.Persistent.PersistentAgentsClient", "Azure.AI.Projects.AIProjectClient"],
            Namespaces = ["Azure.AI"],
            SensitiveSwitches = ["Azure.Experimental.TraceGenAIMessageContent"],
            ResultWrappers = ["Azure.Response`1"],
        },
        new("Microsoft Agent Framework")
        {
            Anchors = ["Microsoft.Agents.AI.AIAgent"],
            InstructionSinks =
            [
                new("Microsoft.Agents.AI.ChatClientAgent", Member.Constructor, "instructions"),
                new("Microsoft.Agents.AI.ChatClientAgentOptions", "Instructions"),
            ],
        },
        new("Betalgo OpenAI")
        {
            Anchors = ["Betalgo.Ranul.OpenAI.Managers.OpenAIService"],
            Namespaces = ["Betalgo.Ranul.OpenAI"],
        },
    ];
}
