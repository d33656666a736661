using System.Text;

namespace AiGuardrails.Runtime.Tests.Training;

public sealed class ReadErrorTests : IDisposable
{
    private const string Line = """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Byte_order_mark_carriage_returns_and_a_missing_last_line_end_are_accepted()
    {
        Write("\ufeff" + Line + "\r\n" + Line + "\n" + Line);

        Assert.Equal(Enumerable.Repeat(new Positional("q", "a"), 3), await ReadAllAsync<Positional>());
    }

    [Theory]
    [InlineData("\n", 1)]
    [InlineData("\r\n", 1)]
    [InlineData(Line + "\n\n" + Line, 2)]
    [InlineData(Line + "\n \t\r\n" + Line, 2)]
    [InlineData(Line + "\n\n", 2)]
    [InlineData(Line + "\n ", 2)]
    public async Task A_blank_line_is_an_error(string text, int line)
    {
        Write(text);

        var error = await FailAsync<Positional>();

        Assert.Equal((line, "the line is blank; a training file has a record on every line"), (error.RecordNumber, error.Reason));
    }

    [Fact]
    public async Task Errors_name_file_line_column_and_reason()
    {
        Write(Line + "\n" + """{"messages":[{"role":"user","content":"😀é"} {"role":"assistant","content":"a"}]}""");

        var error = await FailAsync<Positional>();

        Assert.Equal($"{_folder.File()}(2,46): this is not JSON: a comma or the closing bracket is missing", error.Message);
        Assert.Equal((2, 46, null), (error.RecordNumber, error.Column, error.MemberName));
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"assistant","content":"a"}]}""", 14, "Question", "message 1 is 'assistant', where 'user' is expected")]
    [InlineData("""{"messages":[{"role":"user","content":"q"}]}""", 45, "Answer", "the line has no message for it ('assistant')")]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"user","content":"q"}]}""", 44, "Answer", "message 2 is 'user', where 'assistant' is expected")]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a","weight":1}]}""", 44, "Answer", "message 2 is 'assistant, weight 1', where 'assistant' is expected")]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":" "}]}""", 75, "Answer", "the text is empty or white space only")]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"user","content":"q"}]}""", 79, null, "message 3 (user) has no member left in 'Positional' that it could go to")]
    [InlineData("""{"messages":[{"role":"bot","content":"q"}]}""", 22, null, "message 1 has the role 'bot'; a record holds the roles 'system', 'user' and 'assistant'")]
    [InlineData("""{"prompt":"q","completion":"a"}""", 2, null, "'prompt' has no place in the record and would be lost")]
    [InlineData("not JSON", 1, null, "this is not JSON: a word other than true, false and null")]
    public async Task A_line_of_another_shape_is_an_error(string line, int column, string? member, string reason)
    {
        Write(Line + "\n" + line + "\n");

        var error = await FailAsync<Positional>();

        Assert.Equal((2, column, member, reason), (error.RecordNumber, error.Column, error.MemberName, error.Reason));
    }

    [Fact]
    public async Task A_static_text_is_verified()
    {
        Write("""{"messages":[{"role":"system","content":"You classify bugs."},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""");

        var error = await FailAsync<Ticket>();

        Assert.Equal(
            ("Persona", 42, "the text in the file differs from the static property, from character 14 on; the file was written with another text"),
            (error.MemberName, error.Column, error.Reason));
    }

    [Fact]
    public async Task A_record_that_refuses_its_values_is_named_with_the_line()
    {
        Write(Line + "\n" + Line.Replace("\"q\"", "\"" + new string('q', 100) + "\"", StringComparison.Ordinal));

        var error = await FailAsync<Refuses>();

        Assert.Equal(2, error.RecordNumber);
        Assert.StartsWith("'Refuses' does not accept these values: too long", error.Reason, StringComparison.Ordinal);
        Assert.IsType<ArgumentException>(error.InnerException);
    }

    [Fact]
    public async Task Records_before_the_error_are_given()
    {
        Write(Line + "\n" + Line + "\nbad");
        var count = 0;

        await Assert.ThrowsAsync<TrainingRecordException>(async () =>
        {
            await foreach (var record in TrainingFile.ReadAsync<Positional>(_folder.File()))
            {
                count++;
            }
        });

        Assert.Equal(2, count);
    }

    [Fact]
    public async Task Utf16_is_named()
    {
        await File.WriteAllTextAsync(_folder.File(), Line, Encoding.Unicode);

        Assert.Equal("the file is UTF-16; save it as UTF-8", (await FailAsync<Positional>()).Reason);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_named_with_their_place()
    {
        await File.WriteAllBytesAsync(_folder.File(), Encoding.Latin1.GetBytes("""{"messages":[{"role":"user","content":"é"}]}"""));

        var error = await FailAsync<Positional>();

        Assert.Equal((40, "this is not JSON: bytes that are not UTF-8"), (error.Column, error.Reason));
    }

    [Theory]
    [InlineData(79, true)]
    [InlineData(80, true)]
    [InlineData(78, false)]
    public async Task A_line_has_a_greatest_length(int bytes, bool accepted)
    {
        Assert.Equal(79, Line.Length);
        Write(Line + "\r\n" + Line + "\n");
        var options = new TrainingReadOptions { MaxLineBytes = bytes };

        if (accepted)
        {
            Assert.Equal(2, (await ReadAllAsync<Positional>(options)).Count);
        }
        else
        {
            var error = await FailAsync<Positional>(options);
            Assert.Equal("the line is longer than 78 bytes; raise TrainingReadOptions.MaxLineBytes if it is a record", error.Reason);
        }
    }

    [Fact]
    public async Task A_file_without_lines_takes_bounded_memory()
    {
        await using (var stream = File.Create(_folder.File()))
        {
            var block = new byte[1 << 20];
            Array.Fill(block, (byte)'x');
            for (var i = 0; i < 64; i++)
            {
                await stream.WriteAsync(block);
            }
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var error = await FailAsync<Positional>(new TrainingReadOptions { MaxLineBytes = 1 << 20 });

        Assert.Contains("longer than 1048576 bytes", error.Reason, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 << 20);
    }

    [Fact]
    public async Task Long_lines_are_read_across_the_buffer()
    {
        var records = Enumerable.Range(1, 60).Select(static i => new Positional("q", new string('汉', i * 2_500))).ToList();
        await TrainingFile.WriteAsync(_folder.File(), records);

        Assert.Equal(records, await ReadAllAsync<Positional>());
    }

    [Fact]
    public async Task A_missing_file_and_a_folder_are_named()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAllAsync<Positional>());
        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var record in TrainingFile.ReadAsync<Positional>(_folder.Path))
            {
                Assert.Fail(record.ToString());
            }
        });

        Assert.Contains("is a folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_can_be_cancelled_by_either_token()
    {
        Write(string.Concat(Enumerable.Repeat(Line + "\n", 10_000)));
        using var one = new CancellationTokenSource();
        using var other = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var record in TrainingFile.ReadAsync<Positional>(_folder.File(), cancellationToken: one.Token))
            {
                await one.CancelAsync();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var record in TrainingFile.ReadAsync<Positional>(_folder.File()).WithCancellation(other.Token))
            {
                await other.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task A_type_that_implements_the_interface_by_hand_is_refused()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TrainingFile.WriteAsync(_folder.File(), [new ByHand()]));

        Assert.Equal("'AiGuardrails.Runtime.Tests.Training.ReadErrorTests+ByHand' implements ITrainingRecord by hand; mark it [TrainingRecord] and let the implementation be generated", error.Message);
        Assert.Empty(_folder.Names());
    }

    private void Write(string text) => File.WriteAllText(_folder.File(), text);

    private Task<TrainingRecordException> FailAsync<T>(TrainingReadOptions? options = null)
        where T : ITrainingRecord<T> =>
        Assert.ThrowsAsync<TrainingRecordException>(() => ReadAllAsync<T>(options));

    private async Task<List<T>> ReadAllAsync<T>(TrainingReadOptions? options = null)
        where T : ITrainingRecord<T>
    {
        var records = new List<T>();
        await foreach (var record in TrainingFile.ReadAsync<T>(_folder.File(), options))
        {
            records.Add(record);
        }

        return records;
    }

    private sealed class ByHand : ITrainingRecord<ByHand>;
}
