namespace AiGuardrails.Tool.Files;

/// <summary>
/// What is piped in, read so that Ctrl-C ends the wait for more: a read of a pipe ends by itself only when something comes, and what the
/// command has begun would stay behind.
/// </summary>
internal sealed class PipedInput(Stream input) : Stream
{
    // A read that nobody waits for any more may still end: into memory that is nobody else's.
    private readonly byte[] _piece = new byte[128 * 1024];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var most = Math.Min(buffer.Length, _piece.Length);
        var count = await Task.Run(() => input.Read(_piece, 0, most), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        _piece.AsSpan(0, count).CopyTo(buffer.Span);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => input.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input.Dispose();
        }

        base.Dispose(disposing);
    }
}
