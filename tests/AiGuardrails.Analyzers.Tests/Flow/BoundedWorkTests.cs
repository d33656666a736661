using System.Text;
using AiGuardrails.Analyzers.Rules.Cost;
using AiGuardrails.Testing;

namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>Code that would make a careless analysis run for ever: bounded work, and silence where nothing was decided.</summary>
public sealed class BoundedWorkTests
{
    private const string Class =
        """
        using OpenAI.FineTuning;

        class C
        {
            static bool Tell(int n) => n > 0;


        """;

    [Fact]
    public void Mutually_recursive_helpers_decide_nothing()
    {
        var flow = JobsOf(
            """
            async Task M(FineTuningJob job)
            {
                while (!Even(job, 10))
                {
                    await job.UpdateStatusAsync();
                }

                Console.WriteLine(job.Value);
            }

            static bool Even(FineTuningJob job, int n) => n == 0 ? job.Status == FineTuningStatus.Succeeded : Odd(job, n - 1);

            static bool Odd(FineTuningJob job, int n) => n == 0 ? job.Status == FineTuningStatus.Failed : Even(job, n - 1);
            """);

        Assert.Empty(flow.Loops);
        Assert.Empty(flow.Results);
    }

    [Fact]
    public void Loop_made_of_jumps_is_no_loop_of_ours()
    {
        var flow = JobsOf(
            """
            async Task M(FineTuningJob job)
            {
            again:
                await job.UpdateStatusAsync();
                if (job.Status != FineTuningStatus.Succeeded)
                {
                    goto again;
                }
            }
            """);

        Assert.Empty(flow.Loops);
    }

    [Fact]
    public void Jump_out_of_a_loop_leaves_it()
    {
        var flow = JobsOf(
            """
            async Task M(FineTuningJob job)
            {
                while (job.Status != FineTuningStatus.Succeeded)
                {
                    await job.UpdateStatusAsync();
                    if (!job.Status.InProgress && job.Status != FineTuningStatus.Succeeded)
                    {
                        goto failed;
                    }
                }

                return;
            failed:
                throw new InvalidOperationException();
            }
            """);

        Assert.Empty(flow.Loops);
    }

    [Fact]
    public void Unreachable_code_says_nothing()
    {
        var flow = JobsOf(
            """
            async Task M(FineTuningJob job)
            {
                return;
            #pragma warning disable CS0162
                while (job.Status != FineTuningStatus.Succeeded)
                {
                    await job.UpdateStatusAsync();
                }
            }
            """);

        Assert.Empty(flow.Loops);
    }

    [Fact]
    public void Huge_switch_over_the_status_is_decided()
    {
        var cases = new StringBuilder();
        for (var i = 0; i < 2_000; i++)
        {
            cases.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"        case \"word{i}\": Console.WriteLine({i}); break;");
        }

        var flow = JobsOf(
            $$"""
            async Task M(FineTuningJob job)
            {
                while (true)
                {
                    await job.UpdateStatusAsync();
                    switch (job.Status.ToString())
                    {
            {{cases}}
                        case "succeeded": return;
                    }
                }
            }
            """);

        // Past the bound nothing is said; below it, that the loop never ends on failed.
        Assert.True(flow.Loops.IsEmpty || flow.Loops.Single().Stuck.Length == 2);
    }

    [Fact]
    public void Independent_conditions_multiply_no_work()
    {
        var conditions = new StringBuilder();
        for (var i = 0; i < 60; i++)
        {
            conditions.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"        var f{i} = Tell({i}); if (f{i}) {{ Console.WriteLine(f{i}); }}");
        }

        var flow = JobsOf(
            $$"""
            async Task M(FineTuningJob job)
            {
                while (job.Status != FineTuningStatus.Succeeded)
                {
                    await job.UpdateStatusAsync();
            {{conditions}}
                }
            }
            """);

        Assert.Equal(2, Assert.Single(flow.Loops).Stuck.Length);
    }

    [Fact]
    public void Variables_that_the_job_decides_stop_at_the_bound()
    {
        // Each flag doubles what is known, so that the walk would have to visit 2 to the 40th environments.
        var flags = new StringBuilder();
        for (var i = 0; i < 40; i++)
        {
            flags.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"        var f{i} = false; if (Tell({i})) {{ f{i} = true; }}");
        }

        var uses = string.Join(" && ", Enumerable.Range(0, 40).Select(static i => $"f{i}"));
        var flow = JobsOf(
            $$"""
            async Task M(FineTuningJob job)
            {
                while (job.Status != FineTuningStatus.Succeeded)
                {
            {{flags}}
                    if ({{uses}}) { return; }
                    await job.UpdateStatusAsync();
                }
            }
            """);

        Assert.Empty(flow.Loops);
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(10_000, false)]
    public void Method_is_walked_up_to_the_bound_of_graphs(int count, bool isWalked)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            lines.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"    Console.WriteLine({i} + Environment.TickCount);");
        }

        var flow = JobsOf(
            $$"""
            async Task M(FineTuningJob job)
            {
            {{lines}}
                while (job.Status != FineTuningStatus.Succeeded)
                {
                    await job.UpdateStatusAsync();
                }
            }
            """);

        Assert.Equal(isWalked ? 1 : 0, flow.Loops.Length);
    }

    [Fact]
    public void Cancellation_ends_the_analysis()
    {
        var source = FlowSource.Of(Class + "async Task M(FineTuningJob job) { while (job.Status != FineTuningStatus.Succeeded) { await job.UpdateStatusAsync(); } } }");
        var body = source.BodyOf("M");

        Assert.ThrowsAny<OperationCanceledException>(() => body.JobsOf(new CancellationToken(canceled: true)));

        // What one caller cancelled is there for the next.
        Assert.Single(body.JobsOf(CancellationToken.None).Loops);
    }

    // The compiler has no operation for it, and throws.
    [Fact]
    public async Task Half_typed_code_without_an_operation_is_passed_over()
    {
        const string Source =
            """
            using System;
            using OpenAI.Chat;

            class C
            {
                ChatMessage M(bool isFormal, string tone)
                {
                    return new SystemChatMessage(isFormal ? $"Write in a {tone tone} tone." = Console.ReadLine() ?? "";
                    return new SystemChatMessage(isFormal ? $"Write in a {tone} tone." : "Write in a neutral tone.");
                }
            }
            """;

        await AnalyzerFuzz.VerifyNeverThrowsAsync(Source, new NoOutputTokenCapAnalyzer());
    }

    private static JobFlow JobsOf(string members) => FlowSource.Of(Class + members + "\n}").BodyOf("M").JobsOf(CancellationToken.None);
}
