using System.Diagnostics;
using System.Globalization;

namespace AiGuardrails.Benchmarks;

/// <summary>
/// The ratios that the budgets are about, on a machine that does other things too: the two are run in turn, a few milliseconds each,
/// and of each the fastest run counts, which is one that nothing came between.
/// </summary>
internal static class Ratios
{
    private const int Rounds = 400;

    /// <summary>Compares whatever has these words in its name: "lint, Chinese", or nothing for all.</summary>
    public static void Run(string words)
    {
        foreach (var chinese in new[] { false, true })
        {
            var script = chinese ? "Chinese" : "ASCII";
            using var writing = new Writing { Chinese = chinese };
            writing.Setup();
            Compare(words, $"write, {script}", () => writing.SystemTextJson(), () => writing.AiGuardrails());
            var reading = new Reading { Chinese = chinese };
            reading.Setup();
            Compare(words, $"read, {script}", () => reading.SystemTextJson(), () => reading.AiGuardrails());
            var linting = new Linting { Chinese = chinese };
            linting.Setup();
            Compare(words, $"lint, {script}", () => linting.BareReader(), () => linting.Linter());
            Compare(words, $"count tokens, {script}", () => linting.BareReader(), () => linting.TokenCount());
            CompareRendering(words, script, new Rendering(chinese));

            // How far from what cannot be beaten: here what is ours is the baseline.
            Compare(words, $"limit of write, {script}: transcoding alone", () => writing.AiGuardrails(), () => writing.Transcoding());
            Compare(words, $"limit of write, {script}: copying", () => writing.AiGuardrails(), () => writing.Copying());
            Compare(words, $"limit of read, {script}: transcoding alone", () => reading.AiGuardrails(), () => reading.Transcoding());
            Compare(words, $"limit of lint, {script}: validation of UTF-8", () => linting.Linter(), () => linting.Validation());
            Compare(words, $"limit of lint, {script}: copying", () => linting.Linter(), () => linting.Copying());
        }
    }

    private static void CompareRendering(string words, string script, Rendering rendering)
    {
        Compare(words, $"render, {script}", rendering.Interpolation, rendering.Rendered);
        Compare(words, $"render limited, {script}", rendering.Interpolation, rendering.WithLimits);
        if ($"render, {script}".Contains(words, StringComparison.OrdinalIgnoreCase))
        {
            var (characters, bytes) = rendering.Size;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  of {characters:N0} characters: {bytes:N0} B of strings; allocated {Rendering.Allocated(rendering.Rendered):N0} B, with limits {Rendering.Allocated(rendering.WithLimits):N0} B, by interpolation {Rendering.Allocated(rendering.Interpolation):N0} B"));
        }
    }

    private static void Compare(string words, string name, Func<long> baseline, Func<long> ours)
    {
        if (!name.Contains(words, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var (fastestBaseline, fastest) = (long.MaxValue, long.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            fastestBaseline = Math.Min(fastestBaseline, Time(baseline));
            fastest = Math.Min(fastest, Time(ours));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-48} {(double)fastestBaseline / fastest,6:F2} × the baseline   ({Milliseconds(fastestBaseline):F3} ms and {Milliseconds(fastest):F3} ms)"));
    }

    private static long Time(Func<long> run)
    {
        var start = Stopwatch.GetTimestamp();
        _ = run();
        return Stopwatch.GetTimestamp() - start;
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
