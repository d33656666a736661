using AiGuardrails.Analyzers.Rules.Jobs;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Jobs.PollLoopMissesTerminalFailureAnalyzer,
    AiGuardrails.CodeFixes.Rules.Jobs.PollLoopMissesTerminalFailureCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Jobs;

public sealed class AIG4001_PollLoopMissesTerminalFailureTests
{
    // A run that is being cancelled ends as cancelled: code that treats it as such may stop waiting for it.
    [Theory]
    [InlineData("if (run.Status != RunStatus.Completed) { throw new InvalidOperationException($\"Run ended as {run.Status}\"); }")]
    [InlineData("if (run.Status == RunStatus.Completed) { Console.WriteLine(\"done\"); } else { Console.WriteLine(run.LastError?.Message); }")]
    [InlineData("Console.WriteLine(run.Status == RunStatus.Completed ? \"done\" : \"failed\");")]
    public Task Early_end_at_cancelling_is_left_where_it_counts_as_a_failure(string after) =>
        Verify.VerifyAnalyzerAsync(Run("while (run.Status == RunStatus.Queued || run.Status == RunStatus.InProgress)", after));

    [Theory]
    [InlineData("Console.WriteLine(\"done\");")]
    [InlineData("if (run.Status == RunStatus.Failed) { throw new InvalidOperationException(); } Console.WriteLine(\"done\");")]
    public Task Early_end_at_cancelling_is_reported_where_it_counts_as_done(string after) =>
        Verify.VerifyAnalyzerAsync(Run("while ({|AIG4001:run.Status == RunStatus.Queued || run.Status == RunStatus.InProgress|})", after));

    [Fact]
    public Task Early_end_of_a_run_that_has_not_begun_is_reported() =>
        Verify.VerifyAnalyzerAsync(Run("while ({|AIG4001:run.Status == RunStatus.InProgress|})", "if (run.Status != RunStatus.Completed) { throw new InvalidOperationException(); }"));

    private static string Run(string loop, string after) =>
        $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.Assistants;

        class C
        {
            async Task M(AssistantClient client, ThreadRun run, CancellationToken token)
            {
                {{loop}}
                {
                    await Task.Delay(2000, token);
                    run = await client.GetRunAsync(run.ThreadId, run.Id, token);
                }

                {{after}}
            }
        }
        """;

    // The SDK has no type for a batch with its status: the code reads the JSON that the client hands out.
    [Theory]
    [InlineData("if (status == \"completed\") { return; }", true)]
    [InlineData("if (status is \"completed\" or \"failed\") { return; }", true)]
    [InlineData("if (status is \"completed\" or \"failed\" or \"expired\" or \"cancelled\") { return; }", false)]
    [InlineData("if (status is not (\"validating\" or \"in_progress\" or \"finalizing\" or \"cancelling\")) { return; }", false)]
    [InlineData("if (Check(status)) { return; }", false)]
    public Task Batch_that_the_client_hands_out_as_json(string exit, bool isReported) => Verify.VerifyAnalyzerAsync(
        $$"""
        using System.ClientModel.Primitives;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.Batch;

        abstract class C
        {
            protected abstract bool Check(string? status);

            async Task M(BatchClient client, string id, CancellationToken token)
            {
                {{(isReported ? "{|AIG4001:while|}" : "while")}} (true)
                {
                    var reply = await client.GetBatchAsync(id, new RequestOptions { CancellationToken = token });
                    using var document = JsonDocument.Parse(reply.GetRawResponse().Content);
                    var status = document.RootElement.GetProperty("status").GetString();
                    {{exit}}
                    await Task.Delay(5000, token);
                }
            }
        }
        """);

    [Theory]
    [InlineData("job.Status != FineTuningStatus.Succeeded")] // waits for success only
    [InlineData("job.Status != FineTuningStatus.Succeeded && job.Status != FineTuningStatus.Failed")] // forgets cancelled
    [InlineData("!(job.Status == FineTuningStatus.Succeeded || job.Status == FineTuningStatus.Cancelled)")] // forgets failed
    [InlineData("job.Status != \"succeeded\"")]
    [InlineData("!job.Status.Equals(FineTuningStatus.Succeeded)")]
    [InlineData("job.Status.ToString() != \"succeeded\"")]
    [InlineData("!string.Equals(job.Status.ToString(), \"SUCCEEDED\", StringComparison.OrdinalIgnoreCase)")]
    [InlineData("!token.IsCancellationRequested && job.Status != FineTuningStatus.Succeeded")] // nobody cancels because of a failed job
    [InlineData("job is not null && job.Status != FineTuningStatus.Succeeded")]
    [InlineData("!new[] { FineTuningStatus.Succeeded, FineTuningStatus.Failed }.Contains(job.Status)")]
    [InlineData("!s_done.Contains(job.Status)")]
    [InlineData("!IsDone(job.Status)")]
    [InlineData("!HasEnded(job)")]
    [InlineData("job.Status == FineTuningStatus.Running")] // leaves while the files are validated
    [InlineData("job.Status == FineTuningStatus.Running || job.Status == FineTuningStatus.Queued")]
    [InlineData("job.Status == \"running\" || job.Status == \"pending\"")]
    public Task Condition_that_misses_a_state_is_reported(string condition) => Verify.VerifyAnalyzerAsync(FineTuning(
        $$"""
        while ({|AIG4001:{{condition}}|})
        {
            await Task.Delay(10_000, token);
            await job.UpdateStatusAsync(token);
        }
        """));

    [Theory]
    [InlineData("!job.HasCompleted")]
    [InlineData("job.Status.InProgress")]
    [InlineData("job.Status != FineTuningStatus.Succeeded && job.Status != FineTuningStatus.Failed && job.Status != FineTuningStatus.Cancelled")]
    [InlineData("job.Status == FineTuningStatus.Running || job.Status == FineTuningStatus.Queued || job.Status == FineTuningStatus.ValidatingFiles")]
    [InlineData("!(job.Status == \"SUCCEEDED\" || job.Status == \"failed\" || job.Status == \"cancelled\")")] // the struct ignores case
    [InlineData("!s_all.Contains(job.Status)")]
    [InlineData("!IsAnyEnd(job.Status)")]
    [InlineData("!Unknown.IsDone(job)")] // cannot be seen through
    [InlineData("!s_anyCase.Contains(job.Status.ToString())")] // a comparer is not looked into
    [InlineData("attempts++ < 100 && job.Status != FineTuningStatus.Succeeded")] // ends by itself
    [InlineData("DateTime.UtcNow < deadline && job.Status != FineTuningStatus.Succeeded")]
    [InlineData("job.Status == FineTuningStatus.ValidatingFiles || job.Status == FineTuningStatus.Queued")] // a wait for the beginning
    [InlineData("job.Status != FineTuningStatus.Failed && more()")]
    public Task Condition_that_ends_on_every_final_state_is_not_reported(string condition) => Verify.VerifyAnalyzerAsync(FineTuning(
        $$"""
        while ({{condition}})
        {
            await Task.Delay(10_000, token);
            await job.UpdateStatusAsync(token);
        }
        """));

    [Fact]
    public Task Endless_loop_that_leaves_on_success_and_failure_only_is_reported() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        {|AIG4001:while|} (true)
        {
            job = await client.GetJobAsync(job.JobId, token);
            if (job.Status == FineTuningStatus.Succeeded)
            {
                break;
            }

            if (job.Status == FineTuningStatus.Failed)
            {
                throw new InvalidOperationException();
            }

            await Task.Delay(10_000, token);
        }
        """));

    [Fact]
    public Task Endless_loop_that_leaves_on_every_final_state_is_not_reported() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        for (;;)
        {
            await job.UpdateStatusAsync(token);
            if (job.Status == FineTuningStatus.Succeeded)
            {
                return;
            }

            if (job.Status == FineTuningStatus.Failed || job.Status == FineTuningStatus.Cancelled)
            {
                throw new InvalidOperationException();
            }

            await Task.Delay(10_000, token);
        }
        """));

    [Fact]
    public Task Flag_is_followed() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        var done = false;
        while ({|AIG4001:!done|})
        {
            await Task.Delay(10_000, token);
            var current = await client.GetJobAsync(job.JobId, token);
            done = current.Status == FineTuningStatus.Succeeded || current.Status == FineTuningStatus.Failed;
        }

        var ended = false;
        do
        {
            await job.UpdateStatusAsync(token);
            ended |= job.HasCompleted;
        }
        while (!ended);
        """));

    [Fact]
    public Task Status_kept_in_a_local_is_followed() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        var status = job.Status;
        do
        {
            await Task.Delay(10_000, token);
            await job.UpdateStatusAsync(token);
            status = job.Status;
        }
        while ({|AIG4001:status != FineTuningStatus.Succeeded|});
        """));

    [Fact]
    public Task Switch_statement_and_switch_expression_are_evaluated() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using System.Threading.Tasks;
        using OpenAI.VectorStores;

        class C
        {
            async Task Statement(VectorStoreClient client, string id)
            {
                {|AIG4001:while|} (true)
                {
                    VectorStore store = await client.GetVectorStoreAsync(id);
                    switch (store.Status)
                    {
                        case VectorStoreStatus.Completed:
                            return;
                        case VectorStoreStatus.InProgress:
                            await Task.Delay(1000);
                            break;
                    }
                }
            }

            async Task Expression(VectorStoreClient client, string id)
            {
                bool wait;
                do
                {
                    VectorStore store = await client.GetVectorStoreAsync(id);
                    wait = store.Status switch
                    {
                        VectorStoreStatus.Completed => false,
                        VectorStoreStatus.Expired => throw new InvalidOperationException(),
                        _ => true,
                    };
                }
                while (wait);
            }
        }
        """);

    [Fact]
    public Task Patterns_over_an_enum_status_are_evaluated() => Verify.VerifyAnalyzerAsync(
        """
        using System.Threading.Tasks;
        using OpenAI.Responses;

        class C
        {
            async Task M(ResponsesClient client, string id)
            {
                ResponseResult response = await client.GetResponseAsync(id);
                while ({|AIG4001:response.Status is not (ResponseStatus.Completed or ResponseStatus.Failed)|})
                {
                    await Task.Delay(1000);
                    response = await client.GetResponseAsync(id);
                }

                while (response.Status is ResponseStatus.InProgress or ResponseStatus.Queued)
                {
                    await Task.Delay(1000);
                    response = await client.GetResponseAsync(id);
                }

                while (response is { Status: ResponseStatus.InProgress or ResponseStatus.Queued })
                {
                    await Task.Delay(1000);
                    response = (await client.GetResponseAsync(id)).Value;
                }
            }
        }
        """);

    [Fact]
    public Task Run_that_waits_for_tool_output_is_reported_unless_the_loop_answers() => Verify.VerifyAnalyzerAsync(
        """
        using System.Threading.Tasks;
        using OpenAI.Assistants;

        class C
        {
            async Task Ignores(AssistantClient client, ThreadRun run)
            {
                while ({|AIG4001:!run.Status.IsTerminal|})
                {
                    await Task.Delay(1000);
                    run = await client.GetRunAsync(run.ThreadId, run.Id);
                }
            }

            async Task Answers(AssistantClient client, ThreadRun run)
            {
                while (!run.Status.IsTerminal)
                {
                    await Task.Delay(1000);
                    run = await client.GetRunAsync(run.ThreadId, run.Id);
                    if (run.Status == RunStatus.RequiresAction)
                    {
                        run = await client.SubmitToolOutputsToRunAsync(run.ThreadId, run.Id, []);
                        return;
                    }
                }
            }

            async Task NothingToAnswer(AssistantClient client)
            {
                Assistant assistant = await client.CreateAssistantAsync("gpt-4o", new AssistantCreationOptions { Tools = { ToolDefinition.CreateFileSearch(), new CodeInterpreterToolDefinition() } });
                ThreadRun run = await client.CreateThreadAndRunAsync(assistant.Id);
                while (!run.Status.IsTerminal)
                {
                    await Task.Delay(1000);
                    run = await client.GetRunAsync(run.ThreadId, run.Id);
                }
            }

            async Task MuchToAnswer(AssistantClient client)
            {
                Assistant assistant = await client.CreateAssistantAsync("gpt-4o", new AssistantCreationOptions { Tools = { ToolDefinition.CreateFileSearch(), ToolDefinition.CreateFunction("weather") } });
                ThreadRun run = await client.CreateThreadAndRunAsync(assistant.Id);
                while ({|AIG4001:!run.Status.IsTerminal|})
                {
                    await Task.Delay(1000);
                    run = await client.GetRunAsync(run.ThreadId, run.Id);
                }
            }

            async Task Leaves(AssistantClient client, ThreadRun run)
            {
                while (!run.Status.IsTerminal && run.Status != RunStatus.RequiresAction)
                {
                    await Task.Delay(1000);
                    run = await client.GetRunAsync(run.ThreadId, run.Id);
                }
            }
        }
        """);

    [Fact]
    public Task Loop_that_ends_by_itself_or_by_other_code_is_not_reported() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        for (var i = 0; i < 60; i++)
        {
            await job.UpdateStatusAsync(token);
            if (job.Status == FineTuningStatus.Succeeded)
            {
                break;
            }
        }

        while (job.Status != FineTuningStatus.Succeeded)
        {
            await job.UpdateStatusAsync(token);
            if (stopwatch.Elapsed > TimeSpan.FromHours(6))
            {
                throw new TimeoutException();
            }
        }

        while (job.Status != FineTuningStatus.Succeeded)
        {
            await job.UpdateStatusAsync(token);
            ThrowIfFailed(job); // may leave
        }

        while (job.Status != FineTuningStatus.Succeeded)
        {
            await job.UpdateStatusAsync(token);
            if (Unknown.IsDone(job))
            {
                break;
            }
        }
        """));

    [Fact]
    public Task Logging_the_job_is_no_way_out() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        while ({|AIG4001:job.Status != FineTuningStatus.Succeeded|})
        {
            Console.WriteLine($"{job.JobId}: {job.Status}");
            Print(job);
            await job.UpdateStatusAsync(token);
        }
        """));

    [Fact]
    public Task Source_with_a_timeout_ends_the_loop() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        using var source = CancellationTokenSource.CreateLinkedTokenSource(token);
        source.CancelAfter(TimeSpan.FromHours(6));
        while (job.Status != FineTuningStatus.Succeeded)
        {
            await Task.Delay(10_000, source.Token);
            await job.UpdateStatusAsync(source.Token);
        }
        """));

    [Fact]
    public Task Service_that_never_leaves_is_no_wait_for_one_job() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        while (true)
        {
            await foreach (var current in client.GetJobsAsync(cancellationToken: token))
            {
                if (current.Status == FineTuningStatus.Succeeded)
                {
                    Console.WriteLine(current.JobId);
                }
            }

            var one = await client.GetJobAsync(id, token);
            if (one.Status == FineTuningStatus.Failed)
            {
                Console.WriteLine(one.JobId);
            }

            await Task.Delay(10_000, token);
        }
        """));

    [Fact]
    public Task Loop_that_does_not_read_the_status_again_is_not_a_poll() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        while (job.Status != FineTuningStatus.Succeeded)
        {
            await Task.Delay(10_000, token);
        }
        """));

    [Fact]
    public Task Wait_for_the_beginning_and_then_for_the_end_is_not_reported() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        while (job.Status == FineTuningStatus.ValidatingFiles || job.Status == FineTuningStatus.Queued)
        {
            await job.UpdateStatusAsync(token);
        }

        while (job.Status == FineTuningStatus.Running)
        {
            await job.UpdateStatusAsync(token);
        }
        """));

    [Fact]
    public Task Loops_in_lambdas_local_functions_and_top_level_statements_are_seen() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        FineTuningClient client = new("key");
        FineTuningJob job = await client.GetJobAsync("ftjob-1");
        while ({|AIG4001:job.Status != FineTuningStatus.Succeeded|})
        {
            await job.UpdateStatusAsync();
        }

        Func<Task> lambda = async () =>
        {
            var inner = await client.GetJobAsync("ftjob-2");
            while ({|AIG4001:inner.Status == FineTuningStatus.Running|})
            {
                await inner.UpdateStatusAsync();
            }
        };

        async Task Local()
        {
            var other = await client.GetJobAsync("ftjob-3");
            do
            {
                await other.UpdateStatusAsync();
            }
            while ({|AIG4001:other.Status != FineTuningStatus.Succeeded|});
        }

        await lambda();
        await Local();
        """,
        test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task The_monitor_loop_of_the_guides_is_reported_over_http() => VerifyHttpAsync(
        """
        string status;
        do
        {
            await Task.Delay(60_000);
            using var document = JsonDocument.Parse(await http.GetStringAsync($"https://api.openai.com/v1/fine_tuning/jobs/{id}"));
            status = document.RootElement.GetProperty("status").GetString();
        }
        while ({|AIG4001:status == "running" || status == "pending"|});
        """);

    [Theory]
    [InlineData("{|AIG4001:status != \"succeeded\"|}")]
    [InlineData("{|AIG4001:status != \"succeeded\" && status != \"failed\"|}")]
    [InlineData("{|AIG4001:status is not \"succeeded\" and not \"failed\"|}")]
    [InlineData("{|AIG4001:status is \"running\" or \"queued\" or \"validating_files\"|}")] // a paused job is not over
    [InlineData("status is not (\"succeeded\" or \"failed\" or \"cancelled\")")]
    [InlineData("status is \"running\" or \"queued\" or \"validating_files\" or \"paused\"")]
    [InlineData("Array.IndexOf(s_ends, status) < 0")]
    public Task Status_fetched_by_a_helper_is_followed_over_http(string condition) => VerifyHttpAsync(
        $$"""
        var status = await GetStatusAsync(id);
        while ({{condition}})
        {
            await Task.Delay(1000);
            status = await GetStatusAsync(id);
        }
        """);

    [Fact]
    public Task Check_of_the_http_status_is_no_way_out() => VerifyHttpAsync(
        """
        {|AIG4001:while|} (true)
        {
            var response = await http.GetAsync($"https://api.openai.com/v1/fine_tuning/jobs/{id}");
            if (!response.IsSuccessStatusCode)
            {
                throw new HttpRequestException();
            }

            var job = await response.Content.ReadFromJsonAsync<JsonElement>();
            if (job.GetProperty("status").GetString() == "succeeded")
            {
                break;
            }

            await Task.Delay(1000);
        }
        """);

    [Fact]
    public Task Job_class_of_the_project_is_followed_over_http() => VerifyHttpAsync(
        """
        var job = await http.GetFromJsonAsync<TrainingJob>($"https://api.openai.com/v1/fine_tuning/jobs/{id}");
        while ({|AIG4001:job.Status != "succeeded"|})
        {
            await Task.Delay(1000);
            job = await http.GetFromJsonAsync<TrainingJob>($"https://api.openai.com/v1/fine_tuning/jobs/{id}");
        }

        var node = await http.GetFromJsonAsync<JsonNode>($"https://api.openai.com/v1/fine_tuning/jobs/{id}");
        while ((string)node["status"] is not ("succeeded" or "failed" or "cancelled"))
        {
            await Task.Delay(1000);
            node = await http.GetFromJsonAsync<JsonNode>($"https://api.openai.com/v1/fine_tuning/jobs/{id}");
        }
        """);

    [Fact]
    public Task Status_of_another_service_is_not_reported() => Verify.VerifyAnalyzerAsync(
        """
        using System.Net.Http;
        using System.Text.Json;
        using System.Threading.Tasks;
        using OpenAI.Chat;

        enum OrderStatus { Open, Running, Succeeded, Failed }

        class C
        {
            ChatClient _chat;

            async Task M(HttpClient http, string id)
            {
                string status;
                do
                {
                    using var document = JsonDocument.Parse(await http.GetStringAsync($"https://shop.example/orders/{id}"));
                    status = document.RootElement.GetProperty("status").GetString();
                }
                while (status != "succeeded");

                var order = OrderStatus.Open;
                while (order != OrderStatus.Succeeded)
                {
                    order = await Get(id);
                }
            }

            Task<OrderStatus> Get(string id) => Task.FromResult(OrderStatus.Open);
        }
        """);

    [Theory]
    [InlineData(
        "job.Status != FineTuningStatus.Succeeded",
        "This loop never ends once the fine-tuning job is 'Failed' or 'Cancelled'; leave it on every state in which the job does not go on by itself")]
    [InlineData(
        "job.Status == FineTuningStatus.Running",
        "This loop stops waiting while the fine-tuning job is still 'ValidatingFiles' or 'Queued'; stay in it until the job has ended")]
    public Task Message_names_the_states(string condition, string message) => Verify.VerifyAnalyzerAsync(
        FineTuning(
            $$"""
            while ({|#0:{{condition}}|})
            {
                await job.UpdateStatusAsync(token);
            }
            """),
        Verify.Diagnostic("AIG4001").WithLocation(0).WithArguments(message));

    [Fact]
    public Task Fix_uses_the_predicate_of_the_job() => Verify.VerifyCodeFixAsync(
        FineTuning(
            """
            // Wait for the job.
            while (/* the status */ {|AIG4001:job.Status == FineTuningStatus.Running|} /* only */)
            {
                await job.UpdateStatusAsync(token);
            }

            do
            {
                await job.UpdateStatusAsync(token); // again
            }
            while ({|AIG4001:!token.IsCancellationRequested && job.Status != FineTuningStatus.Succeeded && job.Status != FineTuningStatus.Failed|});

            var status = job.Status;
            while ({|AIG4001:status != FineTuningStatus.Succeeded|})
            {
                await job.UpdateStatusAsync(token);
                status = job.Status;
            }
            """),
        FineTuning(
            """
            // Wait for the job.
            while (/* the status */ !job.HasCompleted /* only */)
            {
                await job.UpdateStatusAsync(token);
            }

            do
            {
                await job.UpdateStatusAsync(token); // again
            }
            while (!token.IsCancellationRequested && !job.HasCompleted);

            var status = job.Status;
            while (status.InProgress)
            {
                await job.UpdateStatusAsync(token);
                status = job.Status;
            }
            """));

    [Fact]
    public Task Fix_compares_in_full_where_there_is_no_predicate() => Verify.VerifyCodeFixAsync(
        """
        using System.Threading.Tasks;
        using OpenAI.Assistants;
        using OpenAI.Responses;

        class C
        {
            async Task M(ResponsesClient client, string id, AssistantClient assistants, ThreadRun run)
            {
                ResponseResult response = await client.GetResponseAsync(id);
                while ({|AIG4001:response.Status != ResponseStatus.Completed|})
                {
                    response = await client.GetResponseAsync(id);
                }

                while ({|AIG4001:run.Status == RunStatus.InProgress|})
                {
                    run = await assistants.GetRunAsync(run.ThreadId, run.Id);
                }
            }
        }
        """,
        """
        using System.Threading.Tasks;
        using OpenAI.Assistants;
        using OpenAI.Responses;

        class C
        {
            async Task M(ResponsesClient client, string id, AssistantClient assistants, ThreadRun run)
            {
                ResponseResult response = await client.GetResponseAsync(id);
                while (response.Status != ResponseStatus.Completed && response.Status != ResponseStatus.Cancelled && response.Status != ResponseStatus.Incomplete && response.Status != ResponseStatus.Failed)
                {
                    response = await client.GetResponseAsync(id);
                }

                while (!run.Status.IsTerminal && run.Status != RunStatus.RequiresAction)
                {
                    run = await assistants.GetRunAsync(run.ThreadId, run.Id);
                }
            }
        }
        """);

    [Fact]
    public Task Fix_compares_in_full_where_the_status_may_be_null() => Verify.VerifyCodeFixAsync(
        FineTuning(
            """
            FineTuningStatus? status = null;
            while ({|AIG4001:status != FineTuningStatus.Succeeded|})
            {
                await job.UpdateStatusAsync(token);
                status = job.Status;
            }
            """),
        FineTuning(
            """
            FineTuningStatus? status = null;
            while (status != FineTuningStatus.Succeeded && status != FineTuningStatus.Failed && status != FineTuningStatus.Cancelled)
            {
                await job.UpdateStatusAsync(token);
                status = job.Status;
            }
            """));

    [Fact]
    public Task No_fix_where_the_loop_does_not_end_by_its_condition() => Verify.VerifyNoCodeFixAsync(FineTuning(
        """
        {|AIG4001:while|} (true)
        {
            await job.UpdateStatusAsync(token);
            if (job.Status == FineTuningStatus.Succeeded)
            {
                break;
            }
        }
        """));

    [Theory]
    [InlineData("while (job.Status != FineTuningStatus.Succeeded) { await job.UpdateStatusAsync(); if (job.Status ")]
    [InlineData("do { job = await client.GetJobAsync(; } while (job.Status is not FineTuningStatus.")]
    [InlineData("while (job.Sta != Fin) { goto again; } again: while (!Loop(job)) { await job.UpdateStatusAsync(); }")]
    public Task Half_typed_code_does_no_harm(string code) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<PollLoopMissesTerminalFailureAnalyzer>(FineTuning(code));

    [Fact]
    public Task Loops_of_goto_and_unreachable_code_are_left_alone() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        again:
        await job.UpdateStatusAsync(token);
        if (job.Status != FineTuningStatus.Succeeded)
        {
            goto again;
        }

        return;
        #pragma warning disable CS0162
        while (job.Status != FineTuningStatus.Succeeded)
        {
            await job.UpdateStatusAsync(token);
        }
        """));

    [Fact]
    public Task Method_of_thousands_of_branches_is_bounded() => Verify.VerifyAnalyzerAsync(FineTuning(
        string.Join('\n', Enumerable.Range(0, 2500).Select(static i => $"if (attempts == {i}) {{ id += \"{i}\"; }}"))
        + """

        while (job.Status != FineTuningStatus.Succeeded)
        {
            await job.UpdateStatusAsync(token);
        }
        """));

    [Fact]
    public Task Mutually_recursive_helpers_are_bounded() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        while (Even(job.Status))
        {
            await job.UpdateStatusAsync(token);
        }
        """));

    private static Task VerifyHttpAsync(string code) => Verify.VerifyAnalyzerAsync(
        $$"""
        using System;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Threading.Tasks;

        class TrainingJob
        {
            public string Status { get; set; }
        }

        class C
        {
            static readonly string[] s_ends = { "succeeded", "failed", "cancelled" };
            readonly HttpClient http = new();

            async Task M(string id)
            {
        {{Indent(code)}}
            }

            async Task<string> GetStatusAsync(string id)
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
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            static readonly FineTuningStatus[] s_done = { FineTuningStatus.Succeeded, FineTuningStatus.Failed };
            static readonly HashSet<FineTuningStatus> s_all = new() { FineTuningStatus.Succeeded, FineTuningStatus.Failed, FineTuningStatus.Cancelled };

            static readonly HashSet<string> s_anyCase = new(StringComparer.OrdinalIgnoreCase) { "SUCCEEDED", "FAILED", "CANCELLED" };

            static bool IsDone(FineTuningStatus status) => status == FineTuningStatus.Succeeded || status == FineTuningStatus.Failed;

            static bool HasEnded(FineTuningJob job)
            {
                if (job.Status == FineTuningStatus.Succeeded)
                {
                    return true;
                }

                return job.Status == FineTuningStatus.Cancelled;
            }

            static bool IsAnyEnd(FineTuningStatus status) => IsDone(status) || status == FineTuningStatus.Cancelled;

            static bool Even(FineTuningStatus status) => !Odd(status);

            static bool Odd(FineTuningStatus status) => !Even(status);

            static void ThrowIfFailed(FineTuningJob job)
            {
                if (job.Status == FineTuningStatus.Failed)
                {
                    throw new InvalidOperationException();
                }
            }

            static void Print(FineTuningJob job) => Console.WriteLine(job.Status);

            static async Task M(FineTuningClient client, FineTuningJob job, string id, int attempts, DateTime deadline, Stopwatch stopwatch, Func<bool> more, CancellationToken token)
            {
        {{Indent(code)}}
            }
        }

        abstract class Checks
        {
            public abstract bool IsDone(FineTuningJob job);
        }

        static class Unknown
        {
            static Checks s_checks;

            public static bool IsDone(FineTuningJob job) => s_checks.IsDone(job);
        }
        """;

    private static string Indent(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Length == 0 ? line : "        " + line));
}
