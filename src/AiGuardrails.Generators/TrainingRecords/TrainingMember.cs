using System.Collections.Immutable;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Training.Records;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Generators.TrainingRecords;

/// <summary>A property that has a role, and what the checks found out about it.</summary>
internal sealed class TrainingMember(IPropertySymbol property, ImmutableArray<AttributeData> roles)
{
    public IPropertySymbol Property { get; set; } = property;

    public ImmutableArray<AttributeData> Roles { get; set; } = roles;

    public TrainingRole Role { get; set; }

    public int? Weight { get; set; }

    public bool IsOptional { get; set; }

    public bool IsSound { get; set; }

    public TrainingValueType? Type { get; set; }

    public TrainingValue Value { get; set; }

    public string? WireName { get; set; }

    public string? Tools { get; set; }

    /// <summary>Gets where it stands among the members that are written: the conversation first.</summary>
    public int Place => Role switch
    {
        TrainingRole.Completion => 1,
        TrainingRole.Label => Value == TrainingValue.Text ? 1 : 4,
        TrainingRole.Chosen => 2,
        TrainingRole.Rejected => 3,
        TrainingRole.GraderField => 5,
        _ => 0,
    };

    /// <summary>Gets what the predicate of the targets looks at.</summary>
    public RecordMember Shape => new(Property.Name, Role, Weight ?? -1, IsOptional, Property.IsStatic, Value, WireName, Tools);
}

/// <summary>A constructor, and the members that its parameters take.</summary>
internal sealed record TrainingConstruction(IMethodSymbol Constructor, List<(IParameterSymbol Parameter, TrainingMember Member)> Arguments)
{
    public bool SetsRequiredMembers { get; } = Constructor.GetAttributes().Any(static attribute =>
        attribute.AttributeClass is { Name: "SetsRequiredMembersAttribute", ContainingNamespace.Name: "CodeAnalysis" });

    public bool Takes(TrainingMember member) => Arguments.Exists(argument => argument.Member == member);
}
