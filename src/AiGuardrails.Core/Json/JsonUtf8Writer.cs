using System.Buffers;

namespace AiGuardrails.Core.Json;

/// <summary>Writes JSON text as UTF-8. It knows strings and nothing of structure: the caller's literals hold the brackets.</summary>
internal ref struct JsonUtf8Writer
{
    // Enough for most texts at one go; longer ones ask again as they are written.
    private const int MostBytesAskedAtOnce = 64 * 1024;

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _free;
    private int _used;

    public JsonUtf8Writer(IBufferWriter<byte> output)
    {
        _output = output;
        _free = default;
        _used = 0;
    }

    /// <summary>Writes bytes as they are.</summary>
    public void WriteRaw(ReadOnlySpan<byte> json)
    {
        Reserve(json.Length);
        json.CopyTo(_free.Slice(_used));
        _used += json.Length;
    }

    /// <summary>Writes the inside of a string, without quotation marks.</summary>
    /// <returns>-1, or the index of a surrogate without its other half; the text before it is then written.</returns>
    public int WriteText(ReadOnlySpan<char> text)
    {
        var done = 0;
        while (true)
        {
            // The usual text needs one byte a character; only where that is not enough, as much as it can ever need.
            var rest = text.Slice(done);
            Reserve(done == 0 ? Math.Min(rest.Length, MostBytesAskedAtOnce) : (int)Math.Min((long)rest.Length * JsonString.MaxBytesPerChar, MostBytesAskedAtOnce));
            var status = JsonString.Encode(rest, _free.Slice(_used), out var read, out var written);
            done += read;
            _used += written;
            switch (status)
            {
                case OperationStatus.Done:
                    return -1;
                case OperationStatus.InvalidData:
                    return done;
            }

            Reserve(_free.Length - _used + JsonString.MaxBytesPerChar);
        }
    }

    /// <summary>Gives what was written to the output.</summary>
    public void Flush()
    {
        _output.Advance(_used);
        _free = default;
        _used = 0;
    }

    private void Reserve(int count)
    {
        if (_free.Length - _used < count)
        {
            _output.Advance(_used);
            _free = _output.GetSpan(count);
            _used = 0;
        }
    }
}
