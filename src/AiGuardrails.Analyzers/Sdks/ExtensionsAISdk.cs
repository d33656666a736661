namespace AiGuardrails.Analyzers.Sdks;

/// <summary>Microsoft.Extensions.AI: the abstractions, and the bridges to other SDKs.</summary>
internal static class ExtensionsAISdk
{
    /// <summary>Gets the table.</summary>
    public static SdkTable Table { get; } = new("Microsoft.Extensions.AI")
    {
        Anchors = ["Microsoft.Extensions.AI.IChatClient"],

        Namespaces = ["Microsoft.Extensions.AI", "Microsoft.Agents.AI"],

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

        GenerationCalls =
        [
            new("Microsoft.Extensions.AI.IChatClient", "GetResponseAsync"),
            new("Microsoft.Extensions.AI.IChatClient", "GetStreamingResponseAsync"),
            new("Microsoft.Extensions.AI.ChatClientExtensions", "GetResponseAsync"),
            new("Microsoft.Extensions.AI.ChatClientExtensions", "GetStreamingResponseAsync"),
            new("Microsoft.Extensions.AI.ChatClientStructuredOutputExtensions", "GetResponseAsync"),
            new("Microsoft.Extensions.AI.IImageGenerator", "GenerateAsync"),
            new("Microsoft.Extensions.AI.ImageGeneratorExtensions", "GenerateImagesAsync"),
            new("Microsoft.Extensions.AI.ImageGeneratorExtensions", "EditImagesAsync"),
            new("Microsoft.Extensions.AI.ImageGeneratorExtensions", "EditImageAsync"),
            new("Microsoft.Extensions.AI.ISpeechToTextClient", "GetTextAsync"),
            new("Microsoft.Extensions.AI.ISpeechToTextClient", "GetStreamingTextAsync"),
            new("Microsoft.Extensions.AI.SpeechToTextClientExtensions", "GetTextAsync"),
            new("Microsoft.Extensions.AI.SpeechToTextClientExtensions", "GetStreamingTextAsync"),
            new("Microsoft.Extensions.AI.ITextToSpeechClient", "GetAudioAsync"),
            new("Microsoft.Extensions.AI.ITextToSpeechClient", "GetStreamingAudioAsync"),
            new("Microsoft.Agents.AI.AIAgent", "RunAsync"),
            new("Microsoft.Agents.AI.AIAgent", "RunStreamingAsync"),
        ],

        CallOptions =
        [
            new("Microsoft.Extensions.AI.ChatOptions", ["MaxOutputTokens"]) { Extensions = "AdditionalProperties", RawFactory = "RawRepresentationFactory" },
        ],

        ClientBuilders = ["Microsoft.Extensions.AI.ChatClientBuilder"],

        NeutralSteps =
        [
            new("Microsoft.Extensions.AI.ChatClientBuilderChatClientExtensions", "AsBuilder"),
            new("Microsoft.Extensions.AI.FunctionInvokingChatClientBuilderExtensions", "UseFunctionInvocation"),
            new("Microsoft.Extensions.AI.LoggingChatClientBuilderExtensions", "UseLogging"),
            new("Microsoft.Extensions.AI.OpenTelemetryChatClientBuilderExtensions", "UseOpenTelemetry"),
            new("Microsoft.Extensions.AI.DistributedCachingChatClientBuilderExtensions", "UseDistributedCache"),
            new("Microsoft.Extensions.AI.ReducingChatClientBuilderExtensions", "UseChatReducer"),
        ],

        ConfiguringSteps = [new("Microsoft.Extensions.AI.ConfigureOptionsChatClientBuilderExtensions", "ConfigureOptions")],

        LocalClients = ["OllamaChatClient", "OllamaApiClient", "OnnxRuntimeGenAIChatClient"],

        ToolIterationLimits =
        [
            new("Microsoft.Extensions.AI.FunctionInvokingChatClient", "MaximumIterationsPerRequest", Parameter: null, NullIsUnlimited: true),
        ],

        Responses =
        [
            new("Microsoft.Extensions.AI.ChatResponse") { Texts = ["Text"], Parts = ["Messages"], Reasons = ["FinishReason"] },
            new("Microsoft.Extensions.AI.ChatResponseUpdate") { Texts = ["Text"], Parts = ["Contents"], Reasons = ["FinishReason"] },
        ],

        Parts =
        [
            new("Microsoft.Extensions.AI.TextContent", ["Text"]),
        ],

        FinishReasons =
        [
            new("Microsoft.Extensions.AI.ChatFinishReason", ["Length"], ["ContentFilter"]),
        ],

        InstructionSinks =
        [
            new("Microsoft.Extensions.AI.ChatOptions", "Instructions"),
            new("Microsoft.Extensions.AI.ChatMessage", Member.Constructor, "content", "role"),
            new("Microsoft.Extensions.AI.ChatMessage", Member.Constructor, "contents", "role"),
        ],

        ToolDescriptionSinks =
        [
            new("Microsoft.Extensions.AI.AIFunctionFactory", "Create", "description"),
            new("Microsoft.Extensions.AI.AIFunctionFactoryOptions", "Description"),
        ],

        Roles = [new("Microsoft.Extensions.AI.ChatRole", ["System"], ["Assistant", "User", "Tool"])],

        RetrievalResults = ["Microsoft.Extensions.VectorData.VectorSearchResult`1", "Azure.Search.Documents.Models.SearchResult`1"],
    };
}
