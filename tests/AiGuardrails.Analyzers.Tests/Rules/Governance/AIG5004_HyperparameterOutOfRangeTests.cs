using AiGuardrails.Analyzers.Rules.Governance;
using Microsoft.CodeAnalysis;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Governance.HyperparameterOutOfRangeAnalyzer,
    AiGuardrails.CodeFixes.Rules.Governance.HyperparameterOutOfRangeCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Governance;

public sealed class AIG5004_HyperparameterOutOfRangeTests
{
    private const string Usings =
        """
        using System;
        using System.ClientModel;
        using System.ClientModel.Primitives;
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading.Tasks;
        using OpenAI;
        using OpenAI.FineTuning;

        """;

    private const string Long = "a-suffix-that-goes-on-and-on-until-it-is-longer-than-any-provider-takes";

    [Theory]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: {|AIG5004:51|});")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: {|AIG5004:0|});")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: {|AIG5004:-1|});")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised({|AIG5004:257|}, 3);")]
    [InlineData("FineTuningTrainingMethod.CreateDirectPreferenceOptimization(batchSize: {|AIG5004:512|}, epochCount: {|AIG5004:100|}, betaFactor: {|AIG5004:3|});")]
    [InlineData("FineTuningTrainingMethod.CreateDirectPreferenceOptimization(betaFactor: {|AIG5004:0|});")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: HyperparameterEpochCount.CreateEpochCount({|AIG5004:51|}));")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(batchSize: new HyperparameterBatchSize({|AIG5004:0|}));")]
    [InlineData("HyperparameterEpochCount many = {|AIG5004:80|}; FineTuningTrainingMethod.CreateSupervised(epochCount: many);")]
    [InlineData("const int Epochs = {|AIG5004:80|}; FineTuningTrainingMethod.CreateSupervised(epochCount: Epochs);")]
    [InlineData("var many = {|AIG5004:80|}; FineTuningTrainingMethod.CreateSupervised(epochCount: many);")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: name == \"\" ? {|AIG5004:80|} : 3);")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: {|AIG5004:int.MaxValue|});")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: {|AIG5004:10 * 10|});")]
    [InlineData("new FineTuningOptions { Suffix = {|AIG5004:\"" + Long + "\"|} };")]
    [InlineData("new FineTuningOptions { Suffix = {|AIG5004:\"\"|} };")]
    [InlineData("new FineTuningOptions { Suffix = {|AIG5004:$\"{name}-" + Long + "\"|} };")]
    [InlineData("var options = new FineTuningOptions(); options.Suffix = {|AIG5004:\"" + Long + "\"|};")]
    public Task Typed_constant_out_of_range_is_reported(string statements) => Verify.VerifyAnalyzerAsync(Usings + Body(statements));

    [Theory]
    [InlineData("FineTuningTrainingMethod.CreateSupervised();")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(256, 5, 0.1);")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(1, 1, 50.0);")]
    [InlineData("FineTuningTrainingMethod.CreateDirectPreferenceOptimization(betaFactor: 2);")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: HyperparameterEpochCount.CreateAuto());")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: epochs);")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: Math.Clamp(100, 1, 5));")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: int.Parse(\"100\"));")]
    [InlineData("new FineTuningOptions { Suffix = \"support\" };")]
    [InlineData("new FineTuningOptions { Suffix = name };")]
    [InlineData("new FineTuningOptions { Suffix = $\"{name}-support\" };")]
    [InlineData("new FineTuningOptions { Suffix = null, Seed = 1000 };")]
    [InlineData("new Other { Suffix = \"" + Long + "\" };")]
    public Task Typed_value_in_range_or_unknown_is_left(string statements) => Verify.VerifyAnalyzerAsync(Usings + Body(statements));

    [Theory]
    [InlineData("http.PostAsJsonAsync(Url, new { hyperparameters = new { n_epochs = {|AIG5004:51|}, batch_size = {|AIG5004:300|} } });")]
    [InlineData("const int Many = {|AIG5004:51|}; http.PostAsJsonAsync(Url, new { hyperparameters = new { n_epochs = Many } });")]
    [InlineData("http.PostAsJsonAsync(Url, new { suffix = {|AIG5004:\"" + Long + "\"|} });")]
    [InlineData("http.PostAsJsonAsync(Url, new { method = new { type = \"dpo\", dpo = new { hyperparameters = new { beta = {|AIG5004:2.5|} } } } });")]
    [InlineData("http.PostAsJsonAsync(Url, new Dictionary<string, object> { [\"hyperparameters\"] = new Dictionary<string, object> { [\"n_epochs\"] = {|AIG5004:51|} } });")]
    [InlineData("http.PostAsync(Url, new StringContent(\"{\\\"hyperparameters\\\":{\\\"n_epochs\\\": {|AIG5004:99|}, \\\"batch_size\\\":8}}\"));")]
    [InlineData("http.PostAsync(Url, new StringContent(@\"{\"\"hyperparameters\"\":{\"\"n_epochs\"\":{|AIG5004:99|}}}\"));")]
    [InlineData("http.PostAsync(Url, new StringContent($$\"\"\"{ \"training_file\": \"{{name}}\", \"hyperparameters\": { \"n_epochs\": {|AIG5004:99|} } }\"\"\"));")]
    [InlineData("client.FineTune(BinaryContent.CreateJson(\"\"\"{ \"method\": { \"type\": \"supervised\", \"supervised\": { \"hyperparameters\": { \"n_epochs\": {|AIG5004:99|} } } } }\"\"\"), false, new RequestOptions());")]
    [InlineData("client.FineTune(BinaryContent.CreateJson(\"\"\"{ \"suffix\": \"ok\", \"hyperparameters\": { \"batch_size\": {|AIG5004:0|} } }\"\"\"), false, new RequestOptions());")]
    public Task Json_constant_out_of_range_is_reported(string statements) => Verify.VerifyAnalyzerAsync(
        Usings + Body(statements),
        test => test.SilentWithoutSdk = statements.StartsWith("client", StringComparison.Ordinal));

    [Theory]
    [InlineData("http.PostAsJsonAsync(Url, new { hyperparameters = new { n_epochs = 3, batch_size = 8, learning_rate_multiplier = 40 } });")]
    [InlineData("http.PostAsJsonAsync(Url, new { hyperparameters = new { n_epochs = \"auto\" } });")]
    [InlineData("http.PostAsJsonAsync(Url, new { hyperparameters = new { n_epochs = epochs } });")]
    [InlineData("http.PostAsJsonAsync(Url, new { metadata = new { n_epochs = 99 } });")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/other\", new { hyperparameters = new { n_epochs = 99 } });")]
    [InlineData("http.PostAsync(Url, new StringContent(\"\"\"{ \"hyperparameters\": { \"n_epochs\": \"auto\" } }\"\"\"));")]
    [InlineData("http.PostAsync(Url, new StringContent($$\"\"\"{ \"hyperparameters\": { \"n_epochs\": {{epochs}} } }\"\"\"));")]
    [InlineData("var body = new { hyperparameters = new { n_epochs = 99 } }; Console.WriteLine(body);")]
    public Task Json_value_in_range_or_unknown_is_left(string statements) => Verify.VerifyAnalyzerAsync(Usings + Body(statements));

    [Theory]
    [InlineData("http.PostAsJsonAsync(\"https://api.together.xyz/v1/fine-tunes\", new { batch_size = 512, suffix = {|AIG5004:\"a-suffix-of-more-than-forty-characters-indeed\"|} });")]
    [InlineData("http.PostAsJsonAsync(\"https://api.together.xyz/v1/fine-tunes\", new { batch_size = 512, suffix = \"\" });")]
    [InlineData("http.PostAsJsonAsync(\"https://api.mistral.ai/v1/fine_tuning/jobs\", new { hyperparameters = new { batch_size = 512 }, suffix = \"" + Long + "\" });")]
    [InlineData("var client = new FineTuningClient(new ApiKeyCredential(name), new FineTuningClientOptions { Endpoint = new Uri(\"https://api.together.xyz/v1\") }); client.FineTune(\"m\", \"file-1\", false, new() { Suffix = {|AIG5004:\"a-suffix-of-more-than-forty-characters-indeed\"|}, TrainingMethod = FineTuningTrainingMethod.CreateSupervised(batchSize: 512) });")]
    [InlineData("http.PostAsJsonAsync($\"{name}/openai/fine_tuning/jobs?api-version=1\", new { hyperparameters = new { batch_size = {|AIG5004:512|} } });")]
    public Task Ranges_are_those_of_the_provider_in_view(string statements) => Verify.VerifyAnalyzerAsync(
        Usings + $"class C {{ void M(HttpClient http, string name) {{ {statements} }} }}",
        test => test.SilentWithoutSdk = !statements.StartsWith("http", StringComparison.Ordinal));

    [Theory]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: {|#0:6|});")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: {|#0:50|});")]
    public Task More_epochs_than_usual_are_a_suggestion(string statements) => Verify.VerifyAnalyzerAsync(
        Usings + Body(statements),
        Verify.Diagnostic("AIG5004").WithLocation(0).WithSeverity(DiagnosticSeverity.Info));

    [Fact]
    public Task Number_of_epochs_is_read_from_the_options() => Verify.VerifyAnalyzerAsync(
        Usings + Body("FineTuningTrainingMethod.CreateSupervised(epochCount: 10); FineTuningTrainingMethod.CreateSupervised(epochCount: {|AIG5004:11|});"),
        test => test.EditorConfig = "[*.cs]\naiguardrails.typical_max_epochs = 10");

    [Fact]
    public Task Messages_name_the_value_and_the_range() => Verify.VerifyAnalyzerAsync(
        Usings + Body(
            """
            FineTuningTrainingMethod.CreateDirectPreferenceOptimization(batchSize: {|#0:500|}, epochCount: {|#1:12|}, betaFactor: {|#2:3|});
            new FineTuningOptions().Suffix = {|#3:""|};
            """),
        Verify.Diagnostic("AIG5004").WithLocation(0).WithMessage("500 is no batch size that OpenAI takes; use 1 to 256"),
        Verify.Diagnostic("AIG5004").WithLocation(1).WithSeverity(DiagnosticSeverity.Info).WithMessage("12 epochs are more than the usual 5; start with fewer, and add some while the validation loss falls"),
        Verify.Diagnostic("AIG5004").WithLocation(2).WithMessage("3 is no beta that OpenAI takes; use more than 0, and up to 2"),
        Verify.Diagnostic("AIG5004").WithLocation(3).WithMessage("a suffix of 0 characters is none that OpenAI takes; use 1 to 64 characters"));

    [Fact]
    public Task Test_code_is_silent() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class TestMethodAttribute : Attribute { }

        class Tests
        {
            [TestMethod]
            public void M() => FineTuningTrainingMethod.CreateSupervised(epochCount: 100);
        }
        """);

    [Fact]
    public Task Fix_takes_the_nearest_value() => Verify.VerifyCodeFixAsync(
        Usings + Body(
            """
            FineTuningTrainingMethod.CreateSupervised(batchSize: {|AIG5004:500|}, epochCount: {|AIG5004:100|} /* many */);
            FineTuningTrainingMethod.CreateSupervised(batchSize: {|AIG5004:-8|}, epochCount: {|AIG5004:0|});
            const int Epochs = {|AIG5004:20|};
            FineTuningTrainingMethod.CreateDirectPreferenceOptimization(epochCount: Epochs, betaFactor: {|AIG5004:7|});
            """),
        Usings + Body(
            """
            FineTuningTrainingMethod.CreateSupervised(batchSize: 256, epochCount: 5 /* many */);
            FineTuningTrainingMethod.CreateSupervised(batchSize: 1, epochCount: 1);
            const int Epochs = 5;
            FineTuningTrainingMethod.CreateDirectPreferenceOptimization(epochCount: Epochs, betaFactor: 2);
            """));

    [Fact]
    public Task Fix_takes_the_nearest_value_in_json() => Verify.VerifyCodeFixAsync(
        Usings + Body(
            """"
            http.PostAsJsonAsync(Url, new { hyperparameters = new { n_epochs = {|AIG5004:51|} } });
            http.PostAsync(Url, new StringContent("{\"hyperparameters\":{\"n_epochs\": {|AIG5004:99|}}}"));
            http.PostAsync(Url, new StringContent($$"""
                {
                  "training_file": "{{name}}",
                  "hyperparameters": { "n_epochs": {|AIG5004:99|}, "batch_size": {|AIG5004:300|} }
                }
                """));
            """"),
        Usings + Body(
            """"
            http.PostAsJsonAsync(Url, new { hyperparameters = new { n_epochs = 5 } });
            http.PostAsync(Url, new StringContent("{\"hyperparameters\":{\"n_epochs\": 5}}"));
            http.PostAsync(Url, new StringContent($$"""
                {
                  "training_file": "{{name}}",
                  "hyperparameters": { "n_epochs": 5, "batch_size": 256 }
                }
                """));
            """"),
        test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("new FineTuningOptions { Suffix = {|AIG5004:\"" + Long + "\"|} };")]
    [InlineData("FineTuningTrainingMethod.CreateSupervised(epochCount: {|AIG5004:int.MaxValue|});")]
    [InlineData("FineTuningTrainingMethod.CreateDirectPreferenceOptimization(betaFactor: {|AIG5004:0|});")]
    public Task Nothing_is_offered_where_no_number_is_the_nearest(string statements) => Verify.VerifyNoCodeFixAsync(Usings + Body(statements));

    [Theory]
    [InlineData("void M() => FineTuningTrainingMethod.CreateSupervised(epochCount: 100, batchSize: ")]
    [InlineData("void M(HttpClient http) => http.PostAsync(\"https://api.openai.com/v1/fine_tuning/jobs\", new StringContent(\"\"\"{ \"hyperparameters\": { \"n_epochs\": 99 ")]
    public Task Half_typed_code_does_no_harm(string member) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<HyperparameterOutOfRangeAnalyzer>(Usings + "class C { " + member + " }");

    private static string Body(string statements) =>
        $$"""
        class Other { public string Suffix { get; set; } = ""; }

        class C
        {
            private const string Url = "https://api.openai.com/v1/fine_tuning/jobs";

            void M(FineTuningClient client, HttpClient http, string name, int epochs)
            {
                {{statements}}
            }
        }
        """;
}
