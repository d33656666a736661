using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>Something constant that a status is compared with.</summary>
/// <param name="Value">The operation in the code.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The name of the member, or the word.</param>
/// <param name="IgnoresCase">Whether the comparison does not regard case.</param>
internal sealed record StatusConstant(IOperation Value, StatusConstantKind Kind, string Text, bool IgnoresCase);

internal enum StatusConstantKind
{
    Null,
    Member,
    Word,
}

/// <summary>A comparison of a job status with constants: it holds where the status equals one of them.</summary>
/// <param name="Operation">The Boolean operation, the pattern, the case or the look-up.</param>
/// <param name="Status">The status.</param>
/// <param name="Constants">The constants, as far as they are known.</param>
internal sealed record StatusComparison(IOperation Operation, StatusRead Status, ImmutableArray<StatusConstant> Constants)
{
    /// <summary>Gets a value indicating whether it holds where the status equals none of them.</summary>
    public bool IsNegated { get; init; }

    /// <summary>Gets a value indicating whether each of the constants is known, and all of them count at once.</summary>
    public bool IsComplete { get; init; } = true;
}

/// <summary>Where a body compares the status of a job with constants, and with which.</summary>
internal sealed class StatusComparisons
{
    private const int MaxElements = 64;

    private readonly AiBody _body;
    private readonly CancellationToken _cancellationToken;

    public StatusComparisons(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        _body = body;
        _cancellationToken = cancellationToken;
        Reader = new StatusReader(ai, body, cancellationToken);
    }

    /// <summary>Gets what tells which expressions are a status.</summary>
    public StatusReader Reader { get; }

    /// <summary>Every comparison in the body.</summary>
    public IEnumerable<StatusComparison> All()
    {
        foreach (var operation in _body.Operation?.DescendantsAndSelf() ?? [])
        {
            _cancellationToken.ThrowIfCancellationRequested();
            foreach (var comparison in At(operation))
            {
                yield return comparison;
            }
        }
    }

    /// <summary>The comparison that this Boolean operation is, or null.</summary>
    public StatusComparison? Of(IOperation operation) => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals => Compare(equals, equals.LeftOperand, equals.RightOperand, ignoresCase: false),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } differs => Compare(differs, differs.LeftOperand, differs.RightOperand, ignoresCase: false) is { } comparison
            ? comparison with { IsNegated = true }
            : null,
        IInvocationOperation invocation => OfCall(invocation),
        IPropertyReferenceOperation { Property: { Name: "HasValue", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } } has when Reader.ReadOf(has.Instance) is { } status =>
            new(has, status, [new(has, StatusConstantKind.Null, "", IgnoresCase: false)]) { IsNegated = true },
        _ => null,
    };

    /// <summary>The comparison of a value with the constant of a pattern, or null.</summary>
    public StatusComparison? Of(IConstantPatternOperation pattern, StatusRead? status) =>
        status is not null && ConstantsOf(pattern.Value, status, ignoresCase: false) is { IsEmpty: false } constants
            ? new(pattern, status, constants)
            : null;

    private IEnumerable<StatusComparison> At(IOperation operation)
    {
        switch (operation)
        {
            case IBinaryOperation or IInvocationOperation:
                return Of(operation) is { } comparison ? [comparison] : [];

            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value: var key }] } indexer:
                return OfLookUp(indexer, indexer.Instance, key) is { } lookUp ? [lookUp] : [];

            case IConstantPatternOperation pattern:
                return InputOf(pattern) is { } status && Of(pattern, status) is { } match ? [match] : [];

            case ISingleValueCaseClauseOperation { Parent.Parent: ISwitchOperation choice } clause:
                return Reader.ReadOf(choice.Value) is { } value && ConstantsOf(clause.Value, value, ignoresCase: false) is { IsEmpty: false } constants ? [new(clause, value, constants)] : [];

            default:
                return [];
        }
    }

    /// <summary>The status that a pattern is matched with.</summary>
    private StatusRead? InputOf(IPatternOperation pattern)
    {
        for (IOperation current = pattern; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case INegatedPatternOperation or IBinaryPatternOperation:
                    continue;
                case IIsPatternOperation test:
                    return Reader.ReadOf(test.Value);
                case ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice }:
                    return Reader.ReadOf(choice.Value);
                case IPatternCaseClauseOperation { Parent.Parent: ISwitchOperation choice }:
                    return Reader.ReadOf(choice.Value);
                case IPropertySubpatternOperation { Member: IMemberReferenceOperation member }:
                    return Reader.ReadOfMember(member.Member, member.Type, path: null);
                default:
                    return null;
            }
        }

        return null;
    }

    private StatusComparison? OfCall(IInvocationOperation invocation)
    {
        var arguments = invocation.Arguments;
        switch (invocation.TargetMethod.Name)
        {
            case "Equals" when arguments.Length > 0:
                var isStatic = invocation.TargetMethod.IsStatic || invocation.Instance?.Type is { Name: "StringComparer" };
                return isStatic
                    ? arguments.Length > 1 ? Compare(invocation, arguments[0].Value, arguments[1].Value, IgnoresCase(invocation)) : null
                    : Compare(invocation, invocation.Instance, arguments[0].Value, IgnoresCase(invocation));

            case "ValueEquals" when arguments.Length == 1:
                return Compare(invocation, invocation.Instance, arguments[0].Value, ignoresCase: false);

            case "Contains" when invocation.Instance is { } instance && arguments.Length is 1 or 2:
                return OfLookUp(invocation, instance, arguments[0].Value);

            case "Contains" when invocation.Instance is null && arguments.Length is 2 or 3:
                return OfLookUp(invocation, arguments[0].Value, arguments[1].Value);

            case "ContainsKey" or "TryGetValue" or "GetValueOrDefault" when arguments.Length > 0 && invocation.Instance is { } map:
                return OfLookUp(invocation, map, arguments[0].Value);

            default:
                return null;
        }
    }

    private StatusComparison? Compare(IOperation operation, IOperation? left, IOperation? right, bool ignoresCase)
    {
        if (left is null || right is null)
        {
            return null;
        }

        if (Reader.ReadOf(left) is { } status && ConstantsOf(right, status, ignoresCase) is { IsEmpty: false } constants)
        {
            return Made(operation, status, constants, right);
        }

        return Reader.ReadOf(right) is { } other && ConstantsOf(left, other, ignoresCase) is { IsEmpty: false } others ? Made(operation, other, others, left) : null;
    }

    // A choice between constants is one of them, and not all at once.
    private static StatusComparison Made(IOperation operation, StatusRead status, ImmutableArray<StatusConstant> constants, IOperation value) =>
        new(operation, status, constants) { IsComplete = constants.Length == 1 && value.Unwrap() is not (IConditionalOperation or ISwitchExpressionOperation or ICoalesceOperation) };

    /// <summary>A status that is looked up in a set or dictionary that is written in the code.</summary>
    private StatusComparison? OfLookUp(IOperation operation, IOperation? set, IOperation key)
    {
        if (set is null || Reader.ReadOf(key) is not { } status)
        {
            return null;
        }

        var constants = ImmutableArray.CreateBuilder<StatusConstant>();
        var ignoresCase = operation is IInvocationOperation invocation && IgnoresCase(invocation);
        return CollectElements(set, status, ignoresCase, constants, depth: 0) && constants.Count > 0
            ? new(operation, status, constants.ToImmutable())
            : null;
    }

    /// <summary>The constants that a value may be, where each of them is one that the status can be compared with.</summary>
    private ImmutableArray<StatusConstant> ConstantsOf(IOperation value, StatusRead status, bool ignoresCase)
    {
        var constants = ImmutableArray.CreateBuilder<StatusConstant>();
        Collect(value);
        return constants.ToImmutable();

        void Collect(IOperation from)
        {
            switch (from.Unwrap())
            {
                case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                    Collect(choice.WhenTrue);
                    Collect(whenFalse);
                    break;

                case ISwitchExpressionOperation choice:
                    foreach (var arm in choice.Arms)
                    {
                        Collect(arm.Value);
                    }

                    break;

                case ICoalesceOperation choice:
                    Collect(choice.WhenNull);
                    break;

                default:
                    if (ConstantOf(from, status, ignoresCase) is { } constant)
                    {
                        constants.Add(constant);
                    }

                    break;
            }
        }
    }

    private StatusConstant? ConstantOf(IOperation value, StatusRead status, bool ignoresCase)
    {
        // "status == "failed"" converts the word, and compares as the struct does; "Equals(string)" compares strings.
        var converted = value is IConversionOperation { OperatorMethod: not null };
        var ignores = ignoresCase || (converted && status.Form == StatusForm.StringStruct && status.Job.IgnoresCase);
        var inner = value.Unwrap();
        if (inner.ConstantValue is { HasValue: true, Value: var constant })
        {
            if (constant is null)
            {
                return converted ? null : new(inner, StatusConstantKind.Null, "", IgnoresCase: false);
            }

            if (constant is string text)
            {
                return status.Form == StatusForm.Enum ? null : new(inner, StatusConstantKind.Word, text, ignores);
            }

            return MemberOf(inner.Type, constant) is { } member && SymbolEqualityComparer.Default.Equals(inner.Type, status.Type)
                ? new(inner, StatusConstantKind.Member, member, IgnoresCase: false)
                : null;
        }

        switch (inner)
        {
            case IUtf8StringOperation { Value: { } bytes } when status.Form == StatusForm.Word:
                return new(inner, StatusConstantKind.Word, bytes, ignores);

            case IPropertyReferenceOperation { Property.IsStatic: true } or IFieldReferenceOperation { Field.IsStatic: true } when inner is IMemberReferenceOperation named && SymbolEqualityComparer.Default.Equals(named.Member.ContainingType, status.Type):
                return new(inner, StatusConstantKind.Member, named.Member.Name, status.Job.IgnoresCase && status.Form == StatusForm.StringStruct);

            // "nameof" is a constant; "X.ToString()" is none to the compiler.
            case IInvocationOperation { TargetMethod.Name: "ToString", Arguments.IsEmpty: true, Instance: { } instance }
                when IsText(inner.Type) && ConstantOf(instance, status with { Form = StatusReader.FormOf(instance.Type) ?? status.Form }, ignoresCase: false) is { Kind: StatusConstantKind.Member } member:
                return TextOf(member.Text, status, StatusReader.FormOf(instance.Type)) is { } shown ? new(inner, StatusConstantKind.Word, shown, ignores) : null;

            case IObjectCreationOperation { Arguments: [{ Value: var word }] } created when SymbolEqualityComparer.Default.Equals(created.Type, status.Type) && word.ConstantText() is { } text:
                return new(inner, StatusConstantKind.Word, text, status.Job.IgnoresCase);

            case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } } when IsText(inner.Type) && status.Form != StatusForm.Enum && ConstantValues.Of(inner, _cancellationToken) is { Count: 1 } only:
                return new(inner, StatusConstantKind.Word, only.First().Text, ignores);

            default:
                return null;
        }
    }

    private static string? TextOf(string member, StatusRead status, StatusForm? form) =>
        form == StatusForm.Enum ? member : status.Job.States.FirstOrDefault(state => state.Member == member)?.Wire;

    private static string? MemberOf(ITypeSymbol? type, object value) =>
        type is { TypeKind: TypeKind.Enum }
            ? type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value))?.Name
            : null;

    private bool CollectElements(IOperation set, StatusRead status, bool ignoresCase, ImmutableArray<StatusConstant>.Builder elements, int depth)
    {
        if (depth > 4 || elements.Count > MaxElements)
        {
            return false;
        }

        bool Add(IOperation element)
        {
            if (ConstantOf(element, status, ignoresCase) is { } constant)
            {
                elements.Add(constant);
                return true;
            }

            return false;
        }

        set = set.Unwrap();
        switch (set)
        {
            case IArrayCreationOperation { Initializer: { } initializer }:
                return initializer.ElementValues.All(Add);

            case ICollectionExpressionOperation collection:
                return collection.Elements.All(Add);

            // A comparer changes what the elements mean; any other argument adds elements.
            case IObjectCreationOperation { Initializer: { } initializer } created when created.Arguments.All(static argument => IsIgnoringComparer(argument.Value)):
                ignoresCase |= !created.Arguments.IsEmpty;
                return initializer.Initializers.All(added => added switch
                {
                    IInvocationOperation { Arguments: [var element, ..] } => Add(element.Value),
                    ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [var key] } } => Add(key.Value),
                    _ => false,
                });

            case IInvocationOperation { TargetMethod.Name: "ToHashSet" or "ToFrozenSet" or "ToImmutableHashSet" or "ToImmutableArray" or "Create" or "ToList" or "AsSpan" or "AsReadOnly" } made:
                var given = made.Arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue).ToArray();
                var source = made.Instance ?? given.FirstOrDefault(static argument => !IsComparer(argument.Value))?.Value;
                if (given.Count(static argument => !IsComparer(argument.Value)) > 1 || given.Any(static argument => IsComparer(argument.Value) && !IsIgnoringComparer(argument.Value)))
                {
                    return false;
                }

                return source is not null && CollectElements(source, status, ignoresCase || given.Any(static argument => IsIgnoringComparer(argument.Value)), elements, depth + 1);

            case IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaringSyntaxReferences: [var declaration] } }
                when InitialValueOf(declaration) is { } initial:
                return CollectElements(initial, status, ignoresCase, elements, depth + 1);

            case ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: [var declaration] } local } when InitialValueOf(declaration) is { } initial && !IsChanged(local):
                return CollectElements(initial, status, ignoresCase, elements, depth + 1);

            default:
                return false;
        }
    }

    // A set that is added to, or assigned again, is not the one that it was declared as.
    private bool IsChanged(ILocalSymbol local) =>
        _body.All<ILocalReferenceOperation>(OperationKind.LocalReference).Any(reference =>
            SymbolEqualityComparer.Default.Equals(reference.Local, local)
            && ((reference.Parent is IInvocationOperation { TargetMethod.Name: not ("Contains" or "ContainsKey" or "TryGetValue" or "GetValueOrDefault") } call && call.Instance == reference)
                || (reference.Parent is IPropertyReferenceOperation { Parent: IAssignmentOperation written } && written.Target == reference.Parent)
                || (reference.Parent is IAssignmentOperation assignment && assignment.Target == reference)));

    private IOperation? InitialValueOf(SyntaxReference declaration) =>
        (declaration.GetSyntax(_cancellationToken) as VariableDeclaratorSyntax)?.Initializer is { } initializer
            ? (SemanticModels.Of(_body.Model, initializer.SyntaxTree)?.TryGetOperation(initializer, _cancellationToken) as ISymbolInitializerOperation)?.Value
            : null;

    private static bool IsComparer(IOperation value) => value.Unwrap().Type?.Name is "StringComparer" or "IEqualityComparer";

    private static bool IsIgnoringComparer(IOperation value) =>
        value.Unwrap() is IPropertyReferenceOperation { Property: { Name: "OrdinalIgnoreCase" or "InvariantCultureIgnoreCase" or "CurrentCultureIgnoreCase", ContainingType.Name: "StringComparer" } };

    private static bool IgnoresCase(IInvocationOperation invocation) =>
        IsIgnoring(invocation.Instance)
        || invocation.Arguments.Any(static argument =>
            (argument.Value.Type is { Name: "StringComparison" } && argument.Value.ConstantValue is { HasValue: true, Value: 1 or 3 or 5 }) || IsIgnoring(argument.Value));

    private static bool IsIgnoring(IOperation? value) => value is not null && IsIgnoringComparer(value);

    private static bool IsText(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;
}
