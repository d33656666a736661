using System.Runtime.InteropServices;

namespace AiGuardrails;

/// <summary>How far the writing of a training file has come.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct TrainingProgress : IEquatable<TrainingProgress>
{
    internal TrainingProgress(long records, long bytes)
    {
        Records = records;
        Bytes = bytes;
    }

    /// <summary>Gets the number of records written so far.</summary>
    public long Records { get; }

    /// <summary>Gets the number of bytes written so far, line ends included.</summary>
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
    internal TrainingWriteResult(long records, long bytes)
    {
        Records = records;
        Bytes = bytes;
    }

    /// <summary>Gets the number of records, which is the number of lines. 0 leaves an empty file.</summary>
    public long Records { get; }

    /// <summary>Gets the length of the file, in bytes.</summary>
    public long Bytes { get; }
}
