using AiGuardrails.CompilerServices;

namespace AiGuardrails.Core.Training.Records;

/// <summary>All that decides where a member of a record can be written, and how: no symbol and no reflection.</summary>
/// <param name="name">The name of the property, for messages.</param>
/// <param name="role">What it is to the record.</param>
/// <param name="weight">0 or 1; -1 where none is given. Only the assistant has one.</param>
/// <param name="isOptional">Whether it is left out where it is null.</param>
/// <param name="isStatic">Whether every record has the same value.</param>
/// <param name="value">What its value is in JSON.</param>
/// <param name="wireName">The name that it has in a file: of a field for the grader, or of the tool that is called.</param>
/// <param name="tools">The declarations of the tools that it calls: JSON objects with a comma between them; null where it calls none.</param>
/// <remarks>
/// Other assemblies make it by its constructor alone: an init accessor is another method in each framework, and the
/// generator may meet the Core of another one than it was compiled with.
/// </remarks>
internal sealed class RecordMember(string name, TrainingRole role, int weight, bool isOptional, bool isStatic, TrainingValue value, string? wireName, string? tools)
{
    public string Name { get; } = name;

    public TrainingRole Role { get; } = role;

    public int Weight { get; } = weight;

    public bool IsOptional { get; } = isOptional;

    public bool IsStatic { get; } = isStatic;

    public TrainingValue Value { get; } = value;

    public string? WireName { get; } = wireName;

    public string? Tools { get; } = tools;

    /// <summary>Gets whether a label judges the answer; one that is text is the answer.</summary>
    public bool IsVerdict => Role == TrainingRole.Label && Value != TrainingValue.Text;
}
