using System.Runtime.CompilerServices;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails;

/// <summary>Writes and reads files of training records: UTF-8 without byte-order mark, one JSON object a line.</summary>
public static class TrainingFile
{
    private const int MostLineBytes = 1 << 30;

    /// <summary>Writes records to a file, replacing one that is there.</summary>
    /// <remarks>
    /// The file appears in full or not at all: it is written beside the old one under the name <c>.name.xxxxxxxxxxxxxxxx.aigtmp</c>,
    /// flushed to the disk and renamed. On an error, on cancellation and after a crash the old file is as it was. What a
    /// crashed run left behind is deleted by the next one that writes the same file. From .NET 8 on, a symbolic link stays
    /// one, and on Unix the new file has the access rights of the old one.
    /// </remarks>
    /// <typeparam name="T">The record, marked <see cref="TrainingRecordAttribute"/>.</typeparam>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="records">The records, in the order of their lines. None leaves an empty file.</param>
    /// <param name="options">The target; null for the defaults.</param>
    /// <param name="progress">Told after every block of lines (about 64 KiB), and at the end.</param>
    /// <param name="cancellationToken">Ends the writing, up to the moment when the file is renamed.</param>
    /// <returns>The number of records and of bytes.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="records"/> is null.</exception>
    /// <exception cref="TrainingRecordException">A record cannot be written: a text is null, blank, or not Unicode.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The path names a folder, or the file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only, or the folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task<TrainingWriteResult> WriteAsync<T>(
        string path,
        IEnumerable<T> records,
        TrainingWriteOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where T : ITrainingRecord<T>
    {
        CheckPath(path);
        if (records is null)
        {
            throw new ArgumentNullException(nameof(records));
        }

        return WriteCoreAsync<T>(
            path,
            options,
            progress,
            async sink =>
            {
                foreach (var record in records)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    sink.Add(record);
                    if (sink.IsFull)
                    {
                        await sink.FlushAsync(cancellationToken).ConfigureAwait(false);
                    }
                }
            },
            cancellationToken);
    }

    /// <summary>Writes records to a file, replacing one that is there.</summary>
    /// <inheritdoc cref="WriteAsync{T}(string, IEnumerable{T}, TrainingWriteOptions?, IProgress{TrainingProgress}?, CancellationToken)"/>
    public static Task<TrainingWriteResult> WriteAsync<T>(
        string path,
        IAsyncEnumerable<T> records,
        TrainingWriteOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where T : ITrainingRecord<T>
    {
        CheckPath(path);
        if (records is null)
        {
            throw new ArgumentNullException(nameof(records));
        }

        return WriteCoreAsync<T>(
            path,
            options,
            progress,
            async sink =>
            {
                await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    sink.Add(record);
                    if (sink.IsFull)
                    {
                        await sink.FlushAsync(cancellationToken).ConfigureAwait(false);
                    }
                }
            },
            cancellationToken);
    }

    /// <summary>Reads a file record by record, in memory that does not grow with the file.</summary>
    /// <remarks>
    /// A byte-order mark, line ends with carriage return and a last line without line end are accepted. A line that is
    /// not exactly what <typeparamref name="T"/> would write, white space and the order of JSON members aside, is an
    /// error: nothing that a file holds is dropped.
    /// </remarks>
    /// <typeparam name="T">The record, marked <see cref="TrainingRecordAttribute"/>.</typeparam>
    /// <param name="path">The file. It is opened when the first record is asked for.</param>
    /// <param name="options">The target and the longest line; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records, in the order of their lines.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="TrainingReadOptions.MaxLineBytes"/> is out of range.</exception>
    /// <exception cref="TrainingRecordException">While reading: a line is blank, not JSON, or not a record of this type.</exception>
    /// <exception cref="IOException">While reading: the file is missing, or a folder, or the file system refuses.</exception>
    /// <exception cref="OperationCanceledException">While reading: <paramref name="cancellationToken"/> was cancelled.</exception>
    public static IAsyncEnumerable<T> ReadAsync<T>(string path, TrainingReadOptions? options = null, CancellationToken cancellationToken = default)
        where T : ITrainingRecord<T>
    {
        CheckPath(path);
        options ??= new TrainingReadOptions();
        var plan = TrainingRecordSchema<T>.Instance.LayoutOf(options.Target);
        if (options.MaxLineBytes is < 1 or > MostLineBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxLineBytes, "MaxLineBytes is at least 1 and at most 1073741824.");
        }

        return ReadCoreAsync<T>(path, plan, options.MaxLineBytes, cancellationToken);
    }

    private static async Task<TrainingWriteResult> WriteCoreAsync<T>(
        string path,
        TrainingWriteOptions? options,
        IProgress<TrainingProgress>? progress,
        Func<RecordSink<T>, Task> fillAsync,
        CancellationToken cancellationToken)
        where T : ITrainingRecord<T>
    {
        var plan = TrainingRecordSchema<T>.Instance.LayoutOf((options ?? new TrainingWriteOptions()).Target);
        cancellationToken.ThrowIfCancellationRequested();
        using var file = AtomicFile.Create(path);
        using var sink = new RecordSink<T>(path, file.Stream, plan, progress);
        await fillAsync(sink).ConfigureAwait(false);
        await sink.FlushAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        file.Commit();
        return new TrainingWriteResult(sink.Records, sink.Bytes);
    }

    private static async IAsyncEnumerable<T> ReadCoreAsync<T>(string path, RecordPlan plan, int maxLineBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ITrainingRecord<T>
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder; give the name of a file in it");
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        using var lines = new LineReader(stream, path, maxLineBytes);
        var source = new RecordSource<T>(path, plan);
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return source.Read(lines.Line, lines.Number);
        }
    }

    private static void CheckPath(string path)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        if (path.Length == 0)
        {
            throw new ArgumentException("The path of a training file is not empty.", nameof(path));
        }
    }
}
