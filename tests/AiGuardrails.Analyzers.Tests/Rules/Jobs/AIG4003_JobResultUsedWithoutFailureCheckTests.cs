using AiGuardrails.Analyzers.Rules.Jobs;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Jobs.JobResultUsedWithoutFailureCheckAnalyzer,
    AiGuardrails.CodeFixes.Rules.Jobs.JobResultUsedWithoutFailureCheckCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Jobs;

public sealed class AIG4003_JobResultUsedWithoutFailureCheckTests
{
    [Theory]
    [InlineData("var record = new { Status = job.Status.ToString(), Model = job.Value };")]
    [InlineData("var record = new Row { State = job.Status.ToString(), Model = job.Value };")]
    [InlineData("var record = new Row(); record.State = job.Status.ToString(); record.Model = job.Value;")]
    [InlineData("Console.WriteLine($\"{job.JobId} ended as {job.Status}, model {job.Value}\");")]
    [InlineData("Console.WriteLine(\"ended as \" + job.Status + \", model \" + job.Value);")]
    public Task Result_beside_its_status_is_left(string use) => Verify.VerifyAnalyzerAsync(FineTuning(
        $$"""
        await job.WaitForCompletionAsync(token);
        {{use}}
        """) + Row);

    [Theory]
    [InlineData("var record = new { Id = job.JobId, Model = {|AIG4003:job.Value|} };")]
    [InlineData("var record = new Row { Model = {|AIG4003:job.Value|} };")]
    [InlineData("var record = new Row(); var other = new Row(); other.State = job.Status.ToString(); record.Model = {|AIG4003:job.Value|};")]
    [InlineData("Console.WriteLine(job.Status); Console.WriteLine($\"model {{|AIG4003:job.Value|}}\");")]
    public Task Result_without_its_status_is_reported(string use) => Verify.VerifyAnalyzerAsync(FineTuning(
        $$"""
        await job.WaitForCompletionAsync(token);
        {{use}}
        """) + Row);

    [Theory]
    [InlineData("FineTuningJob next = await client.GetJobAsync(id, token); await next.WaitForCompletionAsync(token); Use(next.Status == FineTuningStatus.Succeeded ? next.Value : job.Value);")]
    [InlineData("FineTuningJob current = await client.GetJobAsync(\"ftjob-1\", token); FineTuningJob next = await client.GetJobAsync(id, token); while (next.Status.InProgress) { await Task.Delay(5000, token); next = await client.GetJobAsync(id, token); } if (next.Status != FineTuningStatus.Succeeded) { Use(current.Value); }")]
    public Task Result_of_a_job_that_is_not_waited_for_is_left(string code) => Verify.VerifyAnalyzerAsync(FineTuning(code));

    [Theory]
    [InlineData("FineTuningJob next = job; await next.WaitForCompletionAsync(token); Use({|AIG4003:job.Value|});")] // one job with two names
    [InlineData("FineTuningJob next = await client.GetJobAsync(id, token); while (next.Status.InProgress) { await Task.Delay(5000, token); next = await client.GetJobAsync(id, token); } FineTuningJob last = await client.GetJobAsync(id, token); Use({|AIG4003:last.Value|});")] // read once more
    public Task Result_of_the_same_job_by_another_name_is_reported(string code) => Verify.VerifyAnalyzerAsync(FineTuning(code));

    [Theory]
    [InlineData("await job.WaitForCompletionAsync(token);")]
    [InlineData("job.WaitForCompletion(token);")]
    [InlineData("job = await client.FineTuneAsync(\"gpt-4o-mini-2024-07-18\", \"file-1\", waitUntilCompleted: true);")]
    [InlineData("while (!job.HasCompleted) { await job.UpdateStatusAsync(token); }")]
    [InlineData("do { job = await client.GetJobAsync(job.JobId, token); } while (job.Status.InProgress);")]
    [InlineData("await job.WaitForCompletionAsync(token); if (job.Status == FineTuningStatus.Failed) { throw new InvalidOperationException(); }")] // cancelled is left
    [InlineData("await job.WaitForCompletionAsync(token); if (job.Status == FineTuningStatus.Failed) { Console.WriteLine(\"failed\"); }")] // and goes on
    [InlineData("try { await job.WaitForCompletionAsync(token); } catch (Exception e) { Console.WriteLine(e); throw; }")] // a failed job throws nothing
    [InlineData("await job.WaitForCompletionAsync(token); if (verbose) { Console.WriteLine(\"done\"); }")] // has nothing to do with the job
    [InlineData("await job.WaitForCompletionAsync(token); Console.WriteLine(job.Status);")]
    public Task Result_after_a_wait_is_reported(string wait) => Verify.VerifyAnalyzerAsync(FineTuning(
        $$"""
        {{wait}}
        Use({|AIG4003:job.Value|});
        """));

    [Theory]
    [InlineData("await job.WaitForCompletionAsync(token); if (job.Status != FineTuningStatus.Succeeded) { throw new InvalidOperationException(); }")]
    [InlineData("await job.WaitForCompletionAsync(token); if (job.Status != \"succeeded\") { return; }")]
    [InlineData("await job.WaitForCompletionAsync(token); if (job.Status == FineTuningStatus.Failed || job.Status == FineTuningStatus.Cancelled) { return; }")]
    [InlineData("await job.WaitForCompletionAsync(token); if (job.Value is null) { throw new InvalidOperationException(); }")]
    [InlineData("await job.WaitForCompletionAsync(token); if (string.IsNullOrEmpty(job.Value)) { return; }")]
    [InlineData("await job.WaitForCompletionAsync(token); ArgumentNullException.ThrowIfNull(job.Value);")]
    [InlineData("await job.WaitForCompletionAsync(token); EnsureSucceeded(job);")] // a helper that throws
    [InlineData("await job.WaitForCompletionAsync(token); if (!Unknown.IsGood(job)) { return; }")]
    [InlineData("await job.WaitForCompletionAsync(token); var good = Unknown.IsGood(job); if (!good) { return; }")]
    [InlineData("await job.WaitForCompletionAsync(token); if (!Succeeded(job)) { return; }")]
    [InlineData("await job.WaitForCompletionAsync(token); switch (job.Status.ToString()) { case \"failed\": case \"cancelled\": throw new InvalidOperationException(); }")]
    [InlineData("while (true) { await job.UpdateStatusAsync(token); if (job.Status == FineTuningStatus.Succeeded) { break; } if (!job.Status.InProgress) { throw new InvalidOperationException(); } }")]
    [InlineData("await job.WaitForCompletionAsync(token); if (job.Status != FineTuningStatus.Succeeded) { Environment.Exit(1); }")]
    [InlineData("await job.WaitForCompletionAsync(token); if (job.Status != FineTuningStatus.Succeeded) { Fail(); }")]
    [InlineData("await job.WaitForCompletionAsync(token); Ensure(job.Status == FineTuningStatus.Succeeded);")]
    [InlineData("await job.WaitForCompletionAsync(token); void Verify() { if (job.Status != FineTuningStatus.Succeeded) { throw new InvalidOperationException(); } } Verify();")]
    [InlineData("")] // no wait, no claim
    [InlineData("job = await client.GetJobAsync(id, token);")]
    [InlineData("job = await client.FineTuneAsync(\"gpt-4o-mini-2024-07-18\", \"file-1\", waitUntilCompleted: false);")]
    public Task Result_after_a_check_or_without_a_wait_is_not_reported(string wait) => Verify.VerifyAnalyzerAsync(FineTuning(
        $$"""
        {{wait}}
        Use(job.Value);
        """));

    [Theory]
    [InlineData("Use(job.Value ?? throw new InvalidOperationException());")]
    [InlineData("Use(job.Value ?? \"gpt-4o-mini\");")]
    [InlineData("if (job.Value is { } model) { Use(model); }")]
    [InlineData("if (job.Value is string model && model.Length > 0) { Use(model); }")]
    [InlineData("var model = job.Value; if (model == null) { return; } Use(model);")]
    [InlineData("var model = job.Status == FineTuningStatus.Succeeded ? job.Value : null; if (model != null) { Use(model); }")]
    [InlineData("if (job.Status == FineTuningStatus.Succeeded) { Use(job.Value); }")]
    [InlineData("Console.WriteLine(job.Value is null ? \"failed\" : \"succeeded\");")]
    [InlineData("_ = job.Value;")]
    [InlineData("Console.WriteLine((job.Status, job.Value));")] // travels with its status
    [InlineData("Console.WriteLine(new KeyValuePair<FineTuningStatus, string>(job.Status, job.Value));")]
    [InlineData("s_maybe = job.Value;")] // a place that says that it may be empty
    [InlineData("Use(job.OrThrow().Value);")]
    public Task Null_test_of_the_result_is_a_check(string use) => Verify.VerifyAnalyzerAsync(FineTuning(
        $$"""
        await job.WaitForCompletionAsync(token);
        {{use}}
        """));

    [Theory]
    [InlineData("var model = {|AIG4003:job.Value|}; Use(model);")]
    [InlineData("var model = {|AIG4003:job.Value|}!; Console.WriteLine(model.Length);")]
    [InlineData("_model = {|AIG4003:job.Value|};")]
    [InlineData("Console.WriteLine($\"Model: {{|AIG4003:job.Value|}}\");")]
    [InlineData("if (!job.Status.InProgress) { Use({|AIG4003:job.Value|}); }")]
    [InlineData("if (job.Status != FineTuningStatus.Failed) { Use({|AIG4003:job.Value|}); }")]
    public Task Use_of_the_result_is_reported_at_the_read(string use) => Verify.VerifyAnalyzerAsync(FineTuning(
        $$"""
        await job.WaitForCompletionAsync(token);
        {{use}}
        """));

    [Fact]
    public Task Result_in_the_loop_is_reported_where_the_job_has_ended() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        while (true)
        {
            await job.UpdateStatusAsync(token);
            Console.WriteLine($"{job.Status} {job.Value}"); // progress
            if (job.HasCompleted)
            {
                Use({|AIG4003:job.Value|});
                return;
            }
        }
        """));

    [Fact]
    public Task Returning_a_nullable_result_leaves_the_check_to_the_caller() => Verify.VerifyAnalyzerAsync(
        """
        #nullable enable
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            async Task<string?> Nullable(FineTuningJob job)
            {
                await job.WaitForCompletionAsync();
                return job.Value;
            }

            async Task<string> NotNullable(FineTuningJob job)
            {
                await job.WaitForCompletionAsync();
                return {|AIG4003:job.Value|}!;
            }
        }
        """);

    [Fact]
    public Task Output_text_of_a_polled_response_is_reported() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using System.Threading.Tasks;
        using OpenAI.Responses;

        class C
        {
            async Task Unchecked(ResponsesClient client, string id)
            {
                ResponseResult response = await client.GetResponseAsync(id);
                while (response.Status is ResponseStatus.InProgress or ResponseStatus.Queued)
                {
                    await Task.Delay(1000);
                    response = await client.GetResponseAsync(id);
                }

                Console.WriteLine({|AIG4003:response.GetOutputText()|});
            }

            async Task Checked(ResponsesClient client, string id)
            {
                ResponseResult response = await client.GetResponseAsync(id);
                while (response.Status is ResponseStatus.InProgress or ResponseStatus.Queued)
                {
                    await Task.Delay(1000);
                    response = await client.GetResponseAsync(id);
                }

                if (response.Status is not ResponseStatus.Completed)
                {
                    throw new InvalidOperationException(response.Error?.Message);
                }

                Console.WriteLine(response.GetOutputText());
            }

            async Task NoJob(ResponsesClient client, CreateResponseOptions options)
            {
                while (true)
                {
                    ResponseResult response = await client.CreateResponseAsync(options);
                    Console.WriteLine(response.GetOutputText());
                }
            }
        }
        """);

    [Fact]
    public Task Model_of_a_job_over_http_is_reported() => Verify.VerifyAnalyzerAsync(
        """
        #nullable enable
        using System;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Threading.Tasks;

        record TrainingJob(string Status, string? FineTunedModel);

        class C
        {
            const string Jobs = "https://api.openai.com/v1/fine_tuning/jobs/";

            async Task<string> Element(HttpClient http, string id)
            {
                while (true)
                {
                    var job = await http.GetFromJsonAsync<JsonElement>(Jobs + id);
                    var status = job.GetProperty("status").GetString();
                    if (status is "validating_files" or "queued" or "running" or "paused")
                    {
                        continue;
                    }

                    return {|AIG4003:job.GetProperty("fine_tuned_model")|}.GetString()!;
                }
            }

            async Task<string> Node(HttpClient http, string id)
            {
                JsonNode job;
                do
                {
                    job = (await http.GetFromJsonAsync<JsonNode>(Jobs + id))!;
                }
                while ((string?)job["status"] is not ("succeeded" or "failed" or "cancelled"));

                if ((string?)job["status"] == "failed")
                {
                    throw new InvalidOperationException();
                }

                return (string){|AIG4003:job["fine_tuned_model"]|}!;
            }

            async Task<string> Class(HttpClient http, string id)
            {
                TrainingJob job;
                do
                {
                    job = (await http.GetFromJsonAsync<TrainingJob>(Jobs + id))!;
                }
                while (job.Status is not ("succeeded" or "failed" or "cancelled"));

                return job.FineTunedModel ?? throw new InvalidOperationException(job.Status);
            }
        }
        """,
        test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Lookalike_is_not_reported() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using System.Threading.Tasks;
        using OpenAI.Chat;

        class FineTuningJob
        {
            public bool HasCompleted => true;
            public string Value = "";
            public Task WaitForCompletionAsync() => Task.CompletedTask;
        }

        class C
        {
            ChatClient _chat;

            async Task M(FineTuningJob job)
            {
                await job.WaitForCompletionAsync();
                while (!job.HasCompleted)
                {
                    await job.WaitForCompletionAsync();
                }

                Console.WriteLine(job.Value);
            }
        }
        """);

    [Fact]
    public Task Message_names_the_states() => Verify.VerifyAnalyzerAsync(
        FineTuning(
            """
            await job.WaitForCompletionAsync(token);
            if (job.Status == FineTuningStatus.Failed)
            {
                return;
            }

            Use({|#0:job.Value|});
            """),
        Verify.Diagnostic("AIG4003").WithLocation(0).WithArguments("job.Value", "'Cancelled'"));

    [Fact]
    public Task Fix_throws_before_the_first_use() => Verify.VerifyCodeFixAsync(
        FineTuning(
            """
            await job.WaitForCompletionAsync(token);

            // Take the new model into use.
            Use({|AIG4003:job.Value|} /* the model */);
            Use({|AIG4003:job.Value|});
            """),
        FineTuning(
            """
            await job.WaitForCompletionAsync(token);
            if (job.Status != FineTuningStatus.Succeeded)
            {
                throw new InvalidOperationException($"The fine-tuning job ended as '{job.Status}'.");
            }

            // Take the new model into use.
            Use(job.Value /* the model */);
            Use(job.Value);
            """));

    [Fact]
    public Task Fix_makes_a_block_of_a_lone_statement() => Verify.VerifyCodeFixAsync(
        FineTuning(
            """
            while (true)
            {
                await job.UpdateStatusAsync(token);
                if (!job.Status.InProgress)
                    Use({|AIG4003:job.Value|});
            }
            """),
        FineTuning(
            """
            while (true)
            {
                await job.UpdateStatusAsync(token);
                if (!job.Status.InProgress)
                {
                    if (job.Status != FineTuningStatus.Succeeded)
                    {
                        throw new InvalidOperationException($"The fine-tuning job ended as '{job.Status}'.");
                    }

                    Use(job.Value);
                }
            }
            """));

    [Fact]
    public Task No_fix_where_asking_again_would_ask_another_job() => Verify.VerifyNoCodeFixAsync(FineTuning(
        """
        await job.WaitForCompletionAsync(token);
        Use({|AIG4003:(await client.GetJobAsync(job.JobId)).Value|});
        """));

    [Theory]
    [InlineData("await job.WaitForCompletionAsync(token); Use(job.Value")]
    [InlineData("while (job.HasCompleted { Use(job.Value is ); }")]
    public Task Half_typed_code_does_no_harm(string code) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<JobResultUsedWithoutFailureCheckAnalyzer>(FineTuning(code));

    private const string Row =
        """

        class Row { public string State { get; set; } public string Model { get; set; } }
        """;

    private static string FineTuning(string code) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            static string _model;
            static string? s_maybe;

            [System.Diagnostics.CodeAnalysis.DoesNotReturn]
            static void Fail() => throw new InvalidOperationException();

            static void Ensure(bool condition)
            {
                if (!condition)
                {
                    throw new InvalidOperationException();
                }
            }

            static void Use(string model)
            {
            }

            static bool Succeeded(FineTuningJob job) => job.Status == FineTuningStatus.Succeeded;

            static void EnsureSucceeded(FineTuningJob job)
            {
                if (!Succeeded(job))
                {
                    throw new InvalidOperationException();
                }
            }

            static async Task M(FineTuningClient client, FineTuningJob job, string id, bool verbose, CancellationToken token)
            {
        {{string.Join('\n', code.Split('\n').Select(static line => line.Length == 0 ? line : "        " + line))}}
            }
        }

        static class Jobs
        {
            public static FineTuningJob OrThrow(this FineTuningJob job) =>
                job.Status == FineTuningStatus.Succeeded ? job : throw new InvalidOperationException();
        }

        abstract class Unknown
        {
            static Unknown s_instance;

            public abstract bool Judge(FineTuningJob job);

            public static bool IsGood(FineTuningJob job) => s_instance.Judge(job);
        }
        """;
}
