using AiGuardrails.Analyzers.Rules.Cost;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Cost.NoOutputTokenCapAnalyzer,
    AiGuardrails.CodeFixes.Rules.Cost.NoOutputTokenCapCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Cost;

public sealed class AIG2001_NoOutputTokenCapTests
{
    private const string Usings =
        """
        using System;
        using System.ClientModel;
        using System.ClientModel.Primitives;
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Threading;
        using System.Threading.Tasks;
        using AiGuardrails;
        using Microsoft.Extensions.AI;
        using OpenAI.Assistants;
        using OpenAI.Chat;
        using OpenAI.Responses;
        using ChatMessage = OpenAI.Chat.ChatMessage;

        """;

    // The builder of Microsoft.Extensions.AI, which is in a package of its own, as far as the rule is concerned.
    private const string Builder =
        """
        namespace Microsoft.Extensions.AI
        {
            public sealed class ChatClientBuilder
            {
                public ChatClientBuilder(IChatClient innerClient) { }
                public ChatClientBuilder Use(Func<IChatClient, IChatClient> clientFactory) => this;
                public IChatClient Build() => null!;
            }

            public static class ChatClientBuilderChatClientExtensions { public static ChatClientBuilder AsBuilder(this IChatClient innerClient) => null!; }
            public static class ConfigureOptionsChatClientBuilderExtensions { public static ChatClientBuilder ConfigureOptions(this ChatClientBuilder builder, Action<ChatOptions> configure) => builder; }
            public static class LoggingChatClientBuilderExtensions { public static ChatClientBuilder UseLogging(this ChatClientBuilder builder) => builder; }
            public static class OpenAIClientExtensions { public static IChatClient AsIChatClient(this OpenAI.Chat.ChatClient chatClient) => null!; }
        }

        static class TeamExtensions { public static ChatClientBuilder UseHouseRules(this ChatClientBuilder builder) => builder; }

        """;

    // Semantic Kernel, as far as the rule is concerned.
    private const string Kernel =
        """
        namespace Microsoft.SemanticKernel
        {
            public class Kernel { }
            public class PromptExecutionSettings { public IDictionary<string, object>? ExtensionData { get; set; } }
            public class PromptTemplateConfig { }
            public class KernelArguments : Dictionary<string, object?>
            {
                public KernelArguments() { }
                public KernelArguments(PromptExecutionSettings? executionSettings) { }
                public IReadOnlyDictionary<string, PromptExecutionSettings>? ExecutionSettings { get; set; }
            }
            public static class KernelExtensions
            {
                public static Task<string> InvokePromptAsync(this Kernel kernel, string promptTemplate, KernelArguments? arguments = null, string? templateFormat = null, PromptTemplateConfig? promptTemplateConfig = null) => null!;
            }
        }
        namespace Microsoft.SemanticKernel.ChatCompletion
        {
            public class ChatHistory { }
            public interface IChatCompletionService { Task<object> GetChatMessageContentsAsync(ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null); }
        }
        namespace Microsoft.SemanticKernel.Connectors.OpenAI
        {
            public class OpenAIPromptExecutionSettings : PromptExecutionSettings { public int? MaxTokens { get; set; } public double? Temperature { get; set; } }
        }

        """;

    [Theory]
    [InlineData("chat.{|AIG2001:CompleteChat|}(messages)")]
    [InlineData("chat.{|AIG2001:CompleteChatAsync|}(messages, cancellationToken: token)")]
    [InlineData("chat?.{|AIG2001:CompleteChat|}(messages)")]
    [InlineData("chat.CompleteChat(messages, {|AIG2001:null|})")]
    [InlineData("chat.CompleteChat(messages, {|AIG2001:default|})")]
    [InlineData("chat.CompleteChat(messages, {|AIG2001:default(ChatCompletionOptions)|}, token)")]
    [InlineData("chat.CompleteChat(messages, {|AIG2001:new ChatCompletionOptions()|})")]
    [InlineData("chat.CompleteChatStreamingAsync(messages, {|AIG2001:new() { Temperature = 0 }|})")]
    [InlineData("chat.CompleteChat(messages, {|AIG2001:new ChatCompletionOptions { MaxOutputTokenCount = null }|})")]
    [InlineData("chat.CompleteChat(messages, flag ? {|AIG2001:new ChatCompletionOptions { Temperature = 0 }|} : new ChatCompletionOptions { MaxOutputTokenCount = 5 })")]
    [InlineData("chat.CompleteChat(messages, flag ? options : {|AIG2001:null|})")]
    [InlineData("chat.CompleteChat(messages, options ?? {|AIG2001:new ChatCompletionOptions()|})")]
    [InlineData("chat.CompleteChat(messages, {|AIG2001:new ChatCompletionOptions { Tools = { } }|})")]
    [InlineData("responses.CreateResponse({|AIG2001:new CreateResponseOptions(\"gpt-5\", [])|})")]
    [InlineData("responses.CreateResponseAsync({|AIG2001:new CreateResponseOptions { Model = \"gpt-5\", Instructions = \"i\" }|}, token)")]
    [InlineData("assistants.{|AIG2001:CreateRun|}(\"thread\", \"assistant\")")]
    [InlineData("assistants.CreateRun(\"thread\", \"assistant\", {|AIG2001:new RunCreationOptions { InstructionsOverride = \"i\" }|})")]
    [InlineData("client.{|AIG2001:GetResponseAsync|}(\"hi\")")]
    [InlineData("client.{|AIG2001:GetResponseAsync|}(\"hi\", cancellationToken: token)")]
    [InlineData("client.GetResponseAsync(\"hi\", {|AIG2001:new ChatOptions { ModelId = \"m\" }|}, token)")]
    [InlineData("client.GetStreamingResponseAsync(\"hi\", options: {|AIG2001:new() { Tools = [] }|})")]
    [InlineData("ChatClientExtensions.{|AIG2001:GetResponseAsync|}(client, \"hi\")")]
    [InlineData("client.GetResponseAsync(\"hi\", {|AIG2001:new ChatOptions { AdditionalProperties = new() { [\"user\"] = 1 } }|})")]
    [InlineData("client.GetResponseAsync(\"hi\", {|AIG2001:new ChatOptions { RawRepresentationFactory = _ => new ChatCompletionOptions { StoredOutputEnabled = true } }|})")]
    [InlineData("new Func<object>(() => chat.{|AIG2001:CompleteChat|}(messages))")]
    public Task Call_without_a_cap_is_reported(string expression) => Verify.VerifyAnalyzerAsync(InMethod($"var result = {expression};"));

    [Theory]
    [InlineData("chat.CompleteChat(messages, options)")]
    [InlineData("chat.CompleteChat(messages, new ChatCompletionOptions { MaxOutputTokenCount = 5 })")]
    [InlineData("chat.CompleteChat(messages, new() { MaxOutputTokenCount = limit })")]
    [InlineData("chat.CompleteChat(\"hi\")")]
    [InlineData("chat.CompleteChat(new UserChatMessage(\"hi\"))")]
    [InlineData("chat.GetChatCompletion(\"id\")")]
    [InlineData("responses.CreateResponse(\"gpt-5\", \"hi\")")]
    [InlineData("responses.CreateResponse(new CreateResponseOptions(\"gpt-5\", []) { MaxOutputTokenCount = 5 })")]
    [InlineData("responses.GetResponse(\"id\")")]
    [InlineData("assistants.CreateRun(\"thread\", \"assistant\", new RunCreationOptions { MaxOutputTokenCount = 5 })")]
    [InlineData("client.GetResponseAsync(\"hi\", new ChatOptions { MaxOutputTokens = 5 })")]
    [InlineData("client.GetResponseAsync(\"hi\", new ChatOptions { AdditionalProperties = new() { [\"max_tokens\"] = 1 } })")]
    [InlineData("client.GetResponseAsync(\"hi\", new ChatOptions { AdditionalProperties = properties })")]
    [InlineData("client.GetResponseAsync(\"hi\", new ChatOptions { RawRepresentationFactory = _ => new ChatCompletionOptions { MaxOutputTokenCount = 5 } })")]
    [InlineData("client.GetResponseAsync(\"hi\", new ChatOptions { RawRepresentationFactory = c => Raw(c) })")]
    [InlineData("Helpers.Read(new ChatCompletionOptions())")]
    [InlineData("new Other().CompleteChat(messages)")]
    [InlineData("images.GenerateImage(\"a cat\")")]
    public Task Anything_else_is_not_reported(string expression) => Verify.VerifyAnalyzerAsync(InMethod($"var result = {expression};"));

    [Theory]
    [InlineData("var o = {|AIG2001:new ChatCompletionOptions()|}; o.Temperature = 0; chat.CompleteChat(messages, o);")]
    [InlineData("ChatCompletionOptions o = {|AIG2001:new() { Temperature = 0 }|}; await chat.CompleteChatAsync(messages, o, token);")]
    [InlineData("var o = {|AIG2001:new ChatCompletionOptions()|}; foreach (var tool in tools) { o.Tools.Add(tool); } while (flag) { chat.CompleteChat(messages, o); }")]
    [InlineData("ChatCompletionOptions? o = null; if (flag) { o = {|AIG2001:new ChatCompletionOptions { Tools = { tools[0] } }|}; } chat.CompleteChat(messages, o);")]
    [InlineData("ChatCompletionOptions? o = {|AIG2001:null|}; chat.CompleteChat(messages, o);")]
    [InlineData("var o = {|AIG2001:new ChatOptions()|}; await Parallel.ForEachAsync(new[] { name }, async (text, ct) => await client.GetResponseAsync(text, o, ct));")]
    [InlineData("ChatOptions o; switch (flag) { case true: o = new() { MaxOutputTokens = 5 }; break; default: o = {|AIG2001:new()|}; break; } await client.GetResponseAsync(name, o);")]
    [InlineData("Func<string, Task<ChatResponse>> ask = text => client.{|AIG2001:GetResponseAsync|}(text); await ask(name);")]
    [InlineData("var o = {|AIG2001:new CreateResponseOptions()|}; o.Patch.Set(\"$.prompt_cache_key\"u8, \"k\"); responses.CreateResponse(o);")]
    [InlineData("var o = {|AIG2001:new ChatCompletionOptions()|}; o.Patch.Set(\"$.user\"u8, \"me\"); chat.CompleteChat(messages, o);")]
    [InlineData("var o = {|AIG2001:new ChatOptions { AdditionalProperties = new() }|}; o.AdditionalProperties[\"user\"] = 1; await client.GetResponseAsync(\"hi\", o);")]
    [InlineData("options ??= {|AIG2001:new ChatCompletionOptions()|}; options.Temperature = 0; chat.CompleteChat(messages, options);")]
    [InlineData("if (options is null) { options = {|AIG2001:new ChatCompletionOptions()|}; } chat.CompleteChat(messages, options);")]
    [InlineData("var o = {|AIG2001:new ChatCompletionOptions()|}; chat.CompleteChat(messages, o); o.MaxOutputTokenCount = 5;")]
    [InlineData("chat.CompleteChat(messages, Plain());")]
    [InlineData("chat.CompleteChat(messages, _plain);")]
    [InlineData("await foreach (var update in client.{|AIG2001:GetStreamingResponseAsync|}(\"hi\")) { }")]
    [InlineData("var c = new ChatClientBuilder(client).UseLogging().Build(); await c.{|AIG2001:GetResponseAsync|}(\"hi\");")]
    [InlineData("var c = client.AsBuilder().ConfigureOptions(o => o.Temperature = 0).Build(); await c.{|AIG2001:GetResponseAsync|}(\"hi\");")]
    [InlineData("await chat.AsIChatClient().{|AIG2001:GetResponseAsync|}(\"hi\");")]
    public Task Options_in_view_without_a_cap_are_reported(string statements) => Verify.VerifyAnalyzerAsync(
        InMethod(statements, marked: statements.Contains("Plain()", StringComparison.Ordinal) ? "made" : statements.Contains("_plain", StringComparison.Ordinal) ? "field" : ""));

    [Theory]
    [InlineData("var o = new ChatCompletionOptions(); o.MaxOutputTokenCount = 5; chat.CompleteChat(messages, o);")]
    [InlineData("var o = new ChatCompletionOptions(); if (flag) o.MaxOutputTokenCount = limit; chat.CompleteChat(messages, o);")]
    [InlineData("var o = new ChatCompletionOptions(); o.MaxOutputTokenCount ??= 5; chat.CompleteChat(messages, o);")]
    [InlineData("var o = new ChatCompletionOptions(); o.Patch.Set(\"$.max_completion_tokens\"u8, 100); chat.CompleteChat(messages, o);")]
    [InlineData("var o = new ChatCompletionOptions(); o.Patch.Set(Encoding.UTF8.GetBytes(name), 100); chat.CompleteChat(messages, o);")]
    [InlineData("var o = new CreateResponseOptions(); o.Patch.Set(\"$.prompt.id\"u8, \"pmpt_abc123\"); responses.CreateResponse(o);")]
    [InlineData("var o = new ChatCompletionOptions(); Helpers.Configure(o); chat.CompleteChat(messages, o);")]
    [InlineData("var o = new ChatCompletionOptions(); o.WithDefaults(); chat.CompleteChat(messages, o);")]
    [InlineData("var o = new ChatCompletionOptions(); Action a = () => o.MaxOutputTokenCount = 5; a(); chat.CompleteChat(messages, o);")]
    [InlineData("ChatCompletionOptions? o = null; if (flag) { o = Helpers.Load(); } chat.CompleteChat(messages, o);")]
    [InlineData("ChatCompletionOptions? o; try { o = Helpers.Load(); } catch (Exception) { o = new() { MaxOutputTokenCount = 5 }; } chat.CompleteChat(messages, o);")]
    [InlineData("if (Helpers.Load() is { } o) chat.CompleteChat(messages, o);")]
    [InlineData("ChatCompletionOptions? o = null; if (flag) { o = new() { MaxOutputTokenCount = 1 }; } if (flag) { chat.CompleteChat(messages, o); }")]
    [InlineData("var o = new ChatCompletionOptions(); typeof(ChatCompletionOptions).GetProperty(name)!.SetValue(o, 5); chat.CompleteChat(messages, o);")]
    [InlineData("ChatCompletionOptions o = new(); Cap(); chat.CompleteChat(messages, o); void Cap() => o.MaxOutputTokenCount = 3;")]
    [InlineData("var o = new ChatCompletionOptions(); try { o.MaxOutputTokenCount = int.Parse(name); } catch (FormatException) { } chat.CompleteChat(messages, o);")]
    [InlineData("var o = flag ? new ChatCompletionOptions { Temperature = 1 } : new ChatCompletionOptions(); o.MaxOutputTokenCount = 4; chat.CompleteChat(messages, o);")]
    [InlineData("var o = new ChatOptions(); o.AdditionalProperties ??= new(); o.AdditionalProperties[\"max_tokens\"] = 1; await client.GetResponseAsync(\"hi\", o);")]
    [InlineData("var o = new ChatOptions { MaxOutputTokens = 5 }.Clone(); await client.GetResponseAsync(\"hi\", o);")]
    [InlineData("var c = client.AsBuilder().ConfigureOptions(o => o.MaxOutputTokens ??= 5).UseLogging().Build(); await c.GetResponseAsync(\"hi\");")]
    [InlineData("var c = client.AsBuilder().ConfigureOptions(Helpers.ConfigureChat).Build(); await c.GetResponseAsync(\"hi\");")]
    [InlineData("var c = client.AsBuilder().ConfigureOptions(o => Helpers.ConfigureChat(o)).Build(); await c.GetResponseAsync(\"hi\");")]
    [InlineData("var c = client.AsBuilder().UseHouseRules().Build(); await c.GetResponseAsync(\"hi\");")]
    [InlineData("var c = client.AsBuilder().Use(inner => new Capping(inner)).Build(); await c.GetResponseAsync(\"hi\");")]
    [InlineData("var b = new ChatClientBuilder(client); b.UseHouseRules(); var c = b.Build(); await c.GetResponseAsync(\"hi\");")]
    [InlineData("IChatClient c = new Capping(client); await c.GetResponseAsync(\"hi\");")]
    [InlineData("await new Capping(client).GetResponseAsync([]);")]
    [InlineData("var c = claude.AsIChatClient(\"claude-sonnet-5\"); await c.GetResponseAsync(\"hi\");")]
    [InlineData("var c = claude.AsIChatClient(\"claude-sonnet-5\").AsBuilder().UseLogging().Build(); await c.GetResponseAsync(\"hi\");")]
    public Task What_may_hold_a_cap_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(InMethod(statements));

    [Fact]
    public Task Client_from_a_field_is_reported() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class Answers(IChatClient client)
        {
            private static readonly ChatOptions s_options = {|AIG2001:new() { Temperature = 0 }|};
            private readonly ChatOptions _capped = new() { MaxOutputTokens = 100 };

            public async Task<string> Short(string question) => (await client.GetResponseAsync(question, s_options)).Text;
            public async Task<string> Again(string question) => (await client.GetResponseAsync(question, s_options)).Text;
            public async Task<string> Capped(string question) => (await client.GetResponseAsync(question, _capped)).Text;
            public async Task<string> None(string question) => (await client.{|AIG2001:GetResponseAsync|}(question)).Text;
        }
        """);

    [Fact]
    public Task Client_that_another_file_configures_is_not_reported() => Verify.VerifyAnalyzerAsync(
        Usings + "class Answers(IChatClient client) { public Task M(string question) => client.GetResponseAsync(question); }",
        test => test.Sources.Add("using System;\nusing Microsoft.Extensions.AI;\n" + Builder + """
            static class Start { static IChatClient Make(IChatClient inner) => inner.AsBuilder().ConfigureOptions(static options => options.MaxOutputTokens ??= 500).Build(); }
            """));

    // The client is in a package of its own, which the rule knows by the name of the type.
    [Fact]
    public Task Client_of_a_local_model_is_left() => Verify.VerifyAnalyzerAsync(
        Usings + "class Answers(IChatClient client) { public Task M(string question) => client.GetResponseAsync(question); }",
        test => test.Sources.Add("""
            using System;
            using Microsoft.Extensions.AI;

            static class Start { static IChatClient Make(Uri endpoint) => new OllamaSharp.OllamaApiClient(endpoint); }

            namespace OllamaSharp { abstract class Base(IChatClient inner) : DelegatingChatClient(inner) { } class OllamaApiClient(Uri endpoint) : Base(null!) { public Uri Endpoint => endpoint; } }
            """));

    [Fact]
    public Task Client_of_the_team_is_left_to_the_team() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class Capping(IChatClient inner) : DelegatingChatClient(inner)
        {
            public override Task<ChatResponse> GetResponseAsync(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
                base.GetResponseAsync(messages, With(options), cancellationToken);

            public Task<ChatResponse> Plain(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages) => GetResponseAsync(messages);

            private static ChatOptions With(ChatOptions? options)
            {
                options = options?.Clone() ?? new();
                options.MaxOutputTokens ??= 100;
                return options;
            }
        }
        """);

    [Fact]
    public Task What_a_wrapper_passes_on_comes_from_its_caller() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class Logging(IChatClient inner) : DelegatingChatClient(inner)
        {
            public override Task<ChatResponse> GetResponseAsync(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            {
                options ??= new();
                return InnerClient.GetResponseAsync(messages, options, cancellationToken);
            }
        }
        """);

    [Theory]
    [InlineData("service.{|AIG2001:GetChatMessageContentsAsync|}(history)")]
    [InlineData("service.GetChatMessageContentsAsync(history, {|AIG2001:null|}, kernel)")]
    [InlineData("service.GetChatMessageContentsAsync(history, {|AIG2001:new OpenAIPromptExecutionSettings { Temperature = 0 }|}, kernel)")]
    [InlineData("kernel.{|AIG2001:InvokePromptAsync|}(\"hi\")")]
    [InlineData("kernel.InvokePromptAsync(\"hi\", new KernelArguments({|AIG2001:new OpenAIPromptExecutionSettings()|}) { [\"x\"] = 1 })")]
    public Task Semantic_kernel_call_without_a_cap_is_reported(string expression) => Verify.VerifyAnalyzerAsync(InKernel(expression), static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("service.GetChatMessageContentsAsync(history, settings)")]
    [InlineData("service.GetChatMessageContentsAsync(history, new PromptExecutionSettings())")]
    [InlineData("service.GetChatMessageContentsAsync(history, new OpenAIPromptExecutionSettings { MaxTokens = 5 })")]
    [InlineData("service.GetChatMessageContentsAsync(history, new OpenAIPromptExecutionSettings { ExtensionData = new Dictionary<string, object> { [\"max_tokens\"] = 5 } })")]
    [InlineData("kernel.InvokePromptAsync(\"hi\", new KernelArguments(new OpenAIPromptExecutionSettings { MaxTokens = 5 }))")]
    [InlineData("kernel.InvokePromptAsync(\"hi\", new KernelArguments(settings) { [\"x\"] = 1 })")]
    [InlineData("kernel.InvokePromptAsync(\"hi\", arguments)")]
    [InlineData("kernel.InvokePromptAsync(\"hi\", promptTemplateConfig: new PromptTemplateConfig())")]
    public Task Semantic_kernel_call_that_may_have_a_cap_is_not_reported(string expression) => Verify.VerifyAnalyzerAsync(InKernel(expression));

    [Theory]
    [InlineData("client.GetChatCompletions(\"deployment\", {|AIG2001:new ChatCompletionsOptions { Temperature = 0 }|})")]
    [InlineData("client.GetChatCompletionsAsync(\"deployment\", {|AIG2001:new ChatCompletionsOptions()|})")]
    [InlineData("client.GetChatCompletions(\"deployment\", new ChatCompletionsOptions { MaxTokens = 5 })")]
    [InlineData("client.GetCompletions(\"deployment\", new CompletionsOptions())")]
    [InlineData("client.GetCompletions(\"deployment\", \"prompt\")")]
    public Task Azure_beta_calls_are_judged_by_their_options(string expression) => Verify.VerifyAnalyzerAsync(
        $"using Azure.AI.OpenAI; class C {{ object M(OpenAIClient client) => {expression}; }}",
        static test => test.References = AiGuardrails.Testing.ReferenceSets.Platform | AiGuardrails.Testing.ReferenceSets.AzureOpenAI);

    [Fact]
    public Task Extensions_that_set_something_else_leave_the_options_in_view() => Verify.VerifyAnalyzerAsync(
        """
        using System.Collections.Generic;
        using Azure.AI.OpenAI.Chat;
        using OpenAI.Chat;

        // Azure.AI.OpenAI 2.x, as far as the rule is concerned.
        namespace Azure.AI.OpenAI { public class AzureOpenAIClient { } }
        namespace Azure.AI.OpenAI.Chat
        {
            public static class AzureChatExtensions
            {
                public static void SetNewMaxCompletionTokensPropertyEnabled(this ChatCompletionOptions options, bool newPropertyEnabled = true) { }
            }
        }

        class C
        {
            void M(ChatClient client, List<ChatMessage> messages)
            {
                var plain = {|AIG2001:new ChatCompletionOptions()|};
                plain.SetNewMaxCompletionTokensPropertyEnabled();
                client.CompleteChat(messages, plain);

                var capped = new ChatCompletionOptions { MaxOutputTokenCount = 100 };
                capped.SetNewMaxCompletionTokensPropertyEnabled();
                client.CompleteChat(messages, capped);
            }
        }
        """);

    [Fact]
    public Task Anthropic_calls_cannot_be_without_a_cap() => Verify.VerifyAnalyzerAsync(
        """
        using Anthropic;
        using Anthropic.Models.Messages;
        class C { object M(IAnthropicClient client) => client.Messages.Create(new MessageCreateParams { Model = "claude-sonnet-5", MaxTokens = 1024, Messages = [] }); }
        """);

    [Theory]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/chat/completions\", {|AIG2001:new { model = \"m\", messages = list }|})")]
    [InlineData("http.PostAsJsonAsync(\"v1/responses\", {|AIG2001:new { model = \"m\", input = \"hi\" }|})")]
    [InlineData("http.PostAsync($\"{host}/openai/deployments/{name}/chat/completions?api-version=1\", JsonContent.Create({|AIG2001:new { messages = list }|}))")]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/chat/completions\", new StringContent(JsonSerializer.Serialize({|AIG2001:new { messages = list }|}), Encoding.UTF8, \"application/json\"))")]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/chat/completions\", new StringContent({|AIG2001:\"{ \\\"model\\\": \\\"m\\\", \\\"messages\\\": [] }\"|}))")]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/chat/completions\", new StringContent({|AIG2001:new JsonObject { [\"messages\"] = new JsonArray() }|}.ToJsonString()))")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/chat/completions\", {|AIG2001:new Dictionary<string, object> { { \"messages\", list } }|})")]
    [InlineData("http.SendAsync(new HttpRequestMessage(HttpMethod.Post, \"https://api.openai.com/v1/chat/completions\") { Content = JsonContent.Create({|AIG2001:new { messages = list }|}) })")]
    [InlineData("chat.CompleteChat(BinaryContent.Create(BinaryData.FromBytes({|AIG2001:\"{ \\\"messages\\\": [] }\"u8|}.ToArray())))", true)]
    [InlineData("chat.CompleteChat(BinaryContent.Create(BinaryData.FromObjectAsJson({|AIG2001:new { messages = list }|})), new RequestOptions())", true)]
    public Task Http_request_without_a_cap_is_reported(string expression, bool typed = false) => Verify.VerifyAnalyzerAsync(
        InHttp(expression), test => test.SilentWithoutSdk = typed);

    [Theory]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/chat/completions\", new { messages = list, max_completion_tokens = 5 })")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/chat/completions\", new { messages = list, max_tokens = 5 })")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/responses\", new { input = \"hi\", max_output_tokens = 5 })")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/responses\", new { prompt = new { id = \"pmpt_abc123\" } })")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/responses\", new { model = \"m\", input = \"hi\", prompt = new { id = \"pmpt_abc123\" } })")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/completions\", new { prompt = \"hi\" })")]
    [InlineData("http.PostAsJsonAsync(\"https://api.anthropic.com/v1/messages\", new { messages = list })")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/embeddings\", new { input = \"hi\" })")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/chat/completions\", body)")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/chat/completions\", new { something = 1 })")]
    [InlineData("http.PostAsJsonAsync(host + \"/survey/responses\", new { input = 1 })")]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/chat/completions\", new StringContent(name))")]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/chat/completions\", new StringContent(\"{ \\\"messages\\\": [], \\\"max_tokens\\\": 5 }\"))")]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/chat/completions\", new StringContent($\"{{ \\\"messages\\\": [], {name} }}\"))")]
    [InlineData("http.PutAsJsonAsync(\"https://api.openai.com/v1/chat/completions\", new { messages = list })")]
    [InlineData("http.SendAsync(new HttpRequestMessage(HttpMethod.Get, \"https://api.openai.com/v1/chat/completions\") { Content = JsonContent.Create(new { messages = list }) })")]
    public Task Other_http_request_is_not_reported(string expression) => Verify.VerifyAnalyzerAsync(InHttp(expression));

    [Fact]
    public Task Json_object_that_gets_its_cap_later_is_not_reported() => Verify.VerifyAnalyzerAsync(InHttpBody(
        """
        var first = new JsonObject { ["messages"] = new JsonArray() };
        if (name.Length > 0) { first["max_tokens"] = 5; }
        http.PostAsJsonAsync("https://api.openai.com/v1/chat/completions", first);

        var second = {|AIG2001:new JsonObject { ["messages"] = new JsonArray() }|};
        second["temperature"] = 0;
        http.PostAsync("https://api.openai.com/v1/chat/completions", new StringContent(second.ToJsonString()));

        var third = new JsonObject();
        third["messages"] = new JsonArray();
        third[name] = 5;
        http.PostAsJsonAsync("https://api.openai.com/v1/chat/completions", third);
        """), static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Wrapper_of_the_team_is_judged_by_its_marks() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class AskOptions
        {
            public string? Tone { get; set; }
            [OutputCap] public int? Limit { get; set; }
        }

        interface IAsk
        {
            [GeneratesText] Task<string> AskAsync(string prompt, [OutputCap] int? maxTokens = null);
            [GeneratesText] Task<string> AskShort(string prompt, [OutputCap] int maxTokens = 100);
            [GeneratesText] Task<string> AskWith(string prompt, AskOptions? options = null);
            [GeneratesText] Task<string> AskFreely(string prompt);
            Task<string> Unmarked(string prompt, AskOptions? options = null);
        }

        class C
        {
            void M(IAsk ask, int limit)
            {
                ask.{|AIG2001:AskAsync|}("hi");
                ask.AskAsync("hi", {|AIG2001:null|});
                ask.AskAsync("hi", 5);
                ask.AskAsync("hi", limit);
                ask.AskShort("hi");
                ask.{|AIG2001:AskWith|}("hi");
                ask.AskWith("hi", {|AIG2001:new AskOptions { Tone = "dry" }|});
                ask.AskWith("hi", new AskOptions { Limit = 5 });
                ask.AskFreely("hi");
                ask.Unmarked("hi");
            }
        }
        """, static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Test_code_is_silent() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class TestMethodAttribute : Attribute { }

        class Tests
        {
            [TestMethod]
            public void M(IChatClient client) => client.GetResponseAsync("hi");
        }
        """);

    [Fact]
    public Task Message_names_what_lacks_the_cap() => Verify.VerifyAnalyzerAsync(
        InMethod("chat.{|#0:CompleteChat|}(messages); client.GetResponseAsync(\"hi\", {|#1:new ChatOptions()|});"),
        Verify.Diagnostic("AIG2001").WithLocation(0).WithArguments("CompleteChat", "MaxOutputTokenCount"),
        Verify.Diagnostic("AIG2001").WithLocation(1).WithArguments("ChatOptions", "MaxOutputTokens"));

    [Fact]
    public Task Fix_sets_the_cap_to_one_constant_of_the_type() => Verify.VerifyCodeFixAsync(
        """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;
        using OpenAI.Chat;

        /// <summary>Answers.</summary>
        public class Answers
        {
            // The client.
            private readonly ChatClient _chat;

            private static readonly ChatOptions s_options = {|AIG2001:new()|};

            public Answers(ChatClient chat) => _chat = chat;

            public void Make(IEnumerable<OpenAI.Chat.ChatMessage> messages, CancellationToken token, bool flag)
            {
                _chat.{|AIG2001:CompleteChat|}(messages);
                _chat.{|AIG2001:CompleteChat|}(messages, cancellationToken: token);
                _chat.CompleteChat(messages, {|AIG2001:null|}, token);
                _chat.CompleteChat(messages, {|AIG2001:new ChatCompletionOptions()|}, token); // no options
                _chat.CompleteChat(messages, {|AIG2001:new ChatCompletionOptions { Temperature = 0 }|}, token);
                _chat.CompleteChat(messages, {|AIG2001:new ChatCompletionOptions() { MaxOutputTokenCount = null }|}, token);
                _chat.CompleteChat(
                    messages,
                    {|AIG2001:new ChatCompletionOptions
                    {
                        Temperature = 0, // exact
                        TopP = 1 // all
                    }|},
                    token);
                _chat.CompleteChat(
                    messages: messages,
                    options: {|AIG2001:new ChatCompletionOptions
                    {
                        // Exact.
                        Temperature = 0,
                    }|});
            }

            public Task Ask(IChatClient client) => client.GetResponseAsync("hi", s_options);

            private class Inner
            {
                public Task Ask(IChatClient client) => client.{|AIG2001:GetResponseAsync|}("hi");
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;
        using OpenAI.Chat;

        /// <summary>Answers.</summary>
        public class Answers
        {
            private const int MaxOutputTokens = 1024;

            // The client.
            private readonly ChatClient _chat;

            private static readonly ChatOptions s_options = new() { MaxOutputTokens = MaxOutputTokens };

            public Answers(ChatClient chat) => _chat = chat;

            public void Make(IEnumerable<OpenAI.Chat.ChatMessage> messages, CancellationToken token, bool flag)
            {
                _chat.CompleteChat(messages, options: new ChatCompletionOptions { MaxOutputTokenCount = MaxOutputTokens });
                _chat.CompleteChat(messages, options: new ChatCompletionOptions { MaxOutputTokenCount = MaxOutputTokens }, cancellationToken: token);
                _chat.CompleteChat(messages, new ChatCompletionOptions { MaxOutputTokenCount = MaxOutputTokens }, token);
                _chat.CompleteChat(messages, new ChatCompletionOptions { MaxOutputTokenCount = MaxOutputTokens }, token); // no options
                _chat.CompleteChat(messages, new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = MaxOutputTokens }, token);
                _chat.CompleteChat(messages, new ChatCompletionOptions() { MaxOutputTokenCount = MaxOutputTokens }, token);
                _chat.CompleteChat(
                    messages,
                    new ChatCompletionOptions
                    {
                        Temperature = 0, // exact
                        TopP = 1, // all
                        MaxOutputTokenCount = MaxOutputTokens
                    },
                    token);
                _chat.CompleteChat(
                    messages: messages,
                    options: new ChatCompletionOptions
                    {
                        // Exact.
                        Temperature = 0,
                        MaxOutputTokenCount = MaxOutputTokens,
                    });
            }

            public Task Ask(IChatClient client) => client.GetResponseAsync("hi", s_options);

            private class Inner
            {
                public Task Ask(IChatClient client) => client.GetResponseAsync("hi", options: new ChatOptions { MaxOutputTokens = MaxOutputTokens });
            }
        }
        """);

    [Fact]
    public Task Fix_uses_the_constant_that_is_there() => Verify.VerifyCodeFixAsync(
        """
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        class Limits { protected const int MaxOutputTokens = 300; }

        class Answers : Limits { Task Ask(IChatClient client) => client.{|AIG2001:GetResponseAsync|}("hi"); }
        """,
        """
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        class Limits { protected const int MaxOutputTokens = 300; }

        class Answers : Limits { Task Ask(IChatClient client) => client.GetResponseAsync("hi", options: new ChatOptions { MaxOutputTokens = MaxOutputTokens }); }
        """);

    [Fact]
    public Task Fix_finds_a_name_that_is_free() => Verify.VerifyCodeFixAsync(
        """
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        class Answers
        {
            public int MaxOutputTokens { get; set; }

            Task Ask(IChatClient client) => client.GetResponseAsync(
                "hi",
                {|AIG2001:new ChatOptions()|});
        }
        """,
        """
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        class Answers
        {
            private const int MaxOutputTokens2 = 256;

            public int MaxOutputTokens { get; set; }

            Task Ask(IChatClient client) => client.GetResponseAsync(
                "hi",
                new ChatOptions { MaxOutputTokens = MaxOutputTokens2 });
        }
        """,
        static test => test.EditorConfig = "[*.cs]\naiguardrails.default_output_cap = 256");

    [Fact]
    public Task Fix_of_top_level_statements_declares_a_local() => Verify.VerifyCodeFixAsync(
        """
        using Microsoft.Extensions.AI;

        // Asks twice.
        IChatClient client = null!;
        await client.{|AIG2001:GetResponseAsync|}("hi");
        await client.GetResponseAsync("hi", {|AIG2001:new ChatOptions()|});

        class Other { object M(IChatClient client) => client.{|AIG2001:GetResponseAsync|}("hi"); }
        """,
        """
        using Microsoft.Extensions.AI;

        // Asks twice.
        IChatClient client = null!;
        const int MaxOutputTokens = 1024;
        await client.GetResponseAsync("hi", options: new ChatOptions { MaxOutputTokens = MaxOutputTokens });
        await client.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = MaxOutputTokens });

        class Other { private const int MaxOutputTokens = 1024; object M(IChatClient client) => client.GetResponseAsync("hi", options: new ChatOptions { MaxOutputTokens = MaxOutputTokens }); }
        """,
        static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Fix_of_a_type_in_parts_writes_the_number() => Verify.VerifyCodeFixAsync(
        """
        using Microsoft.Extensions.AI;

        partial class Answers { object Ask(IChatClient client) => client.GetResponseAsync("hi", {|AIG2001:new ChatOptions()|}); }
        partial class Answers { }
        """,
        """
        using Microsoft.Extensions.AI;

        partial class Answers { object Ask(IChatClient client) => client.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = 1024 }); }
        partial class Answers { }
        """);

    [Fact]
    public Task Fix_of_a_wrapper_passes_the_cap() => Verify.VerifyCodeFixAsync(
        """
        using System.Threading.Tasks;
        using AiGuardrails;

        class Wrapper
        {
            [GeneratesText] public Task<string> AskAsync(string prompt, [OutputCap] int? maxTokens = null, bool dry = false) => null!;

            void M()
            {
                {|AIG2001:AskAsync|}("hi", dry: true);
            }
        }
        """,
        """
        using System.Threading.Tasks;
        using AiGuardrails;

        class Wrapper
        {
            private const int MaxOutputTokens = 1024;

            [GeneratesText] public Task<string> AskAsync(string prompt, [OutputCap] int? maxTokens = null, bool dry = false) => null!;

            void M()
            {
                AskAsync("hi", maxTokens: MaxOutputTokens, dry: true);
            }
        }
        """,
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Fix_keeps_the_layout() => Verify.VerifyCodeFixAsync(
        """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        namespace Team;

        public record struct Asker(IChatClient Client)
        {
            #region Fields
            private static int s_count = 1;
            #endregion

            public Task Ask(CancellationToken token) => Client.{|AIG2001:GetResponseAsync|}(
                "hi", // the question
                cancellationToken: token);

            public Task Again(CancellationToken token)
            {
                return Client.{|AIG2001:GetResponseAsync|}(
                    "hi",
                    // Stops early.
                    cancellationToken: token);
            }
        }

        public sealed class Other
        {
            private readonly int _size = 3;
            public Task Ask(IChatClient client) => client.{|AIG2001:GetResponseAsync|}(
                "hi"
            );

            public Task Ask2(IChatClient client) => client.GetResponseAsync(
                "hi",
                /* none */ {|AIG2001:null|} /* so far */);

            public Task Ask3(IChatClient client) => client.GetResponseAsync("hi", {|AIG2001:new ChatOptions
            {
            }|});
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        namespace Team;

        public record struct Asker(IChatClient Client)
        {
            private const int MaxOutputTokens = 1024;

            #region Fields
            private static int s_count = 1;
            #endregion

            public Task Ask(CancellationToken token) => Client.GetResponseAsync(
                "hi", // the question
                options: new ChatOptions { MaxOutputTokens = MaxOutputTokens }, cancellationToken: token);

            public Task Again(CancellationToken token)
            {
                return Client.GetResponseAsync(
                    "hi",
                    // Stops early.
                    options: new ChatOptions { MaxOutputTokens = MaxOutputTokens }, cancellationToken: token);
            }
        }

        public sealed class Other
        {
            private const int MaxOutputTokens = 1024;
            private readonly int _size = 3;
            public Task Ask(IChatClient client) => client.GetResponseAsync(
                "hi",
                options: new ChatOptions { MaxOutputTokens = MaxOutputTokens }
            );

            public Task Ask2(IChatClient client) => client.GetResponseAsync(
                "hi",
                /* none */ new ChatOptions { MaxOutputTokens = MaxOutputTokens } /* so far */);

            public Task Ask3(IChatClient client) => client.GetResponseAsync("hi", new ChatOptions
            {
                MaxOutputTokens = MaxOutputTokens
            });
        }
        """);

    [Fact]
    public Task Fix_of_json_adds_a_member() => Verify.VerifyCodeFixAsync(
        """
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json.Nodes;

        class C
        {
            void M(HttpClient http, object[] list)
            {
                http.PostAsJsonAsync("https://api.openai.com/v1/chat/completions", {|AIG2001:new { messages = list }|});
                http.PostAsJsonAsync("https://api.openai.com/v1/responses", {|AIG2001:new JsonObject
                {
                    ["input"] = "hi",
                }|});
                http.PostAsJsonAsync("https://api.openai.com/v1/chat/completions", {|AIG2001:new Dictionary<string, object> { { "messages", list } }|});
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json.Nodes;

        class C
        {
            private const int MaxOutputTokens = 1024;

            void M(HttpClient http, object[] list)
            {
                http.PostAsJsonAsync("https://api.openai.com/v1/chat/completions", new { messages = list, max_completion_tokens = MaxOutputTokens });
                http.PostAsJsonAsync("https://api.openai.com/v1/responses", new JsonObject
                {
                    ["input"] = "hi",
                    ["max_output_tokens"] = MaxOutputTokens,
                });
                http.PostAsJsonAsync("https://api.openai.com/v1/chat/completions", new Dictionary<string, object> { { "messages", list }, { "max_completion_tokens", MaxOutputTokens } });
            }
        }
        """,
        static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/chat/completions\", new StringContent({|AIG2001:\"{ \\\"messages\\\": [] }\"|}))")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/chat/completions\", {|AIG2001:new Dictionary<string, string> { [\"messages\"] = name }|})")]
    public Task No_fix_where_it_would_not_compile(string expression) => Verify.VerifyNoCodeFixAsync(InHttp(expression), static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Fix_compiles_in_csharp_8() => Verify.VerifyCodeFixAsync(
        """
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        class Answers
        {
            Task Ask(IChatClient client) => client.GetResponseAsync("hi", {|AIG2001:default|});
        }
        """,
        """
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        class Answers
        {
            private const int MaxOutputTokens = 1024;

            Task Ask(IChatClient client) => client.GetResponseAsync("hi", new ChatOptions { MaxOutputTokens = MaxOutputTokens });
        }
        """,
        static test => test.LanguageVersion = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp8);

    [Theory]
    [InlineData("void M(ChatClient chat) => chat.CompleteChat(null, new ChatCompletionOptions { ")]
    [InlineData("void M(ChatClient chat) { ChatCompletionOptions o; if (chat == null) { o = new(); } else { o = ; } chat.CompleteChat([], o")]
    [InlineData("void M(HttpClient http) => http.PostAsJsonAsync(\"v1/chat/completions\", new { messages = ")]
    [InlineData("void M(IChatClient c) { var b = c.AsBuilder().; b.Build().GetResponseAsync(")]
    public Task Half_typed_code_does_no_harm(string member) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<NoOutputTokenCapAnalyzer>(Usings + "class C { " + member + " }");

    private static string InMethod(string statements, string marked = "") => Usings + Builder + $$"""
        class Capping(IChatClient inner) : DelegatingChatClient(inner) { }
        class Other { public object CompleteChat(IEnumerable<ChatMessage> messages, ChatCompletionOptions? options = null) => messages; }

        static class Helpers
        {
            public static object Read(ChatCompletionOptions options) => options;
            public static void Configure(ChatCompletionOptions options) => options.MaxOutputTokenCount = 5;
            public static void ConfigureChat(ChatOptions options) => options.Temperature = 0;
            public static ChatCompletionOptions WithDefaults(this ChatCompletionOptions options) => options;
            public static ChatCompletionOptions? Load() => Environment.TickCount > 1 ? JsonSerializer.Deserialize<ChatCompletionOptions>("{}") : null;
        }

        class C
        {
            private readonly ChatCompletionOptions _plain = {{(marked == "field" ? "{|AIG2001:new() { Temperature = 0 }|}" : "new() { Temperature = 0 }")}};

            private static ChatCompletionOptions Plain()
            {
                var made = {{(marked == "made" ? "{|AIG2001:new ChatCompletionOptions()|}" : "new ChatCompletionOptions()")}};
                made.Temperature = 0;
                return made;
            }

            private static object Raw(IChatClient client) => client;

            async Task M(
                ChatClient chat, ResponsesClient responses, AssistantClient assistants, OpenAI.Images.ImageClient images, IChatClient client, Anthropic.IAnthropicClient claude,
                List<ChatMessage> messages, List<ChatTool> tools, ChatCompletionOptions? options, AdditionalPropertiesDictionary properties, string name, int? limit, bool flag, CancellationToken token)
            {
                {{statements}}
            }
        }
        """;

    private static string InKernel(string expression) => "using System; using System.Collections.Generic; using System.Threading.Tasks; using Microsoft.SemanticKernel; using Microsoft.SemanticKernel.ChatCompletion; using Microsoft.SemanticKernel.Connectors.OpenAI;\n" + Kernel + $$"""
        class C { object M(Kernel kernel, IChatCompletionService service, ChatHistory history, PromptExecutionSettings settings, KernelArguments arguments) => {{expression}}; }
        """;

    private static string InHttp(string expression) => InHttpBody("object result = " + expression + ";");

    private static string InHttpBody(string statements) => Usings + $$"""
        class C
        {
            void M(HttpClient http, ChatClient chat, string host, string name, object[] list, object body)
            {
                {{statements}}
            }
        }
        """;
}
