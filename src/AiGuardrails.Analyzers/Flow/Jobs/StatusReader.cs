using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>In which form an expression shows the state of a job, and so what it can be equal to.</summary>
internal enum StatusForm
{
    /// <summary>An enum of the SDK.</summary>
    Enum,

    /// <summary>A struct of the SDK around the word of the service.</summary>
    StringStruct,

    /// <summary>A member of an enum, or a word that the SDK does not know yet.</summary>
    OpenEnum,

    /// <summary>The word of the service, as a string.</summary>
    Word,

    /// <summary>The name of an enum member, as a string.</summary>
    MemberName,

    /// <summary>The word of the service as JSON: in quotes.</summary>
    QuotedWord,
}

/// <summary>What was done to the case of a text before it is compared.</summary>
internal enum TextCase
{
    AsIs,
    Lower,
    Upper,
}

/// <summary>A read of the status of a job.</summary>
/// <param name="Job">The kind of job.</param>
/// <param name="Form">What is read.</param>
/// <param name="Type">The enum or struct behind it; null where the status comes as JSON.</param>
/// <param name="Path">What is asked; null where asking twice may yield two things.</param>
internal sealed record StatusRead(JobTable Job, StatusForm Form, INamedTypeSymbol? Type, StablePath? Path)
{
    public TextCase Case { get; init; }

    /// <summary>Texts that the program itself puts where the status is read from, such as the value before the first poll.</summary>
    public ImmutableArray<string> OwnWords { get; init; } = [];
}

/// <summary>
/// Which expressions of a body are the status of a job: enums, string structs and open enums of the SDKs, their texts, and
/// strings read from the status member of a reply of a service in view.
/// </summary>
internal sealed class StatusReader
{
    private const int MaxDepth = 16;

    private readonly AiContext _ai;
    private readonly AiBody _body;
    private readonly StatusReplies _replies;
    private readonly Dictionary<ISymbol, IOperation> _arguments = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, StatusRead?> _locals = new(SymbolEqualityComparer.Default);
    private readonly CancellationToken _cancellationToken;
    private ILookup<ISymbol, IOperation?>? _assigned;
    private int _depth;

    public StatusReader(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        _ai = ai;
        _body = body;
        _replies = new StatusReplies(ai, body, cancellationToken);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Gets what the parameters of the helper that is looked into stand for.</summary>
    public IReadOnlyDictionary<ISymbol, IOperation> Arguments => _arguments;

    /// <summary>Looks at something inside a helper, whose parameters stand for the arguments of the call.</summary>
    public T Inside<T>(IInvocationOperation call, IMethodSymbol definition, Func<T> look)
    {
        var bound = new List<ISymbol>();
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && definition.Parameters.ElementAtOrDefault(parameter.Ordinal) is { } own && !_arguments.ContainsKey(own))
            {
                _arguments.Add(own, argument.Value);
                bound.Add(own);
            }
        }

        try
        {
            return look();
        }
        finally
        {
            bound.ForEach(parameter => _arguments.Remove(parameter));
        }
    }

    /// <summary>The read of a status that this operation is, or null.</summary>
    public StatusRead? ReadOf(IOperation? operation)
    {
        if (operation is null || _depth > MaxDepth)
        {
            return null;
        }

        _depth++;
        try
        {
            return ReadOfCore(operation);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>The read that a member of a job or of a reply is, where the member is asked of that path.</summary>
    public StatusRead? ReadOfMember(ISymbol member, ITypeSymbol? type, StablePath? path) =>
        ByType(type, path) ?? (member is IPropertySymbol property && _replies.IsStatusProperty(property) ? Word(path) : null);

    /// <summary>The predicate over the status that this property is, with the status that it asks; null where it is none.</summary>
    public (StatusRead Status, StatePredicate Predicate)? PredicateOf(IPropertyReferenceOperation property)
    {
        if (property.Type?.SpecialType != SpecialType.System_Boolean || property.Instance is not { } instance)
        {
            return null;
        }

        var onJob = _ai.JobOf(instance.Type);
        if ((onJob ?? _ai.JobOfStatus(instance.Type)) is not { } job)
        {
            return null;
        }

        foreach (var predicate in job.Predicates)
        {
            if (predicate.Member != property.Property.Name || predicate.IsOnJob != onJob is not null)
            {
                continue;
            }

            var status = onJob is null
                ? ReadOf(instance)
                : StatusMemberOf(instance.Type, job) is { } member ? ByType(member.Type, StablePath.Of(instance, _arguments)?.Then(member.Name)) : null;

            return status is null ? null : (status, predicate);
        }

        return null;
    }

    /// <summary>The form of a value of the type, if it is a status.</summary>
    public static StatusForm? FormOf(ITypeSymbol? type) => type?.TypeKind switch
    {
        TypeKind.Enum => StatusForm.Enum,
        TypeKind.Struct when type.SpecialType == SpecialType.None => StatusForm.StringStruct,
        _ => null,
    };

    private StatusRead? ReadOfCore(IOperation operation)
    {
        switch (operation)
        {
            case IConversionOperation conversion:
                return Convert(ReadOf(conversion.Operand), conversion);

            case IParenthesizedOperation parenthesized:
                return ReadOf(parenthesized.Operand);

            case IAwaitOperation await:
                return ByType(await.Type, path: null) ?? OfHelper(await.Operation as IInvocationOperation);

            case IConditionalAccessOperation access:
                return ReadOf(access.WhenNotNull);

            case IConditionalAccessInstanceOperation instance:
                return ReadOf(StablePath.ReceiverOf(instance));

            case ISimpleAssignmentOperation assignment:
                return ByType(assignment.Type, StablePath.Of(assignment.Target, _arguments)) ?? ReadOf(assignment.Target);

            case IDeclarationExpressionOperation declaration:
                return ReadOf(declaration.Expression);

            case ILocalReferenceOperation local:
                return ByType(local.Type, StablePath.Of(local)) ?? OfLocal(local.Local);

            case IParameterReferenceOperation parameter:
                return _arguments.TryGetValue(parameter.Parameter, out var argument) ? ReadOf(argument)
                    : ByType(parameter.Type, StablePath.Of(parameter)) ?? OfParameter(parameter);

            case IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } } value:
                return ReadOf(value.Instance);

            // A constant of the status type is what a status is compared with.
            case IMemberReferenceOperation { Member: { IsStatic: true, ContainingType: { } owner } } when SymbolEqualityComparer.Default.Equals(owner, operation.Type):
            case { ConstantValue.HasValue: true }:
                return null;

            case IMemberReferenceOperation { Member: not IMethodSymbol } member:
                return ByType(member.Type, StablePath.Of(member, _arguments)) ?? _replies.StatusMemberOf(member) switch
                {
                    true => Word(StablePath.Of(member, _arguments)),
                    _ => null,
                };

            case IInvocationOperation invocation:
                return OfInvocation(invocation);

            case IObjectCreationOperation or IDefaultValueOperation:
                return null;

            default:
                return ByType(operation.Type, StablePath.Of(operation, _arguments));
        }
    }

    private StatusRead? Convert(StatusRead? status, IConversionOperation conversion)
    {
        if (status is null)
        {
            // A string that becomes a status is a constant; anything else is what its new type says.
            return conversion.Operand.Type?.SpecialType == SpecialType.System_String || conversion.Operand.ConstantValue.HasValue || conversion.OperatorMethod is null
                ? null
                : ByType(conversion.Type, path: null);
        }

        return (status.Form, conversion.Type?.SpecialType) switch
        {
            (StatusForm.OpenEnum, SpecialType.System_String) => status with { Form = StatusForm.Word },
            (StatusForm.OpenEnum, _) when conversion.Type?.TypeKind == TypeKind.Enum => status with { Form = StatusForm.Enum },
            (StatusForm.Enum, >= SpecialType.System_SByte and <= SpecialType.System_UInt64) => null,
            (StatusForm.Word, _) when _ai.JobOfStatus(conversion.Type) is not null => ByType(conversion.Type, status.Path),
            _ => status,
        };
    }

    private StatusRead? OfInvocation(IInvocationOperation invocation)
    {
        if (_replies.StatusMemberOf(invocation) is { } isStatus)
        {
            return isStatus ? Word(StablePath.Of(invocation.Instance, _arguments)?.Then("[" + RawHttp.StatusMember + "]")) : null;
        }

        var name = invocation.TargetMethod.Name;
        switch (name)
        {
            case "ToString" or "GetString" or "GetValue" or "Value" or "Raw" or "Trim" or "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant"
                when ReadOf(invocation.Instance) is { } status:
                return AsText(status, name, invocation);

            default:
                return ByType(invocation.Type, path: null) ?? OfHelper(invocation);
        }
    }

    private static StatusRead? AsText(StatusRead status, string method, IInvocationOperation invocation) => (method, status.Form) switch
    {
        ("ToString", StatusForm.Enum) => invocation.Arguments.IsEmpty || invocation.Arguments[0].Value.ConstantText() is "G" or "g" ? status with { Form = StatusForm.MemberName } : null,
        ("ToString", StatusForm.StringStruct) => status with { Form = StatusForm.Word },
        ("ToString", StatusForm.OpenEnum) => status with { Form = StatusForm.QuotedWord },
        ("Value", StatusForm.OpenEnum) => status with { Form = StatusForm.Enum },
        ("Raw", StatusForm.OpenEnum) => status with { Form = StatusForm.Word },
        ("ToLower" or "ToLowerInvariant", StatusForm.Word or StatusForm.MemberName) => status with { Case = TextCase.Lower },
        ("ToUpper" or "ToUpperInvariant", StatusForm.Word or StatusForm.MemberName) => status with { Case = TextCase.Upper },
        ("ToString" or "GetString" or "GetValue" or "Value" or "Trim", StatusForm.Word or StatusForm.MemberName) => status,
        _ => null,
    };

    /// <summary>A method of the project whose every return is a status: what a call of it yields.</summary>
    private StatusRead? OfHelper(IInvocationOperation? call)
    {
        if (call is null || !IsText(AwaitedType(call.Type)) || HelperBody.Of(_ai, _body, call.TargetMethod, _cancellationToken) is not { } body || ReferenceEquals(body, _body))
        {
            return null;
        }

        StatusRead? found = null;
        var statuses = new StatusReader(_ai, body, _cancellationToken) { _depth = _depth + (MaxDepth / 2) };
        foreach (var returned in HelperBody.ReturnsOf(body))
        {
            if (returned.ConstantValue is { HasValue: true, Value: null })
            {
                continue;
            }

            if (statuses.ReadOf(returned) is not { } status || (found is not null && (found.Job != status.Job || found.Form != status.Form)))
            {
                return null;
            }

            found = status with { Path = null };
        }

        return found;
    }

    /// <summary>A local that only ever holds the text of a status, or words of the program's own.</summary>
    private StatusRead? OfLocal(ILocalSymbol local)
    {
        if (!IsText(local.Type) && !RawHttp.IsJson(local.Type))
        {
            return null;
        }

        if (_locals.TryGetValue(local, out var known))
        {
            return known;
        }

        // What is asked while it is being found out adds nothing.
        _locals[local] = null;
        StatusRead? found = null;
        var own = ImmutableArray.CreateBuilder<string>();
        var isText = true;
        foreach (var value in AssignedTo(local))
        {
            if (value?.Unwrap() is { } constant && constant.ConstantValue is { HasValue: true, Value: var text })
            {
                if (text is string word)
                {
                    own.Add(word);
                }
            }
            else if (value is not null && !ReferencesOnly(value, local) && ReadOf(value) is { } status && (found is null || (found.Job == status.Job && found.Form == status.Form && found.Case == status.Case)))
            {
                own.AddRange(status.OwnWords);
                found = status;
            }
            else
            {
                isText = false;
                break;
            }
        }

        return _locals[local] = isText && found is not null ? found with { Path = StablePath.Of(ReferenceTo(local)), OwnWords = own.ToImmutable() } : null;
    }

    /// <summary>A parameter of a private helper that every call in the type gives the text of a status.</summary>
    private StatusRead? OfParameter(IParameterReferenceOperation reference)
    {
        var parameter = reference.Parameter;
        if (!IsText(parameter.Type) || parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method)
        {
            return null;
        }

        if (!_locals.TryGetValue(parameter, out var known))
        {
            _locals[parameter] = null;
            known = _locals[parameter] = GivenTo(parameter, method) is { } given ? given with { Path = StablePath.Of(reference) } : null;
        }

        return known;
    }

    private StatusRead? GivenTo(IParameterSymbol parameter, IMethodSymbol method)
    {
        StatusRead? found = null;
        foreach (var argument in PrivateCalls.ArgumentsOf(_ai, _body, parameter, method, _cancellationToken))
        {
            if (argument is not { } given)
            {
                return null;
            }

            var reader = ReferenceEquals(given.Body, _body) ? this : new StatusReader(_ai, given.Body, _cancellationToken) { _depth = _depth + (MaxDepth / 2) };
            if (reader.ReadOf(given.Value) is not { } status || (found is not null && (found.Job != status.Job || found.Form != status.Form || found.Case != status.Case)))
            {
                return null;
            }

            found = found is null ? status : found with { OwnWords = found.OwnWords.AddRange(status.OwnWords) };
        }

        return found;
    }

    private IEnumerable<IOperation?> AssignedTo(ILocalSymbol local)
    {
        _assigned ??= (_body.Operation?.Descendants() ?? [])
            .SelectMany(AssignmentsAt)
            .ToLookup<(ISymbol Local, IOperation? Value), ISymbol, IOperation?>(static pair => pair.Local, static pair => pair.Value, SymbolEqualityComparer.Default);

        return _assigned[local];
    }

    private static IEnumerable<(ISymbol Local, IOperation? Value)> AssignmentsAt(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer()?.Value is { } value:
                yield return (declarator.Symbol, value);
                break;

            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment:
                yield return (target.Local, assignment.Value);
                break;

            // "job is { Status: var status }", "root.TryGetProperty("status", out var status)"
            case IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol declared } pattern:
                yield return (declared, pattern.Parent switch
                {
                    IIsPatternOperation test => test.Value,
                    IPatternCaseClauseOperation { Parent.Parent: ISwitchOperation choice } => choice.Value,
                    ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } => choice.Value,
                    _ => null,
                });
                break;

            case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Value: var value } argument:
                foreach (var local in value.DescendantsAndSelf().OfType<ILocalReferenceOperation>())
                {
                    yield return (local.Local, argument.Parent);
                }

                break;

            case IAssignmentOperation { Target: var target } and not ISimpleAssignmentOperation:
                foreach (var local in target.DescendantsAndSelf().OfType<ILocalReferenceOperation>())
                {
                    yield return (local.Local, null);
                }

                break;

            case IForEachLoopOperation loop:
                foreach (var local in loop.Locals)
                {
                    yield return (local, null);
                }

                break;
        }
    }

    private IOperation? ReferenceTo(ILocalSymbol local) =>
        _body.All<ILocalReferenceOperation>(OperationKind.LocalReference).FirstOrDefault(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local));

    private static bool ReferencesOnly(IOperation value, ILocalSymbol local) =>
        value.Unwrap() is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);

    private StatusRead? Word(StablePath? path) => _replies.Job is { } job ? new StatusRead(job, StatusForm.Word, Type: null, path) : null;

    private StatusRead? ByType(ITypeSymbol? type, StablePath? path)
    {
        if (_ai.JobOfComparedStatus(type) is not { } job || _ai.UnwrapStatus(type) is not INamedTypeSymbol status || FormOf(status) is not { } form)
        {
            return null;
        }

        var isOpen = type is INamedTypeSymbol { OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T, TypeArguments.Length: > 0 };
        return new StatusRead(job, isOpen ? StatusForm.OpenEnum : form, status, path);
    }

    private IPropertySymbol? StatusMemberOf(ITypeSymbol? job, JobTable table)
    {
        for (var current = job; current is not null; current = current.BaseType)
        {
            if (current.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => !property.IsStatic && ReferenceEquals(ByType(property.Type, path: null)?.Job, table)) is { } member)
            {
                return member;
            }
        }

        return null;
    }

    private static bool IsText(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;

    private static ITypeSymbol? AwaitedType(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } ? result : type;
}
