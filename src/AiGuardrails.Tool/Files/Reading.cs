using AiGuardrails.Tool.Output;

namespace AiGuardrails.Tool.Files;

/// <summary>Takes a piece of a file.</summary>
internal delegate void Piece(ReadOnlySpan<byte> bytes);

/// <summary>Reads a file from beginning to end, once, in memory that does not grow with it.</summary>
internal static class Reading
{
    private const int PieceLength = 128 * 1024;

    /// <summary>Reads a file, or the standard input, with a progress bar.</summary>
    public static async Task ReadAsync(string file, string title, ToolContext context, Piece take, CancellationToken cancellationToken)
    {
        _ = DataFiles.MustExist(file, context);
        _ = await ReadingProgress.ShowAsync(title, DataFiles.LengthOf([file], context), context, async read =>
        {
            var stream = DataFiles.OpenToRead(file, context);
            await using (stream.ConfigureAwait(false))
            {
                await ReadAsync(stream, take, read, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>Reads a stream to its end.</summary>
    public static async Task ReadAsync(Stream stream, Piece take, Action<long> read, CancellationToken cancellationToken)
    {
        var piece = new byte[PieceLength];
        for (int count; (count = await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            take(piece.AsSpan(0, count));
            read(count);
        }
    }

    /// <summary>The name that a reader knows a file by.</summary>
    public static string NameOf(string file, ToolContext context) =>
        file == DataFiles.StandardStream ? "stdin" : new Checking.DisplayPaths(context.CurrentDirectory).Of(DataFiles.PathOf(file, context));
}
