namespace AiGuardrails.Analyzers.Sdks;

/// <summary>Anthropic C#, version 13.</summary>
internal static class AnthropicSdk
{
    // No state of failure: a batch ends, and each of its requests has an outcome of its own.
    private static readonly JobTable s_batch = new("message batch")
    {
        JobTypes = ["Anthropic.Models.Messages.Batches.MessageBatch"],
        StatusType = "Anthropic.Models.Messages.Batches.ProcessingStatus",
        IsWrapped = true,
        States =
        [
            new("InProgress", "in_progress", JobStateKind.Working),
            new("Canceling", "canceling", JobStateKind.Held),
            new("Ended", "ended", JobStateKind.Succeeded),
        ],
    };

    private static readonly JobTable s_betaBatch = s_batch with
    {
        JobTypes = ["Anthropic.Models.Beta.Messages.Batches.BetaMessageBatch"],
        StatusType = "Anthropic.Models.Beta.Messages.Batches.ProcessingStatus",
    };

    private static readonly JobTable s_dream = new("dream")
    {
        JobTypes = ["Anthropic.Models.Beta.Dreams.BetaDream"],
        StatusType = "Anthropic.Models.Beta.Dreams.BetaDreamStatus",
        IsWrapped = true,
        States =
        [
            new("Pending", "pending", JobStateKind.Pending),
            new("Running", "running", JobStateKind.Working),
            new("Completed", "completed", JobStateKind.Succeeded),
            new("Failed", "failed", JobStateKind.Failed),
            new("Canceled", "canceled", JobStateKind.Failed),
        ],
    };

    /// <summary>Gets the table.</summary>
    public static SdkTable Table { get; } = new("Anthropic")
    {
        Anchors = ["Anthropic.IAnthropicClient", "Anthropic.AnthropicClient"],

        Namespaces = ["Anthropic"],

        StatusWrappers = ["Anthropic.Core.ApiEnum`2"],

        Jobs = [s_batch, s_betaBatch, s_dream],

        ModelParameters =
        [
            new("Microsoft.Extensions.AI.AnthropicClientExtensions", "AsIChatClient", "defaultModelId"),
            new("Microsoft.Extensions.AI.AnthropicBetaClientExtensions", "AsIChatClient", "defaultModelId"),
        ],

        ModelProperties =
        [
            new("Anthropic.Models.Messages.MessageCreateParams", "Model"),
            new("Anthropic.Models.Messages.MessageCountTokensParams", "Model"),
            new("Anthropic.Models.Messages.Batches.Params", "Model"),
            new("Anthropic.Models.Beta.Messages.MessageCreateParams", "Model"),
            new("Anthropic.Models.Beta.Messages.Batches.Params", "Model"),
        ],

        GenerationCalls =
        [
            new("Anthropic.Services.IMessageService", "Create"),
            new("Anthropic.Services.IMessageService", "CreateStreaming"),
            new("Anthropic.Services.IMessageServiceWithRawResponse", "Create"),
            new("Anthropic.Services.IMessageServiceWithRawResponse", "CreateStreaming"),
            new("Anthropic.Services.MessageServiceExtensions", "Create"),
            new("Anthropic.Services.Beta.IMessageService", "Create"),
            new("Anthropic.Services.Beta.IMessageService", "CreateStreaming"),
            new("Anthropic.Services.Beta.IMessageServiceWithRawResponse", "Create"),
            new("Anthropic.Services.Beta.IMessageServiceWithRawResponse", "CreateStreaming"),
            new("Anthropic.Helpers.Beta.BetaToolRunnerExtensions", "ToolRunner"),
        ],

        // The compiler asks for MaxTokens, so that no call is without a cap; the bridges send 1024 where they are told nothing.
        CappingBridges =
        [
            new("Microsoft.Extensions.AI.AnthropicClientExtensions", "AsIChatClient"),
            new("Microsoft.Extensions.AI.AnthropicBetaClientExtensions", "AsIChatClient"),
        ],

        ToolIterationLimits =
        [
            new("Anthropic.Helpers.Beta.BetaToolRunnerExtensions", "ToolRunner", "maxIterations", NullIsUnlimited: true),
        ],

        ModelEnums = ["Anthropic.Models.Messages.Model"],

        BatchOutcomes =
        [
            new("message batch")
            {
                Types = ["Anthropic.Models.Messages.Batches.MessageBatch"],
                Outcomes = ["RequestCounts"],
                ItemTypes = ["Anthropic.Models.Messages.Batches.MessageBatchResult"],
                ItemSuccessTests = ["TryPickSucceeded"],
                ItemSuccessTypes = ["Anthropic.Models.Messages.Batches.MessageBatchSucceededResult"],
            },
            new("message batch")
            {
                Types = ["Anthropic.Models.Beta.Messages.Batches.BetaMessageBatch"],
                Outcomes = ["RequestCounts"],
                ItemTypes = ["Anthropic.Models.Beta.Messages.Batches.BetaMessageBatchResult"],
                ItemSuccessTests = ["TryPickSucceeded"],
                ItemSuccessTypes = ["Anthropic.Models.Beta.Messages.Batches.BetaMessageBatchSucceededResult"],
            },
        ],

        Responses =
        [
            new("Anthropic.Models.Messages.Message") { Parts = ["Content"], Reasons = ["StopReason", "StopDetails"] },
            new("Anthropic.Models.Beta.Messages.BetaMessage") { Parts = ["Content"], Reasons = ["StopReason", "StopDetails"] },
        ],

        Parts =
        [
            new("Anthropic.Models.Messages.TextBlock", ["Text"]),
            new("Anthropic.Models.Beta.Messages.BetaTextBlock", ["Text"]),
        ],

        FinishReasons =
        [
            new("Anthropic.Models.Messages.StopReason", ["MaxTokens", "ModelContextWindowExceeded"], ["Refusal"]),
            new("Anthropic.Models.Beta.Messages.BetaStopReason", ["MaxTokens", "ModelContextWindowExceeded"], ["Refusal"]),
        ],

        InstructionSinks =
        [
            new("Anthropic.Models.Messages.MessageCreateParams", "System"),
            new("Anthropic.Models.Beta.Messages.MessageCreateParams", "System"),
            new("Anthropic.Models.Messages.Batches.Params", "System"),
            new("Anthropic.Models.Messages.SystemMessageParam", Member.Constructor, "content"),
            new("Anthropic.Models.Messages.SystemMessageParam", "Content"),
            new("Anthropic.Models.Beta.Messages.BetaSystemMessageParam", Member.Constructor, "content"),
        ],

        ToolArguments =
        [
            new("Anthropic.Models.Messages.ToolUseBlock", "Input"),
            new("Anthropic.Models.Beta.Messages.BetaToolUseBlock", "Input"),
        ],

        TextParts =
        [
            "Anthropic.Models.Messages.TextBlockParam",
            "Anthropic.Models.Messages.MessageCreateParamsSystem",
            "Anthropic.Models.Messages.SystemMessageParamContent",
            "Anthropic.Models.Messages.ContentBlockParam",
            "Anthropic.Models.Beta.Messages.BetaTextBlockParam",
        ],

        ToolDescriptionSinks =
        [
            new("Anthropic.Models.Messages.Tool", "Description"),
            new("Anthropic.Models.Beta.Messages.BetaTool", "Description"),
        ],

        PromptSinks =
        [
            new("Anthropic.Models.Messages.UserMessageParam", Member.Constructor, "content"),
            new("Anthropic.Models.Messages.UserMessageParam", "Content"),
            new("Anthropic.Models.Messages.AssistantMessageParam", Member.Constructor, "content"),
            new("Anthropic.Models.Messages.AssistantMessageParam", "Content"),
            new("Anthropic.Models.Messages.TextBlockParam", Member.Constructor, "text"),
            new("Anthropic.Models.Messages.TextBlockParam", "Text"),
            new("Anthropic.Models.Beta.Messages.BetaMessageParam", "Content"),
            new("Anthropic.Models.Beta.Messages.BetaTextBlockParam", "Text"),
        ],

        CredentialSinks =
        [
            new("Anthropic.AnthropicClient", "ApiKey"),
            new("Anthropic.AnthropicClient", "AuthToken"),
            new("Anthropic.Core.ClientOptions", "ApiKey"),
            new("Anthropic.Core.ClientOptions", "AuthToken"),
            new("Anthropic.Credentials.StaticTokenCredentials", Member.Constructor, "token"),
        ],

        EndpointSinks =
        [
            new("Anthropic.AnthropicClient", "BaseUrl"),
            new("Anthropic.Core.ClientOptions", "BaseUrl"),
        ],
    };
}
