using AiGuardrails.CompilerServices;

namespace AiGuardrails.Generators.TrainingRecords;

/// <summary>All that the emitter may know of a training record: text and flags.</summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="Namespace">The namespace, ready to be written; null for the global one.</param>
/// <param name="Declarations">The heads of the partial declarations, from the outermost type to the record: <c>partial record Example</c>.</param>
/// <param name="FullName">The record, with <c>global::</c>.</param>
/// <param name="SchemaName">The name of the nested class that is generated.</param>
/// <param name="Members">The members that have a role, in the order in which they are written.</param>
/// <param name="ConstructorArguments">The arguments of the constructor that reading calls.</param>
/// <param name="Choices">The enumerations whose values are written as names.</param>
/// <param name="Objects">The types that are written as JSON objects.</param>
internal sealed record TrainingRecordModel(
    string HintName,
    string? Namespace,
    EquatableArray<string> Declarations,
    string FullName,
    string SchemaName,
    EquatableArray<TrainingMemberModel> Members,
    EquatableArray<TrainingArgumentModel> ConstructorArguments,
    EquatableArray<TrainingChoiceModel> Choices,
    EquatableArray<TrainingObjectModel> Objects);

/// <summary>A member that has a role.</summary>
/// <param name="Name">Its name, as a reader knows it.</param>
/// <param name="Identifier">Its name, as code writes it.</param>
/// <param name="StaticOwner">The type to read it from, with <c>global::</c>; null for an instance member.</param>
/// <param name="Role">What it is to the record.</param>
/// <param name="Weight">0 or 1; null where none is written.</param>
/// <param name="IsOptional">Whether it is left out where the member is null.</param>
/// <param name="IsInitialized">Whether reading sets it in an object initializer.</param>
/// <param name="Value">What its value is in JSON.</param>
/// <param name="Shape">How code turns it into text and back.</param>
/// <param name="WireName">The name of the field or of the tool; null for other roles.</param>
/// <param name="Tools">The declarations of tools; null where there are none.</param>
internal sealed record TrainingMemberModel(
    string Name,
    string Identifier,
    string? StaticOwner,
    TrainingRole Role,
    int? Weight,
    bool IsOptional,
    bool IsInitialized,
    TrainingValue Value,
    TrainingShapeModel Shape,
    string? WireName,
    string? Tools);

/// <summary>An argument of the constructor: the parameter, as code writes it, and the member whose value it takes.</summary>
internal sealed record TrainingArgumentModel(string Parameter, int Member);

/// <summary>What a value is to generated code.</summary>
internal enum TrainingShape
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A simple value.</summary>
    Simple,

    /// <summary>A value of an enumeration.</summary>
    Choice,

    /// <summary>An object with arguments.</summary>
    Object,

    /// <summary>A list of turns.</summary>
    Turns,
}

/// <summary>How code turns a value into text and back.</summary>
/// <param name="Shape">What the value is; of a list, what an item is.</param>
/// <param name="Format">An expression that makes text of the value <c>$</c>; <c>#</c> is a variable of its own, where it needs one.</param>
/// <param name="Parse">An expression that makes the value of the text <c>$</c>.</param>
/// <param name="List">For a list, what it is made of an array with: an expression of the array <c>$</c>; null for a single value.</param>
/// <param name="Index">The enumeration or the type of the object, by its index in the record.</param>
/// <param name="IsNullableValue">Whether the value is a <c>Nullable&lt;T&gt;</c>.</param>
internal sealed record TrainingShapeModel(TrainingShape Shape, string Format, string Parse, string? List, int Index, bool IsNullableValue);

/// <summary>An enumeration whose values are written as names.</summary>
/// <param name="FullName">The type, with <c>global::</c>.</param>
/// <param name="Values">Its values: the field as code writes it, and the text.</param>
internal sealed record TrainingChoiceModel(string FullName, EquatableArray<(string Field, string Text, bool IsWritten)> Values);

/// <summary>A type that is written as a JSON object.</summary>
/// <param name="FullName">The type, with <c>global::</c>.</param>
/// <param name="Properties">Its properties.</param>
/// <param name="Parameters">The parameters of the constructor that reading calls, each with the index of its property.</param>
internal sealed record TrainingObjectModel(string FullName, EquatableArray<TrainingPropertyModel> Properties, EquatableArray<TrainingArgumentModel> Parameters);

/// <summary>A property of such a type.</summary>
internal sealed record TrainingPropertyModel(string Identifier, string WireName, bool IsOptional, bool IsLiteral, TrainingShapeModel Shape);
