using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace AiGuardrails.CompilerServices;

/// <summary>Leads from a training record to what was generated for it, also in a trimmed or natively compiled program.</summary>
/// <param name="schemaType">A type derived from <see cref="TrainingRecordSchema{T}"/> with a public constructor without parameters.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class TrainingRecordSchemaAttribute(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type schemaType) : Attribute
{
    /// <summary>Gets the type of the schema.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    public Type SchemaType { get; } = schemaType;
}
