using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Jobs.UnboundedJobWaitAnalyzer,
    AiGuardrails.CodeFixes.Rules.Jobs.UnboundedJobWaitCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Jobs;

public sealed class AIG4004_UnboundedJobWaitTests
{
    private const string Sleep = "await Task.Delay(5000);";

    [Theory]
    [InlineData("await job.{|AIG4004:WaitForCompletionAsync|}();")]
    [InlineData("job.{|AIG4004:WaitForCompletion|}();")]
    [InlineData("await job.WaitForCompletionAsync({|AIG4004:CancellationToken.None|});")]
    [InlineData("await job.WaitForCompletionAsync({|AIG4004:default|});")]
    [InlineData("await job.WaitForCompletionAsync(cancellationToken: {|AIG4004:default(CancellationToken)|}).ConfigureAwait(false);")]
    [InlineData("await job.WaitForCompletionAsync({|AIG4004:new CancellationToken()|});")]
    [InlineData("job.{|AIG4004:WaitForCompletionAsync|}().GetAwaiter().GetResult();")]
    [InlineData("job.{|AIG4004:WaitForCompletionAsync|}().AsTask().Wait();")]
    [InlineData("job = await client.{|AIG4004:FineTuneAsync|}(\"gpt-4o-mini-2024-07-18\", \"file-1\", waitUntilCompleted: true);")]
    [InlineData("var other = client.{|AIG4004:FineTune|}(\"gpt-4o-mini-2024-07-18\", \"file-1\", true);")]
    [InlineData("job = await client.{|AIG4004:FineTuneAsync|}(BinaryContent.CreateJson(\"{}\"), true, new RequestOptions());")]
    [InlineData("job = await client.{|AIG4004:FineTuneAsync|}(BinaryContent.CreateJson(\"{}\"), true, null);")]
    [InlineData("var options = new RequestOptions(); job = await client.{|AIG4004:FineTuneAsync|}(BinaryContent.CreateJson(\"{}\"), true, options);")]
    [InlineData("using var source = new CancellationTokenSource(); await job.WaitForCompletionAsync({|AIG4004:source.Token|});")]
    [InlineData("using var source = new CancellationTokenSource(Timeout.Infinite); await job.WaitForCompletionAsync({|AIG4004:source.Token|});")]
    [InlineData("var none = CancellationToken.None; await job.WaitForCompletionAsync({|AIG4004:none|});")]
    [InlineData("using var linked = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken.None); await job.WaitForCompletionAsync({|AIG4004:linked.Token|});")]
    [InlineData("var wait = job.{|AIG4004:WaitForCompletionAsync|}(); Console.WriteLine(\"waiting\"); await wait;")]
    [InlineData("await Task.WhenAll(jobs.Select(j => j.{|AIG4004:WaitForCompletionAsync|}().AsTask()));")]
    [InlineData("await Task.Run(() => job.{|AIG4004:WaitForCompletion|}());")]
    [InlineData("await job.{|AIG4004:WaitForCompletionAsync|}().AsTask().WaitAsync(CancellationToken.None);")]
    public Task Wait_without_an_end_is_reported(string wait) => Verify.VerifyAnalyzerAsync(FineTuning(wait));

    [Theory]
    [InlineData("await job.WaitForCompletionAsync(token);")]
    [InlineData("await job.WaitForCompletionAsync(_token);")]
    [InlineData("await job.WaitForCompletionAsync(_source.Token);")] // whoever has the field may cancel it
    [InlineData("job.WaitForCompletion(token);")]
    [InlineData("using var source = new CancellationTokenSource(TimeSpan.FromHours(2)); await job.WaitForCompletionAsync(source.Token);")]
    [InlineData("using var source = new CancellationTokenSource(); source.CancelAfter(60_000); await job.WaitForCompletionAsync(source.Token);")]
    [InlineData("using var source = new CancellationTokenSource(); Console.CancelKeyPress += (_, _) => source.Cancel(); await job.WaitForCompletionAsync(source.Token);")]
    [InlineData("using var source = new CancellationTokenSource(); Register(source); await job.WaitForCompletionAsync(source.Token);")]
    [InlineData("using var linked = CancellationTokenSource.CreateLinkedTokenSource(token); await job.WaitForCompletionAsync(linked.Token);")]
    [InlineData("await job.WaitForCompletionAsync(new CancellationTokenSource(TimeSpan.FromHours(1)).Token);")]
    [InlineData("await job.WaitForCompletionAsync().AsTask().WaitAsync(TimeSpan.FromHours(2));")]
    [InlineData("await job.WaitForCompletionAsync().AsTask().WaitAsync(token);")]
    [InlineData("job.WaitForCompletionAsync().AsTask().Wait(60_000);")]
    [InlineData("await Task.WhenAny(job.WaitForCompletionAsync().AsTask(), Task.Delay(60_000));")]
    [InlineData("var wait = job.WaitForCompletionAsync().AsTask(); await Task.WhenAny(wait, Task.Delay(60_000)); await wait;")]
    [InlineData("await Task.Run(() => job.WaitForCompletion()).WaitAsync(TimeSpan.FromHours(1));")]
    [InlineData("await Timed(job.WaitForCompletionAsync());")] // out of view
    [InlineData("_ = job.WaitForCompletionAsync();")] // nobody waits
    [InlineData("job = await client.FineTuneAsync(\"gpt-4o-mini-2024-07-18\", \"file-1\", waitUntilCompleted: true, cancellationToken: token);")]
    [InlineData("job = await client.FineTuneAsync(\"gpt-4o-mini-2024-07-18\", \"file-1\", waitUntilCompleted: false);")]
    [InlineData("job = await client.FineTuneAsync(\"gpt-4o-mini-2024-07-18\", \"file-1\", again);")] // not known
    [InlineData("job = await client.FineTuneAsync(BinaryContent.CreateJson(\"{}\"), true, new RequestOptions { CancellationToken = token });")]
    [InlineData("var options = new RequestOptions(); options.CancellationToken = token; job = await client.FineTuneAsync(BinaryContent.CreateJson(\"{}\"), true, options);")]
    [InlineData("job = await client.FineTuneAsync(BinaryContent.CreateJson(\"{}\"), true, settings);")]
    public Task Wait_that_something_ends_is_not_reported(string wait) => Verify.VerifyAnalyzerAsync(FineTuning(wait));

    [Theory]
    [InlineData("while ({|AIG4004:!job.HasCompleted|}) { " + Sleep + " await job.UpdateStatusAsync(); }")]
    [InlineData("while ({|AIG4004:job.Status.InProgress|}) { Thread.Sleep(5000); job.UpdateStatus(); }")]
    [InlineData("do { " + Sleep + " job = await client.GetJobAsync(id); } while ({|AIG4004:job.Status.InProgress|});")]
    [InlineData("{|AIG4004:while|} (true) { await job.UpdateStatusAsync(); if (job.HasCompleted) { break; } " + Sleep + " }")]
    [InlineData("{|AIG4004:for|} (;;) { await job.UpdateStatusAsync(); if (job.HasCompleted) { return; } " + Sleep + " }")]
    [InlineData("for (var n = 0; {|AIG4004:!job.HasCompleted|}; n++) { Console.WriteLine(n); " + Sleep + " await job.UpdateStatusAsync(); }")] // counted, and never compared
    [InlineData("while ({|AIG4004:!job.HasCompleted|}) { " + Sleep + " await job.UpdateStatusAsync(CancellationToken.None); }")]
    [InlineData("using var source = new CancellationTokenSource(); while ({|AIG4004:!job.HasCompleted|}) { await Task.Delay(5000, source.Token); await job.UpdateStatusAsync(source.Token); }")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30)); while ({|AIG4004:await timer.WaitForNextTickAsync()|}) { await job.UpdateStatusAsync(); if (job.HasCompleted) { break; } }")]
    [InlineData("var wait = 100; while ({|AIG4004:!job.HasCompleted|}) { await Task.Delay(wait); if (wait < 60_000) { wait *= 2; } await job.UpdateStatusAsync(); }")] // no way out hangs on it
    [InlineData("var status = job.Status; while ({|AIG4004:status != FineTuningStatus.Succeeded && status != FineTuningStatus.Failed && status != FineTuningStatus.Cancelled|}) { " + Sleep + " await job.UpdateStatusAsync(); status = job.Status; }")]
    [InlineData("while ({|AIG4004:!job.HasCompleted|}) { try { await job.UpdateStatusAsync(); } catch (Exception e) { Console.WriteLine(e); } " + Sleep + " }")]
    [InlineData("foreach (var one in jobs) { while ({|AIG4004:!one.HasCompleted|}) { " + Sleep + " await one.UpdateStatusAsync(); } }")]
    [InlineData("while ({|AIG4004:jobs.Any(one => !one.HasCompleted)|}) { " + Sleep + " await Task.WhenAll(jobs.Select(async one => await one.UpdateStatusAsync())); }")]
    [InlineData("FineTuningJob? next = null; while ({|AIG4004:next is null || next.Status.InProgress|}) { if (next is not null) { " + Sleep + " } next = await client.GetJobAsync(id); }")]
    [InlineData("_job = await client.GetJobAsync(id); while ({|AIG4004:_job.Status.InProgress|}) { " + Sleep + " _job = await client.GetJobAsync(id); }")]
    [InlineData("_ = Task.Run(async () => { while ({|AIG4004:!job.HasCompleted|}) { " + Sleep + " await job.UpdateStatusAsync(); } });")]
    public Task Poll_loop_without_an_end_is_reported(string loop) => Verify.VerifyAnalyzerAsync(FineTuning(loop));

    [Theory]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(5000, token); await job.UpdateStatusAsync(); }")]
    [InlineData("while (!job.HasCompleted && !token.IsCancellationRequested) { " + Sleep + " await job.UpdateStatusAsync(); }")]
    [InlineData("while (!job.HasCompleted) { token.ThrowIfCancellationRequested(); " + Sleep + " await job.UpdateStatusAsync(); }")]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(5000, _token); await job.UpdateStatusAsync(); }")]
    [InlineData("for (var n = 0; n < 100 && !job.HasCompleted; n++) { " + Sleep + " await job.UpdateStatusAsync(); }")]
    [InlineData("var n = 0; while (!job.HasCompleted) { if (++n > 100) { throw new TimeoutException(); } " + Sleep + " await job.UpdateStatusAsync(); }")]
    [InlineData("var end = DateTime.UtcNow.AddHours(2); while (!job.HasCompleted && DateTime.UtcNow < end) { " + Sleep + " await job.UpdateStatusAsync(); }")]
    [InlineData("var watch = Stopwatch.StartNew(); while (!job.HasCompleted) { if (watch.Elapsed > _limit) { break; } " + Sleep + " await job.UpdateStatusAsync(); }")]
    [InlineData("while (!job.HasCompleted && !_stop) { " + Sleep + " await job.UpdateStatusAsync(); }")]
    [InlineData("while (!job.HasCompleted) { if (Console.KeyAvailable) { break; } " + Sleep + " await job.UpdateStatusAsync(); }")]
    [InlineData("using var source = new CancellationTokenSource(TimeSpan.FromHours(1)); while (!job.HasCompleted) { await Task.Delay(5000, source.Token); await job.UpdateStatusAsync(); }")]
    [InlineData("while (true) { await job.UpdateStatusAsync(); Console.WriteLine(job.Status); " + Sleep + " }")] // watches, and waits for nothing
    [InlineData("while (queue.TryDequeue(out var next)) { var one = await client.GetJobAsync(next); if (one.HasCompleted) { continue; } queue.Enqueue(next); }")]
    [InlineData("foreach (var one in jobs) { await one.UpdateStatusAsync(); if (one.HasCompleted) { break; } }")]
    [InlineData("while (true) { try { await job.UpdateStatusAsync(); break; } catch (Exception) { " + Sleep + " } }")] // tries again, and does not wait
    [InlineData("await Task.Run(async () => { while (!job.HasCompleted) { " + Sleep + " await job.UpdateStatusAsync(); } }).WaitAsync(TimeSpan.FromHours(1));")]
    [InlineData("await Poll().WaitAsync(TimeSpan.FromHours(1)); async Task Poll() { while (!job.HasCompleted) { " + Sleep + " await job.UpdateStatusAsync(); } }")]
    [InlineData("while (!job.HasCompleted) { " + Sleep + " }")] // reads nothing again
    [InlineData("var pending = jobs.ToList(); while (pending.Count > 0) { foreach (var one in pending.ToList()) { await one.UpdateStatusAsync(); if (one.HasCompleted) { pending.Remove(one); } } " + Sleep + " }")] // counts them off
    [InlineData("for (var n = 0; ; ) { await job.UpdateStatusAsync(); if (job.HasCompleted || n++ >= jobs.Length) { return; } " + Sleep + " }")]
    public Task Poll_loop_that_something_ends_is_not_reported(string loop) => Verify.VerifyAnalyzerAsync(FineTuning(loop));

    [Theory]
    [InlineData("while (true) { try { await job.UpdateStatusAsync(); if (job.Status == FineTuningStatus.Failed) { continue; } } catch (Exception e) when (e.Message == id) { break; } finally { Thread.Sleep(5); } }")]
    [InlineData("using var source = new CancellationTokenSource(); await Task.WhenAll(jobs.Select(async one => await one.WaitForCompletionAsync(source.Token).ConfigureAwait(false)));")]
    public Task Half_typed_code_does_no_harm(string code) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Jobs.UnboundedJobWaitAnalyzer>(FineTuning(code));

    [Fact]
    public Task Message_names_the_wait_and_the_job() => Verify.VerifyAnalyzerAsync(
        FineTuning("await job.{|#0:WaitForCompletionAsync|}();"),
        Verify.Diagnostic("AIG4004").WithLocation(0).WithArguments("WaitForCompletionAsync", "fine-tuning job", "pass a token that is cancelled after a time"));

    [Fact]
    public Task Token_parameter_that_the_loop_never_uses_is_none() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        job = await client.GetJobAsync(id, token);
        while ({|AIG4004:!job.HasCompleted|})
        {
            await Task.Delay(TimeSpan.FromSeconds(30));
            await job.UpdateStatusAsync();
        }
        """));

    // The shape of two published samples: a condition that always holds, and two milliseconds between the questions.
    [Fact]
    public Task Loop_of_the_samples_is_reported() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        job = await client.FineTuneAsync("gpt-4o-mini-2024-07-18", "file-1", waitUntilCompleted: false);
        while ({|AIG4004:job.Status != FineTuningStatus.Succeeded && job.Status != FineTuningStatus.Failed || job.Status != FineTuningStatus.Cancelled|})
        {
            await Task.Delay(2);
            job = await client.GetJobAsync(job.JobId);
            Console.WriteLine($"Job is {job.Status}");
        }
        """));

    [Fact]
    public Task Monitor_loop_over_http_is_reported() => VerifyHttpAsync(
        """
        var status = "pending";
        string? model = null;
        while ({|AIG4004:status is "running" or "pending"|})
        {
            await Task.Delay(TimeSpan.FromSeconds(60));
            using var document = JsonDocument.Parse(await http.GetStringAsync($"https://api.openai.com/v1/fine_tuning/jobs/{id}"));
            status = document.RootElement.GetProperty("status").GetString();
            if (status == "succeeded")
            {
                model = document.RootElement.GetProperty("fine_tuned_model").GetString();
            }
        }

        Console.WriteLine(model);
        """);

    [Theory]
    [InlineData("while ({|AIG4004:await GetStatusAsync(id) != \"succeeded\"|}) { await Task.Delay(60_000); }")]
    [InlineData("while ({|AIG4004:true == (await http.GetFromJsonAsync<TrainingJob>(\"fine_tuning/jobs/\" + id))!.Status is \"running\"|}) { await Task.Delay(60_000); }")]
    public Task Status_over_http_is_a_status(string loop) => VerifyHttpAsync(loop.Replace("true == ", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("string? after = null; do { var page = await http.GetFromJsonAsync<Page>(\"https://api.openai.com/v1/fine_tuning/jobs?after=\" + after); after = page!.Last; } while (after != null);")]
    [InlineData("var n = 0; while (n < 5) { var reply = await http.GetAsync(\"https://api.openai.com/v1/fine_tuning/jobs\"); if (reply.IsSuccessStatusCode) { break; } n++; }")]
    [InlineData("while (true) { var reply = await http.GetAsync(\"https://api.openai.com/v1/fine_tuning/jobs\"); if (reply.IsSuccessStatusCode) { break; } await Task.Delay(1000); }")] // asks for no status
    public Task Requests_for_something_else_are_no_poll(string loop) => VerifyHttpAsync(loop);

    [Fact]
    public Task Run_and_response_are_jobs_too() => Verify.VerifyAnalyzerAsync(
        """
        #pragma warning disable OPENAI001 // the API is marked experimental
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.Assistants;
        using OpenAI.Responses;

        class C
        {
            async Task Runs(AssistantClient client, ThreadRun run)
            {
                while ({|AIG4004:!run.Status.IsTerminal|})
                {
                    await Task.Delay(1000);
                    run = await client.GetRunAsync(run.ThreadId, run.Id);
                }
            }

            async Task Responses(ResponsesClient client, string id, CancellationToken token)
            {
                ResponseResult response = await client.GetResponseAsync(id);
                while (response.Status is ResponseStatus.InProgress or ResponseStatus.Queued)
                {
                    await Task.Delay(1000, token);
                    response = await client.GetResponseAsync(id);
                }
            }
        }
        """);

    [Fact]
    public Task Batches_are_jobs_too() => Verify.VerifyAnalyzerAsync(
        """
        #pragma warning disable OPENAI001 // the API is marked experimental
        using System.ClientModel;
        using System.ClientModel.Primitives;
        using System.Threading;
        using System.Threading.Tasks;
        using Anthropic;
        using Anthropic.Models.Messages.Batches;
        using OpenAI.Batch;

        class C
        {
            async Task OpenAI(BatchClient client, CancellationToken token)
            {
                var operation = await client.{|AIG4004:CreateBatchAsync|}(BinaryContent.CreateJson("{}"), waitUntilCompleted: true);
                await operation.{|AIG4004:WaitForCompletionAsync|}();
                await operation.WaitForCompletionAsync(token);
                while ({|AIG4004:!operation.HasCompleted|})
                {
                    await Task.Delay(60_000);
                    await operation.UpdateStatusAsync(new RequestOptions());
                }
            }

            async Task Claude(AnthropicClient client, MessageBatch batch, CancellationToken token)
            {
                while ({|AIG4004:batch.ProcessingStatus != ProcessingStatus.Ended|})
                {
                    await Task.Delay(60_000);
                    batch = await client.Messages.Batches.Retrieve(batch.ID);
                }

                while (batch.ProcessingStatus != ProcessingStatus.Ended)
                {
                    await Task.Delay(60_000, token);
                    batch = await client.Messages.Batches.Retrieve(batch.ID, cancellationToken: token);
                }
            }
        }
        """);

    // Azure.AI.Agents.Persistent, as far as it is needed here.
    [Fact]
    public Task Job_of_another_sdk_is_a_suggestion() => Verify.VerifyAnalyzerAsync(
        """
        using System.Threading.Tasks;
        using Azure.AI.Agents.Persistent;

        class C
        {
            async Task M(PersistentAgentsClient client, ThreadRun run)
            {
                while ({|#0:run.Status == RunStatus.Queued || run.Status == RunStatus.InProgress|})
                {
                    await Task.Delay(1000);
                    run = await client.GetRunAsync(run.ThreadId, run.Id);
                }
            }
        }

        namespace Azure.AI.Agents.Persistent
        {
            public enum RunStatus { Queued, InProgress, RequiresAction, Cancelling, Cancelled, Failed, Completed, Expired }

            public class ThreadRun
            {
                public string Id => "";
                public string ThreadId => "";
                public RunStatus Status => default;
            }

            public class PersistentAgentsClient
            {
                public Task<ThreadRun> GetRunAsync(string threadId, string runId) => Task.FromResult(new ThreadRun());
            }
        }
        """,
        test => test.SilentWithoutSdk = false,
        Verify.Diagnostic("AIG4004").WithLocation(0).WithSeverity(Microsoft.CodeAnalysis.DiagnosticSeverity.Info));

    [Fact]
    public Task Turn_of_a_conversation_is_no_poll() => Verify.VerifyAnalyzerAsync(
        """
        #pragma warning disable OPENAI001 // the API is marked experimental
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using OpenAI.Responses;

        class C
        {
            async Task<ResponseResult> AskAsync(ResponsesClient client, List<ResponseItem> items) =>
                await client.CreateResponseAsync(new CreateResponseOptions("gpt-5", items));

            async Task Chat(ResponsesClient client, List<ResponseItem> items)
            {
                while (true)
                {
                    var response = await AskAsync(client, items);
                    if (response.Status == ResponseStatus.Completed)
                    {
                        return;
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Other_types_of_these_names_are_left() => Verify.VerifyAnalyzerAsync(
        """
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class Job
        {
            public bool HasCompleted => true;
            public Task WaitForCompletionAsync() => Task.CompletedTask;
            public Task UpdateStatusAsync() => Task.CompletedTask;
        }

        class C
        {
            async Task M(Job job)
            {
                await job.WaitForCompletionAsync();
                while (!job.HasCompleted) { await job.UpdateStatusAsync(); }
            }
        }
        """);

    [Fact]
    public Task Fix_passes_the_token_in_scope() => Verify.VerifyCodeFixAsync(
        FineTuning(
            """
            await job.{|AIG4004:WaitForCompletionAsync|}(); // may take hours
            job = await client.{|AIG4004:FineTuneAsync|}("gpt-4o-mini-2024-07-18", "file-1", waitUntilCompleted: true);
            job = await client.{|AIG4004:FineTuneAsync|}(BinaryContent.CreateJson("{}"), true, new RequestOptions());
            await job.WaitForCompletionAsync({|AIG4004:CancellationToken.None|});
            while ({|AIG4004:!job.HasCompleted|})
            {
                await Task.Delay(TimeSpan.FromSeconds(30));
                await job.UpdateStatusAsync();
            }
            """),
        FineTuning(
            """
            await job.WaitForCompletionAsync(token); // may take hours
            job = await client.FineTuneAsync("gpt-4o-mini-2024-07-18", "file-1", waitUntilCompleted: true, cancellationToken: token);
            job = await client.FineTuneAsync(BinaryContent.CreateJson("{}"), true, new RequestOptions { CancellationToken = token });
            await job.WaitForCompletionAsync(token);
            while (!job.HasCompleted)
            {
                await Task.Delay(TimeSpan.FromSeconds(30), token);
                await job.UpdateStatusAsync(token);
            }
            """));

    [Fact]
    public Task Fix_writes_a_source_where_there_is_no_token() => Verify.VerifyCodeFixAsync(
        NoToken(
            """
            // Wait for it.
            await job.{|AIG4004:WaitForCompletionAsync|}();
            if (again)
                await job.{|AIG4004:WaitForCompletionAsync|}();

            while ({|AIG4004:job.Status.InProgress|})
            {
                Thread.Sleep(5000);
                job.UpdateStatus();
            }
            """),
        NoToken(
            """
            using var timeout = new CancellationTokenSource(TimeSpan.FromHours(24));
            // Wait for it.
            await job.WaitForCompletionAsync(timeout.Token);
            if (again)
                await job.WaitForCompletionAsync(timeout.Token);

            while (job.Status.InProgress)
            {
                Thread.Sleep(5000);
                job.UpdateStatus(timeout.Token);
            }
            """));

    [Fact]
    public Task Fix_puts_the_source_into_a_block_where_it_needs_one() => Verify.VerifyCodeFixAsync(
        NoToken(
            """
            if (again)
                await job.{|AIG4004:WaitForCompletionAsync|}();

            switch (again)
            {
                case true:
                    job.{|AIG4004:WaitForCompletion|}();
                    break;
            }
            """),
        NoToken(
            """
            if (again)
            {
                using var timeout = new CancellationTokenSource(TimeSpan.FromHours(24));
                await job.WaitForCompletionAsync(timeout.Token);
            }

            switch (again)
            {
                case true:
                    {
                        using var timeout2 = new CancellationTokenSource(TimeSpan.FromHours(24));
                        job.WaitForCompletion(timeout2.Token);
                    }
                    break;
            }
            """));

    [Fact]
    public Task Fix_gives_a_source_that_nobody_cancels_a_time() => Verify.VerifyCodeFixAsync(
        NoToken(
            """
            using var source = new CancellationTokenSource();
            await job.WaitForCompletionAsync({|AIG4004:source.Token|});
            while ({|AIG4004:!job.HasCompleted|})
            {
                await Task.Delay(1000, source.Token);
                await job.UpdateStatusAsync();
            }
            """),
        NoToken(
            """
            using var source = new CancellationTokenSource(TimeSpan.FromHours(24));
            await job.WaitForCompletionAsync(source.Token);
            while (!job.HasCompleted)
            {
                await Task.Delay(1000, source.Token);
                await job.UpdateStatusAsync();
            }
            """));

    [Fact]
    public Task Fix_in_top_level_statements() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using System.Threading;
        using OpenAI.FineTuning;

        var client = new FineTuningClient("key");
        var job = client.GetJob("ftjob-1");
        while ({|AIG4004:!job.HasCompleted|})
        {
            Thread.Sleep(TimeSpan.FromSeconds(30));
            job = client.GetJob(job.JobId);
        }
        """,
        """
        using System;
        using System.Threading;
        using OpenAI.FineTuning;

        var client = new FineTuningClient("key");
        var job = client.GetJob("ftjob-1");
        using var timeout = new CancellationTokenSource(TimeSpan.FromHours(24));
        while (!job.HasCompleted)
        {
            Thread.Sleep(TimeSpan.FromSeconds(30));
            job = client.GetJob(job.JobId, timeout.Token);
        }
        """,
        test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task No_fix_where_no_statement_can_stand_before_the_wait() => Verify.VerifyNoCodeFixAsync(
        """
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            async Task M(FineTuningJob job) => await job.{|AIG4004:WaitForCompletionAsync|}();
        }
        """);

    private static string NoToken(string code) => FineTuning(code).Replace("bool again, CancellationToken token)", "bool again)", StringComparison.Ordinal).Replace("RequestOptions settings, ", "", StringComparison.Ordinal);

    private static Task VerifyHttpAsync(string code) => Verify.VerifyAnalyzerAsync(
        $$"""
        using System;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Threading.Tasks;

        class TrainingJob
        {
            public string? Status { get; set; }
        }

        class Page
        {
            public string? Last { get; set; }
        }

        class C
        {
            const string Path = "https://api.openai.com/v1/fine_tuning/jobs/";
            readonly HttpClient http = new();

            async Task M(string id)
            {
        {{Indent(code)}}
            }

            async Task<string?> GetStatusAsync(string id)
            {
                using var document = JsonDocument.Parse(await http.GetStringAsync("https://api.openai.com/v1/fine_tuning/jobs/" + id));
                return document.RootElement.GetProperty("status").GetString();
            }
        }
        """,
        test => test.SilentWithoutSdk = false);

    private static string FineTuning(string code) =>
        $$"""
        using System;
        using System.ClientModel;
        using System.ClientModel.Primitives;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            readonly CancellationToken _token;
            readonly CancellationTokenSource _source = new();
            readonly TimeSpan _limit = TimeSpan.FromHours(1);
            volatile bool _stop;
            FineTuningJob? _job;

            static void Register(CancellationTokenSource source)
            {
            }

            static Task Timed(ValueTask task) => task.AsTask();

            async Task M(FineTuningClient client, FineTuningJob job, FineTuningJob[] jobs, Queue<string> queue, string id, RequestOptions settings, bool again, CancellationToken token)
            {
        {{Indent(code)}}
            }
        }
        """;

    private static string Indent(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Length == 0 ? line : "        " + line));
}
