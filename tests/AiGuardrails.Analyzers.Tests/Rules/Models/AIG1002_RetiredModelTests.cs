using AiGuardrails.Analyzers.Rules.Models;
using AiGuardrails.Testing;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Models.RetiredModelAnalyzer,
    AiGuardrails.CodeFixes.Rules.Models.RetiredModelCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Models;

public sealed class AIG1002_RetiredModelTests
{
    // Azure.AI.OpenAI 2 cannot be restored everywhere; this is the part of it that the rule can meet.
    private const string Azure =
        """

        namespace Azure.AI.OpenAI
        {
            public class AzureOpenAIClient : global::OpenAI.OpenAIClient
            {
                public AzureOpenAIClient(System.Uri endpoint, System.ClientModel.ApiKeyCredential credential) : base(credential, null) { }
                public override global::OpenAI.Chat.ChatClient GetChatClient(string deploymentName) => throw null;
            }
        }
        """;

    [Theory]
    [InlineData("new ChatClient({|AIG1002:\"gpt-3.5-turbo-0613\"|}, key)")]
    [InlineData("new ChatClient(apiKey: key, model: {|AIG1002:\"gpt-4-32k\"|})")]
    [InlineData("new OpenAIClient(key).GetChatClient({|AIG1002:\"o1-preview\"|})")]
    [InlineData("client.GetChatClient({|AIG1002:\"gpt-4.5-preview\"|})")] // a client of unknown origin, and no Azure in sight
    [InlineData("client?.GetChatClient({|AIG1002:\"gpt-4.5-preview\"|})")]
    [InlineData("new ChatClientSettings { Model = {|AIG1002:\"gpt-4-32k\"|} }")]
    [InlineData("new CreateResponseOptions { Model = {|AIG1002:\"gpt-4-32k\"|} }")]
    [InlineData("new ChatOptions { ModelId = {|AIG1002:\"claude-3-haiku-20240307\"|} }")]
    [InlineData("new Anthropic.Models.Messages.MessageCountTokensParams { Messages = [], Model = {|AIG1002:\"claude-3-opus-20240229\"|} }")]
    [InlineData("new Anthropic.AnthropicClient().AsIChatClient({|AIG1002:\"claude-2.1\"|}, 100)")]
    [InlineData("new FineTuningClient(key).FineTune({|AIG1002:\"davinci-002\"|}, \"file-1\", false)")] // closed to training, not yet retired
    [InlineData("new ChatClient({|AIG1002:\"davinci:ft-personal-2023-04-28-18-40-02\"|}, key)")]
    [InlineData("new ChatClient({|AIG1002:\"ft:gpt-3.5-turbo-0301:acme::AbC12345\"|}, key)")] // by its base
    [InlineData("new ChatClient(text ?? {|AIG1002:\"gpt-4-32k\"|}, key)")]
    [InlineData("new ChatClient(text.Length > 0 ? \"gpt-4o\" : {|AIG1002:\"gpt-4-32k\"|}, key)")]
    [InlineData("new ChatClient(Default, key)")]
    [InlineData("new ChatClient({|AIG1002:\"gpt-4-32k\"|}, new System.ClientModel.ApiKeyCredential(key), new OpenAIClientOptions())")]
    [InlineData("new ChatClient({|AIG1002:\"gpt-4-32k\"|}, new System.ClientModel.ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(\"https://api.openai.com/v1\") })")]
    public Task Retired_model_at_a_sink_is_reported(string expression) => VerifyAsync(
        (expression.Contains("Default", StringComparison.Ordinal) ? "const string Default = {|AIG1002:\"text-davinci-003\"|};\n" : "")
        + $"object M(OpenAIClient client, string key, string text) => {expression};");

    [Theory]
    [InlineData("new ChatClient(\"gpt-4o\", key)")]
    [InlineData("new ChatClient(\"davinci-002\", key)")] // in service until September
    [InlineData("new ChatClient(\"gpt-4.1-nano-2025-04-14\", key)")] // until October
    [InlineData("new ChatClient(\"ft:gpt-3.5-turbo-0613:acme::AbC12345\", key)")] // exempt when its base was retired
    [InlineData("new ChatClient(\"gpt-35-turbo-0613\", key)")] // a name of Azure
    [InlineData("new ChatClient(\"my-model\", key)")]
    [InlineData("new ChatClient(text, key)")]
    [InlineData("new ChatClient(Environment.GetEnvironmentVariable(\"gpt-4-32k\"), key)")]
    [InlineData("new ChatClient(\"gpt-4o\", \"gpt-4-32k\")")] // not the model
    [InlineData("new UserChatMessage(\"gpt-4-32k\")")]
    [InlineData("text == \"gpt-4-32k\"")]
    [InlineData("new[] { \"gpt-4-32k\", \"o1-preview\" }")] // names that no call uses
    [InlineData("new Lookalike(\"gpt-4-32k\")")]
    [InlineData("new ChatClient(\"gpt-4-32k\", new System.ClientModel.ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(\"http://localhost:1234/v1\") })")]
    [InlineData("new ChatClient(\"gpt-4-32k\", new System.ClientModel.ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(\"https://acme.openai.azure.com/openai/v1/\") })")]
    [InlineData("new ChatClient(\"gpt-4-32k\", new System.ClientModel.ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri($\"{text}/openai/v1/\") })")]
    [InlineData("new OpenAIClient(new System.ClientModel.ApiKeyCredential(key), new() { Endpoint = new Uri(\"https://openrouter.ai/api/v1\") }).GetChatClient(\"gpt-4-32k\")")]
    public Task Anything_else_is_not_reported(string expression) => VerifyAsync($"object M(OpenAIClient client, string key, string text) => {expression};");

    [Fact]
    public Task Options_are_followed_to_their_endpoint() => VerifyAsync(
        """
        private readonly OpenAIClientOptions _local = new() { Endpoint = new Uri("http://localhost:11434/v1") };
        private readonly ChatClient _chat;
        private readonly OpenAIClient _own = new(Environment.GetEnvironmentVariable("KEY"));

        C(string key) => _chat = new OpenAIClient(new System.ClientModel.ApiKeyCredential(key), _local).GetChatClient("gpt-4-32k");

        object Local(string key)
        {
            var options = new OpenAIClientOptions();
            options.Endpoint = new Uri("http://localhost:11434/v1");
            return new ChatClient("gpt-4-32k", new System.ClientModel.ApiKeyCredential(key), options);
        }

        object Own() => _own.GetChatClient({|AIG1002:"gpt-4-32k"|});
        """);

    [Fact]
    public Task Deployments_are_left() => VerifyAsync(
        """
        private readonly OpenAIClient _azure = new Azure.AI.OpenAI.AzureOpenAIClient(new Uri("https://acme.openai.azure.com"), new System.ClientModel.ApiKeyCredential("key"));

        object Typed(Azure.AI.OpenAI.AzureOpenAIClient client) => client.GetChatClient("gpt-4-32k");
        object Field() => _azure.GetChatClient("gpt-4-32k");
        object Unknown(OpenAIClient client) => client.GetChatClient("gpt-4-32k");
        object Option() => new ChatOptions { ModelId = "gpt-4-32k" };

        // These say themselves whose they are.
        object Own(string key) => new ChatClient({|AIG1002:"gpt-4-32k"|}, key);
        object Chained(string key) => new OpenAIClient(key).GetChatClient({|AIG1002:"gpt-4-32k"|});
        object Claude() => new ChatOptions { ModelId = {|AIG1002:"claude-2.1"|} };
        """,
        after: Azure);

    [Fact]
    public Task First_version_of_azure_is_left() => Verify.VerifyAnalyzerAsync(
        """
        using Azure.AI.OpenAI;

        class C
        {
            object M(OpenAIClient client) => client.GetChatCompletionsAsync("gpt-4-32k", new ChatCompletionsOptions());
        }
        """,
        test =>
        {
            test.References = ReferenceSets.Platform | ReferenceSets.AzureOpenAI;
            test.GlobalOptions["build_property.AiGuardrailsToday"] = "2026-09-01";
        });

    [Fact]
    public Task Json_bodies_are_looked_at() => VerifyAsync(
        """
        Task Anonymous(HttpClient http) => http.PostAsJsonAsync("https://api.openai.com/v1/chat/completions", new { model = {|AIG1002:"gpt-4-32k"|} });
        Task Text(HttpClient http) => http.PostAsync("https://api.openai.com/v1/chat/completions", new StringContent({|AIG1002:"{ \"model\": \"gpt-4-32k\" }"|}));
        Task Claude(HttpClient http) => http.PostAsJsonAsync("https://api.anthropic.com/v1/messages", new { model = {|AIG1002:"claude-2.1"|} });
        Task Relative(HttpClient http) => http.PostAsJsonAsync("v1/chat/completions", new { model = {|AIG1002:"gpt-4-32k"|} });
        Task Protocol(ChatClient chat) => chat.CompleteChatAsync(System.ClientModel.BinaryContent.Create(BinaryData.FromObjectAsJson(new { model = {|AIG1002:"gpt-4-32k"|} })));

        Task Azure(HttpClient http) => http.PostAsJsonAsync("https://acme.openai.azure.com/openai/v1/chat/completions", new { model = "gpt-4-32k" });
        Task Deployment(HttpClient http, string host) => http.PostAsJsonAsync($"{host}/openai/deployments/x/chat/completions", new { model = "gpt-4-32k" });
        Task Router(HttpClient http) => http.PostAsJsonAsync("https://openrouter.ai/api/v1/chat/completions", new { model = "gpt-4-32k" });
        Task Shop(HttpClient http) => http.PostAsJsonAsync("https://shop.example/cars", new { model = "gpt-4-32k" });
        """,
        separately: true); // what one of them says of its service says nothing of the others

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-13-01")]
    public Task Without_a_day_the_rule_is_silent(string today) => VerifyAsync("object M(string key) => new ChatClient(\"gpt-4-32k\", key);", today);

    [Theory]
    [InlineData("2026-10-22", false)]
    [InlineData("2026-10-23", true)]
    public Task Day_of_the_retirement_counts(string today, bool isReported) => VerifyAsync(
        $"object M(string key) => new ChatClient({(isReported ? "{|AIG1002:\"gpt-4-turbo\"|}" : "\"gpt-4-turbo\"")}, key);", today);

    [Theory]
    [InlineData("\"gpt-4-32k\"", "gpt-4-32k", "2025-06-06", "use 'gpt-4o'")]
    [InlineData("\"dall-e-3\"", "dall-e-3", "2026-05-12", "use 'gpt-image-2', 'gpt-image-1' or 'gpt-image-1-mini'")]
    [InlineData("\"ft:gpt-3.5-turbo-0301:acme::AbC12345\"", "gpt-3.5-turbo-0301", "2024-09-13", "train a model that is in service and use that one")]
    [InlineData("\"davinci:ft-personal-2023-04-28-18-40-02\"", "davinci:ft-personal-2023-04-28-18-40-02", "2024-01-04", "train a model that is in service and use that one")]
    public Task Message_names_model_date_and_successor(string literal, string model, string date, string advice) => VerifyAsync(
        $"object M(string key) => new ChatClient({{|#0:{literal}|}}, key);",
        expected: Verify.Diagnostic("AIG1002").WithLocation(0).WithArguments(model, date, advice));

    [Fact]
    public Task Message_about_training_says_so() => VerifyAsync(
        "object M(string key) => new FineTuningClient(key).FineTune({|#0:\"babbage-002\"|}, \"file-1\", false);",
        expected: Verify.Diagnostic("AIG1002").WithLocation(0).WithArguments("babbage-002", "2024-10-28 for new training jobs", "train a model that is in service"));

    [Fact]
    public Task Catalogue_of_the_team_counts() => VerifyAsync(
        """
        object New(string key) => new ChatClient({|AIG1002:"acme-1"|}, key);
        object Extended(string key) => new ChatClient("gpt-4-32k", key);
        object Member() => new Anthropic.Models.Messages.MessageCountTokensParams { Messages = [], Model = {|AIG1002:Anthropic.Models.Messages.Model.ClaudeHaiku4_5_20251001|} };
        """,
        models:
        """
        { "models": [
          { "id": "acme-1", "provider": "OpenAI", "retires": "2026-08-31", "source": "us", "asOf": "2026-01-31" },
          { "id": "claude-haiku-4-5-20251001", "provider": "Anthropic", "retires": "2026-08-31", "source": "us", "asOf": "2026-01-31" },
          { "id": "gpt-4-32k", "provider": "OpenAI", "retires": null, "source": "our contract", "asOf": "2026-01-31" } ] }
        """);

    [Fact]
    public Task Broken_catalogue_of_the_team_changes_nothing() => VerifyAsync(
        "object M(string key) => new ChatClient({|AIG1002:\"gpt-4-32k\"|}, key);",
        models: """{ "models": [ { "id": "gpt-4-32k", "provider": "OpenAI", "retires": null, "source": "us", "asOf": "2026-01-31" }, """);

    [Fact]
    public Task Test_code_is_silent() => VerifyAsync(
        """
        class FactAttribute : Attribute { }

        class Tests
        {
            [Fact]
            public void M() => new ChatClient("gpt-4-32k", "key");
        }
        """);

    [Fact]
    public Task Wrapper_of_the_team_is_a_sink() => VerifyAsync(
        """
        object Ask([AiGuardrails.ModelId] string model, string question) => null;
        object M() => Ask({|AIG1002:"gpt-4-32k"|}, "gpt-4-32k");
        """);

    [Fact]
    public Task Default_of_a_parameter_is_followed() => VerifyAsync(
        "ChatClient Create(string key, string model = {|AIG1002:\"gpt-4-32k\"|}) => new(model, key);");

    [Theory]
    [InlineData("ChatClient Pick(bool fast, string key) => new(ModelFor(fast), key);\nstatic string ModelFor(bool fast) => fast ? \"gpt-4o-mini\" : {|AIG1002:\"gpt-4-32k\"|};")]
    [InlineData("ChatClient Pick(string key) => new(Env(\"MODEL\", {|AIG1002:\"gpt-4-32k\"|}), key);\nstatic string Env(string name, string fallback = \"o1-preview\") => Environment.GetEnvironmentVariable(name) ?? fallback;")]
    [InlineData("ChatClient Pick(string key) => new(Env(\"MODEL\"), key);\nstatic string Env(string name, string fallback = {|AIG1002:\"o1-preview\"|}) => Environment.GetEnvironmentVariable(name) ?? fallback;")]
    [InlineData("ChatClient Pick(string key) => new(Env(\"gpt-4-32k\"), key);\nstatic string Env(string name) => Environment.GetEnvironmentVariable(name);")]
    [InlineData("ChatClient Pick(IConfiguration c, string key) => new(c.GetValue(\"Model\", {|AIG1002:\"gpt-4-32k\"|}), key);")]
    [InlineData("ChatClient Pick(IConfiguration c, string key) => new(c.GetValue<string>(\"gpt-4-32k\"), key);")]
    [InlineData("ChatClient Pick(IDictionary<string, string> map, string key) => new(map[\"gpt-4-32k\"], key);")]
    [InlineData("ChatClient Pick(Settings settings, string key) => new(settings.Model, key);\nclass Settings { public string Model { get; set; } = \"gpt-4-32k\"; }")] // anybody may set it
    [InlineData("ChatClient Pick(string key) => new(Names.Legacy, key);\nstatic class Names { public const string Legacy = {|AIG1002:\"gpt-4-32k\"|}, Other = \"o1-preview\"; }")]
    [InlineData("void Pick(List<object> services) => services.Add(new Func<object>(() => new ChatClient({|AIG1002:\"gpt-4-32k\"|}, \"key\")));")]
    [InlineData("ChatClient _chat = new({|AIG1002:\"gpt-4-32k\"|}, Environment.GetEnvironmentVariable(\"KEY\"));")]
    [InlineData("async Task<object> Ask(ChatClient chat) => (await Task.FromResult(chat)) is var c && c.Model == \"gpt-4-32k\" ? null : new object();")]
    [InlineData("string Describe(string model) => model switch { \"gpt-4-32k\" => \"long\", _ => \"short\" };")]
    [InlineData("ChatClient Pick(string model, string key) => new(model switch { \"gpt-4-32k\" => \"gpt-4o\", _ => model }, key);")] // a mapping away from it
    [InlineData("ChatClient Pick(string key, Uri endpoint) => new(\"gpt-4-32k\", new System.ClientModel.ApiKeyCredential(key), new() { Endpoint = endpoint });")] // another server
    public Task Code_as_teams_write_it(string member) => Verify.VerifyAnalyzerAsync(
        "using Microsoft.Extensions.Configuration;\n" + In(member)
        + "namespace Microsoft.Extensions.Configuration { static class Binder { public static T GetValue<T>(this IConfiguration c, string key, T defaultValue = default) => defaultValue; } }",
        static test =>
        {
            test.NullableContext = Microsoft.CodeAnalysis.NullableContextOptions.Disable;
            test.GlobalOptions["build_property.AiGuardrailsToday"] = "2026-09-01";
        });

    [Fact]
    public Task Semantic_Kernel_is_looked_at_and_its_deployments_are_left() => VerifyAsync(
        """
        object OpenAI(Microsoft.SemanticKernel.IKernelBuilder b, string key) => Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions.AddOpenAIChatCompletion(b, {|AIG1002:"gpt-4-32k"|}, key);
        object Other(Microsoft.SemanticKernel.IKernelBuilder b, string key) => Microsoft.SemanticKernel.OpenAIKernelBuilderExtensions.AddOpenAIChatCompletion(b, "gpt-4-32k", new Uri("http://localhost:11434"), key);
        object Azure(Microsoft.SemanticKernel.IKernelBuilder b, string key) => Microsoft.SemanticKernel.AzureOpenAIKernelBuilderExtensions.AddAzureOpenAIChatCompletion(b, "gpt-4-32k", "https://acme.openai.azure.com", key, modelId: "gpt-4-32k");
        """,
        // Semantic Kernel cannot be restored everywhere; this is the part of it that the rule can meet.
        after:
        """

        namespace Microsoft.SemanticKernel
        {
            public class Kernel { }
            public interface IKernelBuilder { }
            public static class OpenAIKernelBuilderExtensions
            {
                public static IKernelBuilder AddOpenAIChatCompletion(this IKernelBuilder builder, string modelId, string apiKey) => builder;
                public static IKernelBuilder AddOpenAIChatCompletion(this IKernelBuilder builder, string modelId, System.Uri endpoint, string apiKey) => builder;
            }
            public static class AzureOpenAIKernelBuilderExtensions
            {
                public static IKernelBuilder AddAzureOpenAIChatCompletion(this IKernelBuilder builder, string deploymentName, string endpoint, string apiKey, string serviceId = null, string modelId = null) => builder;
            }
        }
        """);

    [Fact]
    public Task Top_level_statements_are_looked_at() => Verify.VerifyAnalyzerAsync(
        """
        using OpenAI;
        using OpenAI.Chat;

        var model = args.Length > 0 ? args[0] : {|AIG1002:"gpt-4-32k"|};
        var client = new OpenAIClient("key");
        ChatClient chat = client.GetChatClient(model);
        System.Console.WriteLine(chat);
        """,
        static test =>
        {
            test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication;
            test.GlobalOptions["build_property.AiGuardrailsToday"] = "2026-09-01";
        });

    [Fact]
    public Task Fix_uses_the_successor() => Verify.VerifyCodeFixAsync(
        """
        using OpenAI.Chat;

        class C
        {
            // The model.
            private const string Model = /* before */ {|AIG1002:"gpt-3.5-turbo-0613"|}; // after

            ChatClient A(string key) => new(Model, key);

            ChatClient B(string key, string name) => new(name ?? {|AIG1002:@"gpt-3.5-turbo-0301"|}, key);

            ChatClient D(string key) => new(model: {|AIG1002:"gpt-4-32k"|}, key);
        }
        """,
        """
        using OpenAI.Chat;

        class C
        {
            // The model.
            private const string Model = /* before */ "gpt-5.6-terra"; // after

            ChatClient A(string key) => new(Model, key);

            ChatClient B(string key, string name) => new(name ?? "gpt-5.6-terra", key);

            ChatClient D(string key) => new(model: "gpt-4o", key);
        }
        """,
        static test => test.GlobalOptions["build_property.AiGuardrailsToday"] = "2026-11-01");

    [Theory]
    [InlineData("object M(string key) => new OpenAI.Images.ImageClient({|AIG1002:\"dall-e-3\"|}, key);")] // several
    [InlineData("object M(string key) => new ChatClient({|AIG1002:\"o1-pro\"|}, key);")] // none
    [InlineData("object M(string key) => new ChatClient({|AIG1002:\"ft:gpt-3.5-turbo-0301:acme::AbC12345\"|}, key);")]
    [InlineData("object M(string key) => new FineTuningClient(key).FineTune({|AIG1002:\"gpt-3.5-turbo-0613\"|}, \"file-1\", false);")] // the successor may not be for training
    [InlineData("const string V = \"0613\"; object M(string key) => new ChatClient({|AIG1002:$\"gpt-3.5-turbo-{V}\"|}, key);")]
    public Task No_fix_where_there_is_not_one_successor(string member) => Verify.VerifyNoCodeFixAsync(
        In(member), static test => test.GlobalOptions["build_property.AiGuardrailsToday"] = "2026-11-01");

    [Theory]
    [InlineData("object M(string key) => new ChatClient(\"gpt-4-32k\", key")]
    [InlineData("object M(string key) { var o = new OpenAIClientOptions(); o.Endpoint = o.Endpoint; return new ChatClient(\"gpt-4-32k\", null, o); }")]
    [InlineData("readonly OpenAIClient _a; C() { _a = _b; _b = _a; } readonly OpenAIClient _b; object M() => _a.GetChatClient(\"gpt-4-32k\");")]
    public Task Half_typed_and_cyclic_code_does_no_harm(string member) => AnalyzerFuzz.VerifyNeverThrowsAsync<RetiredModelAnalyzer>(In(member));

    private static Task VerifyAsync(string member, string today = "2026-09-01", string? models = null, string after = "", bool separately = false, params DiagnosticResult[] expected) =>
        Verify.VerifyAnalyzerAsync(
            separately ? string.Join('\n', member.Split('\n').Select(static (line, i) => i == 0 ? In(line) : $"class C{i} {{ {line} }}")) : In(member) + after,
            test =>
            {
                test.SilentWithoutSdk = !separately && !after.Contains("SemanticKernel", StringComparison.Ordinal);
                if (today.Length > 0)
                {
                    test.GlobalOptions["build_property.AiGuardrailsToday"] = today;
                }

                if (models is not null)
                {
                    test.AdditionalFiles.Add("aiguardrails.models.json", models);
                }
            },
            expected);

    private static string In(string member) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;
        using OpenAI;
        using OpenAI.Chat;
        using OpenAI.FineTuning;
        using OpenAI.Responses;
        using ChatClient = OpenAI.Chat.ChatClient;

        record Lookalike(string Model);

        class C
        {
        {{string.Join('\n', member.Split('\n').Select(static line => line.Length == 0 ? line : "    " + line))}}
        }
        """;
}
