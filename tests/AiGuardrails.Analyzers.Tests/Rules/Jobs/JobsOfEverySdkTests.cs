using Microsoft.CodeAnalysis;
using Loop = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Jobs.PollLoopMissesTerminalFailureAnalyzer>;
using Result = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Jobs.JobResultUsedWithoutFailureCheckAnalyzer>;
using LoopFix = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Jobs.PollLoopMissesTerminalFailureAnalyzer,
    AiGuardrails.CodeFixes.Rules.Jobs.PollLoopMissesTerminalFailureCodeFix>;
using ResultFix = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Jobs.JobResultUsedWithoutFailureCheckAnalyzer,
    AiGuardrails.CodeFixes.Rules.Jobs.JobResultUsedWithoutFailureCheckCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Jobs;

/// <summary>Poll loops and results of the jobs that are not OpenAI's fine-tuning jobs: batches, dreams, eval runs, and jobs by shape or by annotation.</summary>
public sealed class JobsOfEverySdkTests
{
    [Theory]
    [InlineData("batch.ProcessingStatus != ProcessingStatus.Ended")]
    [InlineData("batch.ProcessingStatus != \"ended\"")]
    [InlineData("!(batch.ProcessingStatus == ProcessingStatus.Ended)")]
    [InlineData("batch.ProcessingStatus == ProcessingStatus.InProgress || batch.ProcessingStatus == ProcessingStatus.Canceling")]
    [InlineData("batch.ProcessingStatus.Value() is ProcessingStatus.InProgress or ProcessingStatus.Canceling")]
    public Task Loop_over_a_message_batch_that_waits_for_its_end_is_right(string condition) => Loop.VerifyAnalyzerAsync(MessageBatch(condition));

    [Theory]
    [InlineData("batch.ProcessingStatus == ProcessingStatus.InProgress")]
    [InlineData("batch.ProcessingStatus.Raw() == \"in_progress\"")]
    public Task Loop_over_a_message_batch_that_leaves_while_it_is_being_cancelled_is_reported(string condition) =>
        Loop.VerifyAnalyzerAsync(MessageBatch("{|AIG4001:" + condition + "|}"));

    [Fact]
    public Task Fix_names_the_states_of_a_message_batch() => LoopFix.VerifyCodeFixAsync(
        MessageBatch("{|AIG4001:batch.ProcessingStatus == ProcessingStatus.InProgress|}"),
        MessageBatch("batch.ProcessingStatus != ProcessingStatus.Ended"));

    [Fact]
    public Task Fix_puts_no_check_before_the_job_is_there() => ResultFix.VerifyNoCodeFixAsync(
        """
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            async Task<int> M(object o)
            {
                await ((FineTuningJob)o).WaitForCompletionAsync();
                return o is FineTuningJob job ? {|AIG4003:job.Value|}.Length : 0;
            }
        }
        """);

    [Theory]
    [InlineData("{|AIG4001:dream.Status != BetaDreamStatus.Completed|}")]
    [InlineData("{|AIG4001:dream.Status != BetaDreamStatus.Completed && dream.Status != BetaDreamStatus.Failed|}")]
    [InlineData("{|AIG4001:dream.Status == BetaDreamStatus.Running|}")] // leaves at once on pending
    [InlineData("dream.Status == BetaDreamStatus.Pending || dream.Status == BetaDreamStatus.Running")]
    [InlineData("dream.Status.Value() is BetaDreamStatus.Pending or BetaDreamStatus.Running")]
    public Task Loop_over_a_dream(string condition) => Loop.VerifyAnalyzerAsync(
        $$"""
        using System.Threading.Tasks;
        using Anthropic;
        using Anthropic.Models.Beta.Dreams;

        class C
        {
            async Task M(IAnthropicClient client, BetaDream dream)
            {
                while ({{condition}})
                {
                    await Task.Delay(10_000);
                    dream = await client.Beta.Dreams.Retrieve(dream.ID);
                }
            }
        }
        """);

    [Theory]
    [InlineData("while (!operation.HasCompleted) { await operation.UpdateStatusAsync(null); }")]
    [InlineData("await operation.WaitForCompletionAsync();")]
    public Task Batch_operation_knows_its_own_end(string wait) => Loop.VerifyAnalyzerAsync(
        $$"""
        using System.Threading.Tasks;
        using OpenAI.Batch;

        class C
        {
            async Task M(CreateBatchOperation operation)
            {
                {{wait}}
            }
        }
        """);

    [Theory]
    [InlineData("{|AIG4001:status != \"completed\" && status != \"failed\"|}")] // an eval run is canceled, with one l
    [InlineData("{|AIG4001:status != \"completed\" && status != \"failed\" && status != \"cancelled\"|}")]
    [InlineData("status != \"completed\" && status != \"failed\" && status != \"canceled\"")]
    [InlineData("status is \"queued\" or \"in_progress\"")]
    public Task Loop_over_an_eval_run(string condition) => Loop.VerifyAnalyzerAsync(OverHttp("https://api.openai.com/v1/evals/eval_1/runs/", condition), static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("https://api.mistral.ai/v1/fine_tuning/jobs/")] // other states
    [InlineData("https://api.together.xyz/v1/fine-tunes/")]
    public Task Job_of_another_service_has_other_states(string url) => Loop.VerifyAnalyzerAsync(OverHttp(url, "status != \"SUCCESS\""));

    [Fact]
    public Task Path_without_a_version_belongs_to_the_host_that_is_named() => Loop.VerifyAnalyzerAsync(
        """
        using System;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Threading.Tasks;

        class C
        {
            private readonly HttpClient _http = new() { BaseAddress = new Uri("https://api.openai.com/v1/") };

            async Task M(string id)
            {
                while (true)
                {
                    var batch = await _http.GetFromJsonAsync<JsonElement>($"batches/{id}");
                    var status = batch.GetProperty("status").GetString();
                    if (status == "completed" || status == "failed")
                    {
                        break;
                    }

                    await Task.Delay(60_000);
                }
            }
        }
        """.Replace("while (true)", "{|AIG4001:while|} (true)", StringComparison.Ordinal),
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Property_has_the_name_that_it_has_in_json() => Loop.VerifyAnalyzerAsync(
        """
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json.Serialization;
        using System.Threading.Tasks;

        record Job([property: JsonPropertyName("status")] string Phase);

        class C
        {
            async Task M(HttpClient http, string id)
            {
                Job job;
                do
                {
                    await Task.Delay(60_000);
                    job = await http.GetFromJsonAsync<Job>("https://api.openai.com/v1/fine_tuning/jobs/" + id);
                }
                while ({|AIG4001:job.Phase != "succeeded"|});
            }
        }
        """,
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task File_that_is_polled_before_the_job_does_not_hide_it() => Loop.VerifyAnalyzerAsync(
        """
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Threading.Tasks;

        class C
        {
            async Task M(HttpClient http, string file, string id)
            {
                string status;
                do
                {
                    await Task.Delay(5_000);
                    status = (await http.GetFromJsonAsync<JsonElement>("https://api.openai.com/v1/files/" + file)).GetProperty("status").GetString();
                }
                while (status != "processed");

                do
                {
                    await Task.Delay(60_000);
                    status = (await http.GetFromJsonAsync<JsonElement>("https://api.openai.com/v1/fine_tuning/jobs/" + id)).GetProperty("status").GetString();
                }
                while ({|AIG4001:status != "succeeded"|});
            }
        }
        """,
        static test => test.SilentWithoutSdk = false);

    // Azure.AI.Agents.Persistent cannot be restored where these tests run; these are the members that the loop needs.
    [Fact]
    public Task Status_of_another_ai_sdk_counts_by_its_members_as_a_suggestion() => Loop.VerifyAnalyzerAsync(
        """
        using System.Threading.Tasks;
        using Azure.AI.Agents.Persistent;

        class C
        {
            async Task M(PersistentAgentsClient client, ThreadRun run)
            {
                while (run.Status != RunStatus.Completed)
                {
                    await Task.Delay(1000);
                    run = client.GetRun(run.Id);
                }
            }

            async Task Right(PersistentAgentsClient client, ThreadRun run)
            {
                while (run.Status == RunStatus.Queued || run.Status == RunStatus.InProgress)
                {
                    await Task.Delay(1000);
                    run = client.GetRun(run.Id);
                }
            }
        }

        namespace Azure.AI.Agents.Persistent
        {
            public class PersistentAgentsClient
            {
                public ThreadRun GetRun(string id) => null;
            }

            public class ThreadRun
            {
                public string Id { get; }

                public RunStatus Status { get; }
            }

            public readonly struct RunStatus
            {
                public static RunStatus Queued { get; }
                public static RunStatus InProgress { get; }
                public static RunStatus Completed { get; }
                public static RunStatus Failed { get; }
                public static RunStatus Cancelled { get; }
                public static bool operator ==(RunStatus left, RunStatus right) => true;
                public static bool operator !=(RunStatus left, RunStatus right) => false;
                public override bool Equals(object obj) => true;
                public override int GetHashCode() => 0;
            }
        }
        """.Replace("(run.Status != RunStatus.Completed)", "({|#0:run.Status != RunStatus.Completed|})", StringComparison.Ordinal),
        static test => test.SilentWithoutSdk = false,
        Loop.Diagnostic("AIG4001").WithLocation(0).WithSeverity(DiagnosticSeverity.Info));

    [Theory]
    [InlineData("[JobStatus] enum Phase { Waiting, Running, Completed, Failed }", "")] // "Waiting" is no word that is known
    [InlineData("[JobStatus] enum Phase { Queued, Running, Completed, Failed }", "{|AIG4001:")]
    [InlineData("enum Phase { Queued, Running, Completed, Failed }", "")] // not said to be one
    [InlineData("[JobStatus] enum Phase { Queued, Running, Completed }", "")] // cannot fail
    public Task Status_of_a_wrapper_counts_where_the_team_says_so(string type, string mark) => Loop.VerifyAnalyzerAsync(
        $$"""
        using System.Threading.Tasks;
        using AiGuardrails;

        {{type}}

        class Training
        {
            public Phase Phase { get; init; }
        }

        interface ITrainer
        {
            Task<Training> GetAsync(string id);
        }

        class C
        {
            async Task M(ITrainer trainer, string id)
            {
                var training = await trainer.GetAsync(id);
                while ({{mark}}training.Phase != Phase.Completed{{(mark.Length > 0 ? "|}" : "")}})
                {
                    await Task.Delay(1000);
                    training = await trainer.GetAsync(id);
                }
            }
        }
        """);

    [Theory]
    [InlineData("var good = jobs.First(job => job.Status == FineTuningStatus.Succeeded); Use(good.Value);")]
    [InlineData("foreach (var job in jobs.Where(job => job.Status == FineTuningStatus.Succeeded)) { Use(job.Value); }")]
    [InlineData("jobs.RemoveAll(job => job.Status != FineTuningStatus.Succeeded); Use(jobs[0].Value);")]
    [InlineData("if (jobs.All(job => job.Status == FineTuningStatus.Succeeded)) { Use(jobs[0].Value); }")]
    [InlineData("Console.WriteLine(new { jobs[0].Status, Model = jobs[0].Value });")] // travels with its status
    [InlineData("if (jobs[0].Value?.Length > 0) { Use(jobs[0].Value); }")]
    [InlineData("if (jobs[0].Value is { Length: > 0 } model) { Use(model); }")]
    [InlineData("if (jobs[0].Value?.Length is > 0) { Use(jobs[0].Value); }")]
    [InlineData("Use({|AIG4003:jobs[0].Value|});")]
    [InlineData("foreach (var job in jobs) { Use({|AIG4003:job.Value|}); }")]
    public Task Jobs_that_were_chosen_by_their_status_are_checked(string use) => Result.VerifyAnalyzerAsync(
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            async Task M(List<FineTuningJob> jobs)
            {
                foreach (var waiting in jobs)
                {
                    await waiting.WaitForCompletionAsync();
                }

                {{use}}
            }

            static void Use(string model) { }
        }
        """);

    [Theory]
    [InlineData("catch (TimeoutException) { Console.WriteLine(\"slow\"); }")] // not what is thrown
    [InlineData("catch (InvalidOperationException) { throw; }")]
    public Task Handler_of_another_type_takes_no_failure(string handler) => Result.VerifyAnalyzerAsync(Guarded(handler, "job.Value"));

    [Theory]
    [InlineData("catch (InvalidOperationException e) { Console.WriteLine(e); }")]
    [InlineData("catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("catch { }")]
    public Task Handler_that_takes_the_failure_and_goes_on_hides_it(string handler) => Result.VerifyAnalyzerAsync(Guarded(handler, "{|AIG4003:job.Value|}"));

    private static string Guarded(string handler, string result) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            async Task M(FineTuningJob job)
            {
                try
                {
                    await job.WaitForCompletionAsync();
                    if (job.Status != FineTuningStatus.Succeeded)
                    {
                        throw new InvalidOperationException();
                    }
                }
                {{handler}}

                Use({{result}});
            }

            static void Use(string model) { }
        }
        """;

    private static string MessageBatch(string condition) =>
        $$"""
        using System.Threading.Tasks;
        using Anthropic;
        using Anthropic.Models.Messages.Batches;

        class C
        {
            async Task M(IAnthropicClient client, MessageBatch batch)
            {
                while ({{condition}})
                {
                    await Task.Delay(60_000);
                    batch = await client.Messages.Batches.Retrieve(batch.ID);
                }
            }
        }
        """;

    private static string OverHttp(string url, string condition) =>
        $$"""
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Threading.Tasks;

        class C
        {
            async Task M(HttpClient http, string id)
            {
                string status;
                do
                {
                    await Task.Delay(60_000);
                    var run = await http.GetFromJsonAsync<JsonElement>("{{url}}" + id);
                    status = run.GetProperty("status").GetString();
                }
                while ({{condition}});
            }
        }
        """;
}
