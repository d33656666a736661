
namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>How long a poll loop certainly waits between two reads of the status.</summary>
public sealed class PollDelaysTests
{
    private const string Read = "await job.UpdateStatusAsync(); ";

    [Theory]
    [InlineData("while (!job.HasCompleted) { " + Read + "}", 0)]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(2); " + Read + "}", 2)]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(Short); " + Read + "}", 2)]
    [InlineData("while (!job.HasCompleted) { " + Read + "await Task.Delay(500); await Task.Delay(700); }", 1200)]
    [InlineData("while (!job.HasCompleted) { Thread.Sleep(250); " + Read + "}", 250)]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(TimeSpan.FromSeconds(2)).ConfigureAwait(false); " + Read + "}", 2000)]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(s_period, token); " + Read + "}", 5000)]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(new TimeSpan(0, 1, 0)); " + Read + "}", 60_000)]
    [InlineData("var wait = TimeSpan.FromMilliseconds(20); while (!job.HasCompleted) { await Task.Delay(wait); " + Read + "}", 20)]
    [InlineData("while (!job.HasCompleted) { Task.Delay(5000); " + Read + "}", 0)] // nobody awaits it
    [InlineData("while (!job.HasCompleted) { _ = Task.Delay(5000); " + Read + "}", 0)]
    [InlineData("while (!job.HasCompleted) { var delay = Task.Delay(5000); " + Read + "await delay; }", 5000)]
    [InlineData("while (!job.HasCompleted) { Task.Delay(5000).Wait(); " + Read + "}", 5000)]
    [InlineData("while (!job.HasCompleted) { Task.Delay(5000).GetAwaiter().GetResult(); " + Read + "}", 5000)]
    [InlineData("while (!job.HasCompleted) { await Task.WhenAll(Task.Delay(3000), job.UpdateStatusAsync().AsTask()); }", 3000)]
    [InlineData("while (!job.HasCompleted) { await Task.Yield(); " + Read + "}", 0)]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10)); while (await timer.WaitForNextTickAsync(token)) { " + Read + "if (job.HasCompleted) { break; } }", 10)]
    [InlineData("do { " + Read + "Print(job); } while (!job.HasCompleted);", 0)]
    [InlineData("while (true) { " + Read + "if (job.HasCompleted) { break; } if (job.Status == FineTuningStatus.Queued) { continue; } await Task.Delay(5000); }", 0)] // a way round
    [InlineData("while (!job.HasCompleted) { try { " + Read + "} catch (HttpRequestException) { continue; } await Task.Delay(5000); }", 0)]
    [InlineData("while (!job.HasCompleted) { try { " + Read + "await Task.Delay(5000); } catch (HttpRequestException) { Console.WriteLine(\"again\"); } }", 0)]
    [InlineData("while (!job.HasCompleted) { try { " + Read + "} finally { await Task.Delay(5000); } }", 5000)]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(5000).WaitAsync(token); " + Read + "}", 5000)]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(5000); await Task.CompletedTask; " + Read + "}", 5000)]
    [InlineData("while (!job.HasCompleted) { await Task.WhenAll([Task.Delay(3000), Task.Delay(1000)]); " + Read + "}", 3000)]
    [InlineData("using var timer = new PeriodicTimer(s_period); while (!job.HasCompleted) { _ = timer.WaitForNextTickAsync(token).Result; " + Read + "}", 5000)]
    [InlineData("while (!job.HasCompleted) { Console.WriteLine(\"again\"); Print(job); verbose.ToString(); " + Read + "}", 0)]
    public void Time_is_the_shortest_of_all_ways(string code, double milliseconds) => Assert.Equal(milliseconds, TimeOf(code));

    [Theory]
    [InlineData("TimeSpan.FromMilliseconds(7)", 7)]
    [InlineData("TimeSpan.FromSeconds(1.5)", 1500)]
    [InlineData("TimeSpan.FromMinutes(2.0)", 120_000)]
    [InlineData("TimeSpan.FromHours(1.5)", 5_400_000)]
    [InlineData("TimeSpan.FromDays(0.5)", 43_200_000)]
    [InlineData("TimeSpan.FromTicks(20_000)", 2)]
    [InlineData("TimeSpan.FromMicroseconds(5000.0)", 5)]
    [InlineData("new TimeSpan()", 0)]
    [InlineData("new TimeSpan(20_000)", 2)]
    [InlineData("new TimeSpan(1, 2, 3)", 3_723_000)]
    [InlineData("new TimeSpan(seconds: 3, minutes: 2, hours: 1)", 3_723_000)]
    [InlineData("new TimeSpan(1, 2, 3, 4)", 93_784_000)]
    [InlineData("new TimeSpan(0, 1, 2, 3, 4)", 3_723_004)]
    [InlineData("TimeSpan.Zero", 0)]
    [InlineData("default(TimeSpan)", 0)]
    [InlineData("s_period", 5000)]
    [InlineData("TimeSpan.FromMilliseconds(OneByte)", 3)]
    [InlineData("TimeSpan.FromMilliseconds(OneShort)", 4)]
    [InlineData("TimeSpan.FromTicks(OneUnsigned)", 5)]
    [InlineData("TimeSpan.FromMilliseconds(OneFloat)", 6)]
    [InlineData("TimeSpan.FromHours(-1.0)", double.PositiveInfinity)]
    [InlineData("TimeSpan.FromSeconds(2, 500)", double.PositiveInfinity)]
    [InlineData("TimeSpan.Parse(\"00:00:01\")", double.PositiveInfinity)]
    [InlineData("TimeSpan.MaxValue", double.PositiveInfinity)]
    [InlineData("new TimeSpan(0, 0, verbose ? 1 : 2)", double.PositiveInfinity)]
    public void Time_is_told_in_every_unit(string time, double milliseconds) =>
        Assert.Equal(milliseconds, TimeOf(
            "const byte OneByte = 3; const short OneShort = 4; const uint OneUnsigned = 50_000; const float OneFloat = 6; "
            + "while (!job.HasCompleted) { await Task.Delay(" + time + "); " + Read + "}"));

    [Theory]
    [InlineData("while (!job.HasCompleted) { await new ValueTask(Task.Delay(5)).AsTask(); " + Read + "}")]
    [InlineData("while (!job.HasCompleted) { await new ValueTask(Task.Delay(5)).Preserve(); " + Read + "}")]
    [InlineData("while (!job.HasCompleted) { new SemaphoreSlim(1).Wait(); " + Read + "}")]
    [InlineData("var timer = new PeriodicTimer(s_period); timer.Period = pause; while (await timer.WaitForNextTickAsync(token)) { " + Read + "if (job.HasCompleted) { break; } }")]
    [InlineData("while (!job.HasCompleted) { await Task.Delay(pause); " + Read + "}")]
    [InlineData("var wait = 100; while (!job.HasCompleted) { await Task.Delay(wait); wait *= 2; " + Read + "}")] // grows
    [InlineData("var wait = TimeSpan.FromMilliseconds(100); while (!job.HasCompleted) { await Task.Delay(wait); wait = wait + wait; " + Read + "}")]
    [InlineData("for (var n = 1; !job.HasCompleted; n++) { await Task.Delay(n * 100); " + Read + "}")]
    [InlineData("while (!job.HasCompleted) { await PauseAsync(); " + Read + "}")]
    [InlineData("while (!job.HasCompleted) { await inbox.GetAsync(); " + Read + "}")]
    [InlineData("while (!job.HasCompleted) { token.WaitHandle.WaitOne(1000); " + Read + "}")]
    [InlineData("while (!job.HasCompleted) { await Task.WhenAny(Task.Delay(10), channel.Reader.WaitToReadAsync().AsTask()); " + Read + "}")]
    [InlineData("while (!job.HasCompleted) { for (var i = 0; i < 30; i++) { await Task.Delay(100); } " + Read + "}")]
    [InlineData("while (true) { " + Read + "if (job.HasCompleted) { break; } more(); }")] // may wait
    public void Time_that_is_not_known_is_long_enough(string code) => Assert.Equal(double.PositiveInfinity, TimeOf(code));

    [Theory]
    [InlineData("for (var n = 0; n < 60; n++) { if (n > 0) { await Task.Delay(5000); } " + Read + "if (job.HasCompleted) { break; } }")]
    [InlineData("var first = true; while (!job.HasCompleted) { if (!first) { await Task.Delay(5000); } first = false; " + Read + "}")]
    [InlineData("do { " + Read + "if (!job.HasCompleted) { await Task.Delay(5000); } } while (!job.HasCompleted);")] // no delay on the last round only
    [InlineData("do { " + Read + "if (job.Status.InProgress) { await Task.Delay(5000); } } while (!job.HasCompleted);")]
    [InlineData("while (true) { " + Read + "if (job.Status == FineTuningStatus.Succeeded || job.Status == FineTuningStatus.Failed) { break; } if (verbose) { Print(job); } await Task.Delay(5000); }")]
    [InlineData("var errors = 0; while (!job.HasCompleted) { try { " + Read + "} catch (HttpRequestException) { if (++errors > 3) { throw; } continue; } await Task.Delay(5000); }")]
    public void Ways_that_no_round_takes_again_do_not_count(string code) => Assert.True(TimeOf(code) >= 5000);

    private static double TimeOf(string code)
    {
        var snippet = FlowSnippet.Of(code);
        var poll = Assert.Single(PollLoops.Of(snippet.Ai, snippet.Body, CancellationToken.None).Loops);

        return PollDelays.Between(poll, new Delays(snippet.Ai, snippet.Body, CancellationToken.None), CancellationToken.None);
    }
}
