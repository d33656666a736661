namespace AiGuardrails.Tool.Files;

/// <summary>Writes files that are there in full or not at all: Ctrl-C, a full disk and a crash leave the old one as it was.</summary>
internal static class OutputFile
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Writes a file, whose folder is made where it is missing; <c>-</c> is the standard output.</summary>
    public static async Task WriteAsync(string path, ToolContext context, Func<Stream, Task> writeAsync, CancellationToken cancellationToken)
    {
        if (path == DataFiles.StandardStream)
        {
            var output = context.OpenOutput();
            await using (output.ConfigureAwait(false))
            {
                var buffered = new BufferedStream(output, BufferBytes);
                await using (buffered.ConfigureAwait(false))
                {
                    await writeAsync(buffered).ConfigureAwait(false);
                }
            }

            return;
        }

        using var file = Begin(path, context);
        var stream = new BufferedStream(new KeptOpen(file.File.Stream), BufferBytes);
        await using (stream.ConfigureAwait(false))
        {
            await writeAsync(stream).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        file.Commit();
    }

    /// <summary>Begins a file; it appears when <see cref="Pending.Commit"/> is called.</summary>
    public static Pending Begin(string path, ToolContext context)
    {
        var full = Path.GetFullPath(path, context.CurrentDirectory);
        if (Directory.Exists(full) || Path.GetFileName(full).Length == 0)
        {
            throw new ToolException($"'{path}' is a folder; give the name of a file in it.");
        }

        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            var place = OutputPlace.Of(full, followsLink: true);
            AtomicFile.DeleteStale(place);
            return new Pending(AtomicFile.Create(place, place.FullPath), place.FullPath);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new ToolException($"'{path}' cannot be written ({Reason(e)}); give a path in a folder that you may write to.");
        }
    }

    private static string Reason(Exception e) => (e.InnerException ?? e).Message.ReplaceLineEndings(" ").TrimEnd('.');

    /// <summary>A file on its way.</summary>
    internal sealed class Pending(AtomicFile file, string target) : IDisposable
    {
        public AtomicFile File { get; } = file;

        public void Commit()
        {
            File.FlushToDisk();
            File.Commit(target);
        }

        public void Dispose() => File.Dispose();
    }

    /// <summary>The buffer closes what it writes to, and the file is still to be flushed to the disk then.</summary>
    private sealed class KeptOpen(Stream stream) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => stream.Length;

        public override long Position
        {
            get => stream.Position;
            set => throw new NotSupportedException();
        }

        public override void Flush() => stream.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => stream.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => stream.Write(buffer);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => stream.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => stream.WriteAsync(buffer, offset, count, cancellationToken);
    }
}
