using System.Buffers;
using System.Globalization;
using AiGuardrails.Core.Json;

namespace AiGuardrails;

/// <summary>Reads a stream of UTF-8 line by line, in memory that is bounded by the longest line allowed.</summary>
internal sealed class LineReader(Stream stream, string path, int maxLineBytes) : IDisposable
{
    private const int FirstBufferBytes = 64 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _start;
    private int _end;
    private int _lineLength;
    private bool _ended;

    /// <summary>Gets the number of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Gets the current line, without its line feed and a carriage return before it.</summary>
    public ReadOnlySpan<byte> Line
    {
        get
        {
            var line = _bytes.AsSpan(_start, _lineLength);
            return !line.IsEmpty && line[line.Length - 1] == (byte)'\r' ? line.Slice(0, line.Length - 1) : line;
        }
    }

    /// <summary>Goes to the next line.</summary>
    /// <returns>False after the last one.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (Number == 0)
        {
            await SkipByteOrderMarkAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _start = Math.Min(_start + _lineLength + 1, _end);
        }

        Number++;
        var searched = 0;
        while (true)
        {
            var found = _bytes.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            _lineLength = found < 0 ? _end - _start : searched + found;

            // The carriage return of a line of the greatest length is not counted.
            if (_lineLength > maxLineBytes && Line.Length > maxLineBytes)
            {
                throw TrainingRecordException.Reading(
                    path,
                    Number,
                    column: 1,
                    memberName: null,
                    $"the line is longer than {maxLineBytes.ToString(CultureInfo.InvariantCulture)} bytes; raise TrainingReadOptions.MaxLineBytes if it is a record");
            }

            if (found >= 0)
            {
                return true;
            }

            searched = _lineLength;
            if (_ended)
            {
                return _lineLength > 0;
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private async ValueTask SkipByteOrderMarkAsync(CancellationToken cancellationToken)
    {
        while (!_ended && _end < Utf8.ByteOrderMark.Length)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        var begin = _bytes.AsSpan(0, _end);
        if (begin.StartsWith(Utf8.ByteOrderMark))
        {
            _start = Utf8.ByteOrderMark.Length;
        }
        else if (begin.Length >= 2 && ((begin[0] == 0xFF && begin[1] == 0xFE) || (begin[0] == 0xFE && begin[1] == 0xFF)))
        {
            throw TrainingRecordException.Reading(path, line: 1, column: 1, memberName: null, "the file is UTF-16; save it as UTF-8");
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_end == _bytes.Length)
        {
            var kept = _end - _start;
            var target = kept > _bytes.Length / 2 ? ArrayPool<byte>.Shared.Rent(_bytes.Length * 2) : _bytes;
            Buffer.BlockCopy(_bytes, _start, target, 0, kept);
            if (!ReferenceEquals(target, _bytes))
            {
                ArrayPool<byte>.Shared.Return(_bytes);
                _bytes = target;
            }

            _start = 0;
            _end = kept;
        }

#if NET8_0_OR_GREATER
        var read = await stream.ReadAsync(_bytes.AsMemory(_end), cancellationToken).ConfigureAwait(false);
#else
        var read = await stream.ReadAsync(_bytes, _end, _bytes.Length - _end, cancellationToken).ConfigureAwait(false);
#endif
        _end += read;
        _ended = read == 0;
    }
}
