using System.Globalization;
using System.Security.Cryptography;

namespace AiGuardrails;

/// <summary>
/// The lines of one training file on their way to the disk: in blocks, to one file or to shards, checked and hashed as they
/// pass. <see cref="PrepareAsync"/> does everything that can fail; <see cref="Commit"/> renames.
/// </summary>
internal sealed class TrainingOutput : IDisposable
{
    private const int BlockBytes = 64 * 1024;
    private const int MostShards = 99_999;

    private readonly OutputPlace _place;
    private readonly OutputPlace? _manifestPlace;
    private readonly string _manifestPath;
    private readonly TrainingWriteOptions _options;
    private readonly TrainingChecker? _checker;
    private readonly RecordFingerprint _fingerprint;
    private readonly string? _rightsOf;
    private readonly bool _isSharded;
    private readonly IncrementalHash? _hash;
    private readonly List<AtomicFile> _files = [];
    private readonly List<ManifestEntry> _entries = [];
    private AtomicFile? _manifest;
    private TrainingReport? _report;
    private int _lineStart;
    private int _cut = -1;
    private long _fileRecords;
    private long _fileBytes;

    private TrainingOutput(string path, TrainingWriteOptions options, TrainingChecker? checker, RecordFingerprint fingerprint)
    {
        _options = options;
        _checker = checker;
        _fingerprint = fingerprint;
        _isSharded = options.MaxRecordsPerShard is not null || options.MaxBytesPerShard is not null;
        _place = OutputPlace.Of(path, followsLink: !_isSharded);
        _manifestPath = OutputPlace.ManifestPathOf(path);
        var manifestPlace = OutputPlace.Of(_manifestPath, followsLink: true);
        AtomicFile.DeleteStale(_place);
        AtomicFile.DeleteStale(manifestPlace);
        if (options.Manifest)
        {
            _manifestPlace = manifestPlace;
            _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        }

        _rightsOf = _isSharded ? Shards().FirstOrDefault() : _place.FullPath;
        _files.Add(AtomicFile.Create(_place, _rightsOf));
    }

    /// <summary>Gets the lines that are not on the disk yet.</summary>
    public ByteBuffer Block { get; } = new();

    public long Records { get; private set; }

    /// <summary>Gets the number of bytes of all complete lines.</summary>
    public long Bytes { get; private set; }

    /// <summary>Gets whether <see cref="FlushAsync"/> must be called before the next line.</summary>
    public bool IsFull => Block.Count >= BlockBytes || _cut >= 0;

    /// <summary>Begins to write.</summary>
    /// <exception cref="ArgumentException">The options do not go together.</exception>
    public static async Task<TrainingOutput> CreateAsync(
        string path, TrainingWriteOptions options, RecordFingerprint fingerprint, bool isValidation, CancellationToken cancellationToken)
    {
        CheckOptions(options);
        var checks = isValidation ? options.Checks.ForValidation() : options.Checks;
        var checker = options.Validate ? await TrainingChecker.CreateAsync(path, options.Target, checks, cancellationToken).ConfigureAwait(false) : null;
        try
        {
            return new TrainingOutput(path, options, checker, fingerprint);
        }
        catch
        {
            checker?.Dispose();
            throw;
        }
    }

    public static void CheckOptions(TrainingWriteOptions options)
    {
        TrainingChecker.CheckOptions(options.Checks);
        if (options.MaxRecordsPerShard < 1 || options.MaxBytesPerShard < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), Math.Min(options.MaxRecordsPerShard ?? 1, options.MaxBytesPerShard ?? 1), "MaxRecordsPerShard and MaxBytesPerShard are at least 1.");
        }

        if (!options.Manifest && (options.MaxRecordsPerShard is not null || options.MaxBytesPerShard is not null))
        {
            throw new ArgumentException("Shards need a manifest: it says which of them belong together. Leave TrainingWriteOptions.Manifest on.", nameof(options));
        }

        if (!options.Validate && (options.RefuseDuplicates || options.RefuseConflicts))
        {
            throw new ArgumentException("Duplicates and conflicts are found by the checks. Leave TrainingWriteOptions.Validate on to refuse them.", nameof(options));
        }
    }

    /// <summary>A line, its line feed included, was added to <see cref="Block"/>.</summary>
    /// <exception cref="TrainingRecordException">It is longer than a shard may be.</exception>
    public void EndLine()
    {
        var length = Block.Count - _lineStart;
        if (_isSharded)
        {
            if (length > _options.MaxBytesPerShard)
            {
                throw TrainingRecordException.Writing(
                    _place.Path, Records + 1, memberName: null,
                    FormattableString.Invariant($"its line has {length:N0} bytes, and a shard at most {_options.MaxBytesPerShard:N0}; raise MaxBytesPerShard, or shorten the record"));
            }

            if (_fileRecords > 0 && (_fileRecords >= _options.MaxRecordsPerShard || _fileBytes + length > _options.MaxBytesPerShard))
            {
                _cut = _lineStart;
            }
        }

        if (_cut < 0)
        {
            _fileRecords++;
            _fileBytes += length;
        }

        Records++;
        Bytes += length;
        _lineStart = Block.Count;
    }

    /// <summary>Writes the complete lines to the file system.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var count = _cut >= 0 ? _cut : Block.Count;
        _checker?.Add(Block.Written.Slice(0, count));
        if (_hash is not null)
        {
            Block.CopyTo(_hash, count);
        }

        try
        {
            await Block.CopyToAsync(_files[_files.Count - 1].Stream, count, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw _place.WriteError(exception);
        }

        Block.RemoveStart(count);
        _lineStart = Block.Count;
        if (_cut >= 0)
        {
            _cut = -1;
            EndFile();
            _files.Add(AtomicFile.Create(_place, _rightsOf));
            _fileRecords = 1;
            _fileBytes = Block.Count;
        }
    }

    /// <summary>There are no more lines: judges them, and brings everything to the disk under its temporary names.</summary>
    /// <exception cref="TrainingDataException">The options refuse what was found.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        EndFile();
        _report = _checker?.Complete();
        if (_report is not null)
        {
            Judge(_report);
        }

        try
        {
            if (_manifestPlace is not null)
            {
                _manifest = AtomicFile.Create(_manifestPlace, _manifestPlace.FullPath);
                using var json = new ByteBuffer();
                Manifest().Write(json);
                await json.CopyToAsync(_manifest.Stream, json.Count, cancellationToken).ConfigureAwait(false);
            }

            foreach (var file in _files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                file.FlushToDisk();
            }

            _manifest?.FlushToDisk();
        }
        catch (IOException exception) when (exception.InnerException is not IOException)
        {
            throw _place.WriteError(exception);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Puts the files in place, the manifest last. Between two renames a crash leaves new shards beside old ones, each of them
    /// whole: the manifest tells, and the next run sets it right.
    /// </summary>
    public TrainingWriteResult Commit()
    {
        var superseded = Superseded();
        var done = 0;
        try
        {
            for (; done < _files.Count; done++)
            {
                _files[done].Commit(_isSharded ? _place.In(_entries[done].Name) : _place.FullPath);
            }

            foreach (var path in superseded)
            {
                File.Delete(path);
            }

            _manifest?.Commit(_manifestPlace!.FullPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ReplaceError(exception, done);
        }

        // As the caller named it: through a link, or relative to the current folder.
        var folder = Path.GetDirectoryName(_place.Path) ?? "";
        return new TrainingWriteResult(
            Records,
            Bytes,
            _isSharded ? [.. _entries.Select(entry => Path.Combine(folder, entry.Name))] : [_place.Path],
            _manifest is null ? null : _manifestPath,
            _report);
    }

    public void Dispose()
    {
        Block.Dispose();
        foreach (var file in _files)
        {
            file.Dispose();
        }

        _manifest?.Dispose();
        _hash?.Dispose();
        _checker?.Dispose();
    }

    private void EndFile()
    {
        if (_files.Count > MostShards)
        {
            throw new IOException($"The training file '{_place.Path}' would have more than {MostShards.ToString(CultureInfo.InvariantCulture)} shards; raise MaxRecordsPerShard or MaxBytesPerShard");
        }

        _entries.Add(new ManifestEntry("", _fileRecords, _fileBytes, _hash is null ? "" : Hex.Of(_hash.GetHashAndReset())));
    }

    private void Judge(TrainingReport report)
    {
        var refused = report.Findings.FirstOrDefault(finding =>
            finding.Rule != Core.Training.Linting.LintRules.Size
            && (finding.Level >= _options.RefuseFrom
                || (_options.RefuseDuplicates && finding.Level >= TrainingFindingLevel.Warning && finding.Rule == Core.Training.Linting.LintRules.Duplicate)
                || (_options.RefuseConflicts && finding.Rule == Core.Training.Linting.LintRules.Conflict)));
        if (refused is not null)
        {
            throw new TrainingDataException($"The training file '{_place.Path}' is not written, for what is in it: {report.Counts()}; the first that refuses it: {refused}", report);
        }
    }

    private TrainingManifest Manifest()
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            // The file is named as the caller names it, beside whose name the manifest lies.
            _entries[i] = _entries[i] with { Name = _isSharded ? _place.ShardName(i + 1, _entries.Count) : Path.GetFileName(Path.GetFullPath(_place.Path)) };
        }

        return new TrainingManifest(
            _manifestPath, _options.Target, Records, Bytes, _entries, _fingerprint.SchemaHash, _fingerprint.PromptHash, InOrder(_fingerprint.Prompts),
            _report is null ? null : _options.Checks.BaseModel, _report?.Tokens, _report is null ? null : new TrainingFindingCounts(_report.Errors, _report.Warnings, _report.Infos));
    }

    // Of a set that is split, both sides name all prompts: they are trained on and validated together.
    private static IReadOnlyList<TrainingManifestPrompt> InOrder(HashSet<TrainingManifestPrompt>? prompts) =>
        [.. (prompts ?? []).OrderBy(static prompt => prompt.Id, StringComparer.Ordinal).ThenBy(static prompt => prompt.Version).ThenBy(static prompt => prompt.Hash, StringComparer.Ordinal)];

    // Shards that there were of this file, by name; those that somebody else made and that no manifest of ours names stay.
    private List<string> Superseded()
    {
        if (_manifestPlace is null || !TrainingManifest.TryRead(_manifestPlace.FullPath, out var old))
        {
            return [];
        }

        var names = new HashSet<string>(_entries.Select(static entry => entry.Name), StringComparer.Ordinal);
        return [.. old.Files.Select(static file => file.Name).Where(name => _place.IsShardName(name) && !names.Contains(name)).Select(_place.In).Where(File.Exists)];
    }

    private IEnumerable<string> Shards() => Directory.EnumerateFiles(_place.Folder).Where(path => _place.IsShardName(Path.GetFileName(path)));

    private IOException ReplaceError(Exception exception, int done)
    {
        var reason = exception.Message.TrimEnd('.');
        var state = done switch
        {
            0 => "the old one is as it was",
            _ when done < _files.Count => FormattableString.Invariant($"{done} of {_files.Count} shards are new and the others are not, so write it again"),
            _ => "its data are there and its manifest is not, so write it again",
        };
        return new IOException($"The training file '{_place.Path}' cannot be put in place: {reason}; {state}", exception);
    }
}
