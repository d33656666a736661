using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Responses;

/// <summary>
/// Follows the values of one body back to the calls that made a model write: through variables, wrappers, lists, patterns and
/// loops for the answer and its parts, and for its text also through what cuts, joins and collects text.
/// </summary>
internal sealed class ModelValues
{
    private const int MaxDepth = 16;

    private const int MaxFound = 32;

    private static readonly ImmutableHashSet<string> s_sameValue =
        ["ConfigureAwait", "GetAwaiter", "GetResult", "WaitAsync", "AsTask", "ToBlockingEnumerable", "WithCancellation", "GetValueOrDefault", "AsAsyncEnumerable"];

    // Types of the platform whose methods make text of text.
    private static readonly ImmutableHashSet<string> s_textTypes =
        ["String", "Regex", "Match", "Group", "Capture", "MatchCollection", "GroupCollection", "StringBuilder", "StringReader", "StringWriter", "MemoryExtensions", "BinaryData",
        "WebUtility", "HttpUtility", "Enumerable", "ReadOnlySpan", "Span", "ReadOnlyMemory", "Memory", "Convert", "List", "Encoding", "UTF8Encoding", "MemoryStream", "TextReader"];

    private static readonly ImmutableHashSet<string> s_collects = ["Append", "AppendLine", "AppendFormat", "AppendJoin", "Insert", "Add", "AddRange", "Write", "WriteLine", "WriteAsync"];

    private readonly AiContext _ai;
    private readonly AiBody _body;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<IOperation, IReadOnlyList<ModelValue>> _known = [];
    private readonly Lazy<Dictionary<ISymbol, IOperation>> _declarations;

    // The values of the question that is being answered, each with the depth at which it was asked about.
    private readonly Dictionary<IOperation, int> _asked = [];
    private bool _isCut;

    public ModelValues(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        _ai = ai;
        _body = body;
        _cancellationToken = cancellationToken;
        _declarations = new(Declarations);
    }

    /// <summary>What the value may be of answers of models; empty where it is none, or nothing is known.</summary>
    public IReadOnlyList<ModelValue> Of(IOperation value) => Of(value, 0);

    /// <summary>The answers that the value may be.</summary>
    public IEnumerable<ModelValue> AnswersOf(IOperation value) => Of(value).Where(static found => found.Kind == ModelValueKind.Answer);

    /// <summary>The answer itself, where it comes in a task, nullable or wrapped.</summary>
    public ITypeSymbol? AnswerTypeOf(ITypeSymbol? type)
    {
        for (var i = 0; i < 4 && type is INamedTypeSymbol { TypeArguments: [var inner] } named; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(_ai.Unwrap(type), type)
                || named is { Name: "Task" or "ValueTask" or "Nullable" or "ConfiguredTaskAwaitable", ContainingNamespace: { } space } && space.ToString().StartsWith("System", StringComparison.Ordinal))
            {
                type = inner;
            }
            else
            {
                break;
            }
        }

        return type;
    }

    /// <summary>The expression that an input of a pattern stands for.</summary>
    public static IOperation? InputOf(IOperation pattern)
    {
        for (var current = pattern.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IIsPatternOperation test:
                    return test.Value;
                case ISwitchExpressionOperation choice:
                    return choice.Value;
                case ISwitchOperation choice:
                    return choice.Value;
                case IPropertySubpatternOperation { Member: var member } when !member.Syntax.Span.Contains(pattern.Syntax.Span):
                    return member;
                case IPatternOperation or ISwitchExpressionArmOperation or ISwitchCaseOperation or ICaseClauseOperation or IPropertySubpatternOperation:
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private IReadOnlyList<ModelValue> Of(IOperation value, int depth)
    {
        if (_known.TryGetValue(value, out var known))
        {
            return known;
        }

        _cancellationToken.ThrowIfCancellationRequested();

        // What a value leads to is followed once in a question, however many ways lead to it: in a circle, and in a text that many statements
        // change, there are more ways than anybody can wait for. Nearer than before it may lead further, and is followed again.
        if (depth > MaxDepth)
        {
            _isCut = true;
            return [];
        }

        if (_asked.TryGetValue(value, out var before) && before <= depth)
        {
            return [];
        }

        _asked[value] = depth;
        var found = new List<ModelValue>();
        foreach (var source in ValueSources.Of(value, _cancellationToken))
        {
            foreach (var model in OfSource(source, depth))
            {
                if (found.Count < MaxFound && !found.Contains(model))
                {
                    found.Add(model);
                }
            }
        }

        // Only the outermost question has the whole answer. Where that is nothing, it is nothing for all that it leads to.
        if (depth == 0)
        {
            if (found.Count == 0 && !_isCut)
            {
                foreach (var asked in _asked.Keys)
                {
                    _known[asked] = [];
                }
            }

            _asked.Clear();
            _isCut = false;
        }

        if (depth == 0 || found.Count > 0)
        {
            _known[value] = found;
        }

        return found;
    }

    private IEnumerable<ModelValue> OfSource(ValueSource source, int depth)
    {
        if (!IsInBody(source.Value))
        {
            return OfHelper(source, depth);
        }

        return source.Value switch
        {
            IInvocationOperation call when _ai.IsGenerationCall(call.TargetMethod) => [OfCall(call, call.Syntax)],
            IInvocationOperation call when JsonAnswers.IsText(call, _cancellationToken) => [new(ModelValueKind.Text, call, call.Syntax, call)],
            IInvocationOperation call => OfInvocation(call, depth),
            IPropertyReferenceOperation property => OfProperty(property, depth),
            IArrayElementReferenceOperation element => AsPart(element.Type, Of(element.ArrayReference, depth + 1)),
            IImplicitIndexerReferenceOperation element => AsPart(element.Type, Of(element.Instance, depth + 1)),
            IConditionalAccessOperation access => Of(access.WhenNotNull, depth + 1),
            IConditionalAccessInstanceOperation instance when StablePath.ReceiverOf(instance) is { } receiver => Of(receiver, depth + 1),
            IObjectCreationOperation creation => OfCreation(creation, source.Path, depth),
            IInterpolatedStringOperation text => text.Parts.OfType<IInterpolationOperation>().SelectMany(part => TextOf(part.Expression, depth)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum =>
                TextOf(sum.LeftOperand, depth).Concat(TextOf(sum.RightOperand, depth)),
            ICompoundAssignmentOperation { Type.SpecialType: SpecialType.System_String } sum => TextOf(sum.Value, depth),
            ICollectionExpressionOperation list => list.Elements.SelectMany(element => TextOf(element is ISpreadOperation spread ? spread.Operand : element, depth)).Concat(Collected(source.Path, depth)),
            IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } lambda } parameter } => OfElement(lambda, parameter, depth),
            ILocalReferenceOperation { Local: var local } reference => OfLocal(local, reference, depth),
            ILiteralOperation or IFieldReferenceOperation => OfVariablesPassed(source.Path, depth),
            _ => [],
        };
    }

    private bool IsInBody(IOperation operation) =>
        operation.Syntax.SyntaxTree == _body.Syntax.SyntaxTree && _body.Syntax.Span.Contains(operation.Syntax.Span);

    /// <summary>A source in a helper: its parameter, which stands for the argument, or the call of the model that it passes on.</summary>
    private IEnumerable<ModelValue> OfHelper(ValueSource source, int depth)
    {
        if (source.Path.OfType<IInvocationOperation>().FirstOrDefault(IsInBody) is not { } helper)
        {
            return [];
        }

        // A method that the team has marked as one that makes a model write: how it does so is of no concern.
        if (_ai.IsGenerationCall(helper.TargetMethod))
        {
            return [OfCall(helper, helper.Syntax)];
        }

        if (source.Value is IInvocationOperation call && _ai.IsGenerationCall(call.TargetMethod))
        {
            // A helper that does more than to pass the answer on may have asked it.
            return HelperBody.ReturnedBy(_body, helper.TargetMethod, _cancellationToken) is not null ? [OfCall(call, helper.Syntax)] : [];
        }

        return OfArguments(helper, depth);
    }

    private ModelValue OfCall(IInvocationOperation call, SyntaxNode at)
    {
        var type = AnswerTypeOf(call.Type);
        var isText = IsText(type) || type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }] };
        return new(isText ? ModelValueKind.Text : _ai.ResponseOf(type) is not null ? ModelValueKind.Answer : ModelValueKind.Part, call, at, isText ? call : null);
    }

    private IEnumerable<ModelValue> OfInvocation(IInvocationOperation call, int depth)
    {
        var receiver = call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments is [var first, ..] ? first.Value : null);
        if (receiver is not null && s_sameValue.Contains(call.TargetMethod.Name))
        {
            return Of(receiver, depth + 1);
        }

        if (receiver is not null && IsTextMember(call.TargetMethod.Name, receiver.Type))
        {
            return Of(receiver, depth + 1).Where(IsOfAnswer).Select(value => value with { Kind = ModelValueKind.Text, Read = call });
        }

        if (call.TargetMethod.ContainingType is { } type && s_textTypes.Contains(type.Name) && IsInPlatform(type))
        {
            var operands = call.Arguments.Select(static argument => argument.Value);
            var values = (call.Instance is { } instance ? operands.Prepend(instance) : operands).SelectMany(value => Of(value, depth + 1)).ToList();

            // "completion.Content.Select(part => part.Text)" is text.
            return CarriesText(call.Type) && !IsText(call.Type) && call.TargetMethod.Name is "Select" or "SelectMany"
                ? values.Select(value => value with { Kind = ModelValueKind.Text, Read = call })
                : AsPart(call.Type, values);
        }

        // A step of the SDK from one form of the answer to another, and a helper of the team that cleans a text.
        if (_ai.IsSdk(call.TargetMethod.ContainingAssembly) && receiver is not null)
        {
            return AsPart(call.Type, Of(receiver, depth + 1).Where(IsOfAnswer));
        }

        return OfArguments(call, depth);
    }

    /// <summary>A helper of the project that makes a text of a text: what the model wrote is still in it.</summary>
    private IEnumerable<ModelValue> OfArguments(IInvocationOperation call, int depth) =>
        IsText(AnswerTypeOf(call.Type)) && HelperSyntax.Of(call.TargetMethod, _cancellationToken) is not null
            ? call.Arguments.Where(static argument => IsText(argument.Value.Type)).SelectMany(argument => TextOf(argument.Value, depth))
            : [];

    private IEnumerable<ModelValue> OfProperty(IPropertyReferenceOperation property, int depth)
    {
        var instance = property.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } input ? InputOf(input.Parent!.Parent!) : property.Instance;
        if (instance is null)
        {
            return [];
        }

        var values = Of(instance, depth + 1);
        if (values.Count == 0)
        {
            return [];
        }

        var name = property.Property.Name;
        if (IsTextMember(name, instance.Type) && CarriesText(property.Type))
        {
            return values.Where(IsOfAnswer).Select(value => value with { Kind = ModelValueKind.Text, Read = property });
        }

        if (_ai.PartOf(instance.Type) is { } part && part.Arguments.Contains(name))
        {
            return values.Where(IsOfAnswer).Select(value => value with { Kind = ModelValueKind.Arguments, Read = property });
        }

        if (_ai.ResponseOf(instance.Type) is { } response && response.Parts.Contains(name))
        {
            return values.Where(IsOfAnswer).Select(static value => value with { Kind = ModelValueKind.Parts });
        }

        return AsPart(property.Type, values);
    }

    private IEnumerable<ModelValue> OfCreation(IObjectCreationOperation creation, ImmutableArray<IOperation> path, int depth) =>
        CarriesText(creation.Type)
            ? creation.Arguments.SelectMany(argument => TextOf(argument.Value, depth)).Concat(Collected(path, depth))
            : [];

    /// <summary>What is put into the collections, and builders of text, that the value has passed through.</summary>
    private IEnumerable<ModelValue> Collected(ImmutableArray<IOperation> path, int depth) =>
        path.OfType<ILocalReferenceOperation>().Take(1).SelectMany(static reference => ValueSources.ReferencesOf(reference.Local, reference))
            .Select(static reference => reference.Parent)
            .OfType<IInvocationOperation>()
            .Where(static call => s_collects.Contains(call.TargetMethod.Name) && call.Instance is ILocalReferenceOperation)
            .SelectMany(static call => ChainOf(call))
            .SelectMany(static call => call.Arguments)
            .SelectMany(argument => TextOf(argument.Value, depth));

    // "sb.Append(a).Append(b)".
    private static IEnumerable<IInvocationOperation> ChainOf(IInvocationOperation call)
    {
        for (IInvocationOperation? current = call; current is not null && s_collects.Contains(current.TargetMethod.Name); current = current.Parent as IInvocationOperation)
        {
            yield return current;
        }
    }

    private IEnumerable<ModelValue> OfLocal(ILocalSymbol local, ILocalReferenceOperation reference, int depth)
    {
        var declared = _declarations.Value.TryGetValue(local, out var declaration) ? declaration : null;
        var values = declared switch
        {
            IForEachLoopOperation loop => AsPart(local.Type, Of(loop.Collection, depth + 1)),
            IPatternOperation pattern when InputOf(pattern) is { } input => AsPart(local.Type, Of(input, depth + 1)),
            IArgumentOperation { Parent: IInvocationOperation call } => AsPart(local.Type, (call.Instance is { } instance ? Of(instance, depth + 1) : []).Concat(call.Arguments.Where(argument => argument != declared).SelectMany(argument => Of(argument.Value, depth + 1)))),
            _ => [],
        };

        return values.Concat(OfVariable(local, reference, depth));
    }

    /// <summary>The parameter of a lambda that is called for the elements of a list.</summary>
    private IEnumerable<ModelValue> OfElement(IMethodSymbol lambda, IParameterSymbol parameter, int depth) =>
        _body.All<IAnonymousFunctionOperation>(OperationKind.AnonymousFunction).FirstOrDefault(function => SymbolEqualityComparer.Default.Equals(function.Symbol, lambda))
            is { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } } }
            && call.TargetMethod.ContainingType is { } type && IsInPlatform(type)
            && (call.Instance ?? (call.Arguments is [var first, _, ..] ? first.Value : null)) is { } list
            ? AsPart(parameter.Type, Of(list, depth + 1))
            : [];

    /// <summary>What is added to a text variable: <c>text += update.Text</c>.</summary>
    private IEnumerable<ModelValue> OfVariable(ISymbol local, IOperation reference, int depth) =>
        local is ILocalSymbol { Type.SpecialType: SpecialType.System_String }
            ? ValueSources.ReferencesOf(local, reference)
                .Select(static mention => mention.Parent)
                .OfType<ICompoundAssignmentOperation>()
                .Where(sum => sum.Target is ILocalReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Local, local))
                .SelectMany(sum => TextOf(sum.Value, depth))
            : [];

    // The text began as a constant, and what the model wrote was added to it.
    private IEnumerable<ModelValue> OfVariablesPassed(ImmutableArray<IOperation> path, int depth) =>
        path.OfType<ILocalReferenceOperation>().Where(IsInBody).SelectMany(reference => OfVariable(reference.Local, reference, depth));

    private IEnumerable<ModelValue> TextOf(IOperation value, int depth) =>
        Of(value, depth + 1).Where(static value => value.Kind is ModelValueKind.Text or ModelValueKind.Arguments);

    /// <summary>The values as something of that type which was made of them, or taken out of them.</summary>
    private IEnumerable<ModelValue> AsPart(ITypeSymbol? type, IEnumerable<ModelValue> values)
    {
        if (type is null or { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double })
        {
            return [];
        }

        var isText = CarriesText(type);
        var isList = !IsText(type) && type.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable);
        var isAnswer = _ai.ResponseOf(AnswerTypeOf(type)) is not null;

        return values.Where(value => IsOfAnswer(value) ? !isText || isList || type.SpecialType == SpecialType.System_Object : isText).Select(value => value.Kind switch
        {
            ModelValueKind.Text or ModelValueKind.Arguments => value,
            ModelValueKind.Parts when isList => value,
            _ => value with { Kind = isAnswer ? ModelValueKind.Answer : ModelValueKind.Part },
        });
    }

    private bool IsTextMember(string name, ITypeSymbol? type) =>
        (_ai.ResponseOf(type)?.Texts.Contains(name) ?? false) || (_ai.PartOf(type)?.Texts.Contains(name) ?? false);

    private static bool IsOfAnswer(ModelValue value) => value.Kind is ModelValueKind.Answer or ModelValueKind.Parts or ModelValueKind.Part;

    private static bool IsText(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;

    private static bool CarriesText(ITypeSymbol? type) => type switch
    {
        { SpecialType: SpecialType.System_String or SpecialType.System_Object } => true,
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String or SpecialType.System_Byte or SpecialType.System_Char } => true,
        INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String or SpecialType.System_Byte or SpecialType.System_Char }] } => true,
        INamedTypeSymbol { TypeArguments: [] } named => (s_textTypes.Contains(named.Name) || named.Name == "Stream") && IsInPlatform(named),
        _ => false,
    };

    private static bool IsInPlatform(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            space = outer;
        }

        return space?.Name == "System";
    }

    private Dictionary<ISymbol, IOperation> Declarations()
    {
        var declarations = new Dictionary<ISymbol, IOperation>(SymbolEqualityComparer.Default);
        foreach (var loop in _body.All<IForEachLoopOperation>(OperationKind.Loop))
        {
            foreach (var local in loop.Locals)
            {
                declarations[local] = loop;
            }
        }

        foreach (var pattern in _body.All<IDeclarationPatternOperation>(OperationKind.DeclarationPattern).Where(static pattern => pattern.DeclaredSymbol is not null))
        {
            declarations[pattern.DeclaredSymbol!] = pattern;
        }

        foreach (var pattern in _body.All<IRecursivePatternOperation>(OperationKind.RecursivePattern).Where(static pattern => pattern.DeclaredSymbol is not null))
        {
            declarations[pattern.DeclaredSymbol!] = pattern;
        }

        foreach (var declaration in _body.All<IDeclarationExpressionOperation>(OperationKind.DeclarationExpression))
        {
            if (declaration is { Expression: ILocalReferenceOperation { Local: var local }, Parent: IArgumentOperation argument })
            {
                declarations[local] = argument;
            }
        }

        return declarations;
    }
}
