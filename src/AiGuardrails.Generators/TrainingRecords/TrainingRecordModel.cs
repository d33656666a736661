using AiGuardrails.CompilerServices;

namespace AiGuardrails.Generators.TrainingRecords;

/// <summary>All that the emitter may know of a training record: text and flags.</summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="Namespace">The namespace, ready to be written; null for the global one.</param>
/// <param name="Declarations">The heads of the partial declarations, from the outermost type to the record: <c>partial record Example</c>.</param>
/// <param name="FullName">The record, with <c>global::</c>.</param>
/// <param name="SchemaName">The name of the nested class that is generated.</param>
/// <param name="Members">The members that have a role, in the order of their messages.</param>
/// <param name="ConstructorArguments">The arguments of the constructor that reading calls.</param>
internal sealed record TrainingRecordModel(
    string HintName,
    string? Namespace,
    EquatableArray<string> Declarations,
    string FullName,
    string SchemaName,
    EquatableArray<TrainingMemberModel> Members,
    EquatableArray<TrainingArgumentModel> ConstructorArguments);

/// <summary>A member that has a role.</summary>
/// <param name="Name">Its name, as a reader knows it.</param>
/// <param name="Identifier">Its name, as code writes it.</param>
/// <param name="StaticOwner">The type to read it from, with <c>global::</c>; null for an instance member.</param>
/// <param name="Role">Who says the message.</param>
/// <param name="Weight">0 or 1; null where none is written.</param>
/// <param name="IsOptional">Whether the message is left out where the member is null.</param>
/// <param name="IsInitialized">Whether reading sets it in an object initializer.</param>
internal sealed record TrainingMemberModel(
    string Name,
    string Identifier,
    string? StaticOwner,
    TrainingRole Role,
    int? Weight,
    bool IsOptional,
    bool IsInitialized);

/// <summary>An argument of the constructor: the parameter, as code writes it, and the member whose text it takes.</summary>
internal sealed record TrainingArgumentModel(string Parameter, int Member);
