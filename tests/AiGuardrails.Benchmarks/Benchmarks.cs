using System.Buffers;
using System.Text;
using System.Text.Json;
using AiGuardrails.Core.Training.Linting;
using BenchmarkDotNet.Attributes;

namespace AiGuardrails.Benchmarks;

/// <summary>Records to UTF-8 lines in memory, against what the generator of System.Text.Json emits for the same line.</summary>
public class Writing : IDisposable
{
    private const int Count = 500;

    private readonly ByteBuffer _block = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(2 << 20);
    private readonly RecordSink<SupportExample> _sink = new("benchmark", CompilerServices.TrainingRecordSchema<SupportExample>.Instance.LayoutOf(TrainingTarget.OpenAIChat));
    private SupportExample[] _records = [];
    private ChatLine[] _lines = [];
    private Utf8JsonWriter? _writer;
    private byte[] _copy = [];

    [Params(false, true)]
    public bool Chinese { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _records = Data.Records(Chinese, Count);
        _lines = [.. _records.Select(Data.ToLine)];
        _writer = new Utf8JsonWriter(_buffer, Data.Relaxed);

        // The comparison is of equal bytes.
        _ = SystemTextJson();
        _ = AiGuardrails();
        if (!_buffer.WrittenSpan.SequenceEqual(_block.Written))
        {
            throw new InvalidOperationException("the two write different lines");
        }

        _copy = new byte[_block.Count];
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _block.Dispose();
        _writer?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public int SystemTextJson()
    {
        // The emitted method itself, on a writer that is kept: the fastest way there is.
        _buffer.ResetWrittenCount();
        foreach (var line in _lines)
        {
            ChatJson.Default.ChatLine.SerializeHandler!(_writer!, line);
            _writer!.Flush();
            _writer.Reset();
            _buffer.GetSpan(1)[0] = (byte)'\n';
            _buffer.Advance(1);
        }

        return _buffer.WrittenCount;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int AiGuardrails()
    {
        _block.Clear();
        foreach (var record in _records)
        {
            _sink.Add(record, _block);
        }

        return _block.Count;
    }

    /// <summary>The limit of any writer that is given strings: they become UTF-8, and nothing is escaped or put around them.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Transcoding()
    {
        _buffer.ResetWrittenCount();
        foreach (var record in _records)
        {
            _buffer.Advance(Encoding.UTF8.GetBytes(record.Question, _buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(record.Question.Length))));
            _buffer.Advance(Encoding.UTF8.GetBytes(record.Answer, _buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(record.Answer.Length))));
        }

        return _buffer.WrittenCount;
    }

    /// <summary>The limit of memory: the finished bytes, copied.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Copying()
    {
        _block.Written.CopyTo(_copy);
        return _copy[0];
    }
}

/// <summary>Lines to records, against deserialisation with the generator of System.Text.Json.</summary>
public class Reading
{
    private const int Count = 500;

    private byte[][] _lines = [];
    private (byte[] Question, byte[] Answer)[] _texts = [];

    [Params(false, true)]
    public bool Chinese { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _lines = Lines.Split(Data.File(Chinese, Count));
        _texts = [.. Data.Records(Chinese, Count).Select(static record => (Encoding.UTF8.GetBytes(record.Question), Encoding.UTF8.GetBytes(record.Answer)))];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public int SystemTextJson()
    {
        var length = 0;
        foreach (var line in _lines)
        {
            var messages = JsonSerializer.Deserialize(line, ChatJson.Default.ChatLine)!.Messages;
            var record = new SupportExample { Question = messages[1].Content, Answer = messages[2].Content };
            length += record.Answer.Length;
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int AiGuardrails()
    {
        var length = 0;
        var source = new RecordSource<SupportExample>("benchmark", CompilerServices.TrainingRecordSchema<SupportExample>.Instance.LayoutOf(TrainingTarget.OpenAIChat));
        for (var i = 0; i < _lines.Length; i++)
        {
            length += source.Read(_lines[i], i + 1).Answer.Length;
        }

        return length;
    }

    /// <summary>The limit of any reader that yields strings: they are made of UTF-8 that is known to be valid, and nothing is looked for.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Transcoding()
    {
        var length = 0;
        foreach (var (question, answer) in _texts)
        {
            var record = new SupportExample { Question = Encoding.UTF8.GetString(question), Answer = Encoding.UTF8.GetString(answer) };
            length += record.Answer.Length;
        }

        return length;
    }
}

/// <summary>All checks of lines and records, against a pass of <see cref="Utf8JsonReader"/> that does nothing with what it reads.</summary>
public class Linting
{
    private const int Count = 2_000;

    private byte[] _file = [];
    private byte[] _copy = [];
    private byte[][] _lines = [];

    [Params(false, true)]
    public bool Chinese { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _file = Data.File(Chinese, Count);
        _copy = new byte[_file.Length];
        _lines = Lines.Split(_file);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public long BareReader()
    {
        var tokens = 0L;
        foreach (var line in _lines)
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
                tokens++;
            }
        }

        return tokens;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int Linter() => TrainingLinter.Check(TrainingTarget.OpenAIChat, _file, new LintOptions(), static _ => { }).Records;

    [Benchmark(OperationsPerInvoke = Count)]
    public long TokenCount()
    {
        var tokens = new TrainingTokens("gpt-4o-mini");
        foreach (var line in _lines)
        {
            tokens.AddLine(line);
        }

        return tokens.Total.Expected;
    }

    /// <summary>A limit of any check: whether the bytes are UTF-8, by the platform, which uses vectors.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Validation() => System.Text.Unicode.Utf8.IsValid(_file) ? 1 : 0;

    /// <summary>The limit of memory: the bytes, copied.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Copying()
    {
        _file.CopyTo(_copy, 0);
        return _copy[0];
    }
}

/// <summary>Whole files, with and without what <see cref="TrainingFile"/> does besides writing.</summary>
public class Files
{
    private const int Count = 20_000;

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("aiguardrails-").FullName, "train.jsonl");
    private SupportExample[] _records = [];

    [GlobalSetup]
    public void Setup() => _records = Data.Records(chinese: false, Count);

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public Task<TrainingWriteResult> Write() => TrainingFile.WriteAsync(_path, _records, new TrainingWriteOptions { Validate = false, Manifest = false });

    [Benchmark(OperationsPerInvoke = Count)]
    public Task<TrainingWriteResult> WriteWithManifest() => TrainingFile.WriteAsync(_path, _records, new TrainingWriteOptions { Validate = false });

    [Benchmark(OperationsPerInvoke = Count)]
    public Task<TrainingWriteResult> WriteWithChecks() => TrainingFile.WriteAsync(_path, _records, new TrainingWriteOptions { Manifest = false, Checks = { CountTokens = false } });

    [Benchmark(OperationsPerInvoke = Count)]
    public Task<TrainingWriteResult> WriteWithEverything() => TrainingFile.WriteAsync(_path, _records);
}

internal static class Lines
{
    public static byte[][] Split(byte[] file)
    {
        var lines = new List<byte[]>();
        for (var start = 0; start < file.Length;)
        {
            var end = Array.IndexOf(file, (byte)'\n', start);
            lines.Add(file[start..end]);
            start = end + 1;
        }

        return [.. lines];
    }
}
