using AiGuardrails.Analyzers.Rules.Governance;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Governance.NoValidationFileAnalyzer,
    AiGuardrails.CodeFixes.Rules.Governance.NoValidationFileCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Governance;

public sealed class AIG5001_NoValidationFileTests
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
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.Files;
        using OpenAI.FineTuning;

        """;

    [Theory]
    [InlineData("client.{|AIG5001:FineTune|}(\"gpt-4o-mini\", file, false)")]
    [InlineData("client?.{|AIG5001:FineTuneAsync|}(\"gpt-4o-mini\", file, false)")]
    [InlineData("client.{|AIG5001:FineTuneAsync|}(\"gpt-4o-mini\", file, waitUntilCompleted: true, cancellationToken: default)")]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, {|AIG5001:null|})")]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, options: {|AIG5001:default|})")]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, new {|AIG5001:FineTuningOptions|}())")]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, {|AIG5001:new|}())")]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, {|AIG5001:new|}() { Suffix = \"support\" })")]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, new {|AIG5001:FineTuningOptions|} { Suffix = \"support\", ValidationFile = null })")]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, file == \"\" ? new {|AIG5001:FineTuningOptions|}() : new FineTuningOptions { ValidationFile = \"file-2\" })")]
    public Task Start_without_a_validation_file_is_reported(string expression) => Verify.VerifyAnalyzerAsync(
        Usings + $"class C {{ object M(FineTuningClient client, string file) => {expression}; }}");

    [Theory]
    [InlineData("var options = new {|AIG5001:FineTuningOptions|}(); options.Suffix = \"support\"; client.FineTune(\"gpt-4o-mini\", file, false, options);")]
    [InlineData("FineTuningOptions options = {|AIG5001:new|}() { Seed = 7 }; client.FineTune(\"gpt-4o-mini\", file, false, options);")]
    [InlineData("var options = new {|AIG5001:FineTuningOptions|}(); options.ValidationFile = null; client.FineTune(\"gpt-4o-mini\", file, false, options);")]
    [InlineData("FineTuningOptions options = null; client.FineTune(\"gpt-4o-mini\", file, false, {|AIG5001:options|});")]
    [InlineData("FineTuningOptions Make() => new {|AIG5001:FineTuningOptions|} { Suffix = \"support\" }; client.FineTune(\"gpt-4o-mini\", file, false, Make());")]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, _options);", "private readonly FineTuningOptions _options = new {|AIG5001:FineTuningOptions|} { Suffix = \"support\" };")]
    public Task Visible_options_are_followed(string statements, string member = "") => Verify.VerifyAnalyzerAsync(
        Usings + $"#nullable disable\nclass C {{ {member} void M(FineTuningClient client, string file) {{ {statements} }} }}");

    [Theory]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, new FineTuningOptions { ValidationFile = \"file-2\" });")]
    [InlineData("var options = new FineTuningOptions(); options.ValidationFile = file; client.FineTune(\"gpt-4o-mini\", file, false, options);")]
    [InlineData("var options = new FineTuningOptions(); if (file != \"\") options.ValidationFile = file; client.FineTune(\"gpt-4o-mini\", file, false, options);")]
    [InlineData("var options = new FineTuningOptions { ValidationFile = given?.Suffix }; client.FineTune(\"gpt-4o-mini\", file, false, options);")]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, given);")]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, Injected);")]
    [InlineData("client.FineTune(\"gpt-4o-mini\", file, false, Elsewhere(file));")]
    [InlineData("var options = new FineTuningOptions(); Configure(options); client.FineTune(\"gpt-4o-mini\", file, false, options);")]
    [InlineData("var options = new FineTuningOptions(); configure(options); client.FineTune(\"gpt-4o-mini\", file, false, options);")]
    [InlineData("client.GetJob(\"ftjob-1\");")]
    [InlineData("new Other().FineTune(\"gpt-4o-mini\", file, false);")]
    public Task Options_with_a_validation_file_or_out_of_view_are_left(string statement) => Verify.VerifyAnalyzerAsync(
        Usings + $$"""
        class Other { public void FineTune(string model, string file, bool wait, FineTuningOptions? options = null) { } }

        abstract class C
        {
            public FineTuningOptions? Injected { get; set; }

            protected abstract FineTuningOptions Elsewhere(string file);

            protected abstract void Configure(FineTuningOptions options);

            void M(FineTuningClient client, string file, FineTuningOptions? given, Action<FineTuningOptions> configure)
            {
                {{statement}}
            }
        }
        """);

    [Theory]
    [InlineData("await http.PostAsJsonAsync(Url, {|AIG5001:new|} { model = \"gpt-4o\", training_file = file });")]
    [InlineData("await http.PostAsJsonAsync(Url, {|AIG5001:new|} { model = \"gpt-4o\", training_file = file, validation_file = (string?)null });")]
    [InlineData("await http.PostAsync(Url, JsonContent.Create({|AIG5001:new|} { training_file = file }));")]
    [InlineData("var body = {|AIG5001:new|} { training_file = file }; var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, \"application/json\"); await http.PostAsync(Url, content);")]
    [InlineData("await http.PostAsync(Url, new StringContent({|AIG5001:\"{\\\"training_file\\\":\\\"file-1\\\",\\\"model\\\":\\\"gpt-4o\\\"}\"|}, Encoding.UTF8, \"application/json\"));")]
    [InlineData("await http.PostAsync(Url, new StringContent({|AIG5001:$$\"\"\"{ \"training_file\": \"{{file}}\", \"hyperparameters\": { \"n_epochs\": {{epochs}} } }\"\"\"|}));")]
    [InlineData("var body = new {|AIG5001:Dictionary<string, object>|} { [\"training_file\"] = file }; body[\"model\"] = \"gpt-4o\"; await http.PostAsJsonAsync(Url, body);")]
    [InlineData("var body = new {|AIG5001:Dictionary<string, object>|} { { \"training_file\", file } }; await http.PostAsJsonAsync(Url, body);")]
    [InlineData("var body = new {|AIG5001:JsonObject|} { [\"training_file\"] = file }; await http.PostAsync(Url, new StringContent(body.ToJsonString()));")]
    [InlineData("await http.PostAsJsonAsync(Url, new {|AIG5001:JobRequest|}(\"gpt-4o\", file));")]
    [InlineData("await http.PostAsJsonAsync(Url, new {|AIG5001:JobBody|} { TrainingFile = file });")]
    [InlineData("await http.PostAsync(Url, new StringContent(encoding: Encoding.UTF8, content: {|AIG5001:\"{ \\\"training_file\\\": \\\"\" + file + \"\\\" }\"|}, mediaType: \"application/json\"));")]
    [InlineData("var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = JsonContent.Create({|AIG5001:new|} { training_file = file }) }; await http.SendAsync(request);")]
    [InlineData("var request = new HttpRequestMessage(HttpMethod.Post, Url); request.Content = JsonContent.Create({|AIG5001:new|} { training_file = file }); await http.SendAsync(request);")]
    [InlineData("client.FineTune(BinaryContent.CreateJson({|AIG5001:\"{\\\"training_file\\\":\\\"file-1\\\"}\"|}), false, new RequestOptions());")]
    [InlineData("client.FineTune(BinaryContent.Create(BinaryData.FromString({|AIG5001:\"{\\\"training_file\\\":\\\"file-1\\\"}\"|})), false, new RequestOptions());")]
    [InlineData("client.FineTune(BinaryContent.Create(BinaryData.FromBytes({|AIG5001:\"{\\\"training_file\\\":\\\"file-1\\\"}\"u8|}.ToArray())), false, new RequestOptions());")]
    [InlineData("using var content = BinaryContent.Create(BinaryData.FromObjectAsJson({|AIG5001:new|} { training_file = file })); await client.FineTuneAsync(content, false, new RequestOptions());")]
    public Task Json_in_view_is_reported(string statements) => Verify.VerifyAnalyzerAsync(
        Usings + JsonClass(statements),
        test => test.SilentWithoutSdk = !statements.Contains("http.", StringComparison.Ordinal));

    [Theory]
    [InlineData("await http.PostAsJsonAsync(Url, new { training_file = file, validation_file = file });")]
    [InlineData("await http.PostAsJsonAsync(Url, new { model = \"gpt-4o\" });")]
    [InlineData("await http.PostAsJsonAsync(\"https://api.openai.com/v1/other\", new { training_file = file });")]
    [InlineData("await http.PostAsync(Url, null);")]
    [InlineData("await http.PostAsync(Url, given);")]
    [InlineData("await http.PostAsync(Url, new StringContent(file));")]
    [InlineData("await http.PostAsync(Url, new StringContent(\"{\\\"training_file\\\":\"));")]
    [InlineData("await http.PostAsync(Url, new StringContent($$\"\"\"{ \"training_file\": \"{{file}}\", \"validation_file\": \"{{file}}\" }\"\"\"));")]
    [InlineData("await http.PostAsync(Url, new StringContent($$\"\"\"{ \"training_file\": \"{{file}}\" {{extra}} }\"\"\"));")]
    [InlineData("var body = new Dictionary<string, object> { [\"training_file\"] = file }; body[\"validation_file\"] = file; await http.PostAsJsonAsync(Url, body);")]
    [InlineData("var body = new Dictionary<string, object> { [\"training_file\"] = file }; body[extra] = file; await http.PostAsJsonAsync(Url, body);")]
    [InlineData("var body = new Dictionary<string, object> { [\"training_file\"] = file }; Add(body); await http.PostAsJsonAsync(Url, body);")]
    [InlineData("await http.PostAsJsonAsync(Url, new JobRequest(\"gpt-4o\", file, file));")]
    [InlineData("await http.PostAsJsonAsync(Url, new JobBody { TrainingFile = file, Holdout = file });")]
    [InlineData("await http.PostAsJsonAsync(Url, new DefaultBody { TrainingFile = file });")]
    public Task Json_with_a_validation_file_or_out_of_view_is_left(string statements) => Verify.VerifyAnalyzerAsync(
        Usings + JsonClass(statements));

    [Fact]
    public Task Options_of_a_private_member_that_two_starts_share_are_one_finding() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class C(FineTuningClient client)
        {
            private static FineTuningOptions Shared { get; } = {|AIG5001:new|}() { Suffix = "support" };

            private static readonly FineTuningOptions s_written = new() { Suffix = "support" };

            static C() => s_written.ValidationFile = Environment.GetEnvironmentVariable("FILE");

            public Task First(string file) => client.FineTuneAsync("gpt-4o", file, false, Shared);

            public Task Second(string file) => client.FineTuneAsync("gpt-4o", file, false, Shared);

            public Task Third(string file) => client.FineTuneAsync("gpt-4o", file, false, s_written);

            private static FineTuningOptions Build(string? validation)
            {
                var options = new FineTuningOptions();
                if (validation is not null)
                {
                    options.ValidationFile = validation;
                }

                return options;
            }

            public Task Fourth(string file) => client.FineTuneAsync("gpt-4o", file, false, Build(null));
        }
        """);

    [Fact]
    public Task Protocol_method_of_version_2_0_is_known() => Verify.VerifyAnalyzerAsync(
        """
        // The shape of OpenAI 2.0, which had no typed method to start a job.
        namespace OpenAI.FineTuning
        {
            public class FineTuningClient
            {
                public void CreateFineTuningJob(System.ClientModel.BinaryContent content, bool waitUntilCompleted, System.ClientModel.Primitives.RequestOptions? options = null) { }
            }
        }

        class C
        {
            void M(OpenAI.FineTuning.FineTuningClient client, string file) =>
                client.CreateFineTuningJob(System.ClientModel.BinaryContent.Create(System.BinaryData.FromObjectAsJson({|AIG5001:new|} { training_file = file })), false);
        }
        """,
        test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Test_code_is_silent() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class TestMethodAttribute : Attribute { }

        class Tests
        {
            [TestMethod]
            public void M(FineTuningClient client) => client.FineTune("gpt-4o-mini", "file-1", false);
        }
        """);

    [Fact]
    public Task Message_names_the_call_and_the_member() => Verify.VerifyAnalyzerAsync(
        Usings + "class C { void Train(FineTuningClient client) => client.{|#0:FineTune|}(\"gpt-4o-mini\", \"file-1\", false); }",
        Verify.Diagnostic("AIG5001").WithLocation(0).WithArguments("FineTune", "ValidationFile"));

    [Fact]
    public Task Message_names_the_member_of_the_json() => Verify.VerifyAnalyzerAsync(
        Usings + "class C { object Train(HttpClient http, string file) => http.PostAsJsonAsync(\"https://api.openai.com/v1/fine_tuning/jobs\", {|#0:new|} { training_file = file }); }",
        test => test.SilentWithoutSdk = false,
        Verify.Diagnostic("AIG5001").WithLocation(0).WithArguments("PostAsJsonAsync", "validation_file"));

    [Fact]
    public Task Fix_adds_options() => Verify.VerifyCodeFixAsync(
        Usings + """
        class C
        {
            void M(FineTuningClient client, string file, CancellationToken token)
            {
                client.{|AIG5001:FineTune|}("gpt-4o-mini", file, waitUntilCompleted: false);
                client.{|AIG5001:FineTune|}(
                    "gpt-4o-mini",
                    file, // the training file
                    waitUntilCompleted: false,
                    cancellationToken: token);
                client.FineTune("gpt-4o-mini", file, false, {|AIG5001:null|}, token);
                client.FineTune("gpt-4o-mini", file, false, options: {|AIG5001:default|}, token);
            }
        }
        """,
        Usings + """
        class C
        {
            void M(FineTuningClient client, string file, CancellationToken token)
            {
                client.FineTune("gpt-4o-mini", file, waitUntilCompleted: false, options: new FineTuningOptions { ValidationFile = "validation-file-id" });
                client.FineTune(
                    "gpt-4o-mini",
                    file, // the training file
                    waitUntilCompleted: false,
                    cancellationToken: token,
                    options: new FineTuningOptions { ValidationFile = "validation-file-id" });
                client.FineTune("gpt-4o-mini", file, false, new FineTuningOptions { ValidationFile = "validation-file-id" }, token);
                client.FineTune("gpt-4o-mini", file, false, options: new FineTuningOptions { ValidationFile = "validation-file-id" }, token);
            }
        }
        """);

    [Fact]
    public Task Fix_adds_the_property() => Verify.VerifyCodeFixAsync(
        Usings + """
        class C
        {
            private static readonly FineTuningOptions s_options = new {|AIG5001:FineTuningOptions|}();

            void M(FineTuningClient client, string file)
            {
                client.FineTune("gpt-4o-mini", file, false, s_options);
                client.FineTune("gpt-4o-mini", file, false, {|AIG5001:new|}());
                client.FineTune("gpt-4o-mini", file, false, new {|AIG5001:FineTuningOptions|} { Suffix = "support" });
                client.FineTune("gpt-4o-mini", file, false, new {|AIG5001:FineTuningOptions|} { ValidationFile = null, Suffix = "support" });
                var options = new {|AIG5001:FineTuningOptions|}
                {
                    Suffix = "support", // shown in the name
                };
                client.FineTune("gpt-4o-mini", file, false, options);
                var others = new {|AIG5001:FineTuningOptions|}
                {
                    // Shown in the name.
                    Suffix = "support"
                };
                client.FineTune("gpt-4o-mini", file, false, others);
            }
        }
        """,
        Usings + """
        class C
        {
            private static readonly FineTuningOptions s_options = new FineTuningOptions { ValidationFile = "validation-file-id" };

            void M(FineTuningClient client, string file)
            {
                client.FineTune("gpt-4o-mini", file, false, s_options);
                client.FineTune("gpt-4o-mini", file, false, new() { ValidationFile = "validation-file-id" });
                client.FineTune("gpt-4o-mini", file, false, new FineTuningOptions { Suffix = "support", ValidationFile = "validation-file-id" });
                client.FineTune("gpt-4o-mini", file, false, new FineTuningOptions { ValidationFile = "validation-file-id", Suffix = "support" });
                var options = new FineTuningOptions
                {
                    Suffix = "support", // shown in the name
                    ValidationFile = "validation-file-id",
                };
                client.FineTune("gpt-4o-mini", file, false, options);
                var others = new FineTuningOptions
                {
                    // Shown in the name.
                    Suffix = "support",
                    ValidationFile = "validation-file-id"
                };
                client.FineTune("gpt-4o-mini", file, false, others);
            }
        }
        """);

    [Theory]
    [InlineData("string validationFileId", "validationFileId")]
    [InlineData("OpenAIFile validationFile", "validationFile.Id")]
    [InlineData("ClientResult<OpenAIFile> validation", "validation.Value.Id")]
    [InlineData("string validationPath", "\"validation-file-id\"")]
    [InlineData("bool validationFileId", "\"validation-file-id\"")]
    public Task Fix_takes_what_the_code_has(string parameter, string value) => Verify.VerifyCodeFixAsync(
        Usings + $$"""
        class C
        {
            void M(FineTuningClient client, string file, {{parameter}}) => client.FineTune("gpt-4o-mini", file, false, new {|AIG5001:FineTuningOptions|} { Suffix = "support" });
        }
        """,
        Usings + $$"""
        class C
        {
            void M(FineTuningClient client, string file, {{parameter}}) => client.FineTune("gpt-4o-mini", file, false, new FineTuningOptions { Suffix = "support", ValidationFile = {{value}} });
        }
        """);

    [Fact]
    public Task Fix_takes_nothing_that_is_not_there_yet() => Verify.VerifyCodeFixAsync(
        Usings + """
        class C
        {
            private readonly string _validationFileId = "file-2";

            static void M(FineTuningClient client, string file)
            {
                client.FineTune("gpt-4o-mini", file, false, {|AIG5001:new|}() { Suffix = "support" });
                var validationId = file;
                client.FineTune("gpt-4o-mini", file, false, {|AIG5001:new|}() { Suffix = validationId });
            }

            void Instance(FineTuningClient client, string file) => client.FineTune("gpt-4o-mini", file, false, {|AIG5001:new|}() { Suffix = "support" });
        }
        """,
        Usings + """
        class C
        {
            private readonly string _validationFileId = "file-2";

            static void M(FineTuningClient client, string file)
            {
                client.FineTune("gpt-4o-mini", file, false, new() { Suffix = "support", ValidationFile = "validation-file-id" });
                var validationId = file;
                client.FineTune("gpt-4o-mini", file, false, new() { Suffix = validationId, ValidationFile = validationId });
            }

            void Instance(FineTuningClient client, string file) => client.FineTune("gpt-4o-mini", file, false, new() { Suffix = "support", ValidationFile = _validationFileId });
        }
        """);

    [Fact]
    public Task Fix_adds_the_json_member() => Verify.VerifyCodeFixAsync(
        Usings + """
        class C
        {
            private const string Url = "https://api.openai.com/v1/fine_tuning/jobs";

            async Task M(HttpClient http, string file)
            {
                await http.PostAsJsonAsync(Url, {|AIG5001:new|} { training_file = file });
                await http.PostAsJsonAsync(Url, {|AIG5001:new|} { training_file = file, validation_file = (string?)null, model = "gpt-4o" });
                await http.PostAsJsonAsync(Url, {|AIG5001:new|}
                {
                    model = "gpt-4o",
                    training_file = file,
                });
                await http.PostAsJsonAsync(Url, new {|AIG5001:Dictionary<string, object>|} { ["training_file"] = file });
                await http.PostAsJsonAsync(Url, new {|AIG5001:Dictionary<string, object>|} { { "training_file", file } });
            }
        }
        """,
        Usings + """
        class C
        {
            private const string Url = "https://api.openai.com/v1/fine_tuning/jobs";

            async Task M(HttpClient http, string file)
            {
                await http.PostAsJsonAsync(Url, new { training_file = file, validation_file = "validation-file-id" });
                await http.PostAsJsonAsync(Url, new { training_file = file, validation_file = "validation-file-id", model = "gpt-4o" });
                await http.PostAsJsonAsync(Url, new
                {
                    model = "gpt-4o",
                    training_file = file,
                    validation_file = "validation-file-id",
                });
                await http.PostAsJsonAsync(Url, new Dictionary<string, object> { ["training_file"] = file, ["validation_file"] = "validation-file-id" });
                await http.PostAsJsonAsync(Url, new Dictionary<string, object> { { "training_file", file }, { "validation_file", "validation-file-id" } });
            }
        }
        """,
        test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("await http.PostAsync(Url, new StringContent({|AIG5001:\"{\\\"training_file\\\":\\\"file-1\\\"}\"|}));")]
    [InlineData("await http.PostAsJsonAsync(Url, new {|AIG5001:JobBody|} { TrainingFile = file });")]
    [InlineData("var options = new {|AIG5001:FineTuningOptions|}(); options.ValidationFile = null; client.FineTune(\"gpt-4o-mini\", file, false, options);")]
    [InlineData("FineTuningOptions? options = null; client.FineTune(\"gpt-4o-mini\", file, false, {|AIG5001:options|});")]
    public Task Nothing_is_offered_where_the_value_would_not_arrive(string statements) => Verify.VerifyNoCodeFixAsync(
        Usings + JsonClass(statements),
        test => test.SilentWithoutSdk = !statements.Contains("http.", StringComparison.Ordinal));

    [Theory]
    [InlineData("void M(FineTuningClient client) => client.FineTune(\"gpt-4o-mini\", \"file-1\", false, new FineTuningOptions {")]
    [InlineData("void M(HttpClient http) => http.PostAsync(\"https://api.openai.com/v1/fine_tuning/jobs\", new StringContent(\"{\\\"training_file\\\":\\\"a\\\", ")]
    [InlineData("void M(HttpClient http) => http.PostAsJsonAsync(\"https://api.openai.com/v1/fine_tuning/jobs\", new { training_file = , validation_file ")]
    public Task Half_typed_code_does_no_harm(string member) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<NoValidationFileAnalyzer>(Usings + "class C { " + member + " }");

    private static string JsonClass(string statements) =>
        $$"""
        record JobRequest(
            [property: JsonPropertyName("model")] string Model,
            [property: JsonPropertyName("training_file")] string TrainingFile,
            [property: JsonPropertyName("validation_file")] string? ValidationFile = null);

        class JobBody
        {
            public string? TrainingFile { get; set; }

            [JsonPropertyName("validation_file")]
            public string? Holdout { get; set; }
        }

        class DefaultBody
        {
            public string? TrainingFile { get; set; }

            public string? ValidationFile { get; set; } = "file-2";
        }

        abstract class C
        {
            private const string Url = "https://api.openai.com/v1/fine_tuning/jobs";

            protected abstract void Add(Dictionary<string, object> body);

            async Task M(FineTuningClient client, HttpClient http, string file, int epochs, string extra, HttpContent given)
            {
                {{statements}}
            }
        }
        """;
}
