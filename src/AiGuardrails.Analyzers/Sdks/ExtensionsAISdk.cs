namespace AiGuardrails.Analyzers.Sdks;

/// <summary>Microsoft.Extensions.AI: the abstractions, and the bridges to other SDKs.</summary>
internal static class ExtensionsAISdk
{
    /// <summary>Gets the table.</summary>
    public static SdkTable Table { get; } = new("Microsoft.Extensions.AI")
    {
        Anchors = ["Microsoft.Extensions.AI.IChatClient"],

        ModelParameters =
        [
            new("Microsoft.Extensions.AI.OpenAIClientExtensions", "AsIChatClient", "defaultModelId"),
            new("Microsoft.Extensions.AI.ChatClientMetadata", Member.Constructor, "defaultModelId"),
        ],

        ModelProperties =
        [
            new("Microsoft.Extensions.AI.ChatOptions", "ModelId"),
            new("Microsoft.Extensions.AI.EmbeddingGenerationOptions", "ModelId"),
            new("Microsoft.Extensions.AI.ImageGenerationOptions", "ModelId"),
            new("Microsoft.Extensions.AI.SpeechToTextOptions", "ModelId"),
            new("Microsoft.Extensions.AI.TextToSpeechOptions", "ModelId"),
            new("Microsoft.Extensions.AI.RealtimeSessionOptions", "Model"),
        ],
    };
}
