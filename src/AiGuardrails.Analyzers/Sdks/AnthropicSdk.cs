namespace AiGuardrails.Analyzers.Sdks;

/// <summary>Anthropic C#, version 13.</summary>
internal static class AnthropicSdk
{
    /// <summary>Gets the table.</summary>
    public static SdkTable Table { get; } = new("Anthropic")
    {
        Anchors = ["Anthropic.IAnthropicClient", "Anthropic.AnthropicClient"],

        OpenEnums = ["Anthropic.Core.ApiEnum`2"],

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
    };
}
