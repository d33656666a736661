using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>
/// Evaluates operations while the job is in one given state: what a comparison of its status yields, whether its result is
/// there, and whether the job was handed to code out of view. Three-valued: what the code does not prove stays undecided.
/// </summary>
internal sealed class JobEvaluator(
    JobVocabulary vocabulary,
    IReadOnlyDictionary<CaptureId, ILocalSymbol> capturedTargets,
    JobEnvironment environment,
    JobState state,
    int depth,
    CancellationToken cancellationToken)
{
    // Expressions nested deeper than this are generated, and nobody reads them.
    private const int MaxNesting = 120;

    private int _nesting;

    /// <summary>Gets what is known after the operations evaluated so far.</summary>
    public JobEnvironment Environment { get; private set; } = environment;

    /// <summary>Gets a value indicating whether the job or its status went to code that may reject it.</summary>
    public bool Escaped { get; private set; }

    /// <summary>Gets a value indicating whether an operation certainly threw.</summary>
    public bool Threw { get; private set; }

    /// <summary>Gets the reads of a missing result whose value was put to use.</summary>
    public List<IOperation> UsedMissingResults { get; } = [];

    /// <summary>Uses a value: the moment at which a missing result does harm.</summary>
    public void Use(JobValue value)
    {
        // Once the job has gone to code that may reject it, whatever comes of it may have been checked there.
        if (!Escaped && value is { Kind: JobValueKind.MissingResult, Origin: { } origin })
        {
            UsedMissingResults.Add(origin);
        }
    }

    public JobValue Evaluate(IOperation? operation)
    {
        if (operation is null)
        {
            return JobValue.Unknown;
        }

        if (++_nesting > MaxNesting)
        {
            _nesting--;
            return JobValue.Unknown;
        }

        try
        {
            return EvaluateCore(operation);
        }
        finally
        {
            _nesting--;
        }
    }

    private JobValue EvaluateCore(IOperation operation)
    {
        if (operation.ConstantValue.HasValue && vocabulary.ConstantOf(operation) is { } constant)
        {
            return constant;
        }

        switch (operation)
        {
            case IFlowCaptureOperation capture:
                return Assign(capture.Id, Evaluate(capture.Value));

            case IFlowCaptureReferenceOperation reference:
                return Read(reference.Id, reference);

            case ILocalReferenceOperation local:
                return Read(local.Local, local);

            case IParameterReferenceOperation parameter:
                return Read(parameter.Parameter, parameter);

            case IExpressionStatementOperation statement:
                return Evaluate(statement.Operation);

            case ISimpleAssignmentOperation assignment:
                return AssignTo(assignment.Target, Evaluate(assignment.Value));

            case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Or } either when either.Type?.SpecialType == SpecialType.System_Boolean:
                return AssignTo(either.Target, Evaluate(either.Target).Or(Evaluate(either.Value)));

            case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.And } both when both.Type?.SpecialType == SpecialType.System_Boolean:
                return AssignTo(both.Target, Evaluate(both.Target).And(Evaluate(both.Value)));

            case ICompoundAssignmentOperation compound:
                Use(Evaluate(compound.Value));
                return AssignTo(compound.Target, JobValue.Unknown);

            case IIncrementOrDecrementOperation step:
                return AssignTo(step.Target, JobValue.Unknown);

            case IDeconstructionAssignmentOperation deconstruction:
                Use(Evaluate(deconstruction.Value));
                Forget(deconstruction.Target);
                return JobValue.Unknown;

            case IConversionOperation conversion:
                var operand = Evaluate(conversion.Operand);
                return vocabulary.Convert(operand, conversion);

            case IAwaitOperation await:
                return OrByType(Evaluate(await.Operation), await);

            case IParenthesizedOperation parenthesized:
                return Evaluate(parenthesized.Operand);

            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Evaluate(not.Operand).Not();

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals:
                return Compare(Evaluate(equals.LeftOperand), Evaluate(equals.RightOperand), ignoreCase: false);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } notEquals:
                return Compare(Evaluate(notEquals.LeftOperand), Evaluate(notEquals.RightOperand), ignoreCase: false).Not();

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd } conjunction when conjunction.Type?.SpecialType == SpecialType.System_Boolean:
                return Evaluate(conjunction.LeftOperand).And(Evaluate(conjunction.RightOperand));

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr } disjunction when disjunction.Type?.SpecialType == SpecialType.System_Boolean:
                return Evaluate(disjunction.LeftOperand).Or(Evaluate(disjunction.RightOperand));

            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                return Evaluate(conditional.Condition).AsBoolean() switch
                {
                    true => Evaluate(conditional.WhenTrue),
                    false => Evaluate(whenFalse),
                    null => JobValue.Mix(Evaluate(conditional.WhenTrue), Evaluate(whenFalse)),
                };

            case IIsNullOperation isNull:
                return Decide(Evaluate(isNull.Operand), static value => value.IsNull);

            case IIsPatternOperation isPattern:
                return Match(Evaluate(isPattern.Value), isPattern.Pattern);

            case IIsTypeOperation isType:
                return Decide(Evaluate(isType.ValueOperand), static value => value.IsNull == true ? false : null);

            case IPropertyReferenceOperation property:
                return EvaluateProperty(property);

            case IFieldReferenceOperation field:
                return EvaluateField(field);

            case IInvocationOperation invocation:
                return EvaluateInvocation(invocation);

            case IReturnOperation returned:
                Use(Evaluate(returned.ReturnedValue));
                return JobValue.Unknown;

            case IThrowOperation thrown:
                Evaluate(thrown.Exception);
                return JobValue.Unknown;

            case ITupleOperation or IObjectCreationOperation or IAnonymousObjectCreationOperation:
                return EvaluateWhole(operation);

            case IInterpolatedStringOperation or IInterpolatedStringAdditionOperation or IInterpolationOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add }:
                return EvaluateText(operation);

            // What "?." yields where there is nothing.
            case IDefaultValueOperation { Type: { } type } when type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T:
                return JobValue.Null;

            // Null is neither above nor below anything.
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } relation:
                var (first, second) = (Evaluate(relation.LeftOperand), Evaluate(relation.RightOperand));
                return first.Kind == JobValueKind.Null || second.Kind == JobValueKind.Null ? JobValue.False : JobValue.Mix(first, second);

            case INameOfOperation or ITypeOfOperation or ISizeOfOperation or IDefaultValueOperation:
                return JobValue.Unknown;

            default:
                return EvaluateParts(operation);
        }
    }

    /// <summary>Equality of two values, as far as it is known.</summary>
    public JobValue Compare(JobValue left, JobValue right, bool ignoreCase)
    {
        if (left.Kind is JobValueKind.Null || right.Kind is JobValueKind.Null)
        {
            return Decide(left.Kind is JobValueKind.Null ? right : left, static value => value.IsNull);
        }

        if (right.Kind is JobValueKind.Status or JobValueKind.FoldedStatus)
        {
            (left, right) = (right, left);
        }

        return (left.Kind, right.Kind) switch
        {
            (JobValueKind.Status or JobValueKind.FoldedStatus, JobValueKind.State) => JobValue.From(right.State == state),
            (JobValueKind.FoldedStatus, JobValueKind.Text) => vocabulary.IsWordFor(state, right.Text, ignoreCase: true) is { } folded ? JobValue.From(folded) : JobValue.Derived,
            (JobValueKind.Status, JobValueKind.Text) => vocabulary.IsWordFor(state, right.Text, ignoreCase) is { } exact ? JobValue.From(exact) : JobValue.Derived,
            (JobValueKind.Status or JobValueKind.FoldedStatus, JobValueKind.Status or JobValueKind.FoldedStatus) => JobValue.Derived,
            (JobValueKind.State, JobValueKind.State) => JobValue.From(left.State == right.State),
            (JobValueKind.Text, JobValueKind.Text) => JobValue.From(string.Equals(left.Text, right.Text, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)),
            (JobValueKind.True or JobValueKind.False, JobValueKind.True or JobValueKind.False) => JobValue.From(left.Kind == right.Kind),
            _ => JobValue.Mix(left, right),
        };
    }

    private static JobValue Decide(JobValue value, Func<JobValue, bool?> question) =>
        question(value) is { } answer ? JobValue.From(answer) : value.ConcernsJob ? JobValue.Derived : JobValue.Unknown;

    private JobValue Match(JobValue value, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return JobValue.True;

            case IConstantPatternOperation constant:
                return Compare(value, Evaluate(constant.Value), ignoreCase: false);

            case INegatedPatternOperation negated:
                return Match(value, negated.Pattern).Not();

            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } conjunction:
                return Match(value, conjunction.LeftPattern).And(Match(value, conjunction.RightPattern));

            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } disjunction:
                return Match(value, disjunction.LeftPattern).Or(Match(value, disjunction.RightPattern));

            case IRelationalPatternOperation when value.IsNull == true:
                return JobValue.False;

            case IDeclarationPatternOperation declaration:
                if (declaration.DeclaredSymbol is { } declared)
                {
                    // "o is FineTuningJob job": the pattern says what the value is.
                    Assign(declared, value.Kind is JobValueKind.Unknown && declared is ILocalSymbol { Type: var type } ? vocabulary.ByType(type) : value);
                }

                return declaration.MatchesNull ? JobValue.True : Decide(value, static v => v.IsNull is { } isNull ? !isNull : null);

            case ITypePatternOperation:
                return Decide(value, static v => v.IsNull == true ? false : null);

            case IRecursivePatternOperation recursive:
                if (recursive.DeclaredSymbol is { } bound)
                {
                    Assign(bound, value);
                }

                var result = Decide(value, static v => v.IsNull is { } isNull ? !isNull : null);
                foreach (var part in recursive.PropertySubpatterns)
                {
                    var member = part.Member is { Type: { } type } && value.ConcernsJob ? vocabulary.ByType(type) : JobValue.Unknown;
                    if (part.Member is IPropertyReferenceOperation property && value.ConcernsJob)
                    {
                        member = vocabulary.MemberOf(value, property.Property, property, state) ?? member;
                    }

                    result = result.And(Match(member.Kind == JobValueKind.Unknown && value.ConcernsJob ? JobValue.Derived : member, part.Pattern));
                }

                return recursive.DeconstructionSubpatterns.IsEmpty ? result : JobValue.Mix(result, value);

            default:
                return value.ConcernsJob ? JobValue.Derived : JobValue.Unknown;
        }
    }

    private JobValue EvaluateProperty(IPropertyReferenceOperation property)
    {
        var instance = Evaluate(property.Instance);
        foreach (var argument in property.Arguments)
        {
            Evaluate(argument.Value);
        }

        if (vocabulary.MemberOf(instance, property.Property, property, state) is { } known)
        {
            return known;
        }

        if (property.Property.Name == "IsSuccessStatusCode")
        {
            // The reply that holds the job is what is walked; a request that fails says nothing of the job.
            return JobValue.True;
        }

        if (property.Property.Name == "IsCancellationRequested")
        {
            // Whether anybody cancels is not in view; a source with a timeout is asked for elsewhere.
            return JobValue.False;
        }

        Use(instance);
        return instance.ConcernsJob || vocabulary.MayJudge(property.Property, cancellationToken) ? OrByType(JobValue.Derived, property) : JobValue.Unknown;
    }

    private JobValue EvaluateField(IFieldReferenceOperation field)
    {
        var instance = Evaluate(field.Instance);
        if (vocabulary.MemberOf(instance, field.Field, field, state) is { } known)
        {
            return known;
        }

        if (field.Field.IsStatic)
        {
            return JobValue.Unknown;
        }

        var type = vocabulary.ByType(field.Type);
        return type.Kind != JobValueKind.Unknown ? type : instance.ConcernsJob ? JobValue.Derived : JobValue.Unknown;
    }

    private JobValue EvaluateInvocation(IInvocationOperation invocation)
    {
        var instance = Evaluate(invocation.Instance);
        var arguments = ImmutableArray.CreateBuilder<JobValue>(invocation.Arguments.Length);
        foreach (var argument in invocation.Arguments)
        {
            arguments.Add(Evaluate(argument.Value));
            if (argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref })
            {
                Forget(argument.Value);
            }
        }

        var method = invocation.TargetMethod;
        if (vocabulary.JsonMemberOf(instance, invocation, state) is { } member)
        {
            if (method.Name == "TryGetProperty" && invocation.Arguments.Length == 2)
            {
                AssignTo(invocation.Arguments[1].Value is IDeclarationExpressionOperation declaration ? declaration.Expression : invocation.Arguments[1].Value, member.Kind == JobValueKind.Status ? member : JobValue.Derived);
                return member.Kind == JobValueKind.Status ? JobValue.True : JobValue.Derived;
            }

            return member;
        }

        switch (method.Name)
        {
            case "Equals" when method.Parameters.Length is >= 1 and <= 3:
                var (left, right) = method.IsStatic && arguments.Count >= 2 ? (arguments[0], arguments[1]) : (instance, arguments[0]);
                return Compare(left, right, JobVocabulary.ComparesIgnoringCase(invocation));

            case "Raw" when instance.Kind == JobValueKind.Status && invocation.Arguments.IsEmpty:
                return instance;

            case "ToString" or "GetString" or "GetValue" or "GetValueOrDefault" or "Value" or "ConfigureAwait" or "GetAwaiter" or "GetResult" or "AsTask" or "WaitAsync"
                when instance.Kind != JobValueKind.Unknown:
                return instance.Kind == JobValueKind.Job ? OrByType(JobValue.Derived, invocation) : instance;

            case "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant" when instance.Kind is JobValueKind.Status or JobValueKind.FoldedStatus:
                return new JobValue(JobValueKind.FoldedStatus);

            case "Trim" when instance.Kind is JobValueKind.Status or JobValueKind.FoldedStatus:
                return instance;

            case "IsNullOrEmpty" or "IsNullOrWhiteSpace" when arguments.Count == 1:
                return Decide(arguments[0], static value => value.IsNull);

            case "ThrowIfNull" or "ThrowIfNullOrEmpty" or "ThrowIfNullOrWhiteSpace" when arguments.Count >= 1:
                Threw |= arguments[0].IsNull == true;
                return JobValue.Unknown;

            case "WaitForNextTickAsync":
                return JobValue.True;

            case "Contains" when arguments.Any(static value => value.Kind is JobValueKind.Status or JobValueKind.FoldedStatus):
                return EvaluateContains(invocation, arguments);
        }

        if (vocabulary.ResultOf(instance, invocation, state) is { } result)
        {
            return result;
        }

        if (method.ReturnType.SpecialType == SpecialType.System_Boolean && EvaluateHelper(invocation, arguments) is { } answer)
        {
            return answer;
        }

        if (invocation.Arguments.Any(argument => argument.Value.Unwrap() is IDelegateCreationOperation { Target: IFlowAnonymousFunctionOperation function } && vocabulary.IsJudgement(function, cancellationToken)))
        {
            // "jobs.Where(job => job.Status == Succeeded)": what comes of it has been looked at.
            Escaped = true;
            return JobValue.Derived;
        }

        if (!JobVocabulary.IsProgressLog(invocation))
        {
            Use(instance);
            foreach (var argument in arguments)
            {
                Use(argument);
            }
        }

        if (JobVocabulary.NeverReturns(method))
        {
            Threw = true;
            return JobValue.Unknown;
        }

        var byType = vocabulary.ByInvocation(invocation, cancellationToken);
        var concerned = instance.ConcernsJob;
        if (byType.Kind == JobValueKind.Unknown && vocabulary.MayJudge(method, cancellationToken))
        {
            // A helper that looks at the job by itself, through a field or a captured variable.
            concerned = true;
            Escaped |= vocabulary.MayReject(method, cancellationToken);
        }

        if (invocation.Arguments.Any(argument => argument.Value.Type?.SpecialType == SpecialType.System_Boolean && ReadsStatus(argument.Value)))
        {
            // "Ensure(job.Status == Succeeded)": decided here, and acted on there.
            Escaped |= vocabulary.MayReject(method, cancellationToken);
        }

        foreach (var argument in arguments)
        {
            concerned |= argument.ConcernsJob;
            Escaped |= argument.Kind is JobValueKind.Job or JobValueKind.Status or JobValueKind.FoldedStatus && vocabulary.MayReject(method, cancellationToken);
        }

        return byType.Kind != JobValueKind.Unknown ? byType : concerned ? JobValue.Derived : JobValue.Unknown;
    }

    private JobValue EvaluateContains(IInvocationOperation invocation, ImmutableArray<JobValue>.Builder arguments)
    {
        var position = 0;
        while (arguments[position].Kind is not (JobValueKind.Status or JobValueKind.FoldedStatus))
        {
            position++;
        }

        var status = arguments[position];
        var set = invocation.Instance ?? invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;
        if (set is null || vocabulary.ElementsOf(set, cancellationToken) is not { } elements)
        {
            return JobValue.Derived;
        }

        var result = JobValue.False;
        foreach (var element in elements)
        {
            result = result.Or(Compare(status, element, JobVocabulary.ComparesIgnoringCase(invocation)));
        }

        return result;
    }

    /// <summary>What a helper method of the compilation answers, one level deep.</summary>
    private JobValue? EvaluateHelper(IInvocationOperation invocation, ImmutableArray<JobValue>.Builder arguments)
    {
        if (depth > 0 || !arguments.Any(static value => value.ConcernsJob) || vocabulary.GraphOf(invocation.TargetMethod, cancellationToken) is not { } graph)
        {
            return null;
        }

        var start = JobEnvironment.Empty;
        for (var i = 0; i < invocation.Arguments.Length; i++)
        {
            // The symbols inside the method's own graph are those of its definition.
            if (invocation.Arguments[i].Parameter is { } parameter && (invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod).OriginalDefinition.Parameters.ElementAtOrDefault(parameter.Ordinal) is { } definition)
            {
                start = start.With(definition, arguments[i]);
            }
        }

        bool? answer = null;
        foreach (var returned in JobWalk.Returns(vocabulary, graph, start, state, depth + 1, cancellationToken))
        {
            if (returned is not { } decided || (answer is { } before && before != decided))
            {
                return JobValue.Derived;
            }

            answer = decided;
        }

        return answer is { } all ? JobValue.From(all) : null;
    }

    /// <summary>A text made of parts: it still carries a missing result, so that its use is seen where the text is used.</summary>
    private JobValue EvaluateText(IOperation operation)
    {
        var text = JobValue.Unknown;
        var tellsStatus = false;
        foreach (var child in operation.ChildOperations)
        {
            var value = Evaluate(child);
            tellsStatus |= value.Kind is JobValueKind.Status or JobValueKind.FoldedStatus;
            text = value.Kind == JobValueKind.MissingResult ? value
                : text.Kind == JobValueKind.MissingResult ? text
                : JobValue.Mix(text, value);
        }

        // "Ended as {job.Status}, model {job.Value}": whoever reads the text reads both.
        return tellsStatus || (text.Kind == JobValueKind.MissingResult && ReadsStatus(operation)) ? JobValue.Derived : text;
    }

    /// <summary>Something made of parts: a result that travels together with its status leaves the check to whoever receives both.</summary>
    private JobValue EvaluateWhole(IOperation operation)
    {
        var values = PartsOf(operation).Select(Evaluate).ToArray();
        if (ReadsStatus(operation) || values.Any(static value => value.Kind is JobValueKind.Status or JobValueKind.FoldedStatus))
        {
            return JobValue.Derived;
        }

        foreach (var value in values)
        {
            Use(value);
        }

        return OrByType(values.Any(static value => value.ConcernsJob) ? JobValue.Derived : JobValue.Unknown, operation);
    }

    private static IEnumerable<IOperation> PartsOf(IOperation whole) => whole switch
    {
        IAnonymousObjectCreationOperation anonymous => anonymous.Initializers.Select(static part => part is ISimpleAssignmentOperation assignment ? assignment.Value : part),
        IObjectCreationOperation { Arguments.IsEmpty: false } creation => creation.Arguments.Select(static argument => argument.Value),
        _ => whole.ChildOperations,
    };

    private bool ReadsStatus(IOperation operation) =>
        operation.DescendantsAndSelf().Any(part => vocabulary.ByType(part.Type).Kind == JobValueKind.Status);

    private JobValue EvaluateParts(IOperation operation)
    {
        var concerned = false;
        foreach (var child in operation.ChildOperations)
        {
            var value = Evaluate(child);
            Use(value);
            concerned |= value.ConcernsJob;
        }

        return OrByType(concerned ? JobValue.Derived : JobValue.Unknown, operation);
    }

    private JobValue OrByType(JobValue value, IOperation operation)
    {
        if (value.Kind is not (JobValueKind.Unknown or JobValueKind.Derived))
        {
            return value;
        }

        var byType = vocabulary.ByType(operation.Type);
        return byType.Kind == JobValueKind.Unknown ? value : byType;
    }

    private JobValue Read(object variable, IOperation reference) =>
        Environment.TryGet(variable, out var value) ? value : vocabulary.ByType(reference.Type);

    private JobValue AssignTo(IOperation target, JobValue value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                return Assign(local.Local, value);
            case IParameterReferenceOperation parameter:
                return Assign(parameter.Parameter, value);
            case IFlowCaptureReferenceOperation capture:
                return capturedTargets.TryGetValue(capture.Id, out var variable) ? Assign(variable, value) : Assign(capture.Id, value);
            case IDiscardOperation:
                return value;
            case IMemberReferenceOperation { Member: IPropertySymbol { NullableAnnotation: NullableAnnotation.Annotated } or IFieldSymbol { NullableAnnotation: NullableAnnotation.Annotated } }:
                // A place that says that it may be empty: whoever reads it is told.
                Evaluate(target);
                return value;
            case IMemberReferenceOperation { Instance: { } receiver } when value.Kind == JobValueKind.MissingResult && vocabulary.IsGivenStatus(receiver, cancellationToken):
                // The record that takes the result takes the status as well.
                Evaluate(target);
                return value;
            default:
                Evaluate(target);
                Use(value);
                return value;
        }
    }

    private JobValue Assign(object variable, JobValue value)
    {
        if (variable is not ILocalSymbol local || !vocabulary.IsWrittenElsewhere(local))
        {
            Environment = Environment.With(variable, value);
        }

        return value;
    }

    private void Forget(IOperation target)
    {
        foreach (var part in target.DescendantsAndSelf())
        {
            switch (part)
            {
                case ILocalReferenceOperation local:
                    Assign(local.Local, vocabulary.ByType(local.Type));
                    break;
                case IParameterReferenceOperation parameter:
                    Assign(parameter.Parameter, vocabulary.ByType(parameter.Type));
                    break;
            }
        }
    }
}
