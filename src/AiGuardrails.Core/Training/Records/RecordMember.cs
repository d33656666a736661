using AiGuardrails.CompilerServices;

namespace AiGuardrails.Core.Training.Records;

/// <summary>All that decides where a member of a record can be written, and how: no symbol and no reflection.</summary>
/// <param name="Name">The name of the property, for messages.</param>
/// <param name="Role">What it is to the record.</param>
internal sealed record RecordMember(string Name, TrainingRole Role)
{
    /// <summary>Gets 0 or 1; -1 where none is given. Only the assistant has one.</summary>
    public int Weight { get; init; } = -1;

    /// <summary>Gets whether it is left out where it is null.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Gets whether every record has the same value.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Gets what its value is in JSON.</summary>
    public TrainingValue Value { get; init; }

    /// <summary>Gets the name that it has in a file: of a field for the grader, or of the tool that is called.</summary>
    public string? WireName { get; init; }

    /// <summary>Gets the declarations of the tools that it calls: JSON objects with a comma between them; null where it calls none.</summary>
    public string? Tools { get; init; }

    /// <summary>Gets whether a label judges the answer; one that is text is the answer.</summary>
    public bool IsVerdict => Role == TrainingRole.Label && Value != TrainingValue.Text;
}
