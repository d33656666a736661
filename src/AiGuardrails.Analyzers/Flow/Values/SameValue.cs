using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Values;

/// <summary>
/// Whether two expressions are certainly the same value: the same constant, the same variable, the same members of the same
/// variable. A call may give another value each time; the variable that holds its result does not.
/// </summary>
internal static class SameValue
{
    private const int MaxDepth = 8;

    /// <summary>Whether both are the same text, or the same path of members.</summary>
    public static bool Are(IOperation first, IOperation second, CancellationToken cancellationToken)
    {
        if (ConstantOf(first, cancellationToken) is { } text)
        {
            return text == ConstantOf(second, cancellationToken);
        }

        return PathOf(first, depth: 0, cancellationToken) is { IsEmpty: false } path
            && PathOf(second, depth: 0, cancellationToken) is { IsEmpty: false } other
            && path.SequenceEqual(other, PartComparer.Instance);
    }

    private static string? ConstantOf(IOperation value, CancellationToken cancellationToken) =>
        ValueSources.Of(value, cancellationToken) is [{ Value: var source }] && source.ConstantText() is { Length: > 0 } text ? text : null;

    /// <summary>The variable, or the expression that it holds, and the members taken of it; empty where a part has no fixed value.</summary>
    private static ImmutableArray<object> PathOf(IOperation value, int depth, CancellationToken cancellationToken)
    {
        value = value.Unwrap();
        if (depth > MaxDepth)
        {
            return [];
        }

        switch (value)
        {
            case ILocalReferenceOperation local:
                return PathOfVariable(local, local.Local, depth, cancellationToken);

            case IParameterReferenceOperation parameter:
                return PathOfVariable(parameter, parameter.Parameter, depth, cancellationToken);

            case IInstanceReferenceOperation { Type: { } type }:
                return [type];

            case IFieldReferenceOperation field:
                return PathOfMember(field, field.Field.IsReadOnly, depth, cancellationToken);

            case IPropertyReferenceOperation { Property.IsIndexer: false } property:
                return PathOfMember(property, property.Property.SetMethod is null or { IsInitOnly: true }, depth, cancellationToken);

            case IPropertyReferenceOperation { Arguments: [{ Value.ConstantValue: { HasValue: true, Value: { } index } }], Instance: { } list }:
                return PathOf(list, depth + 1, cancellationToken) is { IsEmpty: false } listPath ? listPath.Add(index) : [];

            case IArrayElementReferenceOperation { Indices: [{ ConstantValue: { HasValue: true, Value: { } index } }] } element:
                return PathOf(element.ArrayReference, depth + 1, cancellationToken) is { IsEmpty: false } arrayPath ? arrayPath.Add(index) : [];

            default:
                return [];
        }
    }

    private static ImmutableArray<object> PathOfVariable(IOperation reference, ISymbol variable, int depth, CancellationToken cancellationToken)
    {
        if (ValueSources.Of(reference, cancellationToken) is not [var source])
        {
            return [];
        }

        // Nothing more is known of it than that it is this variable, which must have one value then.
        if (source.Value.Syntax == reference.Syntax)
        {
            return ValueSources.ReferencesOf(variable, reference).Count(IsWrite) <= (variable is ILocalSymbol ? 1 : 0) ? [variable] : [];
        }

        // A value that a variable had before it was made anew, in a loop, comes from the same place and is another one.
        if (source.Path.Any(step => step.Syntax.SyntaxTree == source.Value.Syntax.SyntaxTree && step.Syntax.SpanStart < source.Value.Syntax.SpanStart)
            || source.Value.Syntax.Ancestors().Any(ancestor => IsLoop(ancestor) && !ancestor.Span.Contains(reference.Syntax.Span)))
        {
            return [];
        }

        return PathOf(source.Value, depth + 1, cancellationToken) is { IsEmpty: false } path ? path : [source.Value.Syntax];
    }

    private static ImmutableArray<object> PathOfMember(IMemberReferenceOperation reference, bool isReadOnly, int depth, CancellationToken cancellationToken)
    {
        if (!isReadOnly && IsWrittenNearby(reference))
        {
            return [];
        }

        if (reference.Instance is null)
        {
            return reference.Member.IsStatic ? [reference.Member] : [];
        }

        return PathOf(reference.Instance, depth + 1, cancellationToken) is { IsEmpty: false } path ? path.Add(reference.Member) : [];
    }

    private static bool IsWrittenNearby(IMemberReferenceOperation reference)
    {
        IOperation root = reference;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return root.Descendants().Any(operation =>
            operation is IAssignmentOperation { Target: IMemberReferenceOperation target } && SymbolEqualityComparer.Default.Equals(target.Member, reference.Member));
    }

    /// <summary>Whether the mention of a variable may give it a value: a declaration by a loop or a pattern is no mention.</summary>
    private static bool IsWrite(IOperation reference) => reference switch
    {
        { Parent: IAssignmentOperation assignment } when assignment.Target == reference => true,
        { Parent: IIncrementOrDecrementOperation } => true,
        { Parent: IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } } => true,
        { Parent: IDeclarationExpressionOperation { Parent: IArgumentOperation } } => true,
        { Parent: ITupleOperation } => true,
        _ => false,
    };

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    private sealed class PartComparer : IEqualityComparer<object>
    {
        public static readonly PartComparer Instance = new();

        public new bool Equals(object? first, object? second) => first is ISymbol symbol
            ? SymbolEqualityComparer.Default.Equals(symbol, second as ISymbol)
            : object.Equals(first, second);

        public int GetHashCode(object part) => part is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : part.GetHashCode();
    }
}
