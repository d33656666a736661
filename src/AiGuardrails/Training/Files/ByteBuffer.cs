using System.Buffers;
using System.Security.Cryptography;

namespace AiGuardrails;

/// <summary>Bytes that grow in rented memory.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Smallest = 256;

    private byte[] _bytes = [];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Advance(int count) => Count += count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Count += bytes.Length;
    }

    /// <summary>Takes bytes away at the start; what follows them moves there.</summary>
    public void RemoveStart(int count)
    {
        _bytes.AsSpan(count, Count - count).CopyTo(_bytes);
        Count -= count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Count);
    }

    /// <summary>Writes the first bytes to a stream.</summary>
    public Task CopyToAsync(Stream stream, int count, CancellationToken cancellationToken) =>
#if NET8_0_OR_GREATER
        stream.WriteAsync(_bytes.AsMemory(0, count), cancellationToken).AsTask();
#else
        stream.WriteAsync(_bytes, 0, count, cancellationToken);
#endif

    /// <summary>Adds the first bytes to a hash.</summary>
    public void CopyTo(IncrementalHash hash, int count) => hash.AppendData(_bytes, 0, count);

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            Count = 0;
        }
    }

    private void Reserve(int sizeHint)
    {
        sizeHint = Math.Max(sizeHint, 1);
        if (_bytes.Length - Count >= sizeHint)
        {
            return;
        }

        // Overflow is an error here: no array holds it.
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Count + sizeHint), Math.Max(Smallest, (int)Math.Min(_bytes.Length * 2L, int.MaxValue / 2))));
        Written.CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
