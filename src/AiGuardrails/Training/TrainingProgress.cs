using System.Runtime.InteropServices;

namespace AiGuardrails;

/// <summary>How far the writing or the check of training data has come.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct TrainingProgress : IEquatable<TrainingProgress>
{
    internal TrainingProgress(long records, long bytes)
    {
        Records = records;
        Bytes = bytes;
    }

    /// <summary>Gets the number of records so far; of lines, where data are checked.</summary>
    public long Records { get; }

    /// <summary>Gets the number of bytes so far, line ends included.</summary>
    public long Bytes { get; }

    /// <summary>Compares two values.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether both numbers are equal.</returns>
    public static bool operator ==(TrainingProgress left, TrainingProgress right) => left.Equals(right);

    /// <summary>Compares two values.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether a number differs.</returns>
    public static bool operator !=(TrainingProgress left, TrainingProgress right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TrainingProgress other) => Records == other.Records && Bytes == other.Bytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TrainingProgress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Records.GetHashCode() ^ Bytes.GetHashCode();
}

/// <summary>What was written to a training file.</summary>
public sealed class TrainingWriteResult
{
    internal TrainingWriteResult(long records, long bytes, IReadOnlyList<string> files, string? manifestPath, TrainingReport? report)
    {
        Records = records;
        Bytes = bytes;
        Files = files;
        ManifestPath = manifestPath;
        Report = report;
    }

    /// <summary>Gets the number of records, which is the number of lines. 0 leaves an empty file.</summary>
    public long Records { get; }

    /// <summary>Gets the length of the file, in bytes; of all files, where there are shards.</summary>
    public long Bytes { get; }

    /// <summary>Gets the path of the file; of all files in the order of their records, where there are shards.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Gets the path of the manifest; null where none was asked for.</summary>
    public string? ManifestPath { get; }

    /// <summary>Gets what was found in the data; null where they were not checked.</summary>
    public TrainingReport? Report { get; }
}

/// <summary>What was written to the two files of a split.</summary>
public sealed class TrainingSplitResult
{
    internal TrainingSplitResult(TrainingWriteResult training, TrainingWriteResult validation)
    {
        Training = training;
        Validation = validation;
    }

    /// <summary>Gets what is to be trained on.</summary>
    public TrainingWriteResult Training { get; }

    /// <summary>Gets what is to be validated with.</summary>
    public TrainingWriteResult Validation { get; }
}
