using AiGuardrails.Analyzers.Rules.Models;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Models.FineTuningServiceClosesAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Models;

public sealed class AIG1007_FineTuningServiceClosesTests
{
    private const string Alternatives = "; Azure OpenAI, Together AI, Fireworks, Amazon Bedrock and Vertex AI read the same files";

    // Azure.AI.OpenAI 2 cannot be restored everywhere; this is the part of it that the rule can meet.
    private const string Azure =
        """

        namespace Azure.AI.OpenAI
        {
            public class AzureOpenAIClient : global::OpenAI.OpenAIClient
            {
                public AzureOpenAIClient(System.Uri endpoint, System.ClientModel.ApiKeyCredential credential) : base(credential, null) { }
                public override global::OpenAI.FineTuning.FineTuningClient GetFineTuningClient() => throw null;
            }
        }
        """;

    [Theory]
    [InlineData("client.{|AIG1007:FineTune|}(\"gpt-4o-mini\", \"file-1\", false)")]
    [InlineData("client?.{|AIG1007:FineTuneAsync|}(\"gpt-4o-mini\", \"file-1\", waitUntilCompleted: true)")]
    [InlineData("client.{|AIG1007:FineTuneAsync|}(BinaryContent.Create(BinaryData.FromString(\"{}\")), false, new RequestOptions())")]
    [InlineData("new OpenAIClient(host).GetFineTuningClient().{|AIG1007:FineTune|}(\"gpt-4o-mini\", \"file-1\", false)")]
    [InlineData("new Func<object>(() => client.{|AIG1007:FineTune|}(\"gpt-4o-mini\", \"file-1\", false))")]
    [InlineData("http.{|AIG1007:PostAsJsonAsync|}(\"https://api.openai.com/v1/fine_tuning/jobs\", new { model = \"gpt-4o\" })")]
    [InlineData("http.{|AIG1007:PostAsync|}(\"v1/fine_tuning/jobs\", null)")]
    [InlineData("http.{|AIG1007:PostAsync|}($\"{host}/v1/fine_tuning/jobs\", null)")]
    [InlineData("new {|AIG1007:HttpRequestMessage|}(HttpMethod.Post, \"https://api.openai.com/v1/fine_tuning/jobs\")")]
    [InlineData("http.{|AIG1007:PostAsync|}(\"https://api.mistral.ai/v1/fine_tuning/jobs\", null)")]
    [InlineData("http.{|AIG1007:PostAsync|}(\"https://api.cohere.com/v1/finetuning/finetuned-models\", null)")]
    public Task Start_at_a_service_that_closes_is_reported(string expression) => VerifyAsync($"object M(FineTuningClient client, HttpClient http, string host) => {expression};");

    [Theory]
    [InlineData("client.GetJob(\"ftjob-1\")")]
    [InlineData("http.GetAsync(\"https://api.openai.com/v1/fine_tuning/jobs\")")]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/fine_tuning/jobs/ftjob-1/cancel\", null)")]
    [InlineData("http.PostAsync(\"https://api.together.xyz/v1/fine-tunes\", null)")]
    [InlineData("http.PostAsync(\"https://acme.openai.azure.com/openai/fine_tuning/jobs?api-version=1\", null)")]
    [InlineData("http.PostAsync($\"https://{host}.openai.azure.com/openai/fine_tuning/jobs\", null)")]
    [InlineData("http.PostAsync($\"{host}/openai/fine_tuning/jobs?api-version=1\", null)")]
    [InlineData("http.PostAsync(\"https://trainer.acme.example/v1/fine_tuning/jobs\", null)")]
    [InlineData("http.PostAsync($\"{host}/v1/fine-tunes\", null)")] // a path of others
    [InlineData("http.PostAsync($\"{host}/v1/projects/p/locations/l/tuningJobs\", null)")]
    [InlineData("new OpenAIClient(new ApiKeyCredential(host), new OpenAIClientOptions { Endpoint = new Uri(\"https://api.together.xyz/v1\") }).GetFineTuningClient().FineTune(\"m\", \"file-1\", false)")]
    [InlineData("new OpenAIClient(new ApiKeyCredential(host), new OpenAIClientOptions { Endpoint = new Uri(\"http://localhost:8000/v1\") }).GetFineTuningClient().FineTune(\"m\", \"file-1\", false)")]
    [InlineData("new Other().FineTune(\"gpt-4o-mini\")")]
    public Task Anything_else_is_not_reported(string expression) => VerifyAsync($"object M(FineTuningClient client, HttpClient http, string host) => {expression};");

    [Fact]
    public Task Azure_is_left() => VerifyAsync(
        """
        private readonly FineTuningClient _azure = new Azure.AI.OpenAI.AzureOpenAIClient(new Uri("https://acme.openai.azure.com"), new ApiKeyCredential("key")).GetFineTuningClient();

        object Typed(Azure.AI.OpenAI.AzureOpenAIClient client) => client.GetFineTuningClient().FineTune("gpt-4o-mini", "file-1", false);
        object Field() => _azure.FineTune("gpt-4o-mini", "file-1", false);
        object Unknown(FineTuningClient client) => client.FineTune("gpt-4o-mini", "file-1", false);
        object Relative(HttpClient http) => http.PostAsync("v1/fine_tuning/jobs", null);

        object Local(string key)
        {
            OpenAIClient client = new Azure.AI.OpenAI.AzureOpenAIClient(new Uri("https://acme.openai.azure.com"), new ApiKeyCredential(key));
            var trainer = client.GetFineTuningClient();
            return trainer.FineTune("gpt-4o-mini", "file-1", false);
        }

        // This one says itself whose it is.
        object Own(string key) => new FineTuningClient(key).{|AIG1007:FineTune|}("gpt-4o-mini", "file-1", false);
        """,
        after: Azure);

    [Theory]
    [InlineData("2026-01-31", false, "OpenAI takes no new fine-tuning jobs from 2027-01-06 on")]
    [InlineData("2026-05-07", false, "OpenAI has closed fine-tuning to organisations that have never trained a model (2026-05-07), and closes it to everybody on 2027-01-06")]
    [InlineData("2027-01-05", false, "OpenAI has closed fine-tuning to organisations that have never trained a model (2026-05-07) and organisations that have not called a fine-tuned model for 60 days (2026-07-02), and closes it to everybody on 2027-01-06")]
    [InlineData("2027-01-06", true, "OpenAI has taken no new fine-tuning jobs since 2027-01-06")]
    public Task Message_and_level_follow_the_date(string today, bool isClosed, string fact) => VerifyAsync(
        "object M(FineTuningClient client) => client.{|#0:FineTune|}(\"gpt-4o-mini\", \"file-1\", false);",
        today,
        expected: Expect(isClosed).WithArguments(fact + Alternatives));

    [Theory]
    [InlineData("https://api.cohere.com/v1/finetuning/finetuned-models", "2025-09-15", "Cohere has taken no new fine-tuning jobs since 2025-09-15")]
    [InlineData("https://api.mistral.ai/v1/fine_tuning/jobs", "2026-08-21", "Mistral takes no new fine-tuning jobs any more, as of 2026-08-21")]
    public Task Message_about_others(string url, string today, string fact) => VerifyAsync(
        $"object M(HttpClient http) => http.{{|#0:PostAsync|}}(\"{url}\", null);",
        today,
        expected: Expect(isClosed: true).WithArguments(fact + "; train elsewhere"));

    [Theory]
    [InlineData("")]
    [InlineData("2026-02-30")]
    public Task Without_a_day_the_rule_is_silent(string today) => VerifyAsync("object M(FineTuningClient client) => client.FineTune(\"gpt-4o-mini\", \"file-1\", false);", today);

    [Fact]
    public Task Catalogue_of_the_team_counts() => VerifyAsync(
        "object M(FineTuningClient client) => client.{|#0:FineTune|}(\"gpt-4o-mini\", \"file-1\", false);",
        models: """{ "closures": [ { "provider": "OpenAI", "steps": [ { "from": "2028-01-01", "affects": "everybody" } ], "alternatives": ["Together AI"], "source": "our contract", "asOf": "2026-01-31" } ] }""",
        expected: Expect(isClosed: false).WithArguments("OpenAI takes no new fine-tuning jobs from 2028-01-01 on; Together AI reads the same files"));

    [Theory]
    [InlineData("void M(FineTuningClient client) => client.FineTune(\"gpt-4o-mini\", \"file-1\"")]
    [InlineData("void M(HttpClient http) => http.PostAsync($\"{http}/v1/fine_tuning/jobs\", ")]
    public Task Half_typed_code_does_no_harm(string member) => AnalyzerFuzz.VerifyNeverThrowsAsync<FineTuningServiceClosesAnalyzer>(In(member));

    private static DiagnosticResult Expect(bool isClosed) =>
        Verify.Diagnostic("AIG1007").WithLocation(0).WithSeverity(isClosed ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info);

    private static Task VerifyAsync(string member, string today = "2026-11-01", string? models = null, string after = "", params DiagnosticResult[] expected) =>
        Verify.VerifyAnalyzerAsync(
            In(member) + after,
            test =>
            {
                test.SilentWithoutSdk = !member.Contains("HttpClient", StringComparison.Ordinal);
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
        using System.ClientModel;
        using System.ClientModel.Primitives;
        using System.Net.Http;
        using System.Net.Http.Json;
        using OpenAI;
        using OpenAI.FineTuning;

        class Other { public object FineTune(string model) => model; }

        class C
        {
        {{string.Join('\n', member.Split('\n').Select(static line => line.Length == 0 ? line : "    " + line))}}
        }
        """;
}
