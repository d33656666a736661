using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>A condition over one status that has the same value in every state.</summary>
/// <param name="Span">The part of the code.</param>
/// <param name="Value">The value.</param>
/// <param name="Status">The status.</param>
/// <param name="Rewrite">The operator that is meant, where that is evident; otherwise null.</param>
internal sealed record ConstantStatusCondition(TextSpan Span, bool Value, StatusRead Status, string? Rewrite);

/// <summary>
/// The Boolean expressions of a body that ask the status of a job more than once: evaluated in every state that the job may
/// have, and in one that nobody has heard of.
/// </summary>
internal sealed class StatusConditions(AiContext ai, AiBody body, CancellationToken cancellationToken)
{
    // Boolean expressions with more operands than this, or deeper ones, are generated.
    private const int MaxOperands = 24;
    private const int MaxNesting = 100;

    private readonly StatusComparisons _comparisons = new(ai, body, cancellationToken);
    private readonly HashSet<IOperation> _seen = [];
    private int _nesting;

    /// <summary>The smallest parts of the conditions of the body that are constant.</summary>
    public IEnumerable<ConstantStatusCondition> FindConstant()
    {
        foreach (var operation in body.Operation?.DescendantsAndSelf() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = operation switch
            {
                IPatternCaseClauseOperation { Guard: { } guard, Parent.Parent: ISwitchOperation choice } clause => FindInGuard(choice.Value, clause.Pattern, guard),
                ISwitchExpressionArmOperation { Guard: { } guard, Parent: ISwitchExpressionOperation choice } arm => FindInGuard(choice.Value, arm.Pattern, guard),
                _ when IsComposite(operation) && !_seen.Contains(operation) => FindIn(Translate(operation, isHelper: false)),
                _ => [],
            };

            foreach (var finding in found)
            {
                yield return finding;
            }
        }
    }

    private static bool IsComposite(IOperation operation) => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.And or BinaryOperatorKind.Or } => IsBoolean(operation),
        IConditionalOperation or ISwitchExpressionOperation => IsBoolean(operation),
        IIsPatternOperation => true,
        _ => false,
    };

    private static bool IsBoolean(IOperation operation) => operation.Type?.SpecialType == SpecialType.System_Boolean;

    private static bool IsBooleanOrNull(IOperation operation) =>
        IsBoolean(operation) || operation.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ SpecialType: SpecialType.System_Boolean }] };

    // The guard is asked only where the pattern matches.
    private ImmutableArray<ConstantStatusCondition> FindInGuard(IOperation value, IPatternOperation pattern, IOperation guard)
    {
        var condition = Translate(guard, isHelper: false);
        var own = FindIn(condition);
        if (!own.IsEmpty)
        {
            return own;
        }

        var match = MatchOf(pattern, _comparisons.Reader.ReadOf(value), StablePath.Of(value));
        var both = new StatusCondition.Chain(guard, IsAll: true, [match, condition]);
        foreach (var status in StatusesIn(condition))
        {
            if (match.CountOf(status.Path!) > 0 && ConstantValueOf(both, status.Path!) == false && IsQuiet(guard, status.Path!))
            {
                return [new(guard.Syntax.Span, Value: false, status, Rewrite: null)];
            }
        }

        return [];
    }

    private ImmutableArray<ConstantStatusCondition> FindIn(StatusCondition root)
    {
        if (root.Leaves.Skip(1).FirstOrDefault() is null)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<(ConstantStatusCondition Finding, StatusCondition.Chain? Chain, int First, int Last)>();
        Collect(root, found);

        return [.. found.Select(entry => entry.Chain is { } chain && RewriteOf(root, chain, entry.First, entry.Last, found.Count) is { } rewrite
            ? entry.Finding with { Rewrite = rewrite }
            : entry.Finding)];
    }

    /// <summary>Collects the constant parts, smallest first; true where there are some.</summary>
    private bool Collect(StatusCondition condition, ImmutableArray<(ConstantStatusCondition Finding, StatusCondition.Chain? Chain, int First, int Last)>.Builder found)
    {
        if (condition is StatusCondition.Chain chain)
        {
            var sound = ImmutableArray.CreateBuilder<int>();
            for (var i = 0; i < chain.Operands.Length; i++)
            {
                if (!Collect(chain.Operands[i], found))
                {
                    sound.Add(i);
                }
            }

            var isFaulty = sound.Count < chain.Operands.Length;
            foreach (var status in StatusesIn(chain))
            {
                var involved = sound.Where(i => chain.Operands[i].CountOf(status.Path!) > 0).ToArray();
                if (ConstantRunOf(chain, involved, status) is { } run)
                {
                    found.Add(run);
                    isFaulty = true;
                }
            }

            return isFaulty;
        }

        var inChildren = false;
        foreach (var child in condition.Children)
        {
            // The arms of a switch expression are one list; the rest of it alone may well have one value.
            inChildren |= child is StatusCondition.Choice rest && rest.Operation == condition.Operation
                ? CollectInArms(rest, found)
                : Collect(child, found);
        }

        if (inChildren || condition is not StatusCondition.Choice choice)
        {
            return inChildren;
        }

        foreach (var status in StatusesIn(choice))
        {
            if (FaultOf(choice, status) is { } fault)
            {
                found.Add((fault, null, 0, 0));
                return true;
            }
        }

        return false;
    }

    private bool CollectInArms(StatusCondition.Choice arms, ImmutableArray<(ConstantStatusCondition Finding, StatusCondition.Chain? Chain, int First, int Last)>.Builder found) =>
        Collect(arms.Test, found)
        | Collect(arms.WhenTrue, found)
        | (arms.WhenFalse is StatusCondition.Choice rest && rest.Operation == arms.Operation ? CollectInArms(rest, found) : Collect(arms.WhenFalse, found));

    private ConstantStatusCondition? FaultOf(StatusCondition.Choice choice, StatusRead status)
    {
        var path = status.Path!;
        if (!IsQuiet(choice.Operation, path))
        {
            return null;
        }

        if (choice.CountOf(path) > 1 && ConstantValueOf(choice, path) is { } value)
        {
            return new(SpanOf(choice.Operation), value, status, Rewrite: null);
        }

        // A branch that is only taken in states in which it is false.
        if (choice.Operation is IConditionalOperation && choice.Test.CountOf(path) > 0)
        {
            foreach (var (branch, test) in new[] { (choice.WhenTrue, choice.Test), (choice.WhenFalse, new StatusCondition.Opposite(choice.Test.Operation, choice.Test)) })
            {
                if (branch.CountOf(path) > 0 && ConstantValueOf(new StatusCondition.Chain(choice.Operation, IsAll: true, [test, branch]), path) == false)
                {
                    return new(SpanOf(branch.Operation), Value: false, status, Rewrite: null);
                }
            }
        }

        return null;
    }

    private (ConstantStatusCondition Finding, StatusCondition.Chain? Chain, int First, int Last)? ConstantRunOf(StatusCondition.Chain chain, int[] involved, StatusRead status)
    {
        var path = status.Path!;
        if (involved.Length < 2 || involved.Length > MaxOperands)
        {
            return null;
        }

        bool? ValueOf(int first, int last) => ConstantValueOf(chain, path, [.. involved.Skip(first).Take(last - first + 1).Select(i => chain.Operands[i])]);
        for (var length = 2; length <= involved.Length; length++)
        {
            for (var first = 0; first + length <= involved.Length; first++)
            {
                var last = first + length - 1;
                if (ValueOf(first, last) is not { } value)
                {
                    continue;
                }

                // The comparisons beside it that are of the same sort are part of the same mistake.
                var negated = IsNegated(chain.Operands[involved[first]]);
                while (last + 1 < involved.Length && involved[last + 1] == involved[last] + 1 && negated is not null && IsNegated(chain.Operands[involved[last + 1]]) == negated)
                {
                    last++;
                }

                while (first > 0 && involved[first - 1] == involved[first] - 1 && negated is not null && IsNegated(chain.Operands[involved[first - 1]]) == negated)
                {
                    first--;
                }

                var (start, end) = (involved[first], involved[last]);
                if (!IsQuiet(chain, start, end, path))
                {
                    return null;
                }

                var span = start == 0 && end == chain.Operands.Length - 1
                    ? WholeOf(chain.Operation)
                    : TextSpan.FromBounds(SpanOf(chain.Operands[start].Operation).Start, SpanOf(chain.Operands[end].Operation).End);

                return (new ConstantStatusCondition(span, value, status, Rewrite: null), end - start == last - first ? chain : null, start, end);
            }
        }

        return null;
    }

    /// <summary>The other operator, where it makes the condition one that tells states apart.</summary>
    private string? RewriteOf(StatusCondition root, StatusCondition.Chain chain, int first, int last, int findings)
    {
        var operands = chain.Operands;
        var run = operands.Skip(first).Take(last - first + 1).ToImmutableArray();

        // What is not about the status would change its meaning too.
        if (run.Any(static operand => operand.Leaves.FirstOrDefault() is null || HasOpen(operand)))
        {
            return null;
        }

        var flipped = chain with { IsAll = !chain.IsAll, Operands = run };
        StatusCondition rewritten = run.Length == operands.Length ? flipped : chain with { Operands = [.. operands.Take(first), flipped, .. operands.Skip(last + 1)] };
        var remaining = ImmutableArray.CreateBuilder<(ConstantStatusCondition, StatusCondition.Chain?, int, int)>();
        Collect(root.Replace(chain, rewritten), remaining);

        return remaining.Count >= findings ? null : chain.Operation switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } => "&&",
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } => "||",
            IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } => "and",
            IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } => "or",
            _ => null,
        };
    }

    private static bool HasOpen(StatusCondition condition) => condition is StatusCondition.Open || condition.Children.Any(HasOpen);

    private static bool? IsNegated(StatusCondition condition) => condition switch
    {
        StatusCondition.Compared compared => compared.Comparison.IsNegated,
        StatusCondition.Opposite opposite => !IsNegated(opposite.Operand),
        _ => null,
    };

    private static ImmutableArray<StatusRead> StatusesIn(StatusCondition condition)
    {
        var statuses = ImmutableArray.CreateBuilder<StatusRead>();
        foreach (var leaf in condition.Leaves)
        {
            if (leaf.Status is { Path: { } path } status && !statuses.Any(known => path.Equals(known.Path)))
            {
                statuses.Add(status);
            }
        }

        return statuses.ToImmutable();
    }

    private bool? ConstantValueOf(StatusCondition condition, StablePath path) =>
        SameInAll(StatesOf(condition.Leaves, path), state => condition.Evaluate(path, state));

    private bool? ConstantValueOf(StatusCondition.Chain chain, StablePath path, ImmutableArray<StatusCondition> operands) =>
        SameInAll(StatesOf(operands.SelectMany(static operand => operand.Leaves), path), state => chain.Evaluate(operands, path, state));

    private static ImmutableArray<StatusState> StatesOf(IEnumerable<StatusCondition> leaves, StablePath path) =>
        StatusState.Of(leaves.Where(leaf => path.Equals(leaf.Status?.Path)));

    private bool? SameInAll(ImmutableArray<StatusState> states, Func<StatusState, bool?> evaluate)
    {
        bool? same = null;
        foreach (var state in states)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (evaluate(state) is not { } value || (same is { } before && before != value))
            {
                return null;
            }

            same = value;
        }

        return same;
    }

    private StatusCondition Translate(IOperation operation, bool isHelper)
    {
        if (!isHelper)
        {
            _seen.Add(operation);
        }

        if (_nesting > MaxNesting)
        {
            return new StatusCondition.Open(operation);
        }

        _nesting++;
        try
        {
            return TranslateCore(operation, isHelper);
        }
        finally
        {
            _nesting--;
        }
    }

    private StatusCondition TranslateCore(IOperation operation, bool isHelper)
    {
        if (operation.ConstantValue is { HasValue: true, Value: bool constant })
        {
            return new StatusCondition.Fixed(operation, constant);
        }

        switch (operation)
        {
            case IParenthesizedOperation parenthesized:
                return Translate(parenthesized.Operand, isHelper);

            case IConversionOperation { OperatorMethod: null } conversion when IsBooleanOrNull(conversion) && IsBooleanOrNull(conversion.Operand):
                return Translate(conversion.Operand, isHelper);

            // "status?.InProgress == true": what it is without a status, nobody asks here.
            case IConditionalAccessOperation access when IsBooleanOrNull(access):
                return Translate(access.WhenNotNull, isHelper);

            case ICoalesceOperation { Value: IConditionalAccessOperation access } when IsBooleanOrNull(access):
                return Translate(access.WhenNotNull, isHelper);

            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null } not:
                return new StatusCondition.Opposite(not, Translate(not.Operand, isHelper));

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.And or BinaryOperatorKind.Or } chain when IsBoolean(chain) && IsBoolean(chain.LeftOperand):
                var operands = ImmutableArray.CreateBuilder<StatusCondition>();
                Flatten(chain, chain.OperatorKind, operands, isHelper);
                return new StatusCondition.Chain(chain, chain.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And, operands.ToImmutable());

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } equality when IsBooleanOrNull(equality.LeftOperand) && equality.RightOperand.Unwrap().ConstantValue is { HasValue: true, Value: bool expected }:
                var left = Translate(equality.LeftOperand, isHelper);
                return expected == (equality.OperatorKind == BinaryOperatorKind.Equals) ? left : new StatusCondition.Opposite(equality, left);

            case IIsPatternOperation test:
                // The whole expression is what is flagged, and what is written where the pattern is one comparison.
                return MatchOf(test.Pattern, _comparisons.Reader.ReadOf(test.Value), StablePath.Of(test.Value, _comparisons.Reader.Arguments));

            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                return new StatusCondition.Choice(choice, Translate(choice.Condition, isHelper), Translate(choice.WhenTrue, isHelper), Translate(whenFalse, isHelper));

            case ISwitchExpressionOperation choice:
                return TranslateArms(choice, isHelper);

            case IPropertyReferenceOperation property when _comparisons.Reader.PredicateOf(property) is { } predicate:
                return new StatusCondition.Asked(property, predicate.Status, predicate.Predicate);

            default:
                return _comparisons.Of(operation) is { } comparison ? new StatusCondition.Compared(comparison)
                    : operation is IInvocationOperation call && !isHelper && TranslateHelper(call) is { } answer ? new StatusCondition.Helped(call, answer)
                    : new StatusCondition.Open(operation);
        }
    }

    // Brackets make an operand of their own: what is flagged is one piece of text. A chain may be long, and leans to the left.
    private void Flatten(IBinaryOperation chain, BinaryOperatorKind kind, ImmutableArray<StatusCondition>.Builder operands, bool isHelper)
    {
        var rights = new Stack<IOperation>();
        IOperation left = chain;
        while (left is IBinaryOperation inner && inner.OperatorKind == kind && IsBoolean(inner) && (inner == chain || inner.Syntax.Parent == inner.Parent?.Syntax))
        {
            _seen.Add(inner);
            rights.Push(inner.RightOperand);
            left = inner.LeftOperand;
        }

        operands.Add(Translate(left, isHelper));
        while (rights.Count > 0)
        {
            var right = rights.Pop();
            if (right is IBinaryOperation inner && inner.OperatorKind == kind && IsBoolean(inner) && inner.Syntax.Parent == inner.Parent?.Syntax && operands.Count < MaxOperands)
            {
                Flatten(inner, kind, operands, isHelper);
            }
            else
            {
                operands.Add(Translate(right, isHelper));
            }
        }
    }

    private StatusCondition TranslateArms(ISwitchExpressionOperation choice, bool isHelper)
    {
        var status = _comparisons.Reader.ReadOf(choice.Value);
        var path = StablePath.Of(choice.Value, _comparisons.Reader.Arguments);
        StatusCondition rest = new StatusCondition.Open(choice);
        foreach (var arm in choice.Arms.Reverse())
        {
            var match = MatchOf(arm.Pattern, status, path);
            if (arm.Guard is { } guard)
            {
                match = new StatusCondition.Chain(arm, IsAll: true, [match, Translate(guard, isHelper: true)]);
            }

            rest = new StatusCondition.Choice(choice, match, Translate(arm.Value, isHelper), rest);
        }

        return rest;
    }

    /// <summary>What a helper of the project answers, one level deep: a single expression over its parameters.</summary>
    private StatusCondition? TranslateHelper(IInvocationOperation call) =>
        IsBoolean(call) && HelperBody.ReturnedBy(body, call.TargetMethod, cancellationToken) is { } returned
            ? _comparisons.Reader.Inside(call, (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition, () => Translate(returned, isHelper: true))
            : null;

    private StatusCondition MatchOf(IPatternOperation pattern, StatusRead? status, StablePath? path)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return new StatusCondition.Fixed(pattern, Value: true);

            case IConstantPatternOperation constant:
                return _comparisons.Of(constant, status) is { } comparison ? new StatusCondition.Compared(comparison) : new StatusCondition.Open(pattern);

            case INegatedPatternOperation negated:
                return new StatusCondition.Opposite(negated, MatchOf(negated.Pattern, status, path));

            case IBinaryPatternOperation binary:
                var operands = ImmutableArray.CreateBuilder<StatusCondition>();
                FlattenPattern(binary, binary.OperatorKind, operands, status, path);
                return new StatusCondition.Chain(binary, binary.OperatorKind == BinaryOperatorKind.And, operands.ToImmutable());

            case IDeclarationPatternOperation { MatchesNull: true }:
                return new StatusCondition.Fixed(pattern, Value: true);

            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } recursive:
                return MatchOf(recursive, status, path);

            default:
                return new StatusCondition.Open(pattern);
        }
    }

    private StatusCondition MatchOf(IRecursivePatternOperation recursive, StatusRead? status, StablePath? path)
    {
        if (status is not null && recursive.PropertySubpatterns.IsEmpty)
        {
            var isNull = new StatusComparison(recursive, status, [new StatusConstant(recursive, StatusConstantKind.Null, "", IgnoresCase: false)]) { IsNegated = true };
            return new StatusCondition.Compared(isNull);
        }

        // Whether the object itself is there is not known.
        var parts = ImmutableArray.Create<StatusCondition>(new StatusCondition.Open(recursive));
        foreach (var part in recursive.PropertySubpatterns)
        {
            if (part.Member is not IPropertyReferenceOperation member)
            {
                continue;
            }

            var memberPath = path?.Then(member.Property.Name);
            parts = parts.Add(
                status is not null && part.Pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool expected } } && status.Job.Predicates.FirstOrDefault(predicate => !predicate.IsOnJob && predicate.Member == member.Property.Name) is { Member: not null } asked
                    ? expected ? new StatusCondition.Asked(part, status, asked) : new StatusCondition.Opposite(part, new StatusCondition.Asked(part, status, asked))
                    : MatchOf(part.Pattern, _comparisons.Reader.ReadOfMember(member.Property, member.Type, memberPath), memberPath));
        }

        return new StatusCondition.Chain(recursive, IsAll: true, parts);
    }

    private void FlattenPattern(IBinaryPatternOperation chain, BinaryOperatorKind kind, ImmutableArray<StatusCondition>.Builder operands, StatusRead? status, StablePath? path)
    {
        foreach (var operand in new[] { chain.LeftPattern, chain.RightPattern })
        {
            if (operand is IBinaryPatternOperation inner && inner.OperatorKind == kind && inner.Syntax.Parent == chain.Syntax)
            {
                FlattenPattern(inner, kind, operands, status, path);
            }
            else
            {
                operands.Add(MatchOf(operand, status, path));
            }
        }
    }

    // "status is not A or not B" is read as one.
    private static TextSpan WholeOf(IOperation chain) =>
        chain is IPatternOperation { Parent: IIsPatternOperation test } ? test.Syntax.Span : chain.Syntax.Span;

    private static TextSpan SpanOf(IOperation operation)
    {
        var syntax = operation.Syntax;
        while (syntax.Parent is ParenthesizedExpressionSyntax or ParenthesizedPatternSyntax)
        {
            syntax = syntax.Parent;
        }

        return syntax.Span;
    }

    private bool IsQuiet(StatusCondition.Chain chain, int first, int last, StablePath path)
    {
        // What happens while the status is fetched for the first time is over when it is compared: "(status = Fetch()) != A && status != B".
        var begin = chain.Operands[first].Leaves.FirstOrDefault(leaf => path.Equals(leaf.Status?.Path))?.Operation.Syntax.Span.End ?? 0;
        for (var i = first; i <= last; i++)
        {
            if (!IsQuiet(chain.Operands[i].Operation, path, begin))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether nothing in the operation can change what the path yields.</summary>
    private bool IsQuiet(IOperation operation, StablePath path, int begin = 0) => operation.DescendantsAndSelf().All(part => part.Syntax.Span.End <= begin || part switch
    {
        IAssignmentOperation assignment => !MayReplace(assignment.Target, path),
        IIncrementOrDecrementOperation step => !MayReplace(step.Target, path),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => !MayReplace(argument.Value, path),
        IAwaitOperation or IDynamicInvocationOperation or IFunctionPointerInvocationOperation => path.IsVariable && !IsWrittenInNestedFunction(path.Root),
        IInvocationOperation call => IsHarmless(call, path) || (path.IsVariable && !IsWrittenInNestedFunction(path.Root)),
        IPropertyReferenceOperation { Instance: not null } property => path.IsVariable || property.Property.IsIndexer || !property.Property.DeclaringSyntaxReferences.Any() || StablePath.Of(property) is not null || StablePath.Of(property.Instance) is null,
        _ => true,
    });

    private static bool MayReplace(IOperation target, StablePath path) => StablePath.Of(target) is { } written ? path.StartsWith(written) : target is not IDiscardOperation && !path.IsVariable;

    private bool IsHarmless(IInvocationOperation call, StablePath path)
    {
        var method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return false;
        }

        if (method.Name is "ToString" or "Equals" or "Contains" or "Raw" or "Value" or "GetHashCode" or "GetValueOrDefault")
        {
            return true;
        }

        var assembly = method.ContainingAssembly;
        if (!SymbolEqualityComparer.Default.Equals(assembly, body.Model.Compilation.Assembly))
        {
            return assembly is not null && !ai.IsSdk(assembly) && assembly.Name != "System.ClientModel"
                && (assembly.Name.StartsWith("System", StringComparison.Ordinal) || assembly.Name.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal) || assembly.Name is "mscorlib" or "netstandard" or "Newtonsoft.Json");
        }

        // A helper that only answers; looked into once, since what it calls may do anything.
        return HelperBody.ReturnedBy(body, method, cancellationToken) is { } returned
            && returned.DescendantsAndSelf().All(static part => part is not (IAssignmentOperation or IIncrementOrDecrementOperation or IAwaitOperation)
                && part is not IInvocationOperation { TargetMethod.Name: not ("ToString" or "Equals" or "Contains") });
    }

    private bool IsWrittenInNestedFunction(ISymbol variable) => BodyGraphs.Of(body, cancellationToken).WrittenInNestedFunctions.Contains(variable);
}
