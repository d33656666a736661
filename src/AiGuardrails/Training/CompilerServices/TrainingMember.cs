using System.ComponentModel;
using System.Runtime.InteropServices;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails.CompilerServices;

/// <summary>What the run time must know of a property that has a role. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Auto)]
#pragma warning disable CA1815 // Generated code makes values and hands them over; nobody compares them.
public readonly struct TrainingMember
#pragma warning restore CA1815
{
    /// <summary>Initializes a new instance of the <see cref="TrainingMember"/> struct.</summary>
    /// <param name="name">The name of the property, as error messages show it.</param>
    /// <param name="role">What it is to the record.</param>
    /// <param name="weight">0 or 1, or -1 where no weight is written; -1 for roles other than the assistant.</param>
    /// <param name="isOptional">Whether it is left out where the property is null.</param>
    /// <param name="isStatic">Whether every record has the same value.</param>
    /// <param name="value">What its value is in JSON.</param>
    /// <param name="wireName">The name of the field for the grader, or of the tool that is called; null for other roles.</param>
    /// <param name="tools">The declarations of the tools that are called, as JSON objects with a comma between them; null where there are none.</param>
    public TrainingMember(
        string name,
        TrainingRole role,
        int weight = -1,
        bool isOptional = false,
        bool isStatic = false,
        TrainingValue value = TrainingValue.Text,
        string? wireName = null,
        string? tools = null) =>
        Shape = new RecordMember(name, role, weight, isOptional, isStatic, value, wireName, tools);

    internal TrainingMember(RecordMember shape) => Shape = shape;

    internal RecordMember Shape { get; }
}
