using System.Text;

namespace AiGuardrails.Runtime.Tests.Training;

/// <summary>Tests that measure what the whole process allocates, and so run alone.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests
{
    private const string Line = """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""";

    [Fact]
    public async Task Memory_does_not_grow_with_the_bytes()
    {
        using var stream = new RepeatingStream(Encoding.UTF8.GetBytes(Line.Replace("\"q\"", "\"" + new string('q', 64_000) + "\"", StringComparison.Ordinal) + "\n"), times: 300);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var report = await TrainingFile.ValidateAsync(stream, TrainingTarget.OpenAIChat);

        Assert.Equal(300, report.Records);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 4 << 20);
    }

    [Fact]
    public async Task Writing_allocates_the_same_for_few_records_and_for_many()
    {
        using var folder = new TestFolder();
        var options = new TrainingWriteOptions { Manifest = false, Validate = false };
        await TrainingFile.WriteAsync(folder.File(), Same(1_000), options);
        var few = await MeasureAsync(1_000);
        var many = await MeasureAsync(50_000);

        // What grows is one asynchronous write for each block of 64 KiB.
        Assert.InRange(many - few, long.MinValue, 256 << 10);

        async Task<long> MeasureAsync(int count)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await TrainingFile.WriteAsync(folder.File(), Same(count), options);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        static IEnumerable<Positional> Same(int count) => Enumerable.Repeat(new Positional("My \"invoice\" is wrong. 汉字", "billing"), count);
    }
}
