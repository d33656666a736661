using System.Globalization;
using System.Text;

namespace AiGuardrails.Runtime.Tests.Training;

public sealed class RoundTripTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_line_is_the_canonical_one_to_the_byte()
    {
        var result = await TrainingFile.WriteAsync(_folder.File(), [new Ticket { Question = "My invoice is wrong.", Answer = "billing" }]);

        const string Expected = """{"messages":[{"role":"system","content":"You classify support tickets."},{"role":"user","content":"My invoice is wrong."},{"role":"assistant","content":"billing"}]}""" + "\n";
        Assert.Equal(Encoding.UTF8.GetBytes(Expected), await File.ReadAllBytesAsync(_folder.File()));
        Assert.Equal((1, Expected.Length), (result.Records, result.Bytes));
    }

    [Fact]
    public async Task The_line_with_weights_is_the_canonical_one_to_the_byte()
    {
        await TrainingFile.WriteAsync(
            _folder.File(),
            [new Turns { First = "Capital of France?", Draft = "Paris", Second = "In a full sentence.", Final = "The capital of France is Paris." }]);

        Assert.Equal(
            """{"messages":[{"role":"user","content":"Capital of France?"},{"role":"assistant","content":"Paris","weight":0},{"role":"user","content":"In a full sentence."},{"role":"assistant","content":"The capital of France is Paris.","weight":1}]}""" + "\n",
            await File.ReadAllTextAsync(_folder.File()));
    }

    [Fact]
    public async Task Every_shape_reads_back()
    {
        await AssertRoundTripAsync(new Ticket { Question = "q", Answer = "a" });
        await AssertRoundTripAsync(new Positional("q", "a"));
        await AssertRoundTripAsync(new PositionalStruct("q", "a"));
        await AssertRoundTripAsync(new Pair("q", "a"));
        await AssertRoundTripAsync(new Turns { First = "1", Draft = "2", Second = "3", Final = "4" });
        await AssertRoundTripAsync(new Derived { Question = "q", Answer = "a", Instructions = "Be quick." });

        Assert.Equal("qa", await Outer.RoundTripAsync(_folder.File()));
    }

    [Fact]
    public async Task What_has_no_role_is_not_written()
    {
        await TrainingFile.WriteAsync(_folder.File(), [new PlainClass { Question = "q", Answer = "a", Note = "changed" }]);

        var read = Assert.Single(await ReadAllAsync<PlainClass>());
        Assert.Equal(("q", "a", "not written"), (read.Question, read.Answer, read.Note));
    }

    [Fact]
    public async Task Optional_messages_are_left_out_and_told_apart_on_reading()
    {
        var records = new List<WithOptional>();
        for (var mask = 0; mask < 8; mask++)
        {
            records.Add(new WithOptional
            {
                Instructions = (mask & 1) != 0 ? "i" : null,
                Question = "q",
                Draft = (mask & 2) != 0 ? "d" : null,
                Answer = "a",
                FollowUp = (mask & 4) != 0 ? "f" : null,
            });
        }

        await TrainingFile.WriteAsync(_folder.File(), records);

        Assert.Equal("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", (await File.ReadAllLinesAsync(_folder.File()))[0]);
        Assert.Equal(records, await ReadAllAsync<WithOptional>());
    }

    [Fact]
    public async Task Unicode_reads_back()
    {
        var random = new Random(42);
        var records = Enumerable.Range(0, 3_000).Select(i => new Ticket { Question = RandomText(random, i), Answer = RandomText(random, i + 1) }).ToList();
        records.AddRange(Notable.Select(static text => new Ticket { Question = text, Answer = text }));

        var result = await TrainingFile.WriteAsync(_folder.File(), records);

        Assert.Equal(records, await ReadAllAsync<Ticket>());
        Assert.Equal(new FileInfo(_folder.File()).Length, result.Bytes);
    }

    [Fact]
    public async Task The_platform_reads_the_same_texts()
    {
        var random = new Random(7);
        var records = Enumerable.Range(0, 500).Select(i => new Positional(RandomText(random, i), RandomText(random, i))).ToList();

        await TrainingFile.WriteAsync(_folder.File(), records);

        var lines = await File.ReadAllLinesAsync(_folder.File());
        Assert.Equal(records.Count, lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            using var json = System.Text.Json.JsonDocument.Parse(lines[i]);
            var texts = json.RootElement.GetProperty("messages").EnumerateArray().Select(static message => message.GetProperty("content").GetString());
            Assert.Equal([records[i].Question, records[i].Answer], texts);
        }
    }

    [Fact]
    public async Task Asynchronous_records_are_written_too()
    {
        var result = await TrainingFile.WriteAsync(_folder.File(), ProduceAsync(1_000));

        Assert.Equal(1_000, result.Records);
        Assert.Equal(1_000, (await ReadAllAsync<Positional>()).Count);
    }

    [Fact]
    public async Task No_records_leave_an_empty_file()
    {
        var result = await TrainingFile.WriteAsync(_folder.File(), Array.Empty<Ticket>());

        Assert.Equal((0, 0), (result.Records, result.Bytes));
        Assert.Empty(await File.ReadAllBytesAsync(_folder.File()));
        Assert.Empty(await ReadAllAsync<Ticket>());
    }

    [Fact]
    public async Task Progress_is_told_along_the_way_and_ends_with_the_result()
    {
        var reports = new List<TrainingProgress>();
        var records = Enumerable.Range(0, 5_000).Select(static i => new Positional(string.Create(CultureInfo.InvariantCulture, $"question {i}"), "answer"));

        var result = await TrainingFile.WriteAsync(_folder.File(), records, progress: new ListProgress(reports));

        Assert.True(reports.Count > 3);
        Assert.Equal(reports.OrderBy(static report => report.Records), reports);
        Assert.Equal((result.Records, result.Bytes), (reports[^1].Records, reports[^1].Bytes));
    }

    [Fact]
    public void Writing_allocates_nothing_for_a_record()
    {
        using var block = new ByteBuffer();
        var sink = new RecordSink<Ticket>("unused", AiGuardrails.CompilerServices.TrainingRecordSchema<Ticket>.Instance.LayoutOf(TrainingTarget.OpenAIChat));
        var record = new Ticket { Question = "My \"invoice\" is wrong. 汉字", Answer = "billing" };
        for (var i = 0; i < 1_000; i++)
        {
            sink.Add(record, block);
        }

        block.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            sink.Add(record, block);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string[] Notable =>
    [
        "\u0000", "\u001f\u007f\u0080", "x\u2028\u2029", "\ufeffleading mark", "\ufffd\uffff", "e\u0301 é", "👩‍👩‍👧‍👦🏳️‍🌈", "\U0010ffff",
        "\"\\/\b\f\n\r\t", "</script>", "مرحبا", "汉字かな交じり文", "\u202eright to left", new string('x', 100_000), new string('汉', 100_000), " . ", "\r\n.\r\n",
    ];

    private static string RandomText(Random random, int seed)
    {
        var text = new StringBuilder("x");
        for (var length = random.Next(0, 80); length > 0; length--)
        {
            var scalar = (seed % 4) switch
            {
                0 => random.Next(0x00, 0x80),
                1 => random.Next(0x20, 0x800),
                2 => random.Next(0x4E00, 0x9FFF),
                _ => random.Next(0, 0x110000),
            };
            text.Append(Rune.IsValid(scalar) ? new Rune(scalar).ToString() : "?");
        }

        return text.ToString();
    }

    private static async IAsyncEnumerable<Positional> ProduceAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i % 100 == 0)
            {
                await Task.Yield();
            }

            yield return new Positional("q", "a");
        }
    }

    private async Task AssertRoundTripAsync<T>(T record)
        where T : ITrainingRecord<T>
    {
        await TrainingFile.WriteAsync(_folder.File(), [record]);

        Assert.Equal(record, Assert.Single(await ReadAllAsync<T>()));
    }

    private async Task<List<T>> ReadAllAsync<T>()
        where T : ITrainingRecord<T>
    {
        var records = new List<T>();
        await foreach (var record in TrainingFile.ReadAsync<T>(_folder.File()))
        {
            records.Add(record);
        }

        return records;
    }

    private sealed class ListProgress(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
