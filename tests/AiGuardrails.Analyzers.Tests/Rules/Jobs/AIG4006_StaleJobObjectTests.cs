using AiGuardrails.Testing;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Jobs.StaleJobObjectAnalyzer,
    AiGuardrails.CodeFixes.Rules.Jobs.StaleJobObjectCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Jobs;

public sealed class AIG4006_StaleJobObjectTests
{
    [Theory]
    [InlineData("job.UpdateStatus(new RequestOptions())", "job.UpdateStatus()")]
    [InlineData("job.UpdateStatus(null)", "job.UpdateStatus()")]
    [InlineData("job.UpdateStatus(options: null)", "job.UpdateStatus()")]
    [InlineData("job.UpdateStatus(default(RequestOptions))", "job.UpdateStatus()")]
    [InlineData("job.UpdateStatus(new RequestOptions { CancellationToken = Token() })", "job.UpdateStatus(Token())")]
    [InlineData("await job.UpdateStatusAsync(new RequestOptions())", "await job.UpdateStatusAsync()")]
    [InlineData("await job.UpdateStatusAsync(new RequestOptions()).ConfigureAwait(false)", "await job.UpdateStatusAsync().ConfigureAwait(false)")]
    [InlineData("await job.UpdateStatusAsync(options: new() { CancellationToken = Token() })", "await job.UpdateStatusAsync(Token())")]
    [InlineData("((OperationResult)job).UpdateStatus()", "job.UpdateStatus()")]
    [InlineData("await ((OperationResult)job).UpdateStatusAsync(new RequestOptions { CancellationToken = Token() })", "await job.UpdateStatusAsync(Token())")]
    [InlineData("_job.UpdateStatus(new RequestOptions()); job = _job", "_job.UpdateStatus(); job = _job", "_job.Status")]
    public Task Untyped_refresh_before_a_typed_read_is_reported(string wrong, string right, string read = "job.Status")
    {
        var call = wrong.Replace("await ", "").Replace(".ConfigureAwait(false)", "").Replace("; job = _job", "");
        return Verify.VerifyCodeFixAsync(
            Trainer($"{wrong.Replace(call, "{|AIG4006:" + call + "|}").Replace("; job = _job", "")}; Use({read});"),
            Trainer($"{right.Replace("; job = _job", "")}; Use({read});"));
    }

    [Fact]
    public Task Null_that_is_cast_to_options_becomes_a_token() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using System.ClientModel.Primitives;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            async Task M(FineTuningJob job, CancellationToken stop)
            {
                await {|AIG4006:job.UpdateStatusAsync((RequestOptions)null!)|};
                Console.WriteLine(job.Status);
            }
        }
        """,
        """
        using System;
        using System.ClientModel.Primitives;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            async Task M(FineTuningJob job, CancellationToken stop)
            {
                await job.UpdateStatusAsync(stop);
                Console.WriteLine(job.Status);
            }
        }
        """);

    [Fact]
    public Task Token_in_scope_is_passed_on() => Verify.VerifyCodeFixAsync(
        """
        using System.Threading;
        using System.Threading.Tasks;
        using System.ClientModel.Primitives;
        using OpenAI.FineTuning;

        class C
        {
            async Task<string?> M(FineTuningJob job, CancellationToken stop)
            {
                while (job.Status.InProgress)
                {
                    await Task.Delay(1000, stop);
                    await {|AIG4006:job.UpdateStatusAsync(new RequestOptions())|}; // again
                }

                return job.Value;
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;
        using System.ClientModel.Primitives;
        using OpenAI.FineTuning;

        class C
        {
            async Task<string?> M(FineTuningJob job, CancellationToken stop)
            {
                while (job.Status.InProgress)
                {
                    await Task.Delay(1000, stop);
                    await job.UpdateStatusAsync(stop); // again
                }

                return job.Value;
            }
        }
        """);

    [Theory]
    [InlineData("while (!job.HasCompleted) { {|AIG4006:job.UpdateStatus(options)|}; } Use(job.Status);")]
    [InlineData("do { await {|AIG4006:job.UpdateStatusAsync(options)|}; } while (job.Status == FineTuningStatus.Running);")]
    [InlineData("{|AIG4006:job.UpdateStatus(options)|}; if (ready) { return; } Use(job.Value);")]
    [InlineData("{|AIG4006:job.UpdateStatus(options)|}; if (ready) { job.UpdateStatus(); } Use(job.Value);")] // on one of the ways
    [InlineData("{|AIG4006:job.UpdateStatus(options)|}; Use(job.GetRawResponse()); System.Console.WriteLine(job); Use(job.Status);")]
    [InlineData("job?{|AIG4006:.UpdateStatus(options)|}; Use(job?.Status);")]
    [InlineData("OperationResult operation = job; while (!operation.HasCompleted) { {|AIG4006:operation.UpdateStatus()|}; } Use(job.Value);")]
    [InlineData("OperationResult operation = await client.FineTuneAsync(\"gpt-4o-mini\", \"file-1\", false); await {|AIG4006:operation.UpdateStatusAsync()|}; Use(((FineTuningJob)operation).Value);")]
    [InlineData("await {|AIG4006:WaitAsync(job)|}; Use(job.Status);")]
    [InlineData("var copy = job; {|AIG4006:copy.UpdateStatus(options)|}; Use(job.Status);")]
    [InlineData("System.Action later = () => { {|AIG4006:job.UpdateStatus(options)|}; Use(job.Status); };")]
    public Task Refresh_without_an_evident_token_is_reported(string statements) => Verify.VerifyNoCodeFixAsync(Trainer(statements));

    [Theory]
    [InlineData("job.UpdateStatus(); Use(job.Status);")]
    [InlineData("job.UpdateStatus(default); Use(job.Status);")] // a token
    [InlineData("job.UpdateStatus(new()); Use(job.Status);")] // one as well
    [InlineData("await job.UpdateStatusAsync(Token()); Use(job.Status);")]
    [InlineData("job.UpdateStatus(options);")] // nothing is read
    [InlineData("while (!job.HasCompleted) { job.UpdateStatus(options); } Use(job.GetRawResponse());")] // both are up to date
    [InlineData("Use(job.Status); job.UpdateStatus(options);")]
    [InlineData("job.UpdateStatus(options); job.UpdateStatus(); Use(job.Status);")]
    [InlineData("job.UpdateStatus(options); await job.WaitForCompletionAsync(); Use(job.Status);")]
    [InlineData("job.UpdateStatus(options); job = await client.GetJobAsync(job.JobId); Use(job.Status);")]
    [InlineData("job.UpdateStatus(options); await job.CancelAndUpdateAsync(); Use(job.Status);")]
    [InlineData("job.UpdateStatus(options); Refresh(job); Use(job.Status);")]
    [InlineData("_job.UpdateStatus(options); RefreshField(); Use(_job.Status);")]
    [InlineData("void Again() => job.UpdateStatus(); job.UpdateStatus(options); Again(); Use(job.Status);")]
    [InlineData("job.UpdateStatus(options); other.UpdateStatus(); Use(other.Status);")]
    [InlineData("job.UpdateStatus(options); Use(job.JobId); Use(nameof(job.Status));")]
    [InlineData("OperationResult operation = job; while (!operation.HasCompleted) { operation.UpdateStatus(); } job = client.GetJob(job.JobId); Use(job.Value);")]
    [InlineData("await WaitTypedAsync(job); Use(job.Status);")]
    [InlineData("await WaitWholeAsync(job); Use(job.Status);")]
    [InlineData("OpenAI.Batch.CreateBatchOperation batch = null!; await batch.UpdateStatusAsync(options); Use(batch.BatchId);")]
    public Task Read_that_is_up_to_date_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(Trainer(statements));

    [Fact]
    public Task Services_with_fields_and_local_functions() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using System.ClientModel.Primitives;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class Watcher(FineTuningClient client)
        {
            readonly RequestOptions _options = new();
            FineTuningJob? _job;

            public async Task<bool> PollAsync(string id)
            {
                _job ??= await client.GetJobAsync(id);
                await {|AIG4006:_job.UpdateStatusAsync(_options)|};
                return _job.Status == FineTuningStatus.Succeeded;
            }

            public async Task<string?> WaitAsync(FineTuningJob job, CancellationToken stop)
            {
                async Task RefreshAsync()
                {
                    await job.UpdateStatusAsync(_options);
                    Console.WriteLine(job.HasCompleted);
                }

                while (!job.HasCompleted)
                {
                    await RefreshAsync(); // not followed
                }

                return job.Value;
            }

            public async Task<FineTuningStatus> StatusOf(string id)
            {
                var job = await client.GetJobAsync(id);
                try
                {
                    await {|AIG4006:job.UpdateStatusAsync(_options)|};
                }
                catch (InvalidOperationException)
                {
                    await job.UpdateStatusAsync();
                }

                return job.Status;
            }
        }
        """);

    [Fact]
    public Task Same_names_of_others_are_not_reported() => Verify.VerifyAnalyzerAsync(
        """
        class Job { public string Status => ""; public void UpdateStatus(object options) { } }

        class C
        {
            OpenAI.Chat.ChatClient? _client;

            string M(Job job)
            {
                job.UpdateStatus(new object());
                return job.Status;
            }
        }
        """);

    [Fact]
    public Task Message_names_the_member_and_the_call() => Verify.VerifyAnalyzerAsync(
        Trainer("{|#0:job.UpdateStatus(options)|}; job?{|#1:.UpdateStatus(options)|}; Use(job.Status == FineTuningStatus.Failed);"),
        Verify.Diagnostic("AIG4006").WithLocation(0).WithArguments("job.Status", "job.UpdateStatus(options)"),
        Verify.Diagnostic("AIG4006").WithLocation(1).WithArguments("job.Status", "job?.UpdateStatus(options)"));

    [Fact]
    public Task Half_typed_code_does_no_harm() => AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Jobs.StaleJobObjectAnalyzer>(
        Trainer("OperationResult operation = job; operation.UpdateStatus(); job?.UpdateStatus(new RequestOptions { CancellationToken = Token() }); Use(job.Status);"));

    private static string Trainer(string statements) =>
        $$"""
        #pragma warning disable CS1998, CS8321 // the snippet is there to be read, not run
        using System.ClientModel.Primitives;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            FineTuningJob _job = null!;

            async Task M(FineTuningClient client, FineTuningJob job, FineTuningJob other, RequestOptions options, bool ready)
            {
                {{statements}}
            }

            static void Use(object? value) { }

            static CancellationToken Token() => default;

            static void Refresh(FineTuningJob job) => job.UpdateStatus();

            void RefreshField() => _job.UpdateStatus();

            static async Task WaitAsync(OperationResult operation)
            {
                while (!operation.HasCompleted)
                {
                    await Task.Delay(1000);
                    await operation.UpdateStatusAsync();
                }
            }

            static async Task WaitTypedAsync(OperationResult operation)
            {
                if (operation is FineTuningJob job)
                {
                    await job.UpdateStatusAsync();
                }
                else
                {
                    await operation.UpdateStatusAsync();
                }
            }

            static async Task WaitWholeAsync(OperationResult operation) => await operation.WaitForCompletionAsync();
        }
        """;
}
