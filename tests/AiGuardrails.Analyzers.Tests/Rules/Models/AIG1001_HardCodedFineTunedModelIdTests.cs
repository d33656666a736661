using AiGuardrails.Analyzers.Rules.Models;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Models.HardCodedFineTunedModelIdAnalyzer,
    AiGuardrails.CodeFixes.Rules.Models.HardCodedFineTunedModelIdCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Models;

public sealed class AIG1001_HardCodedFineTunedModelIdTests
{
    private const string Id = "ft:gpt-4o-mini-2024-07-18:acme::AbC12345";

    [Theory]
    [InlineData("new ChatClient({|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|}, key)")]
    [InlineData("new ChatClient(apiKey: key, model: {|AIG1001:\"ft:gpt-4o:acme:support:x1\"|})")] // at a sink any last segment counts
    [InlineData("new OpenAIClient(key).GetChatClient({|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345:ckpt-step-88\"|})")]
    [InlineData("new ChatClientSettings { Model = {|AIG1001:\"ft:gpt-4.1:acme::AbC12345\"|} }")]
    [InlineData("new CreateResponseOptions { Model = {|AIG1001:\"ft:gpt-4.1:acme::AbC12345\"|} }")]
    [InlineData("new ResponsesClient(key).CreateResponse({|AIG1001:\"ft:gpt-4.1:acme::AbC12345\"|}, \"Hello\")")]
    [InlineData("new AssistantClient(key).CreateAssistant({|AIG1001:\"ft:gpt-4.1:acme::AbC12345\"|})")]
    [InlineData("new RunCreationOptions { ModelOverride = {|AIG1001:\"ft:gpt-4.1:acme::AbC12345\"|} }")]
    [InlineData("new FineTuningClient(key).FineTune({|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|}, \"file-1\", false)")]
    [InlineData("new ChatOptions { ModelId = {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|} }")]
    [InlineData("new Anthropic.Models.Messages.MessageCountTokensParams { Messages = [], Model = {|AIG1001:\"arn:aws:bedrock:us-east-1:123456789012:custom-model-deployment/abcdefghijkl\"|} }")]
    [InlineData("new ChatClient({|AIG1001:\"davinci:ft-personal-2023-04-28-18-40-02\"|}, key)")]
    [InlineData("new ChatClient({|AIG1001:\"gpt-4.1-mini-2025-04-14.ft-b044a9d3cf9c4228b5d393567f693b83\"|}, key)")]
    [InlineData("new ChatClient({|AIG1001:\"projects/acme/locations/us-central1/endpoints/123456789\"|}, key)")]
    [InlineData("new ChatClient({|AIG1001:\"accounts/acme/models/support-v2\"|}, key)")]
    [InlineData("new ChatClient({|AIG1001:\"zainhas/Meta-Llama-3.1-8B-Instruct-Reference-test1_8b-e5a0fb5d\"|}, key)")]
    [InlineData("new ChatClient({|AIG1001:\"meta-llama/Meta-Llama-3-8B-Instruct:gokum:yehli\"|}, key)")]
    [InlineData("new ChatClient({|AIG1001:\"acb944bb-fb49-4c29-a15b-e6a245a7bdf9-ft\"|}, key)")]
    [InlineData("new ChatClient({|AIG1001:\"ft:open-mistral-7b:587a6b29:20240514:7e773925\"|}, key)")]
    public Task Id_at_a_model_sink_is_reported(string expression) => Verify.VerifyAnalyzerAsync(In($"object M(string key) => {expression};"));

    [Theory]
    [InlineData("new ChatClient(\"gpt-4o-mini-2024-07-18\", key)")]
    [InlineData("new ChatClient(\"accounts/fireworks/models/qwen3-8b\", key)")] // the provider's own models
    [InlineData("new ChatClient(\"meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo\", key)")]
    [InlineData("new ChatClient(\"acme/Llama-20240718\", key)")] // a date is not a hash
    [InlineData("new ChatClient(model, key)")]
    [InlineData("new ChatClient(Environment.GetEnvironmentVariable(\"MODEL\"), key)")]
    [InlineData("new ChatClient(\"gpt-4o\", \"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\")")] // not the model
    [InlineData("new UserChatMessage(\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\")")]
    [InlineData("new OpenAIClient(key).GetChatClient(\"Use ft:gpt-4o-mini-2024-07-18:acme::AbC12345 here\")")]
    [InlineData("model == \"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"")]
    [InlineData("model is \"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\" or \"gpt-4o\"")]
    [InlineData("model.StartsWith(\"ft:\")")]
    [InlineData("System.Text.RegularExpressions.Regex.IsMatch(model, \"^ft:[^:]+:acme::[a-z]+$\")")]
    [InlineData("new InvalidOperationException(\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\")")]
    [InlineData("new Lookalike(\"zainhas/Meta-Llama-test1_8b-e5a0fb5d\")")]
    public Task Other_text_is_not_reported(string expression) => Verify.VerifyAnalyzerAsync(In($"object M(string key, string model) => {expression};"));

    [Theory]
    [InlineData("const string Model = {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|};")]
    [InlineData("static readonly string s_model = {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|};")]
    [InlineData("static string Model { get; } = {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|};")]
    [InlineData("static readonly string[] s_models = { \"gpt-4o\", {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|} };")]
    [InlineData("static readonly Dictionary<string, string> s_models = new() { [\"support\"] = {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|} };")]
    [InlineData("static readonly List<string> s_models = new() { {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|} };")]
    [InlineData("void M(string model = {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|}) { }")]
    [InlineData("ChatClient M(ChatClient client, string model = {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|}) => client;")]
    [InlineData("const string Arn = {|AIG1001:\"arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abcdefghijkl\"|};")]
    public Task Id_that_proves_itself_is_reported_where_it_is_declared(string member) => Verify.VerifyAnalyzerAsync(In(member));

    [Theory]
    [InlineData("const string Model = \"gpt-4o-mini\";")]
    [InlineData("const string Sentence = \"See ft:gpt-4o-mini-2024-07-18:acme::AbC12345\";")]
    [InlineData("const string Prefix = \"ft:gpt-4o-mini\";")]
    [InlineData("const string Short = \"ft:a:b:c:d\";")] // six characters at least, without a sink
    [InlineData("const string Vertex = \"projects/acme/locations/us-central1/endpoints/123\";")]
    [InlineData("const string Job = \"ftjob-AbC12345\";")]
    [InlineData("[Obsolete(\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\")] void M() { }")]
    [InlineData("/// <summary>ft:gpt-4o-mini-2024-07-18:acme::AbC12345</summary>\nvoid M() { }")]
    [InlineData("static readonly bool s_tuned = Environment.MachineName == \"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\";")]
    [InlineData("void M() { var text = \"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"; Console.WriteLine(text); }")]
    [InlineData("void M() { const string text = \"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"; Console.WriteLine(text); }")]
    public Task Declaration_that_proves_nothing_is_not_reported(string member) => Verify.VerifyAnalyzerAsync(In(member));

    [Theory]
    [InlineData("var model = {|AIG1001:\"ft:gpt-4o:acme::x1\"|}; Use(model);")]
    [InlineData("const string model = {|AIG1001:\"ft:gpt-4o:acme::x1\"|}; Use(model);")]
    [InlineData("var model = fast ? {|AIG1001:\"ft:gpt-4o:acme::x1\"|} : \"gpt-4o\"; Use(model);")]
    [InlineData("var model = Environment.GetEnvironmentVariable(\"MODEL\") ?? {|AIG1001:\"ft:gpt-4o:acme::x1\"|}; Use(model);")]
    [InlineData("var model = name switch { \"support\" => {|AIG1001:\"ft:gpt-4o:acme::x1\"|}, _ => \"gpt-4o\" }; Use(model);")]
    [InlineData("var model = \"gpt-4o\"; if (fast) { model = {|AIG1001:\"ft:gpt-4o:acme::x1\"|}; } Use(model);")]
    [InlineData("Use({|AIG1001:$\"ft:{Base}:acme::x1\"|});")]
    [InlineData("Use({|AIG1001:\"ft:\" + Base + \":acme::x1\"|});")]
    [InlineData("Use(Tuned);")]
    [InlineData("Use(GetTuned());")]
    [InlineData("Use(OtherFile.Model); Use(OtherFile.Model);")] // once, where it stands
    public Task Value_is_followed_to_its_literal(string code) => Verify.VerifyAnalyzerAsync(
        In(
            $$"""
            const string Base = "gpt-4o";
            string Tuned => {{(code.Contains("(Tuned)", StringComparison.Ordinal) ? "{|AIG1001:\"ft:gpt-4o:acme::x2\"|}" : "\"ft:gpt-4o:acme::x2\"")}};
            string GetTuned() { return {{(code.Contains("GetTuned()", StringComparison.Ordinal) ? "{|AIG1001:\"ft:gpt-4o:acme::x3\"|}" : "\"ft:gpt-4o:acme::x3\"")}}; }
            class OtherFile { public static string Model { get; } = {{(code.Contains("OtherFile", StringComparison.Ordinal) ? "{|AIG1001:\"ft:gpt-4o:acme::x4\"|}" : "\"ft:gpt-4o:acme::x4\"")}}; }
            ChatClient M(string name, bool fast) { ChatClient Use(string m) => throw null; {{code.Replace("Use(", "_ = new ChatClient(", StringComparison.Ordinal).Replace(");", ", \"\");", StringComparison.Ordinal).Replace("GetTuned(, \"\")", "GetTuned()", StringComparison.Ordinal).Replace("\"MODEL\", \"\")", "\"MODEL\")", StringComparison.Ordinal)}} return null; }
            """));

    [Theory]
    [InlineData("var model = \"ft:gpt-4o:acme::x1\"; model = Environment.GetEnvironmentVariable(\"MODEL\"); _ = new ChatClient(model, \"\");")]
    [InlineData("_ = new ChatClient(Virtual, \"\");")]
    [InlineData("_ = new ChatClient(s_mutable, \"\");")]
    [InlineData("_ = new ChatClient($\"ft:{name}:acme::x1\", \"\");")]
    public Task Value_that_may_be_another_is_not_reported(string code) => Verify.VerifyAnalyzerAsync(In(
        $$"""
        static string s_mutable = "ft:gpt-4o:acme::x1";
        public virtual string Virtual => "ft:gpt-4o:acme::x1";
        void M(string name) { {{code}} }
        """));

    [Theory]
    [InlineData("readonly string _m = {|AIG1001:\"ft:gpt-4o:acme::x1\"|}; object M() => new ChatClient(_m, \"\");")]
    [InlineData("string P { get; } = {|AIG1001:\"ft:gpt-4o:acme::x1\"|}; object M() => new ChatClient(P, \"\");")]
    [InlineData("readonly string _m; C() { _m = {|AIG1001:\"ft:gpt-4o:acme::x1\"|}; } object M() => new ChatClient(_m, \"\");")]
    [InlineData("readonly string _m; C(string m) { this._m = m ?? {|AIG1001:\"ft:gpt-4o:acme::x1\"|}; } object M() => new ChatClient(_m, \"\");")]
    [InlineData("string P { get; } C(bool b) { P = b ? \"gpt-4o\" : {|AIG1001:\"ft:gpt-4o:acme::x1\"|}; } object M() => new ChatClient(P, \"\");")]
    [InlineData("object M(string m) { m ??= {|AIG1001:\"ft:gpt-4o:acme::x1\"|}; return new ChatClient(m, \"\"); }")]
    [InlineData("object M(string m) { if (m.Length == 0) { m = {|AIG1001:\"ft:gpt-4o:acme::x1\"|}; } return new ChatClient(m, \"\"); }")]
    [InlineData("object M(string m = {|AIG1001:\"acme/Llama-8B-e5a0fb5d\"|}) => new ChatClient(m, \"\");")] // loose, but it reaches a sink
    [InlineData("object M() { object Make(string m = {|AIG1001:\"acme/Llama-8B-e5a0fb5d\"|}) => new ChatClient(m, \"\"); return Make(); }")]
    public Task Value_of_the_members_own_making_is_followed(string member) => Verify.VerifyAnalyzerAsync(In(member));

    [Theory]
    [InlineData("readonly string _m = \"ft:gpt-4o:acme::x1\"; C(string m) { _m = m; } object M() => new ChatClient(_m, \"\");")] // always overwritten
    [InlineData("readonly string _m = \"ft:gpt-4o:acme::x1\"; C(string m) => (_m, _) = (m, 1); object M() => new ChatClient(_m, \"\");")]
    [InlineData("string _m = \"ft:gpt-4o:acme::x1\"; object M() => new ChatClient(_m, \"\");")] // anybody may set it
    [InlineData("string P { get; set; } = \"ft:gpt-4o:acme::x1\"; object M() => new ChatClient(P, \"\");")]
    [InlineData("readonly string _m = \"ft:gpt-4o:acme::x1\"; bool M(string m) => m == _m;")] // no sink
    [InlineData("object M(string m) { m = Environment.GetEnvironmentVariable(\"M\"); return new ChatClient(m, \"\"); }")]
    [InlineData("object M(string m = \"acme/Llama-8B-e5a0fb5d\") { m = Environment.GetEnvironmentVariable(\"M\"); return new ChatClient(m, \"\"); }")]
    public Task Value_that_is_overwritten_or_open_is_not_followed(string member) => Verify.VerifyAnalyzerAsync(In(member));

    [Theory]
    [InlineData("Dictionary<string, string> s = new Dictionary<string, string> { [\"a\"] = {|AIG1001:\"ft:gpt-4o-mini:acme::AbC12345\"|} }.ToFrozenDictionary();", "FrozenDictionary<string, string>")]
    [InlineData("x = new[] { \"gpt-4o\", {|AIG1001:\"ft:gpt-4o-mini:acme::AbC12345\"|} }.ToImmutableArray();", "ImmutableArray<string>")]
    [InlineData("x = ImmutableArray.Create({|AIG1001:\"ft:gpt-4o-mini:acme::AbC12345\"|}, \"gpt-4o\");", "ImmutableArray<string>")]
    [InlineData("x = ImmutableDictionary.CreateRange(new[] { KeyValuePair.Create(\"a\", {|AIG1001:\"ft:gpt-4o-mini:acme::AbC12345\"|}) });", "ImmutableDictionary<string, string>")]
    [InlineData("x = (\"support\", {|AIG1001:\"ft:gpt-4o-mini:acme::AbC12345\"|});", "(string Name, string Model)")]
    [InlineData("x = [(\"support\", {|AIG1001:\"ft:gpt-4o-mini:acme::AbC12345\"|})];", "(string, string)[]")]
    [InlineData("x = new List<string> { {|AIG1001:\"ft:gpt-4o-mini:acme::AbC12345\"|} }.AsReadOnly();", "IReadOnlyList<string>")]
    [InlineData("x = new[] { \"a\" }.Any(m => m == \"ft:gpt-4o-mini:acme::AbC12345\");", "bool")]
    [InlineData("x = new[] { \"a\" }.Where(m => m != \"ft:gpt-4o-mini:acme::AbC12345\").ToArray();", "string[]")]
    [InlineData("x = new[] { \"a\" }.Contains(\"ft:gpt-4o-mini:acme::AbC12345\");", "bool")]
    public Task Element_of_a_collection_is_reported_where_it_is_declared(string declarator, string type) => Verify.VerifyAnalyzerAsync(
        "using System.Collections.Frozen;\nusing System.Collections.Immutable;\nusing System.Linq;\n"
        + In($"static readonly {type} s_x = {declarator[(declarator.IndexOf('=', StringComparison.Ordinal) + 1)..]}"));

    [Theory]
    [InlineData("var o = new ChatCompletionOptions(); o.Patch.Set(\"$.model\"u8, {|AIG1001:\"ft:gpt-4o:acme::x1\"|});")]
    [InlineData("new CreateResponseOptions().Patch.Set(\"$.model\"u8, key ?? {|AIG1001:\"ft:gpt-4o:acme::x1\"|});")]
    [InlineData("var o = new ChatCompletionOptions(); o.Patch.Set(\"$.user\"u8, \"ft:gpt-4o:acme::x1\");")]
    public Task Model_in_a_json_patch_is_reported(string code) => Verify.VerifyAnalyzerAsync(In($"void M(string key) {{ {code} }}"));

    [Fact]
    public Task Member_model_of_a_json_body_is_reported() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using System.ClientModel;
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text;
        using System.Threading.Tasks;
        using OpenAI.Chat;

        class C
        {
            Task Anonymous(HttpClient http) => http.PostAsJsonAsync(
                "https://api.openai.com/v1/chat/completions",
                new { model = {|AIG1001:"ft:gpt-4o:acme::x1"|}, messages = Array.Empty<object>() });

            Task Text(HttpClient http) => http.PostAsync(
                "https://api.openai.com/v1/chat/completions",
                new StringContent({|AIG1001:"{ \"model\": \"ft:gpt-4o:acme::x1\", \"messages\": [] }"|}, Encoding.UTF8, "application/json"));

            Task Map(HttpClient http) => http.PostAsJsonAsync(
                "https://api.openai.com/v1/chat/completions",
                new Dictionary<string, object> { ["model"] = {|AIG1001:"ft:gpt-4o:acme::x1"|} });

            Task Protocol(ChatClient chat) => chat.CompleteChatAsync(
                BinaryContent.Create(BinaryData.FromObjectAsJson(new { model = {|AIG1001:"ft:gpt-4o:acme::x1"|} })));

            Task Record(HttpClient http) => http.PostAsJsonAsync("https://api.openai.com/v1/chat/completions", new Request({|AIG1001:"ft:gpt-4o:acme::x1"|}) { Again = {|AIG1001:"ft:gpt-4o:acme::x2"|}, Name = "ft:gpt-4o:acme::x3" });

            Task Composed(HttpClient http, string text) => http.PostAsync(
                "https://api.openai.com/v1/chat/completions",
                new StringContent($"{{ \"model\": \"{Model}\", \"messages\": [{text}] }}"));

            Task Summed(HttpClient http, string text) => http.PostAsync(
                "https://api.openai.com/v1/chat/completions",
                new StringContent("{ \"model\":\"" + (text ?? {|AIG1001:"ft:gpt-4o:acme::x5"|}) + "\", \"messages\": [" + text + "] }"));

            private const string Model = {|AIG1001:"ft:gpt-4o:acme::x4"|};

            record Request(string Model)
            {
                [System.Text.Json.Serialization.JsonPropertyName("model")]
                public string Again { get; init; }

                public string Name { get; init; }
            }

            Task Elsewhere(HttpClient http) => http.PostAsJsonAsync("https://api.openai.com/v1/files", new { name = "ft:gpt-4o:acme::x1" });
        }

        class Shop
        {
            Task Anonymous(HttpClient http) => http.PostAsJsonAsync("https://shop.example/cars", new { model = "ft:gpt-4o:acme::x1" });

            Task Composed(HttpClient http, string text) => http.PostAsync("https://shop.example/cars", new StringContent($"{{ \"model\": \"{"ft:gpt-4o:acme::x1"}\" }}"));
        }
        """,
        test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Test_code_is_silent_until_the_team_asks() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using OpenAI.Chat;

        class FactAttribute : Attribute { }

        class Tests
        {
            [Fact]
            public void M() => new ChatClient("ft:gpt-4o:acme::x1", "key");
        }
        """);

    [Fact]
    public Task Test_code_is_looked_at_where_the_team_asks() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using OpenAI.Chat;

        class FactAttribute : Attribute { }

        class Tests
        {
            [Fact]
            public void M() => new ChatClient({|AIG1001:"ft:gpt-4o:acme::x1"|}, "key");
        }
        """,
        test => test.EditorConfig = "[*.cs]\naiguardrails.include_tests = true\n");

    [Theory]
    [InlineData("aiguardrails.allowed_model_ids = gpt-4o, ft:gpt-4o:acme::x1")]
    [InlineData("aiguardrails.AIG1001.allowed_model_ids = ft:gpt-4o:acme::x1")]
    public Task Allowed_id_is_not_reported(string option) => Verify.VerifyAnalyzerAsync(
        In("object M(string key) => (new ChatClient(\"ft:gpt-4o:acme::x1\", key), new ChatClient({|AIG1001:\"ft:gpt-4o:acme::x2\"|}, key));"),
        test => test.EditorConfig = "[*.cs]\n" + option + "\n");

    [Fact]
    public Task Message_names_the_id() => Verify.VerifyAnalyzerAsync(
        In($"object M(string key) => new ChatClient({{|#0:\"{Id}\"|}}, key);"),
        Verify.Diagnostic("AIG1001").WithLocation(0).WithArguments(Id));

    [Fact]
    public Task Fix_reads_an_environment_variable() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using OpenAI.Chat;

        class C
        {
            // The model.
            private const string Model = /* before */ {|AIG1001:"ft:gpt-4o-mini-2024-07-18:acme::AbC12345"|}; // after

            static readonly string[] s_all = { "gpt-4o", {|AIG1001:"ft:gpt-4o-mini-2024-07-18:acme::AbC12345"|} };

            ChatClient M(string key)
            {
                const string local = {|AIG1001:"ft:gpt-4o:acme::x1"|};
                return new ChatClient(key.Length > 0 ? local : Model, key);
            }

            ChatClient N(string key, string name) => new ChatClient(name ?? {|AIG1001:"ft:gpt-4o:acme::x1"|}, key);
        }
        """,
        """
        using System;
        using OpenAI.Chat;

        class C
        {
            // The model.
            private static readonly string Model = /* before */ Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O_MINI_2024_07_18") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O_MINI_2024_07_18'."); // after

            static readonly string[] s_all = { "gpt-4o", Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O_MINI_2024_07_18") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O_MINI_2024_07_18'.") };

            ChatClient M(string key)
            {
                string local = Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O'.");
                return new ChatClient(key.Length > 0 ? local : Model, key);
            }

            ChatClient N(string key, string name) => new ChatClient(name ?? Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O'."), key);
        }
        """);

    [Fact]
    public Task Fix_reads_the_configuration_in_scope() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using Microsoft.Extensions.Configuration;
        using OpenAI.Chat;

        class C(IConfiguration configuration)
        {
            private readonly IConfiguration _field = configuration;

            ChatClient Field(string key) => new({|AIG1001:"ft:gpt-4o:acme::x1"|}, key);

            C(IConfiguration given, int size) : this(given) => _ = new ChatClient({|AIG1001:"ft:gpt-4o:acme::x1"|}, "key");

            ChatClient Parameter(IConfiguration settings) => new({|AIG1001:"ft:gpt-4o:acme::x1"|}, "key");

            static ChatClient Static(string key) => new({|AIG1001:"ft:gpt-4o:acme::x1"|}, key);
        }
        """,
        """
        using System;
        using Microsoft.Extensions.Configuration;
        using OpenAI.Chat;

        class C(IConfiguration configuration)
        {
            private readonly IConfiguration _field = configuration;

            ChatClient Field(string key) => new(_field["AiGuardrails:Models:gpt-4o"] ?? throw new InvalidOperationException("Set 'AiGuardrails:Models:gpt-4o' in the configuration."), key);

            C(IConfiguration given, int size) : this(given) => _ = new ChatClient(given["AiGuardrails:Models:gpt-4o"] ?? throw new InvalidOperationException("Set 'AiGuardrails:Models:gpt-4o' in the configuration."), "key");

            ChatClient Parameter(IConfiguration settings) => new(settings["AiGuardrails:Models:gpt-4o"] ?? throw new InvalidOperationException("Set 'AiGuardrails:Models:gpt-4o' in the configuration."), "key");

            static ChatClient Static(string key) => new(Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O'."), key);
        }
        """);

    [Fact]
    public Task Fix_works_wherever_the_id_is_found() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using System.Collections.Frozen;
        using System.Collections.Generic;
        using OpenAI.Chat;

        class C
        {
            private static readonly FrozenDictionary<string, string> s_models = new Dictionary<string, string> { ["a"] = {|AIG1001:"ft:gpt-4o-mini:acme::AbC12345"|} }.ToFrozenDictionary();
            private static readonly (string Name, string Model) s_pair = ("b", {|AIG1001:"ft:gpt-4.1:acme::AbC12345"|});
            private readonly string _field = {|AIG1001:"ft:gpt-4o:acme::x1"|};
            private readonly string _set;

            C() => _set = {|AIG1001:"ft:gpt-4.1-mini:acme::x1"|}; // set here

            object Field() => (new ChatClient(_field, ""), new ChatClient(_set, ""));

            object Parameter(string model)
            {
                model ??= {|AIG1001:"ft:gpt-4.1-nano:acme::x1"|};
                var options = new ChatCompletionOptions();
                options.Patch.Set("$.model"u8, {|AIG1001:"ft:gpt-3.5-turbo:acme::x1"|});
                return new ChatClient(model, "");
            }
        }
        """,
        """
        using System;
        using System.Collections.Frozen;
        using System.Collections.Generic;
        using OpenAI.Chat;

        class C
        {
            private static readonly FrozenDictionary<string, string> s_models = new Dictionary<string, string> { ["a"] = Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O_MINI") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O_MINI'.") }.ToFrozenDictionary();
            private static readonly (string Name, string Model) s_pair = ("b", Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4_1") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4_1'."));
            private readonly string _field = Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O'.");
            private readonly string _set;

            C() => _set = Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4_1_MINI") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4_1_MINI'."); // set here

            object Field() => (new ChatClient(_field, ""), new ChatClient(_set, ""));

            object Parameter(string model)
            {
                model ??= Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4_1_NANO") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4_1_NANO'.");
                var options = new ChatCompletionOptions();
                options.Patch.Set("$.model"u8, Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_3_5_TURBO") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_3_5_TURBO'."));
                return new ChatClient(model, "");
            }
        }
        """);

    [Fact]
    public Task Fix_gives_two_models_of_one_base_a_setting_each() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using Microsoft.Extensions.Configuration;
        using OpenAI.Chat;

        class C
        {
            const string Support = {|AIG1001:"ft:gpt-4o-mini:acme:support:AbC12345"|};
            const string Sales = {|AIG1001:"ft:gpt-4o-mini:acme:sales:AbC12346"|};
            const string Again = {|AIG1001:"ft:gpt-4o-mini:acme:support:AbC12345"|};
            const string Other = {|AIG1001:"ft:gpt-4o:acme::AbC12347"|};

            ChatClient M(IConfiguration settings) => new(settings == null ? {|AIG1001:"ft:gpt-4.1:acme::x1"|} : {|AIG1001:"ft:gpt-4.1:acme::x2"|}, "key");
        }
        """,
        """
        using System;
        using Microsoft.Extensions.Configuration;
        using OpenAI.Chat;

        class C
        {
            static readonly string Support = Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O_MINI__SUPPORT_ABC12345") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O_MINI__SUPPORT_ABC12345'.");
            static readonly string Sales = Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O_MINI__SALES_ABC12346") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O_MINI__SALES_ABC12346'.");
            static readonly string Again = Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O_MINI__SUPPORT_ABC12345") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O_MINI__SUPPORT_ABC12345'.");
            static readonly string Other = Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O'.");

            ChatClient M(IConfiguration settings) => new(settings == null ? settings["AiGuardrails:Models:gpt-4.1:x1"] ?? throw new InvalidOperationException("Set 'AiGuardrails:Models:gpt-4.1:x1' in the configuration.") : settings["AiGuardrails:Models:gpt-4.1:x2"] ?? throw new InvalidOperationException("Set 'AiGuardrails:Models:gpt-4.1:x2' in the configuration."), "key");
        }
        """);

    [Fact]
    public Task Fix_lifts_the_id_to_a_parameter() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using OpenAI.Chat;

        class C
        {
            ChatClient Create(string key)
            {
                // One client.
                return new ChatClient({|AIG1001:"ft:gpt-4o:acme::x1"|} /* tuned */, key);
            }

            ChatClient Two(string key) => key.Length > 0 ? Create(key) : this.Create("none");
        }
        """,
        """
        using System;
        using OpenAI.Chat;

        class C
        {
            ChatClient Create(string key, string model)
            {
                // One client.
                return new ChatClient(model /* tuned */, key);
            }

            ChatClient Two(string key) => key.Length > 0 ? Create(key, Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O'.")) : this.Create("none", Environment.GetEnvironmentVariable("AIGUARDRAILS_MODEL_GPT_4O") ?? throw new InvalidOperationException("Set the environment variable 'AIGUARDRAILS_MODEL_GPT_4O'."));
        }
        """,
        test => test.CodeActionEquivalenceKey = "LiftToParameter");

    [Theory]
    [InlineData("void M(string model = {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|}) { }")]
    [InlineData("const string A = {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|}; [Obsolete(A)] void M() { }")]
    [InlineData("const string A = {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|}; bool M(string m) => m is A;")]
    [InlineData("const string A = {|AIG1001:\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"|}; const string B = A + \"!\";")]
    public Task No_fix_where_a_constant_is_needed(string member) => Verify.VerifyNoCodeFixAsync(In(member));

    [Theory]
    [InlineData("object M(string key) => new ChatClient(\"ft:gpt-4o:acme::x1\", key")]
    [InlineData("const string A = B; const string B = A; object M() => new ChatClient(A, B);")]
    [InlineData("string P => Q; string Q => P; object M() => new ChatClient(P, \"\");")]
    public Task Half_typed_and_cyclic_code_does_no_harm(string member) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<HardCodedFineTunedModelIdAnalyzer>(In(member));

    private static string In(string member) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using Microsoft.Extensions.AI;
        using OpenAI;
        using OpenAI.Assistants;
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
