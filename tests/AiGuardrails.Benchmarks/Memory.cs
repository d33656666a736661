using System.Diagnostics;
using System.Globalization;

namespace AiGuardrails.Benchmarks;

/// <summary>Checks a file of gigabytes, which is made as it is read and is nowhere at any time.</summary>
internal static class Memory
{
    public static async Task RunAsync(double gigabytes)
    {
        await using var stream = new GeneratedStream((long)(gigabytes * (1L << 30)));
        var before = Settled();
        var clock = Stopwatch.StartNew();
        var most = 0L;
        var report = await TrainingFile.ValidateAsync(
            stream, TrainingTarget.OpenAIChat, new TrainingCheckOptions { CountTokens = false }, new Watch(() => most = Math.Max(most, Settled())));
        clock.Stop();

        Console.WriteLine(report);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Bytes:N0} bytes in {clock.Elapsed.TotalSeconds:F1} s: {report.Bytes / clock.Elapsed.TotalSeconds / 1e6:F0} MB/s, making the records included"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"live managed memory at the most: {(most - before) / 1e6:F1} MB more than before, {(double)(most - before) / report.Records:F1} bytes a record"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"working set at the most: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB"));
    }

    private static long Settled() => GC.GetTotalMemory(forceFullCollection: true);

    private sealed class Watch(Action look) : IProgress<TrainingProgress>
    {
        private int _count;

        public void Report(TrainingProgress value)
        {
            // What lives, without what is about to go; a collection takes its time.
            if (++_count % 512 == 0)
            {
                look();
            }
        }
    }

    private sealed class GeneratedStream(long bytes) : Stream
    {
        private readonly byte[] _template = Data.File(chinese: false, 1);
        private byte[] _line = [];
        private int _position;
        private long _left = bytes;
        private long _number;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override int Read(Span<byte> buffer)
        {
            var written = 0;
            while (written < buffer.Length)
            {
                if (_position == _line.Length && !NextLine())
                {
                    break;
                }

                var length = Math.Min(buffer.Length - written, _line.Length - _position);
                _line.AsSpan(_position, length).CopyTo(buffer[written..]);
                written += length;
                _position += length;
            }

            return written;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        // The number of the record stands in question and answer, so that all are different.
        private bool NextLine()
        {
            if (_left <= 0)
            {
                return false;
            }

            if (_line.Length == 0)
            {
                var text = System.Text.Encoding.UTF8.GetString(_template);
                _line = System.Text.Encoding.UTF8.GetBytes(text.Replace("\"0. ", "\"0000000000. ", StringComparison.Ordinal).Replace("0\"}]", "0000000000\"}]", StringComparison.Ordinal));
            }

            var number = _line.AsSpan(_line.AsSpan().IndexOf("\"user\",\"content\":\""u8) + 18, 10);
            (++_number).TryFormat(number, out _, "D10", CultureInfo.InvariantCulture);
            number.CopyTo(_line.AsSpan(_line.Length - 15, 10));
            _position = 0;
            _left -= _line.Length;
            return true;
        }
    }
}
