using System.ComponentModel;
using System.Runtime.InteropServices;
using AiGuardrails.Core.Training;

namespace AiGuardrails.CompilerServices;

/// <summary>What the run time must know of a property that holds a message. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Auto)]
#pragma warning disable CA1815 // Generated code makes values and hands them over; nobody compares them.
public readonly struct TrainingMember
#pragma warning restore CA1815
{
    /// <summary>Initializes a new instance of the <see cref="TrainingMember"/> struct.</summary>
    /// <param name="name">The name of the property, as error messages show it.</param>
    /// <param name="role">Who says the message.</param>
    /// <param name="weight">0 or 1, or -1 where no weight is written; -1 for roles other than the assistant.</param>
    /// <param name="isOptional">Whether the message is left out where the property is null.</param>
    /// <param name="isStatic">Whether every record has the same text.</param>
    public TrainingMember(string name, TrainingRole role, int weight = -1, bool isOptional = false, bool isStatic = false)
    {
        Name = name;
        Kind = MessageKinds.Of(role, weight);
        IsOptional = isOptional;
        IsStatic = isStatic;
    }

    internal string Name { get; }

    internal MessageKind Kind { get; }

    internal bool IsOptional { get; }

    internal bool IsStatic { get; }
}
