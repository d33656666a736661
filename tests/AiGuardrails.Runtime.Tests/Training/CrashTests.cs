using System.Globalization;

namespace AiGuardrails.Runtime.Tests.Training;

/// <summary>
/// Writers are killed in the middle. How often is a matter of time: a few times here, and as often as the environment
/// variable AIGUARDRAILS_CRASH_RUNS says, as in <c>AIGUARDRAILS_CRASH_RUNS=200 dotnet test --filter CrashTests</c>.
/// </summary>
public sealed class CrashTests
{
    private static int Runs => int.TryParse(Environment.GetEnvironmentVariable("AIGUARDRAILS_CRASH_RUNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var runs) ? runs : 8;

    [Fact]
    public async Task A_killed_writer_leaves_the_old_file_or_the_new_one_and_the_next_run_cleans_up()
    {
        var random = new Random(Runs);
        var left = 0;
        for (var run = 0; run < Runs; run++)
        {
            using var folder = new TestFolder();
            await KillAsync("loop", folder, run, random);

            // Whole, whichever it is; and the manifest is whole too.
            var version = ChildWriter.VersionOf(folder.File());
            Assert.True(version >= run);
            _ = await TrainingManifest.ReadAsync(folder.File());
            left += folder.Names().Length > 2 ? 1 : 0;

            await TrainingFile.WriteAsync(folder.File(), ChildWriter.Records(version + 1));

            Assert.Equal(version + 1, ChildWriter.VersionOf(folder.File()));
            Assert.Equal(["train.jsonl", "train.manifest.json"], folder.Names());
            await TrainingManifest.VerifyAsync(folder.File());
        }

        // Else nobody was killed in the middle, and nothing was tested.
        Assert.True(left > 0, "no writer was killed while it wrote");
    }

    [Fact]
    public async Task A_killed_writer_leaves_whole_shards_and_a_manifest_that_tells_a_set_from_a_mixture()
    {
        var random = new Random(Runs);
        for (var run = 0; run < Runs; run++)
        {
            using var folder = new TestFolder();
            await KillAsync("shards", folder, run, random);

            foreach (var name in folder.Names().Where(static name => name.EndsWith(".jsonl", StringComparison.Ordinal)))
            {
                var lines = await File.ReadAllLinesAsync(folder.File(name));
                var version = Assert.Single(lines.Select(static line => int.Parse(line.Split('"')[9].Split(' ')[0], CultureInfo.InvariantCulture)).Distinct());
                var isLast = string.Equals(name[6..11], name[15..20], StringComparison.Ordinal);
                Assert.Equal(isLast ? ((ChildWriter.Count(version) - 1) % ChildWriter.RecordsPerShard) + 1 : ChildWriter.RecordsPerShard, lines.Length);
            }

            var manifest = await TrainingManifest.ReadAsync(folder.File());
            if ((await manifest.FindDifferencesAsync()).Count == 0)
            {
                var versions = new HashSet<string>(StringComparer.Ordinal);
                await foreach (var record in TrainingFile.ReadAsync<Positional>(manifest.Path))
                {
                    versions.Add(record.Question.Split(' ')[0]);
                }

                Assert.Single(versions);
            }

            await TrainingFile.WriteAsync(folder.File(), ChildWriter.Records(run), new TrainingWriteOptions { MaxRecordsPerShard = ChildWriter.RecordsPerShard });

            Assert.DoesNotContain(folder.Names(), static name => name.EndsWith(".aigtmp", StringComparison.Ordinal));
            Assert.Equal(ChildWriter.Count(run), (await TrainingManifest.VerifyAsync(folder.File())).Records);
        }
    }

    private static async Task KillAsync(string mode, TestFolder folder, int version, Random random)
    {
        using var process = await ChildWriter.StartAsync(mode, folder.File(), version);
        var until = System.Diagnostics.Stopwatch.StartNew();
        var wait = TimeSpan.FromMilliseconds(random.NextDouble() * 60);
        while (until.Elapsed < wait)
        {
            Thread.SpinWait(100);
        }

        process.Kill();
        await process.WaitForExitAsync();
    }
}
