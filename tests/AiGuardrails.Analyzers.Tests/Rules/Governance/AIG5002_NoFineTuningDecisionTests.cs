using AiGuardrails.Analyzers.Rules.Governance;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Governance.NoFineTuningDecisionAnalyzer,
    AiGuardrails.CodeFixes.Rules.Governance.NoFineTuningDecisionCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Governance;

public sealed class AIG5002_NoFineTuningDecisionTests
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
    [InlineData("client.{|AIG5002:FineTune|}(\"gpt-4o-mini\", \"file-1\", false)")]
    [InlineData("client?.{|AIG5002:FineTuneAsync|}(\"gpt-4o-mini\", \"file-1\", false)")]
    [InlineData("client.{|AIG5002:FineTuneAsync|}(BinaryContent.Create(BinaryData.FromString(\"{}\")), false, new RequestOptions())")]
    [InlineData("http.{|AIG5002:PostAsJsonAsync|}(\"https://api.openai.com/v1/fine_tuning/jobs\", new { model = \"gpt-4o\" })")]
    [InlineData("http.{|AIG5002:PostAsync|}($\"{host}/openai/fine_tuning/jobs?api-version=1\", null)")]
    [InlineData("new {|AIG5002:HttpRequestMessage|}(HttpMethod.Post, \"https://api.openai.com/v1/fine_tuning/jobs\")")]
    [InlineData("new {|AIG5002:HttpRequestMessage|} { Method = HttpMethod.Post, RequestUri = new Uri(\"https://api.openai.com/v1/fine_tuning/jobs\") }")]
    [InlineData("new Func<object>(() => client.{|AIG5002:FineTune|}(\"gpt-4o-mini\", \"file-1\", false))")]
    public Task Start_without_a_decision_is_reported(string expression) => Verify.VerifyAnalyzerAsync(
        Usings + $"class C {{ object M(FineTuningClient client, HttpClient http, string host) => {expression}; }}",
        test => test.SilentWithoutSdk = !expression.Contains("http", StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("client.GetJob(\"ftjob-1\")")]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/fine_tuning/jobs/ftjob-1/cancel\", null)")]
    [InlineData("http.PostAsync(\"https://api.openai.com/v1/batches\", null)")]
    [InlineData("new Other().FineTune(\"gpt-4o-mini\")")]
    public Task Anything_else_is_not_reported(string expression) => Verify.VerifyAnalyzerAsync(
        Usings + $"class Other {{ public object FineTune(string model) => model; }} class C {{ object M(FineTuningClient client, HttpClient http) => {expression}; }}");

    [Theory]
    [InlineData("", "", "[FineTuningDecision(TriedPrompting = true)]")]
    [InlineData("", "[FineTuningDecision]", "")]
    [InlineData("[assembly: FineTuningDecision(Rationale = \"agreed\")]", "", "")]
    public Task Recorded_decision_covers(string assembly, string type, string method) => Verify.VerifyAnalyzerAsync(
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

    [Fact]
    public Task Budget_is_no_decision() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class C
        {
            [CostBudget(MaxUsd = 25)]
            void M(FineTuningClient client) => client.{|AIG5002:FineTune|}("gpt-4o-mini", "file-1", false);
        }
        """);

    [Fact]
    public Task Attribute_of_another_library_is_no_decision() => Verify.VerifyAnalyzerAsync(
        Usings + """
        namespace Other
        {
            class FineTuningDecisionAttribute : Attribute { }
        }

        class C
        {
            [Other.FineTuningDecision]
            void M(FineTuningClient client) => client.{|AIG5002:FineTune|}("gpt-4o-mini", "file-1", false);
        }
        """);

    [Fact]
    public Task Call_of_a_marked_wrapper_is_a_start() => Verify.VerifyAnalyzerAsync(
        Usings + """
        interface ITrainer
        {
            [StartsTraining]
            Task<string> LaunchAsync(string file);
        }

        class Trainer
        {
            FineTuningClient _client = new("key");

            // What is asked of a start is asked of the callers of a wrapper.
            [StartsTraining]
            public void Begin(string file) => _client.FineTune("gpt-4o-mini", file, false);
        }

        class C
        {
            async Task M(ITrainer contract, Trainer trainer)
            {
                await contract.{|AIG5002:LaunchAsync|}("file-1");
                trainer.{|AIG5002:Begin|}("file-1");
            }

            [FineTuningDecision(TriedPrompting = true, TriedRag = true)]
            Task Covered(ITrainer contract) => contract.LaunchAsync("file-1");
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
    public Task Test_code_is_reported_where_the_team_asks() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class TestMethodAttribute : Attribute { }

        class Tests
        {
            [TestMethod]
            public void M(FineTuningClient client) => client.{|AIG5002:FineTune|}("gpt-4o-mini", "file-1", false);
        }
        """,
        test => test.EditorConfig = "[*.cs]\naiguardrails.include_tests = true");

    [Fact]
    public Task Message_about_top_level_statements_names_the_assembly() => Verify.VerifyAnalyzerAsync(
        "new OpenAI.FineTuning.FineTuningClient(args[0]).{|#0:FineTune|}(\"gpt-4o-mini\", \"file-1\", false);",
        static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication,
        Verify.Diagnostic("AIG5002").WithLocation(0).WithArguments("FineTune", "the assembly"));

    [Fact]
    public Task Message_names_the_call_and_the_member() => Verify.VerifyAnalyzerAsync(
        Usings + "class C { void Train(FineTuningClient client) => client.{|#0:FineTune|}(\"gpt-4o-mini\", \"file-1\", false); }",
        Verify.Diagnostic("AIG5002").WithLocation(0).WithArguments("FineTune", "'Train' or to a type around it"));

    [Fact]
    public Task Fix_adds_the_attribute_with_every_field() => Verify.VerifyCodeFixAsync(
        Usings + """
        class C
        {
            // Starts the job.
            [CostBudget(MaxUsd = 25)]
            public void Train(FineTuningClient client)
            {
                client.{|AIG5002:FineTune|}("gpt-4o-mini", "file-1", false);
                client.{|AIG5002:FineTune|}("gpt-4o-mini", "file-2", false);
            }
        }
        """,
        Usings + """
        class C
        {
            // Starts the job.
            [CostBudget(MaxUsd = 25)]
            [FineTuningDecision(
                TriedPrompting = false,
                TriedRag = false,
                LabeledExamples = 0,
                BudgetUsd = 0,
                MachineLearningExpertise = false,
                KnowledgeIsStable = false,
                RequestsPerMonth = 0,
                SavingPerRequestUsd = double.NaN,
                TrainingCostUsd = double.NaN,
                Goal = TrainingGoal.Knowledge,
                DecidedOn = "",
                ReviewBy = "",
                Rationale = "")]
            public void Train(FineTuningClient client)
            {
                client.FineTune("gpt-4o-mini", "file-1", false);
                client.FineTune("gpt-4o-mini", "file-2", false);
            }
        }
        """);

    [Fact]
    public Task Fix_covers_top_level_statements_by_the_assembly() => Verify.VerifyCodeFixAsync(
        """
        using AiGuardrails;
        using OpenAI.FineTuning;

        new FineTuningClient("key").{|AIG5002:FineTune|}("gpt-4o-mini", "file-1", false);
        """,
        """
        using AiGuardrails;
        using OpenAI.FineTuning;

        [assembly: FineTuningDecision(
            TriedPrompting = false,
            TriedRag = false,
            LabeledExamples = 0,
            BudgetUsd = 0,
            MachineLearningExpertise = false,
            KnowledgeIsStable = false,
            RequestsPerMonth = 0,
            SavingPerRequestUsd = double.NaN,
            TrainingCostUsd = double.NaN,
            Goal = TrainingGoal.Knowledge,
            DecidedOn = "",
            ReviewBy = "",
            Rationale = "")]

        new FineTuningClient("key").FineTune("gpt-4o-mini", "file-1", false);
        """,
        test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("void M(FineTuningClient client) => client.FineTune(\"gpt-4o-mini\", \"file-1\"")]
    [InlineData("void M(HttpClient http) { var r = new HttpRequestMessage { Method = HttpMethod.Post, RequestUri = new Uri(")]
    [InlineData("void M(HttpClient http) { var url = $\"{http}/v1/fine_tuning/jobs\" + string.Format(\"{0\", ); http.PostAsync(url, ")]
    public Task Half_typed_code_does_no_harm(string member) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<NoFineTuningDecisionAnalyzer>(Usings + "class C { " + member + " }");
}
