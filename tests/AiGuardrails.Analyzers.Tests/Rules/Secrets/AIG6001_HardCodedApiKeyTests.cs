using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Testing;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Secrets.HardCodedApiKeyAnalyzer,
    AiGuardrails.CodeFixes.Rules.Secrets.HardCodedApiKeyCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Secrets;

public sealed class AIG6001_HardCodedApiKeyTests
{
    public static TheoryData<string> Forms =>
    [
        MadeUp.OpenAIKey, MadeUp.OldOpenAIKey, MadeUp.AnthropicKey, MadeUp.HuggingFaceToken, MadeUp.GoogleKey, MadeUp.GroqKey, MadeUp.ReplicateToken,
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Key_that_proves_itself_is_reported_wherever_it_stands(string key) => Verify.VerifyAnalyzerAsync(
        $$"""
        using System.Collections.Generic;

        [System.Obsolete({|AIG6001:"{{key}}"|})]
        class C
        {
            const string Constant = {|AIG6001:"{{key}}"|};
            static readonly string[] s_keys = [{|AIG6001:@"{{key}}"|}, "", null];
            string Property { get; set; } = {|AIG6001:"{{key}}"|};
            Dictionary<string, string> _settings = new() { ["Key"] = {|AIG6001:"{{key}}"|} };
            void M(string host, string given = {|AIG6001:"{{key}}"|})
            {
                var url = $"{host}{|AIG6001:?key={{key}}|}";
                Log({|AIG6001:"curl -H 'Authorization: Bearer {{key}}'"|});
                var bytes = {|AIG6001:"{{key}}"u8|};
                var raw = {|AIG6001:\"\"\"{{key}}\"\"\"|};
                if (host == {|AIG6001:"{{key}}"|}) { }
            }
            void Log(string text) { /* {{key}} */ }
        }
        """.Replace("\\\"\\\"\\\"", "\"\"\"", StringComparison.Ordinal));

    [Fact]
    public Task Key_at_a_client_is_reported_once() => Verify.VerifyAnalyzerAsync(
        $$"""
        using System;
        using System.ClientModel;
        using OpenAI;
        using OpenAI.Chat;

        class C
        {
            object A() => new ChatClient("gpt-4o", {|AIG6001:"{{MadeUp.OpenAIKey}}"|});
            object B() => new OpenAIClient(new ApiKeyCredential({|AIG6001:"{{MadeUp.OpenAIKey}}"|}));
            object D() => new OpenAIClient(new ApiKeyCredential(Environment.GetEnvironmentVariable("OPENAI_API_KEY") ?? {|AIG6001:"{{MadeUp.OpenAIKey}}"|}));
            object E() => new Anthropic.AnthropicClient { ApiKey = {|AIG6001:"{{MadeUp.AnthropicKey}}"|} };
        }
        """);

    [Fact]
    public Task Key_in_two_pieces_is_reported_once() => Verify.VerifyAnalyzerAsync(
        $$"""
        class C
        {
            const string Key = {|AIG6001:"{{MadeUp.OpenAIKey[..8]}}" + "{{MadeUp.OpenAIKey[8..]}}"|};
            object M() => new OpenAI.OpenAIClient(Key);
            object N()
            {
                var prefix = "{{MadeUp.OpenAIKey[..8]}}";
                return new OpenAI.OpenAIClient({|AIG6001:prefix + "{{MadeUp.OpenAIKey[8..]}}"|});
            }
            string O(string host) => {|AIG6001:"Bearer {{MadeUp.OpenAIKey}}"|} + host;
        }
        """);

    [Fact]
    public Task Opaque_string_is_reported_at_a_client() => Verify.VerifyAnalyzerAsync(
        $$"""
        using System;
        using System.ClientModel;
        using OpenAI;
        using OpenAI.Chat;

        class C
        {
            private readonly string _key = {|AIG6001:"{{MadeUp.OpaqueKey}}"|};
            private const string Other = "{{MadeUp.Random(40)}}";
            object A() => new ChatClient("gpt-4o", _key);
            object B(bool live)
            {
                var key = live ? Environment.GetEnvironmentVariable("KEY") : {|AIG6001:"{{MadeUp.Random(33)}}"|};
                return new OpenAIClient(new ApiKeyCredential(key));
            }
            object D() => new Anthropic.AnthropicClient { ApiKey = {|AIG6001:"{{MadeUp.Random(50)}}"|} };
            object E()
            {
                var credential = new ApiKeyCredential(Environment.GetEnvironmentVariable("KEY") ?? throw new Exception());
                credential.Update({|AIG6001:"{{MadeUp.Random(41)}}"|});
                return credential;
            }
        }
        """);

    [Fact]
    public Task Opaque_string_is_reported_in_a_header_of_a_request_to_an_AI_service() => Verify.VerifyAnalyzerAsync(
        $$"""
        using System.Net.Http;
        using System.Net.Http.Headers;

        class C
        {
            void A(HttpClient http)
            {
                http.BaseAddress = new System.Uri("https://api.openai.com/v1/");
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", {|AIG6001:"{{MadeUp.OpaqueKey}}"|});
            }
            void B(HttpRequestMessage request)
            {
                request.RequestUri = new System.Uri("https://acme.openai.azure.com/openai/deployments/x/chat/completions");
                request.Headers.Add("api-key", {|AIG6001:"{{MadeUp.OpaqueKey}}"|});
                request.Headers.TryAddWithoutValidation("Authorization", {|AIG6001:"Bearer {{MadeUp.Random(44)}}"|});
                request.Headers.Add("x-request-id", "{{MadeUp.Random(45)}}");
            }
        }
        class Other
        {
            void A(HttpClient http)
            {
                http.BaseAddress = new System.Uri("https://api.example.org/v1/");
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "{{MadeUp.OpaqueKey}}");
            }
        }
        """,
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Wrapper_of_the_team_is_a_client_too() => Verify.VerifyAnalyzerAsync(
        $$"""
        using AiGuardrails;

        class Gateway([ApiKey] string secret)
        {
            [ApiKey] public string Second { get; set; } = secret;
            static object M() => new Gateway({|AIG6001:"{{MadeUp.OpaqueKey}}"|}) { Second = {|AIG6001:"{{MadeUp.Random(36)}}"|} };
        }
        class NoGateway(string secret)
        {
            string Secret => secret;
            static object M() => new NoGateway("{{MadeUp.OpaqueKey}}");
        }
        """);

    [Theory]
    [InlineData("")]
    [InlineData("<key>")]
    [InlineData("your-key")]
    [InlineData("YOUR_API_KEY_GOES_HERE_0123456")]
    [InlineData("sk-your-openai-api-key-here-please-1234567890abcdefgh")]
    [InlineData("lm-studio")]
    [InlineData("test")]
    [InlineData("dummy")]
    [InlineData("xxx")]
    [InlineData("sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("unused")]
    [InlineData("sk-test-not-a-real-key")]
    [InlineData("not-needed-for-local-models-at-all")]
    [InlineData("this key is set by the pipeline 2024")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa11")]
    [InlineData("{OPENAI_API_KEY_FROM_VAULT_2024}")]
    [InlineData("%OPENAI_API_KEY_FROM_VAULT_2024%")]
    [InlineData("short1A2b3C4d5E6")]
    public Task Placeholder_is_left(string key) => Verify.VerifyAnalyzerAsync(
        $$"""
        class C
        {
            object M() => new OpenAI.OpenAIClient("{{key}}");
            const string Key = "{{key}}";
        }
        """);

    [Fact]
    public Task Opaque_string_elsewhere_and_keys_from_elsewhere_are_left() => Verify.VerifyAnalyzerAsync(
        $$"""
        using System;
        using OpenAI;

        class C
        {
            const string Hash = "{{MadeUp.OpaqueKey}}";
            object A(string key) => new OpenAIClient(key);
            object B() => new OpenAIClient(Environment.GetEnvironmentVariable("OPENAI_API_KEY"));
            object D(Microsoft.Extensions.AI.IChatClient client) => client.GetHashCode() + Hash;
            object E() => new OpenAIClient(Environment.GetEnvironmentVariable("{{MadeUp.Random(30)}}") ?? throw new Exception("{{MadeUp.Random(31)}}"));
        }
        """);

    [Fact]
    public Task Service_on_the_same_machine_excuses_opaque_strings_only() => Verify.VerifyAnalyzerAsync(
        $$"""
        using System;
        using System.ClientModel;
        using OpenAI;

        class C
        {
            object A() => new OpenAIClient(new ApiKeyCredential("{{MadeUp.OpaqueKey}}"), new OpenAIClientOptions { Endpoint = new Uri("http://localhost:11434/v1") });
            object B() => new OpenAIClient(new ApiKeyCredential({|AIG6001:"{{MadeUp.OpenAIKey}}"|}), new OpenAIClientOptions { Endpoint = new Uri("http://localhost:11434/v1") });
        }
        """);

    [Fact]
    public Task Tests_are_left_unless_the_team_asks() => Verify.VerifyAnalyzerAsync(
        $$"""
        class XunitLike
        {
            [Xunit.Fact] public void T() => new OpenAI.OpenAIClient("{{MadeUp.OpenAIKey}}").ToString();
        }
        """,
        static test => test.Sources.Add("namespace Xunit { class FactAttribute : System.Attribute { } }"));

    [Fact]
    public Task Tests_are_looked_at_where_the_team_asks() => Verify.VerifyAnalyzerAsync(
        $$"""
        class XunitLike
        {
            [Xunit.Fact] public void T() => new OpenAI.OpenAIClient({|AIG6001:"{{MadeUp.OpenAIKey}}"|}).ToString();
        }
        """,
        static test =>
        {
            test.Sources.Add("namespace Xunit { class FactAttribute : System.Attribute { } }");
            test.EditorConfig = "[*.cs]\naiguardrails.include_tests = true";
        });

    [Fact]
    public Task Message_holds_nothing_of_the_key_but_its_prefix() => Verify.VerifyAnalyzerAsync(
        $$"""
        class C
        {
            object A() => new OpenAI.OpenAIClient({|#0:"{{MadeUp.OpenAIKey}}"|});
            object B() => new OpenAI.OpenAIClient({|#1:"{{MadeUp.OpaqueKey}}"|});
            object D() => new Anthropic.AnthropicClient { ApiKey = {|#2:"{{MadeUp.AnthropicKey}}"|} };
            string E = {|#3:"sk-ant-{{MadeUp.Random(9)}}-{{MadeUp.Random(60)}}"|};
        }
        """,
        Verify.Diagnostic("AIG6001").WithLocation(0).WithArguments("An OpenAI API key (sk-proj-…)"),
        Verify.Diagnostic("AIG6001").WithLocation(1).WithArguments("An API key"),
        Verify.Diagnostic("AIG6001").WithLocation(2).WithArguments("An Anthropic API key (sk-ant-api03-…)"),
        Verify.Diagnostic("AIG6001").WithLocation(3).WithArguments("An Anthropic API key (sk-ant-…)"));

    [Fact]
    public Task Fix_reads_the_environment() => Verify.VerifyCodeFixAsync(
        $$"""
        using System;
        using OpenAI;

        class C
        {
            private const string Key = {|AIG6001:"{{MadeUp.OpenAIKey}}"|}; // rotate
            object A() => new OpenAIClient(Key);
            object B() => new OpenAIClient(Environment.GetEnvironmentVariable("MY_KEY") ?? {|AIG6001:"{{MadeUp.OpenAIKey}}"|});
            object D() => new Anthropic.AnthropicClient { ApiKey = {|AIG6001:"{{MadeUp.AnthropicKey}}"|} };
            object E() => new OpenAIClient({|AIG6001:"{{MadeUp.OpaqueKey}}"|});
        }
        """,
        """
        using System;
        using OpenAI;

        class C
        {
            private static readonly string Key = Environment.GetEnvironmentVariable("OPENAI_API_KEY") ?? throw new InvalidOperationException("Set the environment variable 'OPENAI_API_KEY'."); // rotate
            object A() => new OpenAIClient(Key);
            object B() => new OpenAIClient(Environment.GetEnvironmentVariable("MY_KEY") ?? throw new InvalidOperationException("Set the environment variable 'MY_KEY'."));
            object D() => new Anthropic.AnthropicClient { ApiKey = Environment.GetEnvironmentVariable("ANTHROPIC_API_KEY") ?? throw new InvalidOperationException("Set the environment variable 'ANTHROPIC_API_KEY'.") };
            object E() => new OpenAIClient(Environment.GetEnvironmentVariable("OPENAI_API_KEY") ?? throw new InvalidOperationException("Set the environment variable 'OPENAI_API_KEY'."));
        }
        """);

    [Fact]
    public Task Fix_reads_the_configuration_in_scope() => Verify.VerifyCodeFixAsync(
        $$"""
        namespace Microsoft.Extensions.Configuration { public interface IConfiguration { string this[string key] { get; } } }

        class C(Microsoft.Extensions.Configuration.IConfiguration configuration)
        {
            object A() => new OpenAI.OpenAIClient({|AIG6001:"{{MadeUp.OpenAIKey}}"|});
            object B() => new OpenAI.OpenAIClient(configuration["Key"] ?? {|AIG6001:"{{MadeUp.OpenAIKey}}"|});
        }
        """,
        """
        namespace Microsoft.Extensions.Configuration { public interface IConfiguration { string this[string key] { get; } } }

        class C(Microsoft.Extensions.Configuration.IConfiguration configuration)
        {
            object A() => new OpenAI.OpenAIClient(configuration["OpenAI:ApiKey"] ?? throw new System.InvalidOperationException("Set 'OpenAI:ApiKey' in the configuration."));
            object B() => new OpenAI.OpenAIClient(configuration["Key"] ?? throw new System.InvalidOperationException("Set 'Key' in the configuration."));
        }
        """);

    [Fact]
    public Task Nothing_is_offered_where_a_constant_is_needed_or_the_key_is_a_part() => Verify.VerifyNoCodeFixAsync(
        $$"""
        [System.Obsolete({|AIG6001:"{{MadeUp.OpenAIKey}}"|})]
        class C
        {
            void M(string key = {|AIG6001:"{{MadeUp.OpenAIKey}}"|}) { }
            string Url = {|AIG6001:"https://generativelanguage.googleapis.com/?key={{MadeUp.GoogleKey}}"|};
            string Interpolated(string host) => $"{host}{|AIG6001:/?key={{MadeUp.GoogleKey}}|}";
            bool Is(string key) => key is {|AIG6001:"{{MadeUp.OpenAIKey}}"|};
            int Switch(string key) { switch (key) { case {|AIG6001:"{{MadeUp.OpenAIKey}}"|}: return 1; default: return 0; } }
            System.ReadOnlySpan<byte> Bytes => {|AIG6001:"{{MadeUp.OpenAIKey}}"u8|};
        }
        """,
        static test => test.SilentWithoutSdk = false); // The address in it is that of an AI service.

    [Fact]
    public Task Top_level_statements_and_half_typed_code() => Verify.VerifyAnalyzerAsync(
        $$"""
        using OpenAI;

        var key = {|AIG6001:"{{MadeUp.OpenAIKey}}"|};
        OpenAIClient client = new(key);
        System.Console.WriteLine(client);
        """,
        static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Code_as_teams_write_it() => Verify.VerifyAnalyzerAsync(
        $$"""
        using System;
        using System.ClientModel;
        using System.Collections.Generic;
        using Azure;
        using Azure.AI.OpenAI;
        using Microsoft.SemanticKernel;

        // Semantic Kernel cannot be restored here.
        namespace Microsoft.SemanticKernel
        {
            class Kernel { }
            interface IKernelBuilder { }
            static class OpenAIServiceCollectionExtensions
            {
                public static IKernelBuilder AddOpenAIChatCompletion(this IKernelBuilder builder, string modelId, string apiKey, string? orgId = null) => builder;
            }
        }

        class Settings { public string ApiKey { get; set; } = ""; public string Region { get; set; } = "{{MadeUp.Random(37)}}"; }
        record Options(string Endpoint = "https://api.acme.com", string Key = {|AIG6001:"{{MadeUp.OpenAIKey}}"|});
        class C
        {
            private static readonly Lazy<OpenAIClient> s_client = new(() => new(new Uri("https://acme.openai.azure.com"), new AzureKeyCredential({|AIG6001:"{{MadeUp.Random(48)}}"|})));
            private readonly Settings _settings = new() { ApiKey = {|AIG6001:"{{MadeUp.GroqKey}}"|} };
            void Register(IKernelBuilder builder, IDictionary<string, string> configuration)
            {
                builder.AddOpenAIChatCompletion(modelId: "gpt-4o", apiKey: {|AIG6001:"{{MadeUp.Random(51)}}"|}, orgId: "{{MadeUp.Random(24)}}");
                configuration["OpenAI:ApiKey"] = {|AIG6001:"{{MadeUp.OpenAIKey}}"|};
                Environment.SetEnvironmentVariable("OPENAI_API_KEY", {|AIG6001:"{{MadeUp.OpenAIKey}}"|});
                OpenAI.OpenAIClient client = new({|AIG6001:"{{MadeUp.Random(52)}}"|});
                var given = _settings.ApiKey;
                client = new(given);
            }
        }
        """,
        static test =>
        {
            test.References = ReferenceSets.Default | ReferenceSets.AzureOpenAI;
            test.SilentWithoutSdk = false; // Semantic Kernel is declared in the source.
        });

    [Fact]
    public Task Half_typed_code_does_no_harm() => AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Secrets.HardCodedApiKeyAnalyzer>(
        $$"""
        using OpenAI;
        [System.Obsolete("{{MadeUp.OpenAIKey}}")]
        class C { object M(string k) => new OpenAIClient(k ?? "sk-" + $"{k}{{MadeUp.GoogleKey}}" + @"{{MadeUp.GroqKey}}"); }
        """);

    [Fact]
    public void Strict_is_an_error() =>
        Assert.Equal(RuleLevel.Error, Descriptors.All.Single(static rule => rule.Descriptor.Id == "AIG6001").StrictLevel);
}
