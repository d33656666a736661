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
            new("Microsoft.Extensions.AI.ChatResponse") { Texts = ["Text", "ToString"], Lists = ["Messages"], Reasons = ["FinishReason", "RawRepresentation", "AdditionalProperties"] },
            new("Microsoft.Extensions.AI.ChatResponseUpdate") { Texts = ["Text", "ToString"], Lists = ["Contents"], Reasons = ["FinishReason", "RawRepresentation", "AdditionalProperties"] },
        ],

        Parts =
        [
            new("Microsoft.Extensions.AI.ChatMessage", ["Text"]),
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
            new("Microsoft.Extensions.AI.ChatMessage", "Contents", Parameter: null, "Role"),
            new("Microsoft.Extensions.AI.RealtimeSessionOptions", "Instructions"),
        ],

        ToolArguments = [new("Microsoft.Extensions.AI.FunctionCallContent", "Arguments")],

        TextParts = ["Microsoft.Extensions.AI.TextContent", "Microsoft.Extensions.AI.AIContent"],

        UserMessages = [new("Microsoft.Extensions.AI.ChatMessage", Member.Constructor, "Microsoft.Extensions.AI.ChatMessage", Member.Constructor)],

        ToolDescriptionSinks =
        [
            new("Microsoft.Extensions.AI.AIFunctionFactory", "Create", "description"),
            new("Microsoft.Extensions.AI.AIFunctionFactoryOptions", "Description"),
        ],

        PromptSinks =
        [
            new("Microsoft.Extensions.AI.TextContent", Member.Constructor, "text"),
            new("Microsoft.Extensions.AI.ChatClientExtensions", "GetResponseAsync", "chatMessage"),
            new("Microsoft.Extensions.AI.ChatClientExtensions", "GetStreamingResponseAsync", "chatMessage"),
            new("Microsoft.Extensions.AI.ChatClientStructuredOutputExtensions", "GetResponseAsync", "chatMessage"),
        ],

        SensitiveSwitches = ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"],

        SensitiveTelemetry =
        [
            // Package Microsoft.Extensions.AI, and the agents that are built on it.
            new("Microsoft.Extensions.AI.OpenTelemetryChatClient", "EnableSensitiveData"),
            new("Microsoft.Extensions.AI.OpenTelemetryEmbeddingGenerator`2", "EnableSensitiveData"),
            new("Microsoft.Extensions.AI.OpenTelemetryImageGenerator", "EnableSensitiveData"),
            new("Microsoft.Extensions.AI.OpenTelemetrySpeechToTextClient", "EnableSensitiveData"),
            new("Microsoft.Extensions.AI.OpenTelemetryTextToSpeechClient", "EnableSensitiveData"),
            new("Microsoft.Agents.AI.OpenTelemetryAgent", "EnableSensitiveData"),
        ],

        Roles = [new("Microsoft.Extensions.AI.ChatRole", ["System"], ["Assistant", "User", "Tool"])],

        RetrievalResults = ["Microsoft.Extensions.VectorData.VectorSearchResult`1", "Azure.Search.Documents.Models.SearchResult`1"],
    };
}
