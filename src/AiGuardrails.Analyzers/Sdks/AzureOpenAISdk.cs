namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// Azure.AI.OpenAI. Version 2 hands out the types of OpenAI .NET and takes deployments where that takes models; the version 1
/// betas have a surface of their own.
/// </summary>
internal static class AzureOpenAISdk
{
    /// <summary>Gets the table.</summary>
    public static SdkTable Table { get; } = new("Azure.AI.OpenAI")
    {
        Anchors = ["Azure.AI.OpenAI.AzureOpenAIClient", "Azure.AI.OpenAI.OpenAIClient"],

        Namespaces = ["Azure.AI"],

        ResultWrappers = ["Azure.Response`1"],

        DeploymentClients = ["Azure.AI.OpenAI.AzureOpenAIClient", "Azure.AI.OpenAI.OpenAIClient"],

        DeploymentParameters =
        [
            new("Azure.AI.OpenAI.AzureOpenAIClient", "GetChatClient", "deploymentName"),
            new("Azure.AI.OpenAI.AzureOpenAIClient", "GetEmbeddingClient", "deploymentName"),
            new("Azure.AI.OpenAI.AzureOpenAIClient", "GetAudioClient", "deploymentName"),
            new("Azure.AI.OpenAI.AzureOpenAIClient", "GetImageClient", "deploymentName"),
            new("Azure.AI.OpenAI.AzureOpenAIClient", "GetOpenAIResponseClient", "deploymentName"),
            new("Azure.AI.OpenAI.AzureOpenAIClient", "GetResponsesClient", "deploymentName"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetChatCompletions", "deploymentOrModelName"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetChatCompletionsAsync", "deploymentOrModelName"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetChatCompletionsStreaming", "deploymentOrModelName"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetChatCompletionsStreamingAsync", "deploymentOrModelName"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetCompletions", "deploymentOrModelName"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetCompletionsAsync", "deploymentOrModelName"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetCompletionsStreaming", "deploymentOrModelName"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetCompletionsStreamingAsync", "deploymentOrModelName"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetEmbeddings", "deploymentOrModelName"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetEmbeddingsAsync", "deploymentOrModelName"),
            new("Azure.AI.OpenAI.ChatCompletionsOptions", Member.Constructor, "deploymentName"), // beta.9 and later
        ],

        ModelProperties =
        [
            new("Azure.AI.OpenAI.ChatCompletionsOptions", "DeploymentName"), // beta.9 and later
            new("Azure.AI.OpenAI.CompletionsOptions", "DeploymentName"),     // beta.9 and later
        ],

        GenerationCalls =
        [
            new("Azure.AI.OpenAI.OpenAIClient", "GetChatCompletions"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetChatCompletionsAsync"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetChatCompletionsStreaming"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetChatCompletionsStreamingAsync"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetCompletions"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetCompletionsAsync"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetCompletionsStreaming"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetCompletionsStreamingAsync"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetImageGenerations"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetImageGenerationsAsync"),
        ],

        NeutralSteps =
        [
            new("Azure.AI.OpenAI.Chat.AzureChatExtensions", "SetNewMaxCompletionTokensPropertyEnabled"), // 2.x
            new("Azure.AI.OpenAI.Chat.AzureChatExtensions", "AddDataSource"),                            // 2.x
            new("Azure.AI.OpenAI.Chat.AzureChatExtensions", "SetUserSecurityContext"),                   // 2.x
        ],

        CallOptions =
        [
            new("Azure.AI.OpenAI.ChatCompletionsOptions", ["MaxTokens"]),
            new("Azure.AI.OpenAI.CompletionsOptions", []), // without a value the service stops after 16 tokens
        ],

        FileUploads =
        [
            new("Azure.AI.OpenAI.AzureFileExtensions", "UploadFile", "filename", "purpose"),
            new("Azure.AI.OpenAI.AzureFileExtensions", "UploadFileAsync", "filename", "purpose"),
            new("Azure.AI.OpenAI.AzureFileExtensions", "UploadFile", "filePath", "purpose"),
            new("Azure.AI.OpenAI.AzureFileExtensions", "UploadFileAsync", "filePath", "purpose"),
        ],

        Responses =
        [
            new("Azure.AI.OpenAI.ChatCompletions") { Lists = ["Choices"] },
            new("Azure.AI.OpenAI.ChatChoice") { Reasons = ["FinishReason", "ContentFilterResults"] },
            new("Azure.AI.OpenAI.Completions") { Lists = ["Choices"] },
            new("Azure.AI.OpenAI.Choice") { Texts = ["Text"], Reasons = ["FinishReason", "ContentFilterResults"] },
        ],

        Parts =
        [
            new("Azure.AI.OpenAI.ChatMessage", ["Content"]),
            new("Azure.AI.OpenAI.ChatResponseMessage", ["Content"]), // beta.10 and later
        ],

        FinishReasons =
        [
            new("Azure.AI.OpenAI.CompletionsFinishReason", ["TokenLimitReached"], ["ContentFiltered"]),
        ],

        InstructionSinks =
        [
            new("Azure.AI.OpenAI.ChatMessage", Member.Constructor, "content", "role"),
            new("Azure.AI.OpenAI.ChatRequestSystemMessage", Member.Constructor, "content"), // beta.10 and later
        ],

        UserMessages =
        [
            new("Azure.AI.OpenAI.ChatMessage", Member.Constructor, "Azure.AI.OpenAI.ChatMessage", Member.Constructor),
            new("Azure.AI.OpenAI.ChatRequestSystemMessage", Member.Constructor, "Azure.AI.OpenAI.ChatRequestUserMessage", Member.Constructor),
        ],

        Roles = [new("Azure.AI.OpenAI.ChatRole", ["System"], ["Assistant", "User", "Function"])],

        PromptSinks =
        [
            new("Azure.AI.OpenAI.ChatRequestUserMessage", Member.Constructor, "content"), // beta.10 and later
            new("Azure.AI.OpenAI.OpenAIClient", "GetCompletions", "prompt"),
            new("Azure.AI.OpenAI.OpenAIClient", "GetCompletionsAsync", "prompt"),
        ],

        SensitiveSwitches = ["Azure.Experimental.TraceGenAIMessageContent"],

        CredentialSinks =
        [
            new("Azure.AzureKeyCredential", Member.Constructor, "key"),
            new("Azure.AzureKeyCredential", "Update", "key"),
            new("Azure.AI.OpenAI.OpenAIClient", Member.Constructor, "openAIApiKey"),
        ],

        EndpointSinks =
        [
            new("Azure.AI.OpenAI.AzureOpenAIClient", Member.Constructor, "endpoint"),
            new("Azure.AI.OpenAI.OpenAIClient", Member.Constructor, "endpoint"),
        ],
    };

    /// <summary>Whether the assembly is one of those that hand out clients of deployments.</summary>
    public static bool IsAzureAI(string assembly) => assembly.StartsWith("Azure.AI.", StringComparison.Ordinal);
}
