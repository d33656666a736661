using AiGuardrails.Analyzers.Rules.Cost;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Cost.TrainingJobWithoutCostBudgetAnalyzer,
    AiGuardrails.CodeFixes.Rules.Cost.TrainingJobWithoutCostBudgetCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Cost;

public sealed class AIG2008_TrainingJobWithoutCostBudgetTests
{
    private const string Usings =
        """
        using System;
        using System.ClientModel;
        using System.ClientModel.Primitives;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading.Tasks;
        using AiGuardrails;
        using OpenAI.FineTuning;

        """;

    [Theory]
    [InlineData("client.{|AIG2008:FineTune|}(\"gpt-4o-mini\", \"file-1\", false)")]
    [InlineData("client.{|AIG2008:FineTuneAsync|}(\"gpt-4o-mini\", \"file-1\", waitUntilCompleted: true)")]
    [InlineData("client?.{|AIG2008:FineTuneAsync|}(\"gpt-4o-mini\", \"file-1\", false)")]
    [InlineData("client.{|AIG2008:FineTuneAsync|}(BinaryContent.Create(BinaryData.FromString(\"{}\")), false, new RequestOptions())")]
    [InlineData("http.{|AIG2008:PostAsJsonAsync|}(\"https://api.openai.com/v1/fine_tuning/jobs\", new { model = \"gpt-4o\" })")]
    [InlineData("http.{|AIG2008:PostAsync|}(\"v1/fine_tuning/jobs\", null)")]
    [InlineData("http.{|AIG2008:PostAsync|}($\"{host}/openai/fine_tuning/jobs?api-version={version}\", null)")]
    [InlineData("http.{|AIG2008:PostAsync|}(new Uri(host + \"/v1/fine_tuning/jobs\"), null)")]
    [InlineData("http.{|AIG2008:PostAsync|}(\"https://api.together.xyz/v1/fine-tunes\", null)")]
    [InlineData("new {|AIG2008:HttpRequestMessage|}(HttpMethod.Post, \"https://api.openai.com/v1/fine_tuning/jobs\")")]
    [InlineData("new Func<object>(() => client.{|AIG2008:FineTune|}(\"gpt-4o-mini\", \"file-1\", false))")]
    public Task Start_without_a_budget_is_reported(string expression) => Verify.VerifyAnalyzerAsync(
        Usings + $"class C {{ object M(FineTuningClient client, HttpClient http, string host, string version) => {expression}; }}",
        test => test.SilentWithoutSdk = !expression.Contains("http", StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("client.GetJob(\"ftjob-1\")")]
    [InlineData("http.GetAsync(\"https://api.openai.com/v1/fine_tuning/jobs\")")]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/fine_tuning/jobs/ftjob-1/cancel\", null)")]
    [InlineData("http.PostAsync($\"https://api.openai.com/v1/fine_tuning/jobs/{host}/pause\", null)")]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/chat/completions\", null)")]
    [InlineData("new HttpRequestMessage(HttpMethod.Get, \"https://api.openai.com/v1/fine_tuning/jobs\")")]
    [InlineData("\"POST https://api.openai.com/v1/fine_tuning/jobs\"")]
    [InlineData("new Other().FineTune(\"gpt-4o-mini\")")]
    public Task Anything_else_is_not_reported(string expression) => Verify.VerifyAnalyzerAsync(
        Usings + $"class Other {{ public object FineTune(string model) => model; }} class C {{ object M(FineTuningClient client, HttpClient http, string host) => {expression}; }}");

    [Theory]
    [InlineData("", "", "[CostBudget(MaxUsd = 25)]")]
    [InlineData("", "[CostBudget(MaxUsd = 25, Reason = \"agreed\")]", "")]
    [InlineData("[assembly: CostBudget(MaxUsd = 25)]", "", "")]
    public Task Start_under_a_budget_is_not_reported(string assembly, string type, string method) => Verify.VerifyAnalyzerAsync(
        Usings + $$"""
        {{assembly}}

        {{type}}
        class Outer
        {
            class C
            {
                {{method}}
                object M(FineTuningClient client)
                {
                    object Local() => client.FineTune("gpt-4o-mini", "file-1", false);
                    return Local();
                }
            }
        }
        """);

    [Theory]
    [InlineData("var url = $\"{host}/v1/fine_tuning/jobs\"; await http.{|AIG2008:PostAsync|}(url, null);")]
    [InlineData("var uri = new Uri(host + \"/v1/fine_tuning/jobs\"); await http.{|AIG2008:PostAsync|}(uri, null);")]
    [InlineData("var url = host; url = url + \"/openai/fine_tuning/jobs\" + \"?api-version=\" + version; await http.{|AIG2008:PostAsync|}(url, null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(host + \"/openai/fine_tuning/jobs?api-version=\" + version, null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(host + \"fine_tuning/jobs\", null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(string.Format(\"{0}/openai/fine_tuning/jobs?api-version={1}\", host, version), null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(string.Format(Route, host, version), null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(string.Concat(host, \"/\", version, \"/v1/\", \"fine_tuning\", \"/jobs\"), null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(string.Format(\"{0}/{1}/{2}/{3}/jobs\", host, version, \"v1\", \"fine_tuning\"), null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(string.Concat(host, \"/v1/\", \"fine_tuning/jobs\"), null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(new Uri(new Uri(host), \"v1/fine_tuning/jobs\"), null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(JobsUrl, null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(s_jobs, null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(Url(), null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(_url, null);")]
    [InlineData("await http.{|AIG2008:PostAsync|}(version == \"\" ? \"v1/fine_tuning/jobs\" : $\"openai/fine_tuning/jobs?api-version={version}\", null);")]
    [InlineData("using var request = new {|AIG2008:HttpRequestMessage|} { Method = HttpMethod.Post, RequestUri = new Uri(host + \"/v1/fine_tuning/jobs\") }; await http.SendAsync(request);")]
    [InlineData("HttpRequestMessage request = {|AIG2008:new() { Method = HttpMethod.Post, RequestUri = new(\"https://api.openai.com/v1/fine_tuning/jobs\") }|}; await http.SendAsync(request);")]
    [InlineData("var request = new {|AIG2008:HttpRequestMessage|}(); request.Method = HttpMethod.Post; request.RequestUri = new Uri(JobsUrl); await http.SendAsync(request);")]
    [InlineData("var request = new {|AIG2008:HttpRequestMessage|}(new HttpMethod(\"POST\"), JobsUrl); await http.SendAsync(request);")]
    [InlineData("var request = new {|AIG2008:HttpRequestMessage|}(method: HttpMethod.Post, requestUri: JobsUrl); await http.SendAsync(request);")]
    public Task Url_built_elsewhere_is_followed(string statements) => Verify.VerifyAnalyzerAsync(
        Usings + HttpClass(statements),
        test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("var url = $\"{host}/v1/fine_tuning/jobs\"; url += $\"/{version}/cancel\"; await http.PostAsync(url, null);")]
    [InlineData("var url = $\"{host}/v1/fine_tuning/jobs\"; url = $\"{host}/v1/files\"; await http.PostAsync(url, null);")]
    [InlineData("await http.PostAsync(JobsUrl + \"/\" + version + \"/cancel\", null);")]
    [InlineData("await http.PostAsync(JobsUrl + version, null);")]
    [InlineData("await http.PostAsync(string.Format(\"{0}/v1/fine_tuning/jobs/{1}/cancel\", host, version), null);")]
    [InlineData("await http.GetAsync(JobsUrl);")]
    [InlineData("await http.PostAsync(new Uri(s_jobs, $\"jobs/{version}/cancel\"), null);")]
    [InlineData("await http.PostAsync(new Uri(s_jobs, version), null);")]
    [InlineData("await http.PostAsync($\"{s_jobs}/{version}/pause\", null);")]
    [InlineData("await http.PostAsync(Configured, null);")]
    [InlineData("await http.PostAsync(host + \"/v1/not_fine_tuning/jobs\", null);")]
    [InlineData("var request = new HttpRequestMessage { RequestUri = new Uri(JobsUrl) }; await http.SendAsync(request);")]
    [InlineData("var request = new HttpRequestMessage { Method = HttpMethod.Get, RequestUri = new Uri(JobsUrl) }; await http.SendAsync(request);")]
    [InlineData("var request = new HttpRequestMessage(); request.Method = HttpMethod.Get; request.RequestUri = new Uri(JobsUrl); request = new HttpRequestMessage(); request.Method = HttpMethod.Post; await http.SendAsync(request);")]
    [InlineData("var request = new HttpRequestMessage { Method = HttpMethod.Post, RequestUri = new Uri(host + \"/v1/chat/completions\") }; await http.SendAsync(request);")]
    public Task Url_of_something_else_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(
        Usings + HttpClass(statements));

    [Fact]
    public Task Text_that_grows_without_end_is_given_up() => Verify.VerifyAnalyzerAsync(
        Usings + HttpClass(
            "var t0 = host + \"v1/fine_tuning/jobs\"; "
            + string.Concat(Enumerable.Range(1, 40).Select(static i => $"var t{i} = t{i - 1} + t{i - 1}; "))
            + "await http.PostAsync(t40 + version, null);"));

    [Fact]
    public Task Call_of_a_marked_wrapper_is_a_start() => Verify.VerifyAnalyzerAsync(
        Usings + """
        interface ITrainer
        {
            [StartsTraining]
            Task<string> LaunchAsync(string file);
        }

        abstract class TrainerBase
        {
            [StartsTraining]
            public abstract void Launch(string file);
        }

        class Trainer : TrainerBase
        {
            FineTuningClient _client = new("key");

            // What is asked of a start is asked of the callers of a wrapper.
            [StartsTraining]
            public void Begin(string file) => _client.FineTune("gpt-4o-mini", file, false);

            public override void Launch(string file) { }
        }

        class C
        {
            async Task M(ITrainer contract, TrainerBase trainer, Trainer derived)
            {
                await contract.{|AIG2008:LaunchAsync|}("file-1");
                trainer.{|AIG2008:Launch|}("file-1");
                derived.{|AIG2008:Launch|}("file-1");
                derived.{|AIG2008:Begin|}("file-1");
            }

            [CostBudget(MaxUsd = 25)]
            Task Covered(ITrainer contract) => contract.LaunchAsync("file-1");
        }
        """,
        test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Marked_method_of_another_library_means_nothing() => Verify.VerifyAnalyzerAsync(
        Usings + """
        namespace Other
        {
            class StartsTrainingAttribute : Attribute { }

            class Gym
            {
                [StartsTraining]
                public void Launch() { }

                public void M() => Launch();
            }
        }
        """);

    private static string HttpClass(string statements) =>
        $$"""
        class C
        {
            private const string Route = "{0}/openai/fine_tuning/jobs?api-version={1}";
            private readonly string _url = "https://api.openai.com/v1/fine_tuning/jobs";
            private static readonly Uri s_jobs = new("https://api.openai.com/v1/fine_tuning/jobs");
            private readonly string _base = "https://api.openai.com";

            private string JobsUrl => $"{_base}/v1/fine_tuning/jobs";

            protected virtual string Configured => "v1/fine_tuning/jobs";

            private string Url()
            {
                return _base + "/v1/fine_tuning/jobs";
            }

            async Task M(HttpClient http, string host, string version)
            {
                {{statements}}
            }
        }
        """;

    [Fact]
    public Task Budget_on_a_property_and_on_a_local_function_covers() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class C
        {
            FineTuningClient _client;

            [CostBudget(MaxUsd = 25)]
            FineTuningJob Job => _client.FineTune("gpt-4o-mini", "file-1", false);

            void M()
            {
                [CostBudget(MaxUsd = 25)]
                FineTuningJob Local() => _client.FineTune("gpt-4o-mini", "file-1", false);
                Local();
            }
        }
        """);

    [Fact]
    public Task Budget_at_run_time_covers() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class C
        {
            object Parameter(FineTuningClient client, AiGuardrails.CostBudget budget) => client.FineTune("gpt-4o-mini", "file-1", false);

            AiGuardrails.CostMeter _meter;

            object Field(FineTuningClient client)
            {
                _meter.Charge(25);
                return client.FineTune("gpt-4o-mini", "file-1", false);
            }
        }
        """);

    [Fact]
    public Task Budget_on_a_neighbour_does_not_cover() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class C
        {
            [CostBudget(MaxUsd = 25)]
            void Covered(FineTuningClient client) => client.FineTune("gpt-4o-mini", "file-1", false);

            void Uncovered(FineTuningClient client) => client.{|AIG2008:FineTune|}("gpt-4o-mini", "file-1", false);
        }
        """);

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
    public Task Message_about_top_level_statements_names_the_assembly() => Verify.VerifyAnalyzerAsync(
        "new OpenAI.FineTuning.FineTuningClient(args[0]).{|#0:FineTune|}(\"gpt-4o-mini\", \"file-1\", false);",
        static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication,
        Verify.Diagnostic("AIG2008").WithLocation(0).WithArguments("FineTune", "the assembly"));

    [Fact]
    public Task Message_names_the_call_and_the_member() => Verify.VerifyAnalyzerAsync(
        Usings + "class C { void Train(FineTuningClient client) => client.{|#0:FineTune|}(\"gpt-4o-mini\", \"file-1\", false); }",
        Verify.Diagnostic("AIG2008").WithLocation(0).WithArguments("FineTune", "'Train' or to a type around it"));

    [Fact]
    public Task Fix_adds_the_attribute() => Verify.VerifyCodeFixAsync(
        Usings + """
        class C
        {
            // Starts the job.
            public void Train(FineTuningClient client)
            {
                client.{|AIG2008:FineTune|}("gpt-4o-mini", "file-1", false);
                client.{|AIG2008:FineTune|}("gpt-4o-mini", "file-2", false);
            }

            /// <summary>Documented.</summary>
            [Obsolete]
            public void Again(FineTuningClient client) => client.{|AIG2008:FineTune|}("gpt-4o-mini", "file-1", false);
        }
        """,
        Usings + """
        class C
        {
            // Starts the job.
            [CostBudget(MaxUsd = 0)]
            public void Train(FineTuningClient client)
            {
                client.FineTune("gpt-4o-mini", "file-1", false);
                client.FineTune("gpt-4o-mini", "file-2", false);
            }

            /// <summary>Documented.</summary>
            [Obsolete]
            [CostBudget(MaxUsd = 0)]
            public void Again(FineTuningClient client) => client.FineTune("gpt-4o-mini", "file-1", false);
        }
        """);

    [Fact]
    public Task Fix_covers_top_level_statements_by_the_assembly() => Verify.VerifyCodeFixAsync(
        """
        using OpenAI.FineTuning;

        // Starts the job.
        new FineTuningClient("key").{|AIG2008:FineTune|}("gpt-4o-mini", "file-1", false);
        """,
        """
        using OpenAI.FineTuning;

        [assembly: AiGuardrails.CostBudget(MaxUsd = 0)]

        // Starts the job.
        new FineTuningClient("key").FineTune("gpt-4o-mini", "file-1", false);
        """,
        test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("void M(FineTuningClient client) => client.FineTune(\"gpt-4o-mini\", \"file-1\"")]
    [InlineData("void M(HttpClient http) => http.PostAsync($\"{http}/v1/fine_tuning/jobs\", ")]
    public Task Half_typed_code_does_no_harm(string member) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<TrainingJobWithoutCostBudgetAnalyzer>(Usings + "class C { " + member + " }");
}
