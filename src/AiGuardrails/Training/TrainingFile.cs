using System.Runtime.CompilerServices;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails;

/// <summary>Writes, reads, checks, splits and converts files of training records: UTF-8 without byte-order mark, one JSON object a line.</summary>
public static class TrainingFile
{
    internal const int MostLineBytes = 1 << 30;

    private const string ManifestSuffix = ".manifest.json";

    /// <summary>Writes records to a file, replacing one that is there.</summary>
    /// <remarks>
    /// <para>
    /// The file appears in full or not at all: it is written beside the old one under the name <c>.name.xxxxxxxxxxxxxxxx.aigtmp</c>,
    /// flushed to the disk and renamed. On an error, on cancellation and after a crash the old file is as it was. What a
    /// crashed run left behind is deleted by the next one that writes the same file. From .NET 8 on, a symbolic link stays
    /// one, and on Unix the new file has the access rights of the old one.
    /// </para>
    /// <para>
    /// With shards, each of them appears in full or not at all, and the manifest is written last: it names the shards that belong
    /// together, so that <see cref="TrainingManifest.VerifyAsync"/> tells a set from the remains of a crash between two renames.
    /// Shards that the last manifest names and this run does not write are deleted.
    /// </para>
    /// </remarks>
    /// <typeparam name="T">The record, marked <see cref="TrainingRecordAttribute"/>.</typeparam>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="records">The records, in the order of their lines. None leaves an empty file.</param>
    /// <param name="options">The target, checks, shards and manifest; null for the defaults.</param>
    /// <param name="progress">Told after every block of lines (about 64 KiB), and at the end.</param>
    /// <param name="cancellationToken">Ends the writing, up to the moment when the file is renamed.</param>
    /// <returns>What was written, and what was found in it.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or the options do not go together.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="records"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="TrainingRecordException">A record cannot be written: a text is null, blank, or not Unicode; or it is longer than a shard.</exception>
    /// <exception cref="TrainingDataException">The options refuse what the checks found, by default an error; after the last record, so that all of it is in the report.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The path names a folder, the disk is full, or the file system refuses.</exception>
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
        return WriteCoreAsync(path, OneByOne(records ?? throw new ArgumentNullException(nameof(records))), options, progress, cancellationToken);
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
        return WriteCoreAsync(path, new Source<T>(null, records ?? throw new ArgumentNullException(nameof(records))), options, progress, cancellationToken);
    }

    /// <summary>Reads a file record by record, in memory that does not grow with the file.</summary>
    /// <remarks>
    /// A byte-order mark, line ends with carriage return and a last line without line end are accepted. A line that is
    /// not exactly what <typeparamref name="T"/> would write, white space and the order of JSON members aside, is an
    /// error: nothing that a file holds is dropped.
    /// </remarks>
    /// <typeparam name="T">The record, marked <see cref="TrainingRecordAttribute"/>.</typeparam>
    /// <param name="path">The file; or the manifest of a set of shards, which are read one after the other. It is opened when the first record is asked for.</param>
    /// <param name="options">The target and the longest line; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records, in the order of their lines.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="TrainingReadOptions.MaxLineBytes"/> is out of range.</exception>
    /// <exception cref="TrainingRecordException">While reading: a line is blank, not JSON, or not a record of this type.</exception>
    /// <exception cref="InvalidDataException">While reading: the manifest is none, or a file of its set has another length than was written.</exception>
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

        return IsManifest(path)
            ? ReadSetAsync<T>(path, plan, options.MaxLineBytes, cancellationToken)
            : ReadCoreAsync<T>(path, plan, options.MaxLineBytes, cancellationToken);
    }

    /// <summary>Checks a file of any target with the rules of the build, in one pass and in memory that does not grow with its bytes.</summary>
    /// <remarks>Some 32 bytes are kept for each record, to find duplicates. Nothing in the file is an exception: it is in the report.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="target">The format that it should have.</param>
    /// <param name="options">The base model and the checks; null for the defaults.</param>
    /// <param name="progress">Told after every block (128 KiB).</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>The findings, and what the data amount to. <see cref="TrainingReport.ThrowIfAny"/> makes an exception of it.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="target"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="IOException">The file is missing, a folder, or locked, or the file system refuses.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task<TrainingReport> ValidateAsync(
        string path,
        TrainingTarget target,
        TrainingCheckOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckPath(path);
        return ValidateCoreAsync(path, stream: null, target ?? throw new ArgumentNullException(nameof(target)), options, progress, cancellationToken);
    }

    /// <summary>Checks training data of any target with the rules of the build, in one pass and in memory that does not grow with their bytes.</summary>
    /// <param name="stream">The data, from where the stream stands to its end. It is not closed.</param>
    /// <param name="target">The format that they should have.</param>
    /// <param name="options">The base model and the checks; null for the defaults.</param>
    /// <param name="progress">Told after every block (128 KiB at the most).</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>The findings, and what the data amount to. <see cref="TrainingReport.ThrowIfAny"/> makes an exception of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> or <paramref name="target"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task<TrainingReport> ValidateAsync(
        Stream stream,
        TrainingTarget target,
        TrainingCheckOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        ValidateCoreAsync(
            stream is FileStream file ? file.Name : "the stream",
            stream ?? throw new ArgumentNullException(nameof(stream)),
            target ?? throw new ArgumentNullException(nameof(target)),
            options,
            progress,
            cancellationToken);

    /// <summary>Writes records to two files: one to train on, and one to validate with.</summary>
    /// <remarks>
    /// See <see cref="TrainingSplit"/> for who goes where. Both files are complete before the first of them replaces an old one, the
    /// training file first; each with its manifest. An empty side is an error of AIG9006 in its report, and no exception.
    /// </remarks>
    /// <typeparam name="T">The record, marked <see cref="TrainingRecordAttribute"/>.</typeparam>
    /// <param name="trainingPath">The file to train on. Its folder must exist.</param>
    /// <param name="validationPath">The file to validate with; another one. Its folder must exist.</param>
    /// <param name="records">The records; on each side they keep their order.</param>
    /// <param name="split">The share and the seed; null for the defaults.</param>
    /// <param name="options">The target, checks, shards and manifest, for both files; null for the defaults.</param>
    /// <param name="progress">Told after every block of lines, with the sums of both files.</param>
    /// <param name="cancellationToken">Ends the writing, up to the moment when the first file is renamed.</param>
    /// <returns>What was written to each, and what was found in it.</returns>
    /// <exception cref="ArgumentException">A path is empty, or both are the same, or the options do not go together.</exception>
    /// <exception cref="ArgumentNullException">A path or <paramref name="records"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="TrainingRecordException">A record cannot be written.</exception>
    /// <exception cref="TrainingDataException">The options refuse what the checks found.</exception>
    /// <exception cref="IOException">A path names a folder, the disk is full, or the file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">A file is read-only, or a folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task<TrainingSplitResult> SplitAsync<T>(
        string trainingPath,
        string validationPath,
        IEnumerable<T> records,
        TrainingSplit? split = null,
        TrainingWriteOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where T : ITrainingRecord<T>
    {
        var source = OneByOne(records ?? throw new ArgumentNullException(nameof(records)));
        return SplitRecordsAsync(CheckPaths(trainingPath, validationPath), source, split, options, progress, cancellationToken);
    }

    /// <summary>Writes records to two files: one to train on, and one to validate with.</summary>
    /// <inheritdoc cref="SplitAsync{T}(string, string, IEnumerable{T}, TrainingSplit?, TrainingWriteOptions?, IProgress{TrainingProgress}?, CancellationToken)"/>
    public static Task<TrainingSplitResult> SplitAsync<T>(
        string trainingPath,
        string validationPath,
        IAsyncEnumerable<T> records,
        TrainingSplit? split = null,
        TrainingWriteOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where T : ITrainingRecord<T>
    {
        var source = new Source<T>(null, records ?? throw new ArgumentNullException(nameof(records)));
        return SplitRecordsAsync(CheckPaths(trainingPath, validationPath), source, split, options, progress, cancellationToken);
    }

    /// <summary>Splits a file of any target in two: one to train on, and one to validate with.</summary>
    /// <remarks>
    /// Lines are copied as they are, but for a byte-order mark and for carriage returns at their ends. A line that is no JSON is not
    /// dropped: it is an error in the report, which refuses the data by default; otherwise it goes where its bytes send it.
    /// The file is split as <see cref="SplitAsync{T}(string, string, IEnumerable{T}, TrainingSplit?, TrainingWriteOptions?, IProgress{TrainingProgress}?, CancellationToken)"/>
    /// splits its records.
    /// </remarks>
    /// <param name="path">The file to split; it may be the one to train on, which is replaced then.</param>
    /// <param name="trainingPath">The file to train on. Its folder must exist.</param>
    /// <param name="validationPath">The file to validate with; another one. Its folder must exist.</param>
    /// <param name="split">The share and the seed; null for the defaults.</param>
    /// <param name="options">The target of all three files, checks, shards and manifest; null for the defaults.</param>
    /// <param name="progress">Told after every block of lines, with the sums of both files.</param>
    /// <param name="cancellationToken">Ends the writing, up to the moment when the first file is renamed.</param>
    /// <returns>What was written to each, and what was found in it.</returns>
    /// <exception cref="ArgumentException">A path is empty, or the files to be written are the same, or the options do not go together.</exception>
    /// <exception cref="ArgumentNullException">A path is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="TrainingRecordException">The file is UTF-16, or a line is longer than <see cref="TrainingCheckOptions.MaxLineBytes"/>.</exception>
    /// <exception cref="TrainingDataException">The options refuse what the checks found.</exception>
    /// <exception cref="IOException">A path names a folder, the disk is full, or the file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">A file is read-only, or a folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task<TrainingSplitResult> SplitAsync(
        string path,
        string trainingPath,
        string validationPath,
        TrainingSplit? split = null,
        TrainingWriteOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckPath(path);
        options ??= new TrainingWriteOptions();
        _ = options.Target ?? throw new ArgumentException("The target of the options is null.", nameof(options));
        return SplitCoreAsync(
            CheckPaths(trainingPath, validationPath),
            default,
            split,
            options,
            progress,
            async two =>
            {
                using var stream = OpenToRead(path);
                using var lines = new LineReader(stream, path, options.Checks.MaxLineBytes);
                while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    two.Add(lines.Line);
                    await two.FlushFullAsync(cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken);
    }

    /// <summary>Reads a file as records and writes them to another, in the format of another target; in memory that does not grow with the file.</summary>
    /// <remarks>
    /// The prompts that the manifest of the file names are those of the new manifest too, as long as the file is the one that was written:
    /// else nobody knows what its records were rendered from.
    /// </remarks>
    /// <typeparam name="T">The record, marked <see cref="TrainingRecordAttribute"/>. It must be one that both targets can express.</typeparam>
    /// <param name="fromPath">The file to read.</param>
    /// <param name="fromTarget">Its format.</param>
    /// <param name="toPath">The file to write, which may be the same. Its folder must exist.</param>
    /// <param name="toTarget">The format to write, which takes the place of the target of the options.</param>
    /// <param name="options">The checks, shards and manifest; null for the defaults.</param>
    /// <param name="progress">Told after every block of lines written.</param>
    /// <param name="cancellationToken">Ends the work, up to the moment when the file is renamed.</param>
    /// <returns>What was written, and what was found in it.</returns>
    /// <exception cref="ArgumentException">A path is empty, a target cannot express records, or the options do not go together.</exception>
    /// <exception cref="ArgumentNullException">A path or a target is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="TrainingRecordException">A line cannot be read as a record of this type, or a record cannot be written.</exception>
    /// <exception cref="TrainingDataException">The options refuse what the checks found in what was written.</exception>
    /// <exception cref="IOException">A file is missing, the disk is full, or the file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only, or the folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task<TrainingWriteResult> ConvertAsync<T>(
        string fromPath,
        TrainingTarget fromTarget,
        string toPath,
        TrainingTarget toTarget,
        TrainingWriteOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where T : ITrainingRecord<T>
    {
        CheckPath(fromPath, nameof(fromPath));
        CheckPath(toPath, nameof(toPath));
        _ = fromTarget ?? throw new ArgumentNullException(nameof(fromTarget));
        _ = toTarget ?? throw new ArgumentNullException(nameof(toTarget));
        return ConvertCoreAsync<T>(fromPath, fromTarget, toPath, options ?? new TrainingWriteOptions(), toTarget, progress, cancellationToken);
    }

    /// <summary>Gets the targets that can express a record.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <returns>The targets.</returns>
    public static IReadOnlyList<TrainingTarget> TargetsOf<T>()
        where T : ITrainingRecord<T> => TrainingRecordSchema<T>.Instance.Targets;

    /// <summary>Gets the JSON schema of the lines that records of a type become, for those who read the file elsewhere.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="target">The format of the file.</param>
    /// <returns>A schema of draft 2020-12, on one line. Of a turn in a conversation it says no more than that it is an object.</returns>
    /// <exception cref="ArgumentException">The target cannot express the record.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    public static string JsonSchemaOf<T>(TrainingTarget target)
        where T : ITrainingRecord<T> => TrainingRecordSchema<T>.Instance.JsonSchemaOf(target ?? throw new ArgumentNullException(nameof(target)));

    internal static void CheckPath(string path, string parameter = "path")
    {
        if (path is null)
        {
            throw new ArgumentNullException(parameter);
        }

        if (path.Length == 0)
        {
            throw new ArgumentException("The path of a training file is not empty.", parameter);
        }
    }

    internal static bool IsManifest(string path) => path.EndsWith(ManifestSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a file for one pass. Others may read it meanwhile, and replace it.</summary>
    internal static FileStream OpenToRead(string path) =>
        Directory.Exists(path)
            ? throw new IOException($"'{path}' is a folder; give the name of a file in it")
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static Source<T> OneByOne<T>(IEnumerable<T> records) => new(records, null);

    private static async Task<TrainingWriteResult> ConvertCoreAsync<T>(
        string fromPath,
        TrainingTarget fromTarget,
        string toPath,
        TrainingWriteOptions options,
        TrainingTarget toTarget,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
        where T : ITrainingRecord<T>
    {
        // A record that is read does not say what it was rendered from. Both files may be one: this comes first.
        var prompts = options.Manifest ? await PromptsOfAsync(fromPath, cancellationToken).ConfigureAwait(false) : [];
        var records = ReadAsync<T>(
            fromPath, new TrainingReadOptions { Target = fromTarget, MaxLineBytes = options.Checks.MaxLineBytes }, cancellationToken);
        return await WriteCoreAsync(toPath, new Source<T>(null, records), options.For(toTarget), progress, cancellationToken, prompts).ConfigureAwait(false);
    }

    /// <summary>The prompts that the manifest of a file names; none where there is no manifest, or where it is of other data.</summary>
    private static async Task<IReadOnlyList<TrainingManifestPrompt>> PromptsOfAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await TrainingManifest.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            return manifest.Prompts.Count > 0 && (await manifest.FindDifferencesAsync(cancellationToken).ConfigureAwait(false)).Count == 0 ? manifest.Prompts : [];
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // What is wrong with the data is told when they are read.
            return [];
        }
    }

    private static async Task<TrainingWriteResult> WriteCoreAsync<T>(
        string path,
        Source<T> records,
        TrainingWriteOptions? options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken,
        IReadOnlyList<TrainingManifestPrompt>? prompts = null)
        where T : ITrainingRecord<T>
    {
        options ??= new TrainingWriteOptions();
        var fingerprint = RecordFingerprint.Of<T>();
        fingerprint.Prompts?.UnionWith(prompts ?? []);
        var sink = new RecordSink<T>(path, TrainingRecordSchema<T>.Instance.LayoutOf(options.Target), fingerprint.Prompts);
        cancellationToken.ThrowIfCancellationRequested();
        using var output = await TrainingOutput.CreateAsync(path, options, fingerprint, isValidation: false, cancellationToken).ConfigureAwait(false);
        await records.ForEachAsync(
            record =>
            {
                sink.Add(record, output.Block);
                output.EndLine();
                return output.IsFull;
            },
            async () =>
            {
                await output.FlushAsync(cancellationToken).ConfigureAwait(false);
                progress?.Report(new TrainingProgress(output.Records, output.Bytes));
            },
            cancellationToken).ConfigureAwait(false);
        await output.PrepareAsync(cancellationToken).ConfigureAwait(false);
        progress?.Report(new TrainingProgress(output.Records, output.Bytes));
        return output.Commit();
    }

    private static async IAsyncEnumerable<T> ReadCoreAsync<T>(string path, RecordPlan plan, int maxLineBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ITrainingRecord<T>
    {
        using var stream = OpenToRead(path);
        using var lines = new LineReader(stream, path, maxLineBytes);
        var source = new RecordSource<T>(path, plan);
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return source.Read(lines.Line, lines.Number);
        }
    }

    private static async IAsyncEnumerable<T> ReadSetAsync<T>(string path, RecordPlan plan, int maxLineBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ITrainingRecord<T>
    {
        var manifest = await TrainingManifest.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        foreach (var file in manifest.Files)
        {
            var filePath = manifest.PathOf(file);
            if (new FileInfo(filePath) is { Exists: true } info && info.Length != file.Bytes)
            {
                throw new InvalidDataException(FormattableString.Invariant($"'{filePath}' has {info.Length:N0} bytes, where '{path}' says that {file.Bytes:N0} were written"));
            }

            await foreach (var record in ReadCoreAsync<T>(filePath, plan, maxLineBytes, cancellationToken).ConfigureAwait(false))
            {
                yield return record;
            }
        }
    }

    private static async Task<TrainingReport> ValidateCoreAsync(
        string path,
        Stream? stream,
        TrainingTarget target,
        TrainingCheckOptions? options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var checker = await TrainingChecker.CreateAsync(path, target, options ?? new TrainingCheckOptions(), cancellationToken).ConfigureAwait(false);
        using var file = stream is null ? OpenToRead(path) : null;
        await checker.ReadAsync(stream ?? file!, progress, cancellationToken).ConfigureAwait(false);
        return checker.Complete();
    }

    private static Task<TrainingSplitResult> SplitRecordsAsync<T>(
        (string Training, string Validation) paths,
        Source<T> records,
        TrainingSplit? split,
        TrainingWriteOptions? options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
        where T : ITrainingRecord<T>
    {
        options ??= new TrainingWriteOptions();
        var fingerprint = RecordFingerprint.Of<T>();
        var sink = new RecordSink<T>(paths.Training, TrainingRecordSchema<T>.Instance.LayoutOf(options.Target), fingerprint.Prompts);
        return SplitCoreAsync(
            paths,
            fingerprint,
            split,
            options,
            progress,
            async two =>
            {
                using var line = new ByteBuffer();
                await records.ForEachAsync(
                    record =>
                    {
                        line.Clear();
                        sink.Add(record, line);
                        two.Add(line.Written.Slice(0, line.Count - 1));
                        return two.IsFull;
                    },
                    () => two.FlushFullAsync(cancellationToken),
                    cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private static async Task<TrainingSplitResult> SplitCoreAsync(
        (string Training, string Validation) paths,
        RecordFingerprint fingerprint,
        TrainingSplit? split,
        TrainingWriteOptions options,
        IProgress<TrainingProgress>? progress,
        Func<SplitOutput, Task> fillAsync,
        CancellationToken cancellationToken)
    {
        split ??= new TrainingSplit();
        if (!(split.ValidationShare is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(split), split.ValidationShare, "ValidationShare is more than 0 and less than 1.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        using var training = await TrainingOutput.CreateAsync(paths.Training, options, fingerprint, isValidation: false, cancellationToken).ConfigureAwait(false);
        using var validation = await TrainingOutput.CreateAsync(paths.Validation, options, fingerprint, isValidation: true, cancellationToken).ConfigureAwait(false);
        await fillAsync(new SplitOutput(training, validation, options.Target, split, progress)).ConfigureAwait(false);
        await training.PrepareAsync(cancellationToken).ConfigureAwait(false);
        await validation.PrepareAsync(cancellationToken).ConfigureAwait(false);
        progress?.Report(new TrainingProgress(training.Records + validation.Records, training.Bytes + validation.Bytes));
        return new TrainingSplitResult(training.Commit(), validation.Commit());
    }

    private static (string Training, string Validation) CheckPaths(string trainingPath, string validationPath)
    {
        CheckPath(trainingPath, nameof(trainingPath));
        CheckPath(validationPath, nameof(validationPath));

        // Two names for one manifest would be one for two files.
        return string.Equals(OutputPlace.ManifestPathOf(Path.GetFullPath(trainingPath)), OutputPlace.ManifestPathOf(Path.GetFullPath(validationPath)), StringComparison.OrdinalIgnoreCase)
            ? throw new ArgumentException("What is trained on and what is validated with are two files.", nameof(validationPath))
            : (trainingPath, validationPath);
    }

    /// <summary>Records that are at hand, or records that are waited for.</summary>
    private readonly record struct Source<T>(IEnumerable<T>? AtHand, IAsyncEnumerable<T>? Awaited)
    {
        /// <summary>Gives each record to <paramref name="add"/>; where that says that it is full, calls <paramref name="flushAsync"/>.</summary>
        public async Task ForEachAsync(Func<T, bool> add, Func<Task> flushAsync, CancellationToken cancellationToken)
        {
            foreach (var record in AtHand ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (add(record))
                {
                    await flushAsync().ConfigureAwait(false);
                }
            }

            if (Awaited is not null)
            {
                await foreach (var record in Awaited.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (add(record))
                    {
                        await flushAsync().ConfigureAwait(false);
                    }
                }
            }
        }
    }
}
