using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using AiGuardrails.Core.Json;

namespace AiGuardrails;

/// <summary>
/// What a training file is said to be by the run that wrote it: a file <c>train.manifest.json</c> beside <c>train.jsonl</c>, written
/// last. It names the files of the set with their SHA-256, so that a file that was changed, cut or mixed with others is told from the one
/// that was written. It holds no time and no name of a machine: equal data give equal bytes.
/// </summary>
public sealed class TrainingManifest
{
    private const int Version = 1;
    private const int MostBytes = 64 * 1024 * 1024;

    internal TrainingManifest(
        string path, TrainingTarget target, long records, long bytes, IReadOnlyList<ManifestEntry> files, string? schemaHash, string? promptHash,
        IReadOnlyList<TrainingManifestPrompt> prompts, string? baseModel, TokenEstimate? tokens, TrainingFindingCounts? findings)
    {
        Path = path;
        Target = target;
        Records = records;
        Bytes = bytes;
        Files = [.. files.Select(static file => new TrainingManifestFile(file.Name, file.Records, file.Bytes, file.Sha256))];
        SchemaHash = schemaHash;
        PromptHash = promptHash;
        Prompts = prompts;
        BaseModel = baseModel;
        Tokens = tokens;
        Findings = findings;
    }

    /// <summary>Gets the path of the manifest.</summary>
    public string Path { get; }

    /// <summary>Gets the format of the records.</summary>
    public TrainingTarget Target { get; }

    /// <summary>Gets the number of records of all files.</summary>
    public long Records { get; }

    /// <summary>Gets the number of bytes of all files.</summary>
    public long Bytes { get; }

    /// <summary>Gets the files, in the order of their records: one, or the shards.</summary>
    public IReadOnlyList<TrainingManifestFile> Files { get; }

    /// <summary>Gets the SHA-256 of the members of the record type (names, roles, which may be left out), in hexadecimal; null where lines were copied.</summary>
    public string? SchemaHash { get; }

    /// <summary>
    /// Gets the SHA-256 of the instructions that all records share (static system messages), in hexadecimal; null where each record has
    /// its own or none, and where lines were copied.
    /// </summary>
    public string? PromptHash { get; }

    /// <summary>Gets the prompts that the records were rendered from (<see cref="PromptTrainingRecord"/>), by identifier; none for other records.</summary>
    public IReadOnlyList<TrainingManifestPrompt> Prompts { get; }

    /// <summary>Gets the model that the tokens were counted for; null where none was given.</summary>
    public string? BaseModel { get; }

    /// <summary>Gets the tokens of all records, each counted once; null where they were not counted.</summary>
    public TokenEstimate? Tokens { get; }

    /// <summary>Gets how much was found in the data; null where they were not checked.</summary>
    public TrainingFindingCounts? Findings { get; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The manifest, or the training file that it is about.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The manifest. The files that it names are not looked at.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="InvalidDataException">The file is no manifest, or one of a later version of this library.</exception>
    /// <exception cref="IOException">The file is missing, or the file system refuses.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<TrainingManifest> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        TrainingFile.CheckPath(path);
        path = TrainingFile.IsManifest(path) ? path : OutputPlace.ManifestPathOf(path);
        using var stream = TrainingFile.OpenToRead(path);
        if (stream.Length > MostBytes)
        {
            throw Wrong(path, "it is too long for one");
        }

        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, 81920, cancellationToken).ConfigureAwait(false);
        return Parse(path, copy.ToArray());
    }

    /// <summary>Reads a manifest, and compares the files with what it says of them.</summary>
    /// <param name="path">The manifest, or the training file that it is about.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The manifest, all of whose files are what was written.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="InvalidDataException">A file is missing or is not what was written; or the manifest is none.</exception>
    /// <exception cref="IOException">The manifest is missing, or the file system refuses.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<TrainingManifest> VerifyAsync(string path, CancellationToken cancellationToken = default)
    {
        var manifest = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
        var differences = await manifest.FindDifferencesAsync(cancellationToken).ConfigureAwait(false);
        return differences.Count == 0
            ? manifest
            : throw new InvalidDataException($"The files are not those of '{manifest.Path}': {string.Join("; ", differences)}");
    }

    /// <summary>Compares the files with what the manifest says of them.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What differs, a clause for each file; nothing where all is well.</returns>
    /// <exception cref="IOException">The file system refuses.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<IReadOnlyList<string>> FindDifferencesAsync(CancellationToken cancellationToken = default)
    {
        var differences = new List<string>();
        foreach (var file in Files)
        {
            if (await DifferenceAsync(file, cancellationToken).ConfigureAwait(false) is { } difference)
            {
                differences.Add(difference);
            }
        }

        return differences;
    }

    /// <summary>Gets the path of a file of the set.</summary>
    internal string PathOf(TrainingManifestFile file) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path) ?? "", file.Name);

    internal static bool TryRead(string path, [NotNullWhen(true)] out TrainingManifest? manifest)
    {
        manifest = null;
        try
        {
            if (File.Exists(path) && new FileInfo(path).Length <= MostBytes)
            {
                manifest = Parse(path, File.ReadAllBytes(path));
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Then it says nothing.
        }

        return manifest is not null;
    }

    internal void Write(ByteBuffer output)
    {
        var json = new JsonUtf8Writer(output);
        json.WriteRaw("{\n  \"version\": "u8);
        Number(ref json, Version);
        Text(ref json, ",\n  \"target\": "u8, Target.Name);
        json.WriteRaw(",\n  \"records\": "u8);
        Number(ref json, Records);
        json.WriteRaw(",\n  \"bytes\": "u8);
        Number(ref json, Bytes);
        Text(ref json, ",\n  \"schemaHash\": "u8, SchemaHash);
        Text(ref json, ",\n  \"promptHash\": "u8, PromptHash);
        WritePrompts(ref json);
        Text(ref json, ",\n  \"baseModel\": "u8, BaseModel);
        if (Tokens is { } tokens)
        {
            Numbers(ref json, ",\n  \"tokens\": "u8, ["minimum", "low", "expected", "high", "maximum"], [tokens.Minimum, tokens.Low, tokens.Expected, tokens.High, tokens.Maximum]);
        }

        if (Findings is { } findings)
        {
            Numbers(ref json, ",\n  \"findings\": "u8, ["errors", "warnings", "infos"], [findings.Errors, findings.Warnings, findings.Infos]);
        }

        json.WriteRaw(",\n  \"files\": ["u8);
        for (var i = 0; i < Files.Count; i++)
        {
            Text(ref json, i == 0 ? "\n    { \"name\": "u8 : ",\n    { \"name\": "u8, Files[i].Name);
            json.WriteRaw(", \"records\": "u8);
            Number(ref json, Files[i].Records);
            json.WriteRaw(", \"bytes\": "u8);
            Number(ref json, Files[i].Bytes);
            Text(ref json, ", \"sha256\": "u8, Files[i].Sha256);
            json.WriteRaw(" }"u8);
        }

        json.WriteRaw("\n  ]\n}\n"u8);
        json.Flush();
    }

    private void WritePrompts(ref JsonUtf8Writer json)
    {
        for (var i = 0; i < Prompts.Count; i++)
        {
            Text(ref json, i == 0 ? ",\n  \"prompts\": [\n    { \"id\": "u8 : ",\n    { \"id\": "u8, Prompts[i].Id);
            json.WriteRaw(", \"version\": "u8);
            Number(ref json, Prompts[i].Version);
            Text(ref json, ", \"hash\": "u8, Prompts[i].Hash);
            json.WriteRaw(i < Prompts.Count - 1 ? " }"u8 : " }\n  ]"u8);
        }
    }

    private static void Text(ref JsonUtf8Writer json, ReadOnlySpan<byte> before, string? text)
    {
        if (text is null)
        {
            return;
        }

        json.WriteRaw(before);
        json.WriteRaw("\""u8);
        if (json.WriteText(text.AsSpan()) >= 0)
        {
            throw new ArgumentException("The name of a training file, of a prompt, and of a base model, is Unicode text.", nameof(text));
        }

        json.WriteRaw("\""u8);
    }

    private static void Number(ref JsonUtf8Writer json, long number) => json.WriteRaw(Utf8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));

    private static void Numbers(ref JsonUtf8Writer json, ReadOnlySpan<byte> before, string[] names, long[] numbers)
    {
        json.WriteRaw(before);
        for (var i = 0; i < names.Length; i++)
        {
            json.WriteRaw(Utf8.GetBytes((i == 0 ? "{ \"" : ", \"") + names[i] + "\": "));
            Number(ref json, numbers[i]);
        }

        json.WriteRaw(" }"u8);
    }

    private static TrainingManifest Parse(string path, byte[] utf8)
    {
        var reader = new JsonUtf8Reader(utf8);
        var parser = new ManifestParser();
        if (!parser.Read(ref reader))
        {
            throw Wrong(path, parser.Reason ?? "it is not JSON");
        }

        if (parser.Number("version") is var version && version != Version)
        {
            throw Wrong(path, version > Version ? "it was written by a later version of this library" : "it names no version");
        }

        if (!TrainingTarget.TryParse(parser.Text("target"), out var target))
        {
            throw Wrong(path, $"it names the target '{parser.Text("target")}'");
        }

        var elsewhere = parser.Files.FindIndex(static file => file.Name is "" or "." or ".." || file.Name.IndexOfAny(['/', '\\', '\0']) >= 0);
        if (elsewhere >= 0)
        {
            throw Wrong(path, $"'{parser.Files[elsewhere].Name}' is no name of a file beside it");
        }

        if (parser.Files.Count == 0)
        {
            throw Wrong(path, "it names no files");
        }

        if (parser.Files.Sum(static file => (decimal)file.Records) != parser.Number("records") || parser.Files.Sum(static file => (decimal)file.Bytes) != parser.Number("bytes"))
        {
            throw Wrong(path, "its sums are not those of its files");
        }

        TokenEstimate? tokens = null;
        if (parser.Number("tokens.maximum") is { } maximum)
        {
            try
            {
                tokens = new TokenEstimate(
                    parser.Number("tokens.minimum") ?? -1, parser.Number("tokens.low") ?? -1, parser.Number("tokens.expected") ?? -1, parser.Number("tokens.high") ?? -1, maximum);
            }
            catch (ArgumentOutOfRangeException)
            {
                throw Wrong(path, "its numbers of tokens are not in order");
            }
        }

        return new TrainingManifest(
            path, target, parser.Number("records") ?? 0, parser.Number("bytes") ?? 0, parser.Files, parser.Text("schemaHash"), parser.Text("promptHash"), parser.Prompts, parser.Text("baseModel"), tokens,
            parser.Number("findings.errors") is { } errors
                ? new TrainingFindingCounts((int)Math.Min(errors, int.MaxValue), (int)Math.Min(parser.Number("findings.warnings") ?? 0, int.MaxValue), (int)Math.Min(parser.Number("findings.infos") ?? 0, int.MaxValue))
                : null);
    }

    private static InvalidDataException Wrong(string path, string reason) => new($"'{path}' is no manifest of training files: {reason}");

    private async Task<string?> DifferenceAsync(TrainingManifestFile file, CancellationToken cancellationToken)
    {
        var path = PathOf(file);
        if (!File.Exists(path))
        {
            return $"'{file.Name}' is missing";
        }

        using var stream = TrainingFile.OpenToRead(path);
        if (stream.Length != file.Bytes)
        {
            return FormattableString.Invariant($"'{file.Name}' has {stream.Length:N0} bytes, where {file.Bytes:N0} were written");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[128 * 1024];
#if NET8_0_OR_GREATER
        for (int read; (read = await stream.ReadAsync(block.AsMemory(), cancellationToken).ConfigureAwait(false)) > 0;)
#else
        for (int read; (read = await stream.ReadAsync(block, 0, block.Length, cancellationToken).ConfigureAwait(false)) > 0;)
#endif
        {
            hash.AppendData(block, 0, read);
        }

        return string.Equals(Hex.Of(hash.GetHashAndReset()), file.Sha256, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"'{file.Name}' holds other bytes than were written";
    }
}

/// <summary>A file that a manifest names.</summary>
public sealed class TrainingManifestFile
{
    internal TrainingManifestFile(string name, long records, long bytes, string sha256)
    {
        Name = name;
        Records = records;
        Bytes = bytes;
        Sha256 = sha256;
    }

    /// <summary>Gets the name of the file, which lies in the folder of the manifest.</summary>
    public string Name { get; }

    /// <summary>Gets the number of its records, which is the number of its lines.</summary>
    public long Records { get; }

    /// <summary>Gets its length, in bytes.</summary>
    public long Bytes { get; }

    /// <summary>Gets the SHA-256 of its bytes: 64 hexadecimal digits in lower case.</summary>
    public string Sha256 { get; }
}

/// <summary>The prompt that records were rendered from, as it was when they were written.</summary>
public sealed class TrainingManifestPrompt : IEquatable<TrainingManifestPrompt>
{
    internal TrainingManifestPrompt(string id, int version, string hash)
    {
        Id = id;
        Version = version;
        Hash = hash;
    }

    /// <summary>Gets what the prompt is called.</summary>
    public string Id { get; }

    /// <summary>Gets the version of its text.</summary>
    public int Version { get; }

    /// <summary>Gets the hash of its text, its inputs and its answer, as the generated <c>PromptHash</c> has it.</summary>
    public string Hash { get; }

    /// <inheritdoc/>
    public bool Equals(TrainingManifestPrompt? other) =>
        other is not null && Version == other.Version && string.Equals(Id, other.Id, StringComparison.Ordinal) && string.Equals(Hash, other.Hash, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TrainingManifestPrompt);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Hash);

    /// <summary>Gets the prompt, for a log.</summary>
    /// <returns>For example <c>warranty/triage, version 3 (7dcd2180aaebbb1b)</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Id}, version {Version} ({Hash})");
}

/// <summary>How much was found in training data.</summary>
public sealed class TrainingFindingCounts
{
    internal TrainingFindingCounts(int errors, int warnings, int infos)
    {
        Errors = errors;
        Warnings = warnings;
        Infos = infos;
    }

    /// <summary>Gets the number of errors.</summary>
    public int Errors { get; }

    /// <summary>Gets the number of warnings.</summary>
    public int Warnings { get; }

    /// <summary>Gets the number of pieces of information.</summary>
    public int Infos { get; }
}

/// <summary>A file of a set, as a writer or a parser has it at hand.</summary>
internal readonly record struct ManifestEntry(string Name, long Records, long Bytes, string Sha256);
