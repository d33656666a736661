using System.Reflection;
using System.Runtime.Loader;
using AiGuardrails.Generators.Prompts;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Generators.Tests.Prompts;

/// <summary>What is generated for the SDKs, run against the real ones.</summary>
public sealed class PromptAdapterTests
{
    private const string Start = """"
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using AiGuardrails;
        using Acme.Warranty;

        public static class Checks
        {
            private const string Json = "{\"route\":\"Repair\",\"reason\":\"r\",\"confidencePercent\":81}";

            private static WarrantyTriage Prompt => new() { Line = ApplianceLine.Oven, CoveredUntil = new(2026, 11, 30), Complaint = "Stops." };

            public static IEnumerable<object?> Run()
            {

        """";

    [Fact]
    public void Messages_options_and_answers_of_extensions_ai() => Verify(
        """
        yield return string.Join(",", Prompt.ToChatMessages().Select(message => message.Role.Value));
        yield return Prompt.ToChatMessages(PromptFence.Deterministic)[0].Text.StartsWith("You route warranty claims for one appliance line: Oven.");
        var options = Prompt.CreateOptions();
        yield return options.MaxOutputTokens;
        yield return ((Microsoft.Extensions.AI.ChatResponseFormatJson)options.ResponseFormat!).Schema.ToString() == WarrantyTriage.AnswerSchema;
        yield return options.AdditionalProperties!["prompt_id"];

        foreach (var (reason, text) in new[] { ("stop", Json), ("length", Json), ("content_filter", ""), ("stop", "") })
        {
            var response = new Microsoft.Extensions.AI.ChatResponse(new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.Assistant, text)) { FinishReason = new(reason) };
            yield return WarrantyTriage.TryRead(response, out var verdict, out var problem) ? verdict.Route : problem;
        }

        var refusal = new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.Assistant, [new Microsoft.Extensions.AI.ErrorContent("no") { ErrorCode = "Refusal" }]);
        WarrantyTriage.TryRead(new Microsoft.Extensions.AI.ChatResponse(refusal), out _, out var refused);
        yield return refused;
        """,
        "system,user,assistant,user", true, 300, true, "warranty/triage", "Repair", "Truncated", "Filtered", "Empty", "Refused");

    [Fact]
    public void Messages_options_and_answers_of_openai() => Verify(
        """
        yield return string.Join(",", Prompt.ToOpenAIMessages().Select(message => message.GetType().Name));
        var options = Prompt.CreateOpenAIOptions();
        yield return options.MaxOutputTokenCount;
        yield return options.ResponseFormat is not null;

        foreach (var (reason, text, refusal) in new[] { (OpenAI.Chat.ChatFinishReason.Stop, Json, null), (OpenAI.Chat.ChatFinishReason.Length, Json, null), (OpenAI.Chat.ChatFinishReason.ContentFilter, "", null), (OpenAI.Chat.ChatFinishReason.Stop, "", (string?)"I cannot help with that.") })
        {
            var completion = OpenAI.Chat.OpenAIChatModelFactory.ChatCompletion(finishReason: reason, content: new OpenAI.Chat.ChatMessageContent(text), refusal: refusal);
            yield return WarrantyTriage.TryRead(completion, out var verdict, out var problem) ? verdict.Route : problem;
        }
        """,
        "SystemChatMessage,UserChatMessage,AssistantChatMessage,UserChatMessage", 300, true, "Repair", "Truncated", "Filtered", "Refused");

    [Fact]
    public void Parameters_and_answers_of_anthropic() => Verify(
        """
        var parameters = Prompt.ToAnthropicParams("claude-sonnet-5");
        yield return parameters.MaxTokens;
        yield return parameters.System!.TryPickString(out var system) && system.StartsWith("You route");
        yield return string.Join(",", parameters.Messages.Select(message => message.TryPickUser(out _) ? "user" : message.TryPickAssistant(out _) ? "assistant" : "other"));
        yield return parameters.OutputConfig!.Format!.Schema["type"].GetString();

        foreach (var reason in new[] { "end_turn", "max_tokens", "refusal", "model_context_window_exceeded" })
        {
            var message = System.Text.Json.JsonSerializer.Deserialize<Anthropic.Models.Messages.Message>(
                "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"stop_reason\":\"" + reason + "\",\"content\":[{\"type\":\"text\",\"text\":" + System.Text.Json.JsonSerializer.Serialize(Json) + "}]}")!;
            yield return WarrantyTriage.TryRead(message, out var verdict, out var problem) ? verdict.Route : problem;
        }
        """,
        300, true, "user,assistant,user", "object", "Repair", "Truncated", "Refused", "Truncated");

    private static void Verify(string code, params object[] expected)
    {
        var test = new GeneratorTest(new PromptGenerator(), PromptTrackingNames.Models) { LowestLanguageVersion = LanguageVersion.CSharp12 };
        var run = test.Run(PromptSnapshotTests.Triage, Start + code + "\n    }\n}\n");

        using var image = new MemoryStream();
        Assert.True(run.Output.Emit(image).Success);
        image.Position = 0;
        var context = new AssemblyLoadContext(nameof(PromptAdapterTests), isCollectible: true);
        context.Resolving += (_, name) => run.Output.References.OfType<PortableExecutableReference>().Select(static reference => reference.FilePath!)
            .Where(path => Path.GetFileNameWithoutExtension(path) == name.Name && !path.Contains(".ref", StringComparison.OrdinalIgnoreCase))
            .Select(path => context.LoadFromAssemblyPath(path))
            .FirstOrDefault();

        var method = context.LoadFromStream(image).GetType("Checks")!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;
        var actual = ((IEnumerable<object?>)method.Invoke(null, null)!).ToList();

        Assert.Equal(expected.Select(static value => value.ToString()), actual.Select(static value => value?.ToString()));
    }
}
