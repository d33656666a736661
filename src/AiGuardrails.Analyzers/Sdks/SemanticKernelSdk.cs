namespace AiGuardrails.Analyzers.Sdks;

/// <summary>Semantic Kernel 1.x: the abstractions and the connectors.</summary>
internal static class SemanticKernelSdk
{
    /// <summary>Gets the table.</summary>
    public static SdkTable Table { get; } = new("Semantic Kernel")
    {
        Anchors = ["Microsoft.SemanticKernel.Kernel"],

        Namespaces = ["Microsoft.SemanticKernel"],

        ModelParameters =
        [
            new("Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions", "AddOpenAIChatCompletion", "modelId"),
            new("Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions", "AddOpenAIEmbeddingGenerator", "modelId"),
            new("Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions", "AddOpenAITextToImage", "modelId"),
            new("Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions", "AddOpenAITextToAudio", "modelId"),
            new("Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions", "AddOpenAIAudioToText", "modelId"),
            new("Microsoft.SemanticKernel.OpenAIServiceCollectionExtensions", "AddOpenAIChatCompletion", "modelId"),
            new("Microsoft.SemanticKernel.OpenAIChatClientKernelBuilderExtensions", "AddOpenAIChatClient", "modelId"),
            new("Microsoft.Extensions.DependencyInjection.OpenAIServiceCollectionExtensions", "AddOpenAIChatClient", "modelId"),
            new("Microsoft.SemanticKernel.AzureOpenAIKernelBuilderExtensions", "AddAzureOpenAIChatCompletion", "modelId"),
            new("Microsoft.SemanticKernel.AzureOpenAIKernelBuilderExtensions", "AddAzureOpenAIChatClient", "modelId"),
            new("Microsoft.SemanticKernel.GoogleAIKernelBuilderExtensions", "AddGoogleAIGeminiChatCompletion", "modelId"),
            new("Microsoft.SemanticKernel.VertexAIKernelBuilderExtensions", "AddVertexAIGeminiChatCompletion", "modelId"),
            new("Microsoft.SemanticKernel.MistralAIKernelBuilderExtensions", "AddMistralChatCompletion", "modelId"),
            new("Microsoft.SemanticKernel.HuggingFaceKernelBuilderExtensions", "AddHuggingFaceChatCompletion", "model"),
            new("Microsoft.SemanticKernel.OllamaKernelBuilderExtensions", "AddOllamaChatCompletion", "modelId"),
            new("Microsoft.SemanticKernel.BedrockKernelBuilderExtensions", "AddBedrockChatCompletionService", "modelId"),
            new("Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIChatCompletionService", Member.Constructor, "modelId"),
            new("Microsoft.SemanticKernel.Connectors.AzureOpenAI.AzureOpenAIChatCompletionService", Member.Constructor, "modelId"),
            new("Microsoft.SemanticKernel.Agents.OpenAI.OpenAIResponseAgent", Member.Constructor, "modelId"),
            new("Microsoft.SemanticKernel.Agents.OpenAI.AssistantClientExtensions", "CreateAssistantAsync", "modelId"),
        ],

        DeploymentParameters =
        [
            new("Microsoft.SemanticKernel.AzureOpenAIKernelBuilderExtensions", "AddAzureOpenAIChatCompletion", "deploymentName"),
            new("Microsoft.SemanticKernel.AzureOpenAIKernelBuilderExtensions", "AddAzureOpenAIChatClient", "deploymentName"),
            new("Microsoft.SemanticKernel.AzureOpenAIServiceCollectionExtensions", "AddAzureOpenAIChatCompletion", "deploymentName"),
            new("Microsoft.SemanticKernel.Connectors.AzureOpenAI.AzureOpenAIChatCompletionService", Member.Constructor, "deploymentName"),
        ],

        ModelProperties =
        [
            new("Microsoft.SemanticKernel.PromptExecutionSettings", "ModelId"),
        ],

        GenerationCalls =
        [
            new("Microsoft.SemanticKernel.ChatCompletion.IChatCompletionService", "GetChatMessageContentsAsync"),
            new("Microsoft.SemanticKernel.ChatCompletion.IChatCompletionService", "GetStreamingChatMessageContentsAsync"),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatCompletionServiceExtensions", "GetChatMessageContentsAsync"),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatCompletionServiceExtensions", "GetChatMessageContentAsync"),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatCompletionServiceExtensions", "GetStreamingChatMessageContentsAsync"),
            new("Microsoft.SemanticKernel.TextGeneration.ITextGenerationService", "GetTextContentsAsync"),
            new("Microsoft.SemanticKernel.TextGeneration.ITextGenerationService", "GetStreamingTextContentsAsync"),
            new("Microsoft.SemanticKernel.TextGeneration.TextGenerationExtensions", "GetTextContentAsync"),
            new("Microsoft.SemanticKernel.KernelExtensions", "InvokePromptAsync"),
            new("Microsoft.SemanticKernel.KernelExtensions", "InvokePromptStreamingAsync"),
            new("Microsoft.SemanticKernel.Agents.Agent", "InvokeAsync"),
            new("Microsoft.SemanticKernel.Agents.Agent", "InvokeStreamingAsync"),
        ],

        ToolIterationLimits =
        [
            new("Microsoft.SemanticKernel.Planning.FunctionCallingStepwisePlannerOptions", "MaxIterations", Parameter: null, NullIsUnlimited: false),
        ],

        CallOptions =
        [
            new("Microsoft.SemanticKernel.KernelArguments", []) { Inner = "ExecutionSettings" },
            new("Microsoft.SemanticKernel.PromptTemplateConfig", []) { IsBase = true },
            new("Microsoft.SemanticKernel.PromptExecutionSettings", []) { IsBase = true, Extensions = "ExtensionData" },
            new("Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIPromptExecutionSettings", ["MaxTokens"]) { Extensions = "ExtensionData" },
            new("Microsoft.SemanticKernel.Connectors.AzureOpenAI.AzureOpenAIPromptExecutionSettings", ["MaxTokens"]) { Extensions = "ExtensionData" },
            new("Microsoft.SemanticKernel.Connectors.Google.GeminiPromptExecutionSettings", ["MaxTokens"]) { Extensions = "ExtensionData" },
            new("Microsoft.SemanticKernel.Connectors.MistralAI.MistralAIPromptExecutionSettings", ["MaxTokens"]) { Extensions = "ExtensionData" },
            new("Microsoft.SemanticKernel.Connectors.AzureAIInference.AzureAIInferencePromptExecutionSettings", ["MaxTokens"]) { Extensions = "ExtensionData" },
            new("Microsoft.SemanticKernel.Connectors.Ollama.OllamaPromptExecutionSettings", ["NumPredict"]) { Extensions = "ExtensionData" },
            new("Microsoft.SemanticKernel.Connectors.HuggingFace.HuggingFacePromptExecutionSettings", ["MaxTokens", "MaxNewTokens"]) { Extensions = "ExtensionData" },
            new("Microsoft.SemanticKernel.Connectors.Onnx.OnnxRuntimeGenAIPromptExecutionSettings", ["MaxTokens"]) { Extensions = "ExtensionData" },
        ],

        Responses =
        [
            new("Microsoft.SemanticKernel.ChatMessageContent") { Texts = ["Content", "ToString"], Lists = ["Items"], Reasons = ["Metadata", "InnerContent"] },
            new("Microsoft.SemanticKernel.FunctionResult") { Texts = ["GetValue", "ToString"], Reasons = ["Metadata"] },
        ],

        InstructionSinks =
        [
            new("Microsoft.SemanticKernel.ChatCompletion.ChatHistory", Member.Constructor, "systemMessage"),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatHistory", Member.Constructor, "message", "role"),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatHistory", "AddSystemMessage", "content"),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatHistory", "AddDeveloperMessage", "content"),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatHistory", "AddMessage", "content", "authorRole"),
            new("Microsoft.SemanticKernel.ChatMessageContent", Member.Constructor, "content", "role"),
            new("Microsoft.SemanticKernel.Agents.ChatCompletionAgent", "Instructions"),
            new("Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIPromptExecutionSettings", "ChatSystemPrompt"),
            new("Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIPromptExecutionSettings", "ChatDeveloperPrompt"),
            new("Microsoft.SemanticKernel.Agents.Agent", "Instructions"),
            new("Microsoft.SemanticKernel.Agents.AgentInvokeOptions", "AdditionalInstructions"),
            new("Microsoft.SemanticKernel.KernelExtensions", "InvokePromptAsync", "promptTemplate"),
            new("Microsoft.SemanticKernel.KernelExtensions", "InvokePromptStreamingAsync", "promptTemplate"),
            new("Microsoft.SemanticKernel.KernelExtensions", "CreateFunctionFromPrompt", "promptTemplate"),
            new("Microsoft.SemanticKernel.KernelFunctionFactory", "CreateFromPrompt", "promptTemplate"),
        ],

        ToolDescriptionSinks =
        [
            new("Microsoft.SemanticKernel.KernelFunctionFactory", "CreateFromMethod", "description"),
        ],

        ToolArguments = [new("Microsoft.SemanticKernel.FunctionCallContent", "Arguments")],

        TextParts = ["Microsoft.SemanticKernel.TextContent"],

        UserMessages =
        [
            new("Microsoft.SemanticKernel.ChatMessageContent", Member.Constructor, "Microsoft.SemanticKernel.ChatMessageContent", Member.Constructor),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatHistory", "AddSystemMessage", "Microsoft.SemanticKernel.ChatCompletion.ChatHistory", "AddUserMessage"),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatHistory", "AddDeveloperMessage", "Microsoft.SemanticKernel.ChatCompletion.ChatHistory", "AddUserMessage"),
        ],

        Roles = [new("Microsoft.SemanticKernel.ChatCompletion.AuthorRole", ["System", "Developer"], ["Assistant", "User", "Tool"])],

        PromptSinks =
        [
            new("Microsoft.SemanticKernel.ChatCompletion.ChatHistory", "AddUserMessage", "content"),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatHistory", "AddAssistantMessage", "content"),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatCompletionServiceExtensions", "GetChatMessageContentAsync", "prompt"),
            new("Microsoft.SemanticKernel.ChatCompletion.ChatCompletionServiceExtensions", "GetChatMessageContentsAsync", "prompt"),
            new("Microsoft.SemanticKernel.TextGeneration.ITextGenerationService", "GetTextContentsAsync", "prompt"),
            new("Microsoft.SemanticKernel.PromptTemplateConfig", Member.Constructor, "template"),
            new("Microsoft.SemanticKernel.PromptTemplateConfig", "Template"),
        ],

        SensitiveSwitches =
        [
            "Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive",
            "SEMANTICKERNEL_EXPERIMENTAL_GENAI_ENABLE_OTEL_DIAGNOSTICS_SENSITIVE",
        ],

        CredentialSinks =
        [
            new("Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions", "AddOpenAIChatCompletion", "apiKey"),
            new("Microsoft.SemanticKernel.OpenAIServiceCollectionExtensions", "AddOpenAIChatCompletion", "apiKey"),
            new("Microsoft.SemanticKernel.OpenAIChatClientKernelBuilderExtensions", "AddOpenAIChatClient", "apiKey"),
            new("Microsoft.SemanticKernel.AzureOpenAIKernelBuilderExtensions", "AddAzureOpenAIChatCompletion", "apiKey"),
            new("Microsoft.SemanticKernel.AzureOpenAIKernelBuilderExtensions", "AddAzureOpenAIChatClient", "apiKey"),
            new("Microsoft.SemanticKernel.Connectors.OpenAI.OpenAIChatCompletionService", Member.Constructor, "apiKey"),
            new("Microsoft.SemanticKernel.Connectors.AzureOpenAI.AzureOpenAIChatCompletionService", Member.Constructor, "apiKey"),
        ],

        EndpointSinks =
        [
            new("Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions", "AddOpenAIChatCompletion", "endpoint"),
            new("Microsoft.SemanticKernel.AzureOpenAIKernelBuilderExtensions", "AddAzureOpenAIChatCompletion", "endpoint"),
        ],

        RetrievalResults = ["Microsoft.SemanticKernel.Data.TextSearchResult"],
    };
}
