using AiGuardrails.Core.Training.Linting;

namespace AiGuardrails.Core.Tests.Training.Linting;

public sealed class RecordIndexTests
{
    [Fact]
    public void Index_agrees_with_a_dictionary()
    {
        var index = new RecordIndex();
        var records = new Dictionary<RecordKey, int>();
        var inputs = new Dictionary<ulong, int>();
        var random = new Random(7);
        for (var line = 1; line <= 50_000; line++)
        {
            var key = new RecordKey((ulong)random.Next(10_000) * 0x1234567, (ulong)random.Next(3));
            var expected = records.TryGetValue(key, out var first) ? RecordMatch.SameRecord : inputs.TryGetValue(key.Input, out first) ? RecordMatch.SameInput : RecordMatch.New;

            Assert.Equal(expected, index.Add(key, line, out var earlier));
            Assert.Equal(expected == RecordMatch.New ? 0 : first, earlier);
            records.TryAdd(key, line);
            inputs.TryAdd(key.Input, line);
        }

        Assert.Equal(records.Count, index.Count);
        Assert.Equal(50_000, index.Total);
        Assert.All(records, pair => Assert.Equal(pair.Value, index.LineOf(pair.Key)));
        Assert.All(inputs, pair => Assert.Equal(pair.Value, index.LineOfInput(pair.Key)));
        Assert.Equal(0, index.LineOfInput(5));
        Assert.Equal(0, index.LineOf(new RecordKey(5, 5)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Index_stays_within_32_bytes_a_record(bool sameInput)
    {
        var index = new RecordIndex();
        var random = new Random(1);
        for (var line = 1; line <= 200_000; line++)
        {
            index.Add(new RecordKey(sameInput ? 1 : (ulong)random.NextInt64(), (ulong)random.NextInt64()), line, out _);
            if (line % 10_000 == 0)
            {
                Assert.InRange(index.Bytes, line * 25L, line * 32L);
            }
        }
    }
}
