namespace AiGuardrails.Analyzers.Sdks;

/// <summary>Anthropic C#, version 13.</summary>
internal static class AnthropicSdk
{
    /// <summary>Gets the table.</summary>
    public static SdkTable Table { get; } = new("Anthropic")
    {
        Anchors = ["Anthropic.IAnthropicClient", "Anthropic.AnthropicClient"],

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
    };
}
