using System.Buffers;

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

    public Task CopyToAsync(Stream stream, CancellationToken cancellationToken) =>
#if NET8_0_OR_GREATER
        stream.WriteAsync(_bytes.AsMemory(0, Count), cancellationToken).AsTask();
#else
        stream.WriteAsync(_bytes, 0, Count, cancellationToken);
#endif

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
