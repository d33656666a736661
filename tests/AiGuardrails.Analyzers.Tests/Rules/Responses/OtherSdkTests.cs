using AiGuardrails.Testing;
using Parsed = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Responses.TruncatedOutputParsedAnalyzer,
    AiGuardrails.CodeFixes.Rules.Responses.TruncatedOutputParsedCodeFix>;
using Switch = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Responses.FinishReasonSwitchIncompleteAnalyzer>;
using Trusted = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Responses.ModelOutputDeserializedUncheckedAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Responses;

/// <summary>
/// The rules on SDKs that are not in the default set: Azure.AI.OpenAI 1.0 for real, and Semantic Kernel, which cannot be restored, as
/// far as the rules know it.
/// </summary>
public sealed class OtherSdkTests
{
    private const string SemanticKernel =
        """
        namespace Microsoft.SemanticKernel
        {
            public class Kernel { }

            public class KernelContent { public object? InnerContent { get; set; } public IReadOnlyDictionary<string, object?>? Metadata { get; set; } }

            public class ChatMessageContent : KernelContent { public string? Content { get; set; } }

            public class FunctionResult { public IReadOnlyDictionary<string, object?>? Metadata => null; public extern T? GetValue<T>(); }

            public static class KernelExtensions
            {
                public static Task<FunctionResult> InvokePromptAsync(this Kernel kernel, string promptTemplate) => null!;
                public static Task<T?> InvokePromptAsync<T>(this Kernel kernel, string promptTemplate) => null!;
            }
        }

        namespace Microsoft.SemanticKernel.ChatCompletion
        {
            public interface IChatCompletionService { Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(string prompt); }

            public static class ChatCompletionServiceExtensions
            {
                public static Task<ChatMessageContent> GetChatMessageContentAsync(this IChatCompletionService service, string prompt) => null!;
            }
        }
        """;

    [Theory]
    [InlineData("var answer = await chat.GetChatMessageContentAsync(\"x\"); return {|AIG3001:JsonNode.Parse(answer.Content!)|};")]
    [InlineData("var answer = await chat.GetChatMessageContentAsync(\"x\"); return {|AIG3001:JsonNode.Parse(answer.Content ?? \"{}\")|};")]
    [InlineData("var answers = await chat.GetChatMessageContentsAsync(\"x\"); return {|AIG3001:JsonNode.Parse(answers[0].Content!)|};")]
    [InlineData("var result = await kernel.InvokePromptAsync(\"x\"); return {|AIG3001:JsonNode.Parse(result.GetValue<string>()!)|};")]
    public Task Text_of_the_kernel_is_reported(string statements) => Parsed.VerifyAnalyzerAsync(Kernel(statements), static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("var answer = await chat.GetChatMessageContentAsync(\"x\"); if (answer.Metadata?[\"FinishReason\"] is \"Length\") { return null; } return JsonNode.Parse(answer.Content!);")]
    [InlineData("var answers = await chat.GetChatMessageContentsAsync(\"x\"); if (answers[0].InnerContent is not null) { return null; } return JsonNode.Parse(answers[0].Content!);")]
    [InlineData("return JsonNode.Parse((await kernel.InvokePromptAsync<string>(\"x\"))!);")] // a bare text has nothing to ask
    public Task Text_of_the_kernel_is_not_reported(string statements) => Parsed.VerifyAnalyzerAsync(Kernel(statements), static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Fix_asks_the_metadata() => Parsed.VerifyCodeFixAsync(
        Kernel(
            """
            var answer = await chat.GetChatMessageContentAsync("x");
                    return {|AIG3001:JsonNode.Parse(answer.Content!)|};
            """),
        Kernel(
            """
            var answer = await chat.GetChatMessageContentAsync("x");
                    if (answer.Metadata is { } metadata && metadata.TryGetValue("FinishReason", out var finishReason) && finishReason?.ToString() is "Length" or "ContentFilter")
                    {
                        throw new InvalidOperationException($"The model stopped early: {finishReason}.");
                    }

                    return JsonNode.Parse(answer.Content!);
            """),
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Bare_text_of_the_kernel_is_text_of_a_model() => Trusted.VerifyAnalyzerAsync(Kernel(
        "return {|AIG3003:JsonNode.Parse((await kernel.InvokePromptAsync<string>(\"x\"))!)|}![\"number\"];"),
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Text_of_an_azure_choice_is_reported() => Parsed.VerifyCodeFixAsync(
        Azure("return {|AIG3001:JsonNode.Parse(response.Value.Choices[0].Message.Content)|};"),
        Azure(
            """
            if (response.Value.Choices[0].FinishReason == CompletionsFinishReason.TokenLimitReached || response.Value.Choices[0].FinishReason == CompletionsFinishReason.ContentFiltered)
                    {
                        throw new InvalidOperationException($"The model stopped early: {response.Value.Choices[0].FinishReason}.");
                    }

                    return JsonNode.Parse(response.Value.Choices[0].Message.Content);
            """),
        static test => test.References = ReferenceSets.Platform | ReferenceSets.AzureOpenAI);

    [Fact]
    public Task Text_of_an_azure_choice_is_not_reported_where_the_reason_is_read() => Parsed.VerifyAnalyzerAsync(
        Azure("if (response.Value.Choices[0].FinishReason == CompletionsFinishReason.TokenLimitReached) { return null; } return JsonNode.Parse(response.Value.Choices[0].Message.Content);"),
        static test => test.References = ReferenceSets.Platform | ReferenceSets.AzureOpenAI);

    [Fact]
    public Task Switch_on_an_azure_reason_is_reported() => Switch.VerifyAnalyzerAsync(
        Azure("if ({|AIG3006:response.Value.Choices[0].FinishReason.ToString()|} switch { \"stop\" => true, _ => false }) { return null; } return null;"),
        static test => test.References = ReferenceSets.Platform | ReferenceSets.AzureOpenAI);

    private static string Kernel(string statements) =>
        $$"""
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.Text.Json.Nodes;
        using System.Threading.Tasks;
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.ChatCompletion;

        class C
        {
            async Task<JsonNode?> M(Kernel kernel, IChatCompletionService chat)
            {
                {{statements}}
            }
        }

        {{SemanticKernel}}
        """;

    private static string Azure(string statements) =>
        $$"""
        using System;
        using System.Text.Json.Nodes;
        using System.Threading.Tasks;
        using Azure;
        using Azure.AI.OpenAI;

        class C
        {
            async Task<JsonNode> M(OpenAIClient client, ChatCompletionsOptions options)
            {
                Response<ChatCompletions> response = await client.GetChatCompletionsAsync("deployment", options);
                {{statements}}
            }
        }
        """;
}
