using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Jobs.PollWithoutDelayAnalyzer,
    AiGuardrails.CodeFixes.Rules.Jobs.PollWithoutDelayCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Jobs;

/// <summary>The times themselves are tested with <see cref="AiGuardrails.Analyzers.Flow.Jobs.PollDelays"/>.</summary>
public sealed class AIG4005_PollWithoutDelayTests
{
    private const string Read = "await job.UpdateStatusAsync(token); ";

    [Theory]
    [InlineData("while ({|AIG4005:!job.HasCompleted|}) { " + Read + "}")]
    [InlineData("while ({|AIG4005:!job.HasCompleted|}) { " + Read + "Console.WriteLine(job.Status); logger.Log(job.JobId); }")]
    [InlineData("{|AIG4005:while|} (true) { " + Read + "if (job.HasCompleted) { break; } }")]
    [InlineData("do { job = await client.GetJobAsync(id, token); } while ({|AIG4005:job.Status.InProgress|});")]
    [InlineData("while ({|AIG4005:(job = client.GetJob(id)).Status.InProgress|});")]
    [InlineData("{|AIG4005:foreach|} (var n in Enumerable.Range(0, 1000)) { " + Read + "if (job.HasCompleted) { break; } }")]
    [InlineData("{|AIG4005:while|} (true) { " + Read + "Console.WriteLine(job.Status); }")] // watches without pause
    [InlineData("while ({|AIG4005:!job.HasCompleted|}) { " + Read + "await Task.Yield(); }")]
    [InlineData("while ({|AIG4005:!job.HasCompleted|}) { try { " + Read + "} catch (Exception e) { Console.WriteLine(e); continue; } await Task.Delay(5000); }")]
    [InlineData("while ({|AIG4005:jobs.Any(one => !one.HasCompleted)|}) { foreach (var one in jobs) { await one.UpdateStatusAsync(token); } }")]
    [InlineData("{|AIG4005:while|} (true) { " + Read + "if (job.Status == FineTuningStatus.Queued) { continue; } if (!job.Status.InProgress) { break; } await Task.Delay(5000, token); }")]
    [InlineData("while (!job.HasCompleted) { " + Read + "await Task.Delay({|AIG4005:2|}); }")]
    [InlineData("while (!job.HasCompleted) { " + Read + "await Task.Delay({|AIG4005:TimeSpan.FromMilliseconds(100)|}, token); }")]
    [InlineData("while (!job.HasCompleted) { " + Read + "await Task.Delay({|AIG4005:s_short|}, token); }")]
    [InlineData("while (!job.HasCompleted) { " + Read + "await Task.Delay({|AIG4005:0|}); }")]
    [InlineData("while (!job.HasCompleted) { " + Read + "{|AIG4005:Task.Delay(5000)|}; }")]
    [InlineData("while (!job.HasCompleted) { " + Read + "_ = {|AIG4005:Task.Delay(5000, token)|}; }")]
    [InlineData("while (!job.HasCompleted) { " + Read + "{|AIG4005:Thread.Sleep(5000)|}; }")]
    [InlineData("while (!job.HasCompleted) { " + Read + "{|AIG4005:Thread.Sleep(5)|}; }")]
    [InlineData("using var timer = new PeriodicTimer({|AIG4005:TimeSpan.FromMilliseconds(50)|}); while (await timer.WaitForNextTickAsync(token)) { " + Read + "if (job.HasCompleted) { break; } }")]
    [InlineData("Func<Task> poll = async () => { while ({|AIG4005:!job.HasCompleted|}) { " + Read + "} }; await poll();")]
    public Task Poll_without_a_sensible_delay_is_reported(string loop) => Verify.VerifyAnalyzerAsync(FineTuning(loop));

    [Theory]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(5000, token); " + Read + "}")]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(1000); " + Read + "}")]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(TimeSpan.FromSeconds(30), token).ConfigureAwait(false); " + Read + "}")]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(interval, token); " + Read + "}")] // not known
    [InlineData("while (!job.HasCompleted) { await Task.Delay(_options.Interval, token); " + Read + "}")]
    [InlineData("var wait = 250; while (!job.HasCompleted) { await Task.Delay(wait, token); wait = Math.Min(wait * 2, 60_000); " + Read + "}")] // grows
    [InlineData("var n = 0; while (!job.HasCompleted) { await Task.Delay(n++ < 5 ? 500 : 5000, token); " + Read + "}")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30)); while (await timer.WaitForNextTickAsync(token)) { " + Read + "if (job.HasCompleted) { break; } }")]
    [InlineData("while (!job.HasCompleted) { await BackOffAsync(); " + Read + "}")]
    [InlineData("while (!job.HasCompleted) { await _clock.PauseAsync(); " + Read + "}")] // out of view
    [InlineData("while (!job.HasCompleted) { await RefreshSlowlyAsync(job); }")]
    [InlineData("while (true) { " + Read + "if (!job.HasCompleted) { await Task.Delay(5000, token); } else { break; } }")]
    [InlineData("do { " + Read + "if (job.Status.InProgress) { await Task.Delay(5000, token); } } while (!job.HasCompleted);")]
    [InlineData("var first = true; while (!job.HasCompleted) { if (!first) { await Task.Delay(5000, token); } first = false; " + Read + "}")]
    [InlineData("foreach (var one in jobs) { await one.UpdateStatusAsync(token); if (!one.HasCompleted) { return; } }")]
    [InlineData("foreach (var name in new[] { id }) { job = await client.GetJobAsync(name, token); if (!job.HasCompleted) { return; } }")]
    [InlineData("for (var i = 0; i < jobs.Length; i++) { await jobs[i].UpdateStatusAsync(token); Console.WriteLine(jobs[i].Status); }")]
    [InlineData("while (queue.TryDequeue(out var name)) { var one = await client.GetJobAsync(name, token); Console.WriteLine(one.Status); }")]
    [InlineData("while (queue.Count > 0) { var one = await client.GetJobAsync(queue.Dequeue(), token); Console.WriteLine(one.Status); }")]
    [InlineData("while (true) { try { " + Read + "break; } catch (Exception e) { Console.WriteLine(e); } }")] // tried again, not polled
    [InlineData("while (!job.HasCompleted) { Console.WriteLine(job.Status); }")] // reads nothing again
    [InlineData("foreach (var (name, _) in names) { job = await client.GetJobAsync(name, token); Console.WriteLine(job.Status); }")]
    [InlineData("FineTuningJob? next = null; while (next is null || next.Status.InProgress) { if (next is not null) { await Task.Delay(5000, token); } next = await client.GetJobAsync(id, token); }")]
    [InlineData("while (!job.HasCompleted) { for (var i = 0; i < 10; i++) { if (queue.Count > 0) { return; } await Task.Delay(500); } " + Read + "}")]
    [InlineData("async Task Pause() { await Task.Delay(3000, token); } while (!job.HasCompleted) { await Pause(); " + Read + "}")]
    public Task Poll_with_a_delay_is_not_reported(string loop) => Verify.VerifyAnalyzerAsync(FineTuning(loop));

    [Theory]
    [InlineData("while (!job.HasCompleted) { job.UpdateStatus(); Thread.Sleep(5000); }")]
    [InlineData("while (!job.HasCompleted) { job.UpdateStatus(); Thread.Sleep(TimeSpan.FromSeconds(2)); }")]
    [InlineData("while ({|AIG4005:!job.HasCompleted|}) { job.UpdateStatus(); }")]
    [InlineData("while (!job.HasCompleted) { job.UpdateStatus(); Thread.Sleep({|AIG4005:50|}); }")]
    [InlineData("while (!job.HasCompleted) { job.UpdateStatus(); {|AIG4005:Task.Delay(5000)|}; }")]
    [InlineData("while (!job.HasCompleted) { job.UpdateStatus(); Task.Delay(5000).Wait(); }")]
    [InlineData("while (!job.HasCompleted) { job.UpdateStatus(); SpinWait.SpinUntil(() => false, 5000); }")]
    public Task Thread_sleep_is_right_in_synchronous_code(string loop) => Verify.VerifyAnalyzerAsync(
        FineTuning(loop).Replace("async Task M(", "void M(", StringComparison.Ordinal));

    // An update of a stream carries the run; to take it out asks nobody.
    [Fact]
    public Task Stream_of_a_run_is_no_poll() => Verify.VerifyAnalyzerAsync(
        """
        #pragma warning disable OPENAI001 // the API is marked experimental
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using OpenAI.Assistants;

        class C
        {
            async Task M(AssistantClient client, string thread, string assistant)
            {
                var updates = await client.CreateRunStreamingAsync(thread, assistant);
                ThreadRun? run;
                do
                {
                    run = null;
                    List<ToolOutput> outputs = [];
                    await foreach (var update in updates)
                    {
                        if (update is RequiredActionUpdate action && action.GetThreadRun().Status == RunStatus.RequiresAction)
                        {
                            outputs.Add(new ToolOutput(action.ToolCallId, "sunny"));
                        }

                        if (update is RunUpdate changed)
                        {
                            run = changed.Value;
                        }
                    }

                    if (outputs.Count > 0)
                    {
                        updates = await client.SubmitToolOutputsToRunStreamingAsync(run!.ThreadId, run.Id, outputs);
                    }
                }
                while (run?.Status.IsTerminal == false);
            }
        }
        """);

    [Fact]
    public Task Minimum_is_an_option() => Verify.VerifyAnalyzerAsync(
        FineTuning(
            """
            while (!job.HasCompleted) { await Task.Delay({|AIG4005:5000|}, token); await job.UpdateStatusAsync(token); }
            while (!job.HasCompleted) { await Task.Delay(10_000, token); await job.UpdateStatusAsync(token); }
            """),
        test => test.EditorConfig = "[*.cs]\naiguardrails.min_poll_ms = 6000");

    [Theory]
    [InlineData("do { try { job = (await client.GetJobAsync(id)) ?? job; } catch (Exception) { continue; } foreach (var (a, b) in names) { await Task.Delay(TimeSpan.FromSeconds(b) * 2); } } while (job?.Status is { InProgress: true });")]
    public Task Half_typed_code_does_no_harm(string code) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Jobs.PollWithoutDelayAnalyzer>(FineTuning(code));

    [Fact]
    public Task Loop_of_thousands_of_branches_is_bounded() => Verify.VerifyAnalyzerAsync(FineTuning(
        "while (!job.HasCompleted) { "
        + string.Join('\n', Enumerable.Range(0, 2500).Select(static i => $"if (queue.Count == {i}) {{ id += \"{i}\"; }}"))
        + Read + "}"));

    [Fact]
    public Task Message_says_how_long_it_waits() => Verify.VerifyAnalyzerAsync(
        FineTuning("while (!job.HasCompleted) { await Task.Delay({|#0:2|}); await job.UpdateStatusAsync(token); }"),
        Verify.Diagnostic("AIG4005").WithLocation(0).WithArguments("The status of the fine-tuning job is read again after 2 ms; wait at least 1000 ms"));

    // The shape of two published samples: a condition that always holds, and two milliseconds between the questions.
    [Fact]
    public Task Loop_of_the_samples_is_reported() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        job = await client.FineTuneAsync("gpt-4o-mini-2024-07-18", "file-1", waitUntilCompleted: false);
        while (job.Status != FineTuningStatus.Succeeded && job.Status != FineTuningStatus.Failed || job.Status != FineTuningStatus.Cancelled)
        {
            await Task.Delay({|AIG4005:2|});
            job = await client.GetJobAsync(job.JobId);
            Console.WriteLine($"Job is {job.Status}");
        }
        """));

    [Fact]
    public Task Monitor_loop_over_http_waits_long_enough() => VerifyHttpAsync(
        """
        string? status = "pending";
        while (status is "running" or "pending")
        {
            await Task.Delay(TimeSpan.FromSeconds(60));
            using var document = JsonDocument.Parse(await http.GetStringAsync($"https://api.openai.com/v1/fine_tuning/jobs/{id}"));
            status = document.RootElement.GetProperty("status").GetString();
        }
        """);

    [Theory]
    [InlineData("string? status; do { var reply = await http.GetAsync(\"https://api.openai.com/v1/fine_tuning/jobs/\" + id); var job = await reply.Content.ReadFromJsonAsync<TrainingJob>(); status = job!.Status; } while ({|AIG4005:status == \"running\"|});")]
    [InlineData("while ({|AIG4005:await GetStatusAsync(id) != \"succeeded\"|}) { }")]
    [InlineData("{|AIG4005:while|} (true) { using var document = JsonDocument.Parse(await http.GetStringAsync($\"https://api.openai.com/v1/fine_tuning/jobs/{id}\")); if (document.RootElement.GetProperty(\"status\").GetString() == \"running\") { continue; } break; }")]
    [InlineData("while (await GetStatusAsync(id) != \"succeeded\") { await Task.Delay({|AIG4005:200|}); }")]
    [InlineData("while (await GetStatusAsync(id) != \"succeeded\") { await Task.Delay(20_000); }")]
    [InlineData("string? after = null; do { var page = await http.GetFromJsonAsync<Page>(\"https://api.openai.com/v1/fine_tuning/jobs?after=\" + after); after = page!.Last; } while (after != null);")] // pages
    [InlineData("foreach (var one in ids) { var job = await http.GetFromJsonAsync<TrainingJob>(\"https://api.openai.com/v1/fine_tuning/jobs/\" + one); if (job!.Status == \"failed\") { break; } }")]
    public Task Loops_over_http_are_judged_too(string loop) => VerifyHttpAsync(loop);

    [Fact]
    public Task Fix_waits_at_the_beginning_of_each_round() => Verify.VerifyCodeFixAsync(
        FineTuning(
            """
            // Until it has ended.
            while ({|AIG4005:!job.HasCompleted|}) // polls
            {
                await job.UpdateStatusAsync(token);
            }

            do
                job = await client.GetJobAsync(id, token); // again
            while ({|AIG4005:job.Status.InProgress|});

            while ({|AIG4005:(job = client.GetJob(id)).Status.InProgress|});
            """),
        FineTuning(
            """
            // Until it has ended.
            while (!job.HasCompleted) // polls
            {
                await Task.Delay(TimeSpan.FromSeconds(10), token);
                await job.UpdateStatusAsync(token);
            }

            do
            {
                await Task.Delay(TimeSpan.FromSeconds(10), token);
                job = await client.GetJobAsync(id, token); // again
            }
            while (job.Status.InProgress);

            while ((job = client.GetJob(id)).Status.InProgress)
            {
                await Task.Delay(TimeSpan.FromSeconds(10), token);
            }
            """));

    [Fact]
    public Task Fix_mends_the_delay_that_is_there() => Verify.VerifyCodeFixAsync(
        FineTuning(
            """
            while (!job.HasCompleted)
            {
                await job.UpdateStatusAsync(token);
                await Task.Delay({|AIG4005:2|}, token); // a little
            }

            while (!job.HasCompleted)
            {
                await job.UpdateStatusAsync(token);
                {|AIG4005:Thread.Sleep(5000)|}; // not so fast
            }

            while (!job.HasCompleted)
            {
                await job.UpdateStatusAsync(token);
                {|AIG4005:Thread.Sleep(5)|};
            }

            while (!job.HasCompleted)
            {
                await job.UpdateStatusAsync(token);
                {|AIG4005:Task.Delay(5000, token)|};
            }

            while (!job.HasCompleted)
            {
                await job.UpdateStatusAsync(token);
                _ = {|AIG4005:Task.Delay(5)|};
            }

            using var timer = new PeriodicTimer({|AIG4005:TimeSpan.FromMilliseconds(50)|});
            while (await timer.WaitForNextTickAsync(token))
            {
                await job.UpdateStatusAsync(token);
                if (job.HasCompleted) { break; }
            }
            """),
        FineTuning(
            """
            while (!job.HasCompleted)
            {
                await job.UpdateStatusAsync(token);
                await Task.Delay(TimeSpan.FromSeconds(10), token); // a little
            }

            while (!job.HasCompleted)
            {
                await job.UpdateStatusAsync(token);
                await Task.Delay(5000, token); // not so fast
            }

            while (!job.HasCompleted)
            {
                await job.UpdateStatusAsync(token);
                await Task.Delay(TimeSpan.FromSeconds(10), token);
            }

            while (!job.HasCompleted)
            {
                await job.UpdateStatusAsync(token);
                await Task.Delay(5000, token);
            }

            while (!job.HasCompleted)
            {
                await job.UpdateStatusAsync(token);
                await Task.Delay(TimeSpan.FromSeconds(10));
            }

            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
            while (await timer.WaitForNextTickAsync(token))
            {
                await job.UpdateStatusAsync(token);
                if (job.HasCompleted) { break; }
            }
            """));

    [Fact]
    public Task Fix_sleeps_in_synchronous_code() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            void M(FineTuningJob job)
            {
                while ({|AIG4005:!job.HasCompleted|})
                    job.UpdateStatus();

                while (!job.HasCompleted)
                {
                    job.UpdateStatus();
                    {|AIG4005:Task.Delay(5000)|};
                }
            }
        }
        """,
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            void M(FineTuningJob job)
            {
                while (!job.HasCompleted)
                {
                    Thread.Sleep(TimeSpan.FromSeconds(10));
                    job.UpdateStatus();
                }

                while (!job.HasCompleted)
                {
                    job.UpdateStatus();
                    Thread.Sleep(5000);
                }
            }
        }
        """);

    [Fact]
    public Task Fix_in_top_level_statements() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        var client = new FineTuningClient("key");
        var job = await client.GetJobAsync("ftjob-1");
        while ({|AIG4005:!job.HasCompleted|})
            job = await client.GetJobAsync(job.JobId);
        """,
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        var client = new FineTuningClient("key");
        var job = await client.GetJobAsync("ftjob-1");
        while (!job.HasCompleted)
        {
            await Task.Delay(TimeSpan.FromSeconds(10));
            job = await client.GetJobAsync(job.JobId);
        }
        """,
        test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

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

            async Task M(string id, string[] ids)
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
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        interface IClock
        {
            Task PauseAsync();
        }

        class Settings
        {
            public TimeSpan Interval { get; set; }
        }

        class Logger
        {
            public void Log(string text) => Console.WriteLine(text);
        }

        class C
        {
            static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(20);
            readonly Settings _options = new();
            readonly IClock _clock = null!;

            static async Task BackOffAsync() => await Task.Delay(Random.Shared.Next(5000, 10_000));

            static async Task RefreshSlowlyAsync(FineTuningJob job)
            {
                await Task.Delay(5000);
                await job.UpdateStatusAsync();
            }

            async Task M(FineTuningClient client, FineTuningJob job, FineTuningJob[] jobs, Queue<string> queue, Dictionary<string, int> names, string id, TimeSpan interval, Logger logger, CancellationToken token)
            {
        {{Indent(code)}}
            }
        }
        """;

    private static string Indent(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Length == 0 ? line : "        " + line));
}
