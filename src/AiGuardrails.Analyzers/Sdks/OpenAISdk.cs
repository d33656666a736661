using System.Collections.Immutable;
using AiGuardrails.Core.Training;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>OpenAI .NET, by the names of versions 2.0 to 2.15.</summary>
internal static class OpenAISdk
{
    private static readonly ImmutableArray<string> s_trainingMethods = ["CreateSupervised", "CreateDirectPreferenceOptimization"];

    private static readonly JobTable s_fineTuning = new("fine-tuning job")
    {
        JobTypes = ["OpenAI.FineTuning.FineTuningJob"],
        StatusType = "OpenAI.FineTuning.FineTuningStatus",
        IgnoresCase = true,
        States =
        [
            new("ValidatingFiles", "validating_files", JobStateKind.Pending),
            new("Queued", "queued", JobStateKind.Pending),
            new("Running", "running", JobStateKind.Working),
            new("Succeeded", "succeeded", JobStateKind.Succeeded),
            new("Failed", "failed", JobStateKind.Failed),
            new("Cancelled", "cancelled", JobStateKind.Failed),
        ],
        Predicates =
        [
            new("HasCompleted", IsOnJob: true, [JobStateKind.Succeeded, JobStateKind.Failed]),
            new("InProgress", IsOnJob: false, [JobStateKind.Pending, JobStateKind.Working]),
        ],
        RefreshMethods = ["UpdateStatus", "UpdateStatusAsync"],
        WaitMethods = ["WaitForCompletion", "WaitForCompletionAsync"],
        WaitParameter = "waitUntilCompleted",
        UntypedRefreshParameter = "options",
        UntypedBase = "System.ClientModel.Primitives.OperationResult",
        StaleMembers = ["Status", "Value"],
        Results = ["Value"],
    };

    private static readonly JobTable s_run = new("run")
    {
        JobTypes = ["OpenAI.Assistants.ThreadRun"],
        StatusType = "OpenAI.Assistants.RunStatus",
        IgnoresCase = true,
        States =
        [
            new("Queued", "queued", JobStateKind.Pending),
            new("InProgress", "in_progress", JobStateKind.Working),
            new("RequiresAction", "requires_action", JobStateKind.NeedsAction),
            new("Cancelling", "cancelling", JobStateKind.Held),
            new("Completed", "completed", JobStateKind.Succeeded),
            new("Cancelled", "cancelled", JobStateKind.Failed),
            new("Failed", "failed", JobStateKind.Failed),
            new("Incomplete", "incomplete", JobStateKind.Failed),
            new("Expired", "expired", JobStateKind.Failed),
        ],
        ToolType = "OpenAI.Assistants.ToolDefinition",
        ActionToolType = "OpenAI.Assistants.FunctionToolDefinition",
        Predicates = [new("IsTerminal", IsOnJob: false, [JobStateKind.Succeeded, JobStateKind.Failed])],
    };

    private static readonly JobTable s_vectorStoreFileBatch = new("vector store file batch")
    {
        JobTypes = ["OpenAI.VectorStores.VectorStoreFileBatch"],
        StatusType = "OpenAI.VectorStores.VectorStoreFileBatchStatus",
        IgnoresCase = true,
        States =
        [
            new("InProgress", "in_progress", JobStateKind.Working),
            new("Completed", "completed", JobStateKind.Succeeded),
            new("Cancelled", "cancelled", JobStateKind.Failed),
            new("Failed", "failed", JobStateKind.Failed),
        ],
    };

    private static readonly JobTable s_vectorStoreFile = new("vector store file")
    {
        JobTypes = ["OpenAI.VectorStores.VectorStoreFile"],
        StatusType = "OpenAI.VectorStores.VectorStoreFileStatus",
        States =
        [
            new("InProgress", "in_progress", JobStateKind.Working),
            new("Completed", "completed", JobStateKind.Succeeded),
            new("Cancelled", "cancelled", JobStateKind.Failed),
            new("Failed", "failed", JobStateKind.Failed),
        ],
    };

    private static readonly JobTable s_vectorStore = new("vector store")
    {
        JobTypes = ["OpenAI.VectorStores.VectorStore"],
        StatusType = "OpenAI.VectorStores.VectorStoreStatus",
        States =
        [
            new("InProgress", "in_progress", JobStateKind.Working),
            new("Completed", "completed", JobStateKind.Succeeded),
            new("Expired", "expired", JobStateKind.Failed),
        ],
    };

    private static readonly JobTable s_response = new("response")
    {
        JobTypes = ["OpenAI.Responses.ResponseResult", "OpenAI.Responses.OpenAIResponse"],
        StatusType = "OpenAI.Responses.ResponseStatus",
        States =
        [
            new("Queued", "queued", JobStateKind.Pending),
            new("InProgress", "in_progress", JobStateKind.Working),
            new("Completed", "completed", JobStateKind.Succeeded),
            new("Cancelled", "cancelled", JobStateKind.Failed),
            new("Incomplete", "incomplete", JobStateKind.Failed),
            new("Failed", "failed", JobStateKind.Failed),
        ],
        Results = ["GetOutputText"],
    };

    // A batch has no status of its own in this SDK: the operation knows when it has ended, and BatchJob has times and files.
    private static readonly JobTable s_batch = new("batch")
    {
        JobTypes = ["OpenAI.Batch.CreateBatchOperation"],
        States =
        [
            new("validating", "validating", JobStateKind.Pending),
            new("in_progress", "in_progress", JobStateKind.Working),
            new("finalizing", "finalizing", JobStateKind.Held),
            new("cancelling", "cancelling", JobStateKind.Held),
            new("completed", "completed", JobStateKind.Succeeded),
            new("failed", "failed", JobStateKind.Failed),
            new("expired", "expired", JobStateKind.Failed),
            new("cancelled", "cancelled", JobStateKind.Failed),
        ],
        Predicates = [new("HasCompleted", IsOnJob: true, [JobStateKind.Succeeded, JobStateKind.Failed])],
        RefreshMethods = ["UpdateStatus", "UpdateStatusAsync"],
        WaitMethods = ["WaitForCompletion", "WaitForCompletionAsync"],
        WaitParameter = "waitUntilCompleted",
    };

    private static readonly JobTable s_runStep = new("run step")
    {
        JobTypes = ["OpenAI.Assistants.RunStep"],
        StatusType = "OpenAI.Assistants.RunStepStatus",
        IgnoresCase = true,
        States =
        [
            new("InProgress", "in_progress", JobStateKind.Working),
            new("Completed", "completed", JobStateKind.Succeeded),
            new("Cancelled", "cancelled", JobStateKind.Failed),
            new("Failed", "failed", JobStateKind.Failed),
            new("Expired", "expired", JobStateKind.Failed),
        ],
    };

    private static readonly JobTable s_realtimeResponse = new("realtime response")
    {
        JobTypes = ["OpenAI.Realtime.RealtimeResponse"],
        StatusType = "OpenAI.Realtime.RealtimeResponseStatus",
        IgnoresCase = true,
        States =
        [
            new("InProgress", "in_progress", JobStateKind.Working),
            new("Completed", "completed", JobStateKind.Succeeded),
            new("Cancelled", "cancelled", JobStateKind.Failed),
            new("Failed", "failed", JobStateKind.Failed),
            new("Incomplete", "incomplete", JobStateKind.Failed),
        ],
    };

    /// <summary>Gets the table.</summary>
    public static SdkTable Table { get; } = new("OpenAI .NET")
    {
        Namespaces = ["OpenAI"],

        ResultWrappers = ["System.ClientModel.ClientResult`1"],

        Anchors = ["OpenAI.OpenAIClient", "OpenAI.Chat.ChatClient", "OpenAI.FineTuning.FineTuningClient"],

        ModelParameters =
        [
            new("OpenAI.Chat.ChatClient", Member.Constructor, "model"),
            new("OpenAI.Embeddings.EmbeddingClient", Member.Constructor, "model"),
            new("OpenAI.Audio.AudioClient", Member.Constructor, "model"),
            new("OpenAI.Images.ImageClient", Member.Constructor, "model"),
            new("OpenAI.Moderations.ModerationClient", Member.Constructor, "model"),
            new("OpenAI.OpenAIClient", "GetChatClient", "model"),
            new("OpenAI.OpenAIClient", "GetEmbeddingClient", "model"),
            new("OpenAI.OpenAIClient", "GetAudioClient", "model"),
            new("OpenAI.OpenAIClient", "GetImageClient", "model"),
            new("OpenAI.OpenAIClient", "GetModerationClient", "model"),
            new("OpenAI.OpenAIClient", "GetOpenAIResponseClient", "model"),       // 2.2 - 2.7
            new("OpenAI.Responses.OpenAIResponseClient", Member.Constructor, "model"), // 2.2 - 2.7
            new("OpenAI.Responses.ResponsesClient", Member.Constructor, "model"), // 2.8
            new("OpenAI.Responses.ResponsesClient", "CreateResponse", "model"),
            new("OpenAI.Responses.ResponsesClient", "CreateResponseAsync", "model"),
            new("OpenAI.Responses.ResponsesClient", "CreateResponseStreaming", "model"),
            new("OpenAI.Responses.ResponsesClient", "CreateResponseStreamingAsync", "model"),
            new("OpenAI.Responses.CreateResponseOptions", Member.Constructor, "model"),
            new("OpenAI.Responses.ResponseTool", "CreateImageGenerationTool", "model"),
            new("OpenAI.Assistants.AssistantClient", "CreateAssistant", "model"),
            new("OpenAI.Assistants.AssistantClient", "CreateAssistantAsync", "model"),
            new("OpenAI.FineTuning.FineTuningClient", "FineTune", "baseModel"),
            new("OpenAI.FineTuning.FineTuningClient", "FineTuneAsync", "baseModel"),
            new("OpenAI.Realtime.RealtimeClient", "StartConversationSessionAsync", "model"),
            new("OpenAI.Realtime.RealtimeClient", "StartSessionAsync", "model"),
            new("OpenAI.Decisions.DecisionCreationOptions", Member.Constructor, "model"),
        ],

        ModelProperties =
        [
            new("OpenAI.Chat.ChatClientSettings", "Model"),
            new("OpenAI.Embeddings.EmbeddingClientSettings", "Model"),
            new("OpenAI.Audio.AudioClientSettings", "Model"),
            new("OpenAI.Images.ImageClientSettings", "Model"),
            new("OpenAI.Moderations.ModerationClientSettings", "Model"),
            new("OpenAI.Responses.CreateResponseOptions", "Model"),
            new("OpenAI.Responses.ImageGenerationTool", "Model"),
            new("OpenAI.Assistants.AssistantModificationOptions", "Model"),
            new("OpenAI.Assistants.RunCreationOptions", "ModelOverride"),
            new("OpenAI.Realtime.RealtimeConversationSessionOptions", "Model"),
            new("OpenAI.Realtime.RealtimeAudioTranscriptionOptions", "Model"),
            new("OpenAI.Graders.GraderScoreModel", "Model"),
            new("OpenAI.Graders.GraderLabelModel", "Model"),
            new("OpenAI.Decisions.DecisionCreationOptions", "Model"),
        ],

        GenerationCalls =
        [
            new("OpenAI.Chat.ChatClient", "CompleteChat"),
            new("OpenAI.Chat.ChatClient", "CompleteChatAsync"),
            new("OpenAI.Chat.ChatClient", "CompleteChatStreaming"),
            new("OpenAI.Chat.ChatClient", "CompleteChatStreamingAsync"),
            new("OpenAI.Responses.ResponsesClient", "CreateResponse"),
            new("OpenAI.Responses.ResponsesClient", "CreateResponseAsync"),
            new("OpenAI.Responses.ResponsesClient", "CreateResponseStreaming"), // up to 2.10
            new("OpenAI.Responses.ResponsesClient", "CreateResponseStreamingAsync"),
            new("OpenAI.Responses.OpenAIResponseClient", "CreateResponse"),      // 2.2 - 2.7
            new("OpenAI.Responses.OpenAIResponseClient", "CreateResponseAsync"), // 2.2 - 2.7
            new("OpenAI.Responses.OpenAIResponseClient", "CreateResponseStreaming"),      // 2.2 - 2.7
            new("OpenAI.Responses.OpenAIResponseClient", "CreateResponseStreamingAsync"), // 2.2 - 2.7
            new("OpenAI.Assistants.AssistantClient", "CreateRun"),
            new("OpenAI.Assistants.AssistantClient", "CreateRunAsync"),
            new("OpenAI.Assistants.AssistantClient", "CreateRunStreaming"),
            new("OpenAI.Assistants.AssistantClient", "CreateRunStreamingAsync"),
            new("OpenAI.Assistants.AssistantClient", "CreateThreadAndRun"),
            new("OpenAI.Assistants.AssistantClient", "CreateThreadAndRunAsync"),
            new("OpenAI.Assistants.AssistantClient", "CreateThreadAndRunStreaming"),
            new("OpenAI.Assistants.AssistantClient", "CreateThreadAndRunStreamingAsync"),
            new("OpenAI.Images.ImageClient", "GenerateImage"),
            new("OpenAI.Images.ImageClient", "GenerateImageAsync"),
            new("OpenAI.Images.ImageClient", "GenerateImages"),
            new("OpenAI.Images.ImageClient", "GenerateImagesAsync"),
            new("OpenAI.Images.ImageClient", "GenerateImageEdit"),
            new("OpenAI.Images.ImageClient", "GenerateImageEditAsync"),
            new("OpenAI.Images.ImageClient", "GenerateImageEdits"),
            new("OpenAI.Images.ImageClient", "GenerateImageEditsAsync"),
            new("OpenAI.Images.ImageClient", "GenerateImageVariation"),
            new("OpenAI.Images.ImageClient", "GenerateImageVariationAsync"),
            new("OpenAI.Images.ImageClient", "GenerateImageVariations"),
            new("OpenAI.Images.ImageClient", "GenerateImageVariationsAsync"),
            new("OpenAI.Audio.AudioClient", "GenerateSpeech"),
            new("OpenAI.Audio.AudioClient", "GenerateSpeechAsync"),
            new("OpenAI.Audio.AudioClient", "TranscribeAudio"),
            new("OpenAI.Audio.AudioClient", "TranscribeAudioAsync"),
            new("OpenAI.Audio.AudioClient", "TranslateAudio"),
            new("OpenAI.Audio.AudioClient", "TranslateAudioAsync"),
            new("OpenAI.Videos.VideoClient", "CreateVideo"),
            new("OpenAI.Videos.VideoClient", "CreateVideoAsync"),
        ],

        CallOptions =
        [
            new("OpenAI.Chat.ChatCompletionOptions", ["MaxOutputTokenCount"]) { Patch = "Patch" },
            new("OpenAI.Responses.CreateResponseOptions", ["MaxOutputTokenCount"]) { Patch = "Patch" },
            new("OpenAI.Responses.ResponseCreationOptions", ["MaxOutputTokenCount"]), // 2.2 - 2.7
            new("OpenAI.Assistants.RunCreationOptions", ["MaxOutputTokenCount"]),
        ],

        ToolIterationLimits =
        [
            new("OpenAI.Responses.CreateResponseOptions", "MaxToolCallCount", Parameter: null, NullIsUnlimited: true),
        ],

        TrainingStarts =
        [
            new("OpenAI.FineTuning.FineTuningClient", "FineTune"),
            new("OpenAI.FineTuning.FineTuningClient", "FineTuneAsync"),
            new("OpenAI.FineTuning.FineTuningClient", "CreateFineTuningJob"),      // 2.0 - 2.1
            new("OpenAI.FineTuning.FineTuningClient", "CreateFineTuningJobAsync"), // 2.0 - 2.1
        ],

        JsonBodyParameters =
        [
            new("OpenAI.Chat.ChatClient", "CompleteChat", "content"),
            new("OpenAI.Chat.ChatClient", "CompleteChatAsync", "content"),
            new("OpenAI.Responses.ResponsesClient", "CreateResponse", "content"),
            new("OpenAI.Responses.ResponsesClient", "CreateResponseAsync", "content"),
            new("OpenAI.Assistants.AssistantClient", "CreateAssistant", "content"),
            new("OpenAI.Assistants.AssistantClient", "CreateAssistantAsync", "content"),
            new("OpenAI.Assistants.AssistantClient", "CreateRun", "content"),
            new("OpenAI.Assistants.AssistantClient", "CreateRunAsync", "content"),
            new("OpenAI.Embeddings.EmbeddingClient", "GenerateEmbeddings", "content"),
            new("OpenAI.Embeddings.EmbeddingClient", "GenerateEmbeddingsAsync", "content"),
            new("OpenAI.FineTuning.FineTuningClient", "FineTune", "content"),
            new("OpenAI.FineTuning.FineTuningClient", "FineTuneAsync", "content"),
            new("OpenAI.FineTuning.FineTuningClient", "CreateFineTuningJob", "content"),      // 2.0 - 2.1
            new("OpenAI.FineTuning.FineTuningClient", "CreateFineTuningJobAsync", "content"), // 2.0 - 2.1
            new("OpenAI.Batch.BatchClient", "CreateBatch", "content"),
            new("OpenAI.Batch.BatchClient", "CreateBatchAsync", "content"),
        ],

        Jobs = [s_fineTuning, s_batch, s_run, s_runStep, s_vectorStoreFileBatch, s_vectorStoreFile, s_vectorStore, s_response, s_realtimeResponse],

        FileUploads =
        [
            new("OpenAI.Files.OpenAIFileClient", "UploadFile", "filename", "purpose"),
            new("OpenAI.Files.OpenAIFileClient", "UploadFileAsync", "filename", "purpose"),
            new("OpenAI.Files.OpenAIFileClient", "UploadFile", "filePath", "purpose"),
            new("OpenAI.Files.OpenAIFileClient", "UploadFileAsync", "filePath", "purpose"),
        ],

        UploadPurposes =
        [
            new("OpenAI.Files.FileUploadPurpose", "Assistants", "assistants"),
            new("OpenAI.Files.FileUploadPurpose", "Batch", UploadPurpose.Batch),
            new("OpenAI.Files.FileUploadPurpose", "FineTune", UploadPurpose.FineTune),
            new("OpenAI.Files.FileUploadPurpose", "Vision", "vision"),
            new("OpenAI.Files.FileUploadPurpose", "UserData", "user_data"),
            new("OpenAI.Files.FileUploadPurpose", "Evaluations", "evals"),
        ],

        TrainingFileParameters =
        [
            new("OpenAI.FineTuning.FineTuningClient", "FineTune", "trainingFileId"),
            new("OpenAI.FineTuning.FineTuningClient", "FineTuneAsync", "trainingFileId"),
        ],

        JsonPatchSetters = [new("System.ClientModel.Primitives.JsonPatch", "Set")],

        TrainingOptions = [new("OpenAI.FineTuning.FineTuningOptions", "ValidationFile", "Suffix")],

        HyperparameterTypes =
        [
            new("OpenAI.FineTuning.HyperparameterEpochCount", Hyperparameter.Epochs, s_trainingMethods),
            new("OpenAI.FineTuning.HyperparameterBatchSize", Hyperparameter.BatchSize, s_trainingMethods),
            new("OpenAI.FineTuning.HyperparameterLearningRate", Hyperparameter.LearningRateMultiplier, s_trainingMethods),
            new("OpenAI.FineTuning.HyperparameterBetaFactor", Hyperparameter.Beta, s_trainingMethods),
        ],

        BatchOutcomes =
        [
            new("batch")
            {
                Types = ["OpenAI.Batch.BatchJob"],
                Outputs = ["OutputFileId"],
                Outcomes = ["ErrorFileId", "FailedAt", "ExpiredAt", "CancelledAt", "CancellingAt"],
            },
        ],

        ProtocolJobs =
        [
            new("OpenAI.Batch.BatchClient", "batch"),
            new("OpenAI.Batch.CreateBatchOperation", "batch"),
            new("OpenAI.Videos.VideoClient", "video"),
            new("OpenAI.Evals.EvaluationClient", "eval run"),
        ],
        Responses =
        [
            new("OpenAI.Chat.ChatCompletion") { Parts = ["Content"], Reasons = ["FinishReason"], Alternatives = ["Refusal", "ToolCalls"] },
            new("OpenAI.Chat.StreamingChatCompletionUpdate") { Parts = ["ContentUpdate"], Reasons = ["FinishReason"], Alternatives = ["RefusalUpdate", "ToolCallUpdates"] },
            new("OpenAI.Responses.ResponseResult") { Texts = ["GetOutputText"], Lists = ["OutputItems"], Statuses = ["Status", "Error", "IncompleteStatusDetails"] },
            new("OpenAI.Responses.OpenAIResponse") { Texts = ["GetOutputText"], Lists = ["OutputItems"], Statuses = ["Status", "Error", "IncompleteStatusDetails"] }, // 2.2 - 2.7
            new("OpenAI.Responses.MessageResponseItem") { Parts = ["Content"], Statuses = ["Status"] },
        ],

        Parts =
        [
            new("OpenAI.Chat.ChatMessageContentPart", ["Text"]),
            new("OpenAI.Responses.ResponseContentPart", ["Text"]),
            new("OpenAI.Chat.ChatToolCall", []) { Arguments = ["FunctionArguments"] },
            new("OpenAI.Responses.FunctionCallResponseItem", []) { Arguments = ["FunctionArguments"] },
        ],

        FinishReasons =
        [
            new("OpenAI.Chat.ChatFinishReason", ["Length"], ["ContentFilter"]),
            new("OpenAI.Responses.ResponseIncompleteStatusReason", ["MaxOutputTokens"], ["ContentFilter"]),
        ],

        InstructionSinks =
        [
            new("OpenAI.Chat.SystemChatMessage", Member.Constructor, "content"),
            new("OpenAI.Chat.SystemChatMessage", Member.Constructor, "contentParts"),
            new("OpenAI.Chat.DeveloperChatMessage", Member.Constructor, "content"),
            new("OpenAI.Chat.DeveloperChatMessage", Member.Constructor, "contentParts"),
            new("OpenAI.Chat.ChatMessage", "CreateSystemMessage", "content"),
            new("OpenAI.Chat.ChatMessage", "CreateSystemMessage", "contentParts"),
            new("OpenAI.Chat.ChatMessage", "CreateDeveloperMessage", "content"),
            new("OpenAI.Chat.ChatMessage", "CreateDeveloperMessage", "contentParts"),
            new("OpenAI.Responses.ResponseItem", "CreateSystemMessageItem", "inputTextContent"),
            new("OpenAI.Responses.ResponseItem", "CreateSystemMessageItem", "contentParts"),
            new("OpenAI.Responses.ResponseItem", "CreateDeveloperMessageItem", "inputTextContent"),
            new("OpenAI.Responses.ResponseItem", "CreateDeveloperMessageItem", "contentParts"),
            new("OpenAI.Responses.CreateResponseOptions", "Instructions"),
            new("OpenAI.Responses.ResponseCreationOptions", "Instructions"), // 2.2 - 2.7
            new("OpenAI.Assistants.AssistantCreationOptions", "Instructions"),
            new("OpenAI.Assistants.AssistantModificationOptions", "Instructions"),
            new("OpenAI.Assistants.RunCreationOptions", "InstructionsOverride"),
            new("OpenAI.Assistants.RunCreationOptions", "AdditionalInstructions"),
            new("OpenAI.Realtime.RealtimeConversationSessionOptions", "Instructions"),
            new("OpenAI.Realtime.RealtimeResponseOptions", "Instructions"),
        ],

        ToolArguments =
        [
            new("OpenAI.Chat.ChatToolCall", "FunctionArguments"),
            new("OpenAI.Responses.FunctionCallResponseItem", "FunctionArguments"),
            new("OpenAI.Chat.StreamingChatToolCallUpdate", "FunctionArgumentsUpdate"),
            new("OpenAI.Assistants.RequiredAction", "FunctionArguments"),
            new("OpenAI.Realtime.RealtimeItem", "FunctionArguments"),
        ],

        TextParts = ["OpenAI.Chat.ChatMessageContentPart", "OpenAI.Chat.ChatMessageContent", "OpenAI.Responses.ResponseContentPart"],

        UserMessages =
        [
            new("OpenAI.Chat.SystemChatMessage", Member.Constructor, "OpenAI.Chat.UserChatMessage", Member.Constructor),
            new("OpenAI.Chat.DeveloperChatMessage", Member.Constructor, "OpenAI.Chat.UserChatMessage", Member.Constructor),
            new("OpenAI.Chat.ChatMessage", "CreateSystemMessage", "OpenAI.Chat.ChatMessage", "CreateUserMessage"),
            new("OpenAI.Chat.ChatMessage", "CreateDeveloperMessage", "OpenAI.Chat.ChatMessage", "CreateUserMessage"),
            new("OpenAI.Responses.ResponseItem", "CreateSystemMessageItem", "OpenAI.Responses.ResponseItem", "CreateUserMessageItem"),
            new("OpenAI.Responses.ResponseItem", "CreateDeveloperMessageItem", "OpenAI.Responses.ResponseItem", "CreateUserMessageItem"),
        ],

        ToolDescriptionSinks =
        [
            new("OpenAI.Chat.ChatTool", "CreateFunctionTool", "functionDescription"),
            new("OpenAI.Responses.ResponseTool", "CreateFunctionTool", "functionDescription"),
        ],

        PromptSinks =
        [
            new("OpenAI.Chat.UserChatMessage", Member.Constructor, "content"),
            new("OpenAI.Chat.UserChatMessage", Member.Constructor, "contentParts"),
            new("OpenAI.Chat.AssistantChatMessage", Member.Constructor, "content"),
            new("OpenAI.Chat.AssistantChatMessage", Member.Constructor, "contentParts"),
            new("OpenAI.Chat.ToolChatMessage", Member.Constructor, "content"),
            new("OpenAI.Chat.ChatMessage", "CreateUserMessage", "content"),
            new("OpenAI.Chat.ChatMessage", "CreateUserMessage", "contentParts"),
            new("OpenAI.Chat.ChatMessage", "CreateAssistantMessage", "content"),
            new("OpenAI.Chat.ChatMessage", "CreateToolMessage", "content"),
            new("OpenAI.Chat.ChatMessage", "op_Implicit", "content"),
            new("OpenAI.Chat.ChatMessageContentPart", "CreateTextPart", "text"),
            new("OpenAI.Responses.ResponseItem", "CreateUserMessageItem", "inputTextContent"),
            new("OpenAI.Responses.ResponseItem", "CreateAssistantMessageItem", "outputTextContent"),
            new("OpenAI.Responses.ResponseContentPart", "CreateInputTextPart", "text"),
            new("OpenAI.Responses.ResponsesClient", "CreateResponse", "userInputText"),
            new("OpenAI.Responses.ResponsesClient", "CreateResponseAsync", "userInputText"),
            new("OpenAI.Responses.ResponsesClient", "CreateResponseStreamingAsync", "userInputText"),
            new("OpenAI.Assistants.MessageContent", "FromText", "text"),
            new("OpenAI.Images.ImageClient", "GenerateImage", "prompt"),
            new("OpenAI.Images.ImageClient", "GenerateImageAsync", "prompt"),
            new("OpenAI.Images.ImageClient", "GenerateImages", "prompt"),
            new("OpenAI.Images.ImageClient", "GenerateImagesAsync", "prompt"),
        ],

        CredentialSinks =
        [
            new("System.ClientModel.ApiKeyCredential", Member.Constructor, "key"),
            new("System.ClientModel.ApiKeyCredential", "Update", "key"),
            new("System.ClientModel.Primitives.CredentialSettings", "Key"),
            new("OpenAI.OpenAIClient", Member.Constructor, "apiKey"),
            new("OpenAI.Assistants.AssistantClient", Member.Constructor, "apiKey"),
            new("OpenAI.Audio.AudioClient", Member.Constructor, "apiKey"),
            new("OpenAI.Batch.BatchClient", Member.Constructor, "apiKey"),
            new("OpenAI.Chat.ChatClient", Member.Constructor, "apiKey"),
            new("OpenAI.Embeddings.EmbeddingClient", Member.Constructor, "apiKey"),
            new("OpenAI.Files.OpenAIFileClient", Member.Constructor, "apiKey"),
            new("OpenAI.FineTuning.FineTuningClient", Member.Constructor, "apiKey"),
            new("OpenAI.Images.ImageClient", Member.Constructor, "apiKey"),
            new("OpenAI.Moderations.ModerationClient", Member.Constructor, "apiKey"),
            new("OpenAI.Responses.ResponsesClient", Member.Constructor, "apiKey"),
            new("OpenAI.VectorStores.VectorStoreClient", Member.Constructor, "apiKey"),
            new("OpenAI.Videos.VideoClient", Member.Constructor, "apiKey"),
        ],

        EndpointSinks =
        [
            new("OpenAI.OpenAIClientOptions", "Endpoint"),
        ],

        RetrievalResults = ["OpenAI.Responses.FileSearchCallResult", "OpenAI.Assistants.RunStepFileSearchResult"],
    };
}
