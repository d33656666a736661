using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Origins;

/// <summary>
/// Whether a value has been checked on every way to its use: compared with constants, looked up in a list, matched by a switch,
/// parsed to a closed type, or handed to a check of the team.
/// </summary>
internal sealed class Guards(AiContext ai, OriginOptions options, CancellationToken cancellationToken)
{
    private const int MaxDepth = 16;

    /// <summary>Whether the reference can only be reached with a value that was checked.</summary>
    public bool Protect(IOperation reference)
    {
        if (StablePath.Of(reference) is not { } path)
        {
            return false;
        }

        var inner = reference;
        for (var outer = reference.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isProtected = outer switch
            {
                IConditionalOperation choice when inner != choice.Condition => IsSafeWhen(choice.Condition, path, inner == choice.WhenTrue, 0),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when inner == both.RightOperand => IsSafeWhen(both.LeftOperand, path, true, 0),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when inner == either.RightOperand => IsSafeWhen(either.LeftOperand, path, false, 0),
                IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } loop when inner == loop.Body => IsSafeWhen(condition, path, !loop.ConditionIsUntil, 0),
                ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } arm when inner != arm.Pattern => Is(choice.Value, path) && IsClosedPattern(arm.Pattern),
                ISwitchCaseOperation { Parent: ISwitchOperation choice } section when section.Body.Contains(inner) => Is(choice.Value, path) && section.Clauses.All(IsConstantClause),
                _ => false,
            };

            var check = isProtected ? inner : outer is IBlockOperation block ? CheckBefore(inner, block, path) : null;
            if (check is not null)
            {
                return !IsWrittenSince(path, check, reference);
            }
        }

        return false;
    }

    private static bool IsConstantClause(ICaseClauseOperation clause) => clause switch
    {
        ISingleValueCaseClauseOperation single => single.Value.ConstantValue.HasValue,
        IPatternCaseClauseOperation pattern => IsClosedPattern(pattern.Pattern),
        _ => false,
    };

    /// <summary>A statement above that lets nothing through that was not checked.</summary>
    private IOperation? CheckBefore(IOperation statement, IBlockOperation block, StablePath path)
    {
        foreach (var earlier in block.Operations)
        {
            if (earlier == statement)
            {
                return null;
            }

            switch (earlier)
            {
                case IConditionalOperation choice:
                    if ((Leaves(choice.WhenTrue, path) && IsSafeWhen(choice.Condition, path, false, 0))
                        || (Leaves(choice.WhenFalse, path) && IsSafeWhen(choice.Condition, path, true, 0)))
                    {
                        return earlier;
                    }

                    break;

                // A check of the team that throws.
                case IExpressionStatementOperation { Operation: var operation } when operation.Unwrap() is IInvocationOperation call && IsSanitizer(call.TargetMethod) && Mentions(call, path):
                    return earlier;
            }
        }

        return null;
    }

    /// <summary>Whether the branch leaves, or puts a constant in the place of the value.</summary>
    private static bool Leaves(IOperation? branch, StablePath path) =>
        branch is not null
        && ValueSources.AlwaysAssigns(branch, path.IsVariable ? path.Root : null)
        && branch.DescendantsAndSelf().OfType<ISimpleAssignmentOperation>().All(assignment => !Is(assignment.Target, path) || assignment.Value.Unwrap().ConstantValue.HasValue);

    /// <summary>Whether the variable takes another value after the check.</summary>
    private static bool IsWrittenSince(StablePath path, IOperation check, IOperation reference) =>
        path.IsVariable && ValueSources.ReferencesOf(path.Root, reference).Any(mention =>
            mention.Syntax.SpanStart > check.Syntax.SpanStart
            && mention.Syntax.SpanStart < reference.Syntax.SpanStart
            && mention is { Parent: IAssignmentOperation assignment }
            && assignment.Target == mention
            && !(assignment is ISimpleAssignmentOperation simple && simple.Value.Unwrap().ConstantValue.HasValue));

    private bool IsSafeWhen(IOperation condition, StablePath path, bool outcome, int depth)
    {
        if (depth > MaxDepth)
        {
            return false;
        }

        condition = condition.Unwrap();
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return IsSafeWhen(not.Operand, path, !outcome, depth + 1);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } both:
                return outcome
                    ? IsSafeWhen(both.LeftOperand, path, true, depth + 1) || IsSafeWhen(both.RightOperand, path, true, depth + 1)
                    : IsSafeWhen(both.LeftOperand, path, false, depth + 1) && IsSafeWhen(both.RightOperand, path, false, depth + 1);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } either:
                return outcome
                    ? IsSafeWhen(either.LeftOperand, path, true, depth + 1) && IsSafeWhen(either.RightOperand, path, true, depth + 1)
                    : IsSafeWhen(either.LeftOperand, path, false, depth + 1) || IsSafeWhen(either.RightOperand, path, false, depth + 1);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                return outcome == (comparison.OperatorKind == BinaryOperatorKind.Equals) && AreCompared(comparison.LeftOperand, comparison.RightOperand, path);

            case IIsPatternOperation match when Is(match.Value, path):
                return outcome ? IsClosedPattern(match.Pattern) : match.Pattern is INegatedPatternOperation negated && IsClosedPattern(negated.Pattern);

            case IInvocationOperation call:
                return IsSafeWhen(call, path, outcome, depth);

            case ILocalReferenceOperation flag when ValueSources.Of(flag, cancellationToken) is [{ Value: var value }] && value != flag && value is not ILocalReferenceOperation:
                return IsSafeWhen(value, path, outcome, depth + 1);

            default:
                return false;
        }
    }

    private bool IsSafeWhen(IInvocationOperation call, StablePath path, bool outcome, int depth)
    {
        var method = call.TargetMethod;
        if (!Mentions(call, path))
        {
            return false;
        }

        if (IsSanitizer(method))
        {
            return outcome;
        }

        switch (method.Name)
        {
            case "Equals":
                return outcome && (call.Instance is { } first
                    ? call.Arguments is [{ Value: var second }, ..] && AreCompared(first, second, path)
                    : call.Arguments is [{ Value: var left }, { Value: var right }, ..] && AreCompared(left, right, path));

            // A list that is asked for the value; `text.Contains("x")` asks the value instead.
            case "Contains" or "ContainsKey" or "TryGetValue" or "Any" or "Exists" or "IsDefined" or "TryParse" or "TryParseExact" or "IsMatch":
                return outcome && (call.Instance ?? call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value) is { } receiver
                    && (!Is(receiver, path) || method.Name is "TryParse" or "TryParseExact" or "IsMatch")
                    && (method.Name is not "TryParse" and not "TryParseExact" || DataSources.IsClosed(method.ContainingType) || DataSources.IsClosed(method.TypeArguments.FirstOrDefault()) || method.ContainingType.Name == "Enum");
        }

        // A question that the code of the team asks about the value: one whose answer is in view is looked into, others may be a check.
        if (method.DeclaringSyntaxReferences.IsEmpty && method.ContainingAssembly?.Name is { } assembly
            && (assembly.StartsWith("System", StringComparison.Ordinal) || assembly.StartsWith("Microsoft", StringComparison.Ordinal) || assembly is "mscorlib" or "netstandard"))
        {
            return false;
        }

        return outcome && !LooksHarmless(method);

        // `IsEmpty`, `HasText`: no check of what the text says.
        bool LooksHarmless(IMethodSymbol question) =>
            depth < MaxDepth
            && SingleReturn.Of(question, cancellationToken) is { } returned
            && call.SemanticModel is { } model
            && call.Arguments.FirstOrDefault(argument => Is(argument.Value, path))?.Parameter is { } parameter
            && ValueSources.OperationOf(model, returned, cancellationToken) is { } answer
            && answer.DescendantsAndSelf().OfType<IParameterReferenceOperation>().FirstOrDefault(reference => reference.Parameter.Ordinal == parameter.Ordinal && SymbolEqualityComparer.Default.Equals(reference.Parameter.ContainingSymbol, question)) is { } asked
            && StablePath.Of(asked) is { } inner
            && !IsSafeWhen(answer, inner, true, depth + 1);
    }

    /// <summary>Whether the method, or its type, is a check of the team.</summary>
    public bool IsSanitizer(IMethodSymbol method) =>
        ai.IsSanitizer(method) || OriginOptions.Names(options.Sanitizers, method) || OriginOptions.Names(options.Sanitizers, method.ContainingType);

    private static bool AreCompared(IOperation first, IOperation second, StablePath path) =>
        (Is(first, path) && IsText(second)) || (Is(second, path) && IsText(first));

    private static bool IsText(IOperation value) => value.Unwrap() is { ConstantValue.HasValue: true } or IFieldReferenceOperation { Field.IsReadOnly: true };

    private static bool IsClosedPattern(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation => true,
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => IsClosedPattern(either.LeftPattern) && IsClosedPattern(either.RightPattern),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both => IsClosedPattern(both.LeftPattern) || IsClosedPattern(both.RightPattern),
        _ => false,
    };

    private static bool Mentions(IInvocationOperation call, StablePath path) =>
        (call.Instance is { } instance && Is(instance, path))
        || call.Arguments.Any(argument => Is(argument.Value, path) || argument.Value.Unwrap() is IAnonymousFunctionOperation or IDelegateCreationOperation && argument.Value.Descendants().Any(part => Is(part, path)));

    /// <summary>Whether the operation is the value, or the value without its white space or case.</summary>
    private static bool Is(IOperation operation, StablePath path)
    {
        operation = operation.Unwrap();
        while (operation is IInvocationOperation { Instance: { } instance, TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, Name: "Trim" or "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant" } })
        {
            operation = instance.Unwrap();
        }

        return StablePath.Of(operation) is { } other && other.Equals(path);
    }
}
