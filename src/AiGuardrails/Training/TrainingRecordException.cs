using System.Globalization;

namespace AiGuardrails;

/// <summary>
/// A record that cannot be written, or a line that cannot be read: which one, which member of it, and why. Nothing of
/// a file that was being written is kept then, and an older file of that name is as it was.
/// </summary>
#pragma warning disable CA1032, RCS1194 // Without its place and reason this exception would say nothing.
public sealed class TrainingRecordException : Exception
#pragma warning restore CA1032, RCS1194
{
    private TrainingRecordException(string message, string path, long recordNumber, int column, string? memberName, string reason, Exception? innerException)
        : base(message, innerException)
    {
        Path = path;
        RecordNumber = recordNumber;
        Column = column;
        MemberName = memberName;
        Reason = reason;
    }

    /// <summary>Gets the file, as the caller named it.</summary>
    public string Path { get; }

    /// <summary>Gets the number of the record, from 1. As a file has a record on every line, it is the line's number too.</summary>
    public long RecordNumber { get; }

    /// <summary>Gets the column in the line, from 1, in UTF-16 code units as editors count; 0 when the record was being written.</summary>
    public int Column { get; }

    /// <summary>Gets the name of the member that is at fault; null where it is the record as a whole.</summary>
    public string? MemberName { get; }

    /// <summary>Gets what is wrong, without place and member.</summary>
    public string Reason { get; }

    internal static TrainingRecordException Writing(string path, long recordNumber, string? memberName, string reason) =>
        new(
            $"Record {recordNumber.ToString(CultureInfo.InvariantCulture)} cannot be written to '{path}': {Subject(memberName)}{reason}",
            path,
            recordNumber,
            column: 0,
            memberName,
            reason,
            innerException: null);

    internal static TrainingRecordException Reading(string path, long line, int column, string? memberName, string reason, Exception? innerException = null) =>
        new(
            $"{path}({line.ToString(CultureInfo.InvariantCulture)},{column.ToString(CultureInfo.InvariantCulture)}): {Subject(memberName)}{reason}",
            path,
            line,
            column,
            memberName,
            reason,
            innerException);

    private static string Subject(string? memberName) => memberName is null ? "" : $"'{memberName}': ";
}
