using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>
/// Where the values of a loop come from. Locals are followed through everything that the loop assigns to them, and helpers of the
/// compilation one level deep; what cannot be followed is <see cref="LoopSource.Other"/>.
/// </summary>
internal sealed class LoopSources
{
    private const int MaxDepth = 60;

    // Locals that are made of locals can be followed in very many ways; past this nothing is known.
    private const int MaxSteps = 5000;

    private static readonly ImmutableHashSet<string> s_clocks = ImmutableHashSet.Create(
        StringComparer.Ordinal, "DateTime", "DateTimeOffset", "TimeProvider", "Stopwatch", "ISystemClock", "IClock");

    // Static members whose answer hangs on the world, and not on their arguments.
    private static readonly ImmutableHashSet<string> s_worldly = ImmutableHashSet.Create(
        StringComparer.Ordinal, "File", "Directory", "Environment", "Random", "RandomNumberGenerator", "Interlocked", "Volatile", "Guid", "Process", "Thread", "AppDomain", "GC");

    private static readonly ImmutableHashSet<string> s_fixed = ImmutableHashSet.Create(
        StringComparer.Ordinal, "StringComparer", "CultureInfo", "Encoding", "String", "JsonSerializerOptions", "EqualityComparer", "CancellationToken");

    private readonly AiContext _ai;
    private readonly AiBody _body;
    private readonly LoopSubject _subject;
    private readonly SyntaxNode _scope;
    private readonly CancellationToken _cancellationToken;
    private readonly ImmutableHashSet<ISymbol> _writtenElsewhere;
    private readonly ILookup<ISymbol, LoopWrite> _writes;
    private readonly ILookup<CaptureId, IOperation> _captures;
    private readonly Stack<ISymbol> _open = new();
    private readonly HashSet<ISymbol> _shortened = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, LoopSource> _helpers = new(SymbolEqualityComparer.Default);
    private int _depth;
    private int _steps;

    /// <summary>Initializes a new instance of the <see cref="LoopSources"/> class.</summary>
    /// <param name="ai">The SDKs.</param>
    /// <param name="body">The body around the loop.</param>
    /// <param name="graph">The graph of the function that the loop stands in.</param>
    /// <param name="scope">The loop, or the function where it calls itself.</param>
    /// <param name="subject">What the loop is about.</param>
    /// <param name="passed">What the parameters are given in the next round, where the function calls itself.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public LoopSources(AiContext ai, AiBody body, ControlFlowGraph graph, SyntaxNode scope, LoopSubject subject, IEnumerable<IArgumentOperation> passed, CancellationToken cancellationToken)
    {
        _ai = ai;
        _body = body;
        _scope = scope;
        _subject = subject;
        _cancellationToken = cancellationToken;
        _writtenElsewhere = BodyGraphs.Of(body, cancellationToken).WrittenInNestedFunctions;
        Operation = OriginalOf(scope);
        _writes = (Operation is null ? [] : LoopWrites.In(Operation))
            .Concat(passed.Where(static argument => argument.Parameter is not null).Select(static argument => new LoopWrite(argument.Parameter!.OriginalDefinition, argument.Value, argument)))
            .ToLookup<LoopWrite, ISymbol>(static write => write.Symbol, SymbolEqualityComparer.Default);
        _captures = graph.Blocks
            .SelectMany(static block => block.Operations)
            .OfType<IFlowCaptureOperation>()
            .ToLookup(static capture => capture.Id, static capture => capture.Value);
    }

    /// <summary>Gets the operation of the loop, outside the flow graph.</summary>
    public IOperation? Operation { get; }

    /// <summary>What the value hangs on.</summary>
    public LoopSource Of(IOperation? operation)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (operation is null || operation.ConstantValue.HasValue)
        {
            return LoopSource.None;
        }

        _steps = _depth == 0 ? 0 : _steps + 1;
        if (_depth > MaxDepth || _steps > MaxSteps)
        {
            return LoopSource.Other;
        }

        _depth++;
        try
        {
            var source = OfCore(operation);
            return _subject.IsVerdict(operation) ? source | LoopSource.Subject | LoopSource.Verdict : source;
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>The operation of this piece of code as it is outside the flow graph, with its parents.</summary>
    public IOperation? OriginalOf(SyntaxNode syntax) => _body.Model.TryGetOperation(syntax, _cancellationToken);

    /// <summary>Whether the call reads something that comes from outside: a line, a message, the tick of a timer.</summary>
    public bool IsReader(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (_subject.Is(call) || method.ReturnsVoid || _ai.IsSdk(method.ContainingAssembly))
        {
            return false;
        }

        var reads = IsConsole(method.ContainingType)
            ? method.Name.StartsWith("Read", StringComparison.Ordinal)
            : ReaderNames.IsReader(method) || (IsAwaitedForItsValue(call) && IsOutOfView(method)) || ReadsInside(method);

        // Reading on in the answer of the model is no input.
        return reads && ((Of(call.Instance) | OfArguments(call)) & LoopSource.Subject) == LoopSource.None;
    }

    /// <summary>Whether a helper of the compilation reads, one level deep.</summary>
    private bool ReadsInside(IMethodSymbol method) =>
        BodyOf(method) is { } body
        && body.Descendants().OfType<IInvocationOperation>().ToArray() is var calls
        && !calls.Any(_subject.Is)
        && calls.Any(inner => IsConsoleRead(inner.TargetMethod) || ReaderNames.IsReader(inner.TargetMethod)
            || (IsAwaitedForItsValue(inner) && IsOutOfView(inner.TargetMethod) && !IsPlatform(inner.TargetMethod.ContainingAssembly) && !_ai.IsSdk(inner.TargetMethod.ContainingAssembly)));

    private static bool IsAwaitedForItsValue(IOperation call)
    {
        while (call.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "WaitAsync" } or IConversionOperation)
        {
            call = call.Parent;
        }

        return call.Parent is IAwaitOperation { Type.SpecialType: not SpecialType.System_Void };
    }

    private LoopSource OfCore(IOperation operation)
    {
        if (_subject.Is(operation))
        {
            return LoopSource.Subject;
        }

        switch (operation)
        {
            case IImplicitIndexerReferenceOperation { IndexerSymbol: IMethodSymbol } slice when IsBeingFollowed(slice.Instance):
                return Shortened(slice.Instance);

            case IInvocationOperation { TargetMethod.Name: "Substring" or "Slice" or "Remove" or "Skip" or "TrimStart" } rest when (rest.Instance ?? rest.Arguments.FirstOrDefault()?.Value) is { } whole && IsBeingFollowed(whole):
                return Shortened(whole);

            case IFlowCaptureReferenceOperation capture:
                return Union(_captures[capture.Id]);

            case ILocalReferenceOperation local:
                return OfVariable(local.Local, local.Type);

            case IParameterReferenceOperation parameter:
                return OfVariable(parameter.Parameter, parameter.Type);

            case IFieldReferenceOperation field:
                return OfField(field);

            case IPropertyReferenceOperation property:
                return OfProperty(property);

            case IInvocationOperation invocation:
                return OfInvocation(invocation);

            case IIncrementOrDecrementOperation:
                return LoopSource.Counter;

            case ICompoundAssignmentOperation compound:
                return Of(compound.Value) | (IsNumber(compound.Type) ? LoopSource.Counter : Of(compound.Target));

            case IAssignmentOperation assignment:
                return Of(assignment.Value);

            case IDelegateCreationOperation { Target: IMethodReferenceOperation reference }:
                return OfMethod(reference.Method);

            // A lambda that calls the model, for a retry policy or a helper that measures.
            case IAnonymousFunctionOperation lambda when lambda.Body.Descendants().Any(_subject.Is):
                return LoopSource.Subject;

            case IAnonymousFunctionOperation lambda:
                return Union(lambda.Body.Descendants().Where(static part => part is IInvocationOperation or ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation));

            case IFlowAnonymousFunctionOperation lambda:
                return Of(OriginalOf(lambda.Syntax));

            case IInstanceReferenceOperation { ReferenceKind: not InstanceReferenceKind.ContainingTypeInstance }:
                return LoopSource.None;

            case IInstanceReferenceOperation:
                return _subject.IsType(operation.Type) ? LoopSource.Subject : LoopSource.Other;

            case ITypeOfOperation or INameOfOperation or IDefaultValueOperation or ILocalFunctionOperation:
                return LoopSource.None;

            default:
                return Union(operation.ChildOperations);
        }
    }

    private LoopSource Union(IEnumerable<IOperation> operations)
    {
        var all = LoopSource.None;
        foreach (var operation in operations)
        {
            all |= Of(operation);
        }

        return all;
    }

    private LoopSource OfArguments(IInvocationOperation invocation) =>
        Union(invocation.Arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter?.RefKind != RefKind.Out).Select(static argument => argument.Value));

    private LoopSource OfVariable(ISymbol variable, ITypeSymbol? type)
    {
        if (CancellationTokens.IsToken(type) || CancellationTokens.IsSource(type))
        {
            return OfToken(variable);
        }

        // What begins anew in each round counts nothing but that round.
        var declaration = variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken);
        var isReset = declaration is not null && LoopGraph.RoundsOf(_scope) is { } rounds && rounds.Span.Contains(declaration.Span);
        if (_open.Contains(variable, SymbolEqualityComparer.Default))
        {
            // It is made from its own last value: numbers and times get on that way.
            return !isReset && (IsNumber(type) || type is { Name: "TimeSpan" or "DateTime" or "DateTimeOffset" }) ? LoopSource.Counter : LoopSource.None;
        }

        if (_writtenElsewhere.Contains(variable))
        {
            return LoopSource.Other;
        }

        if (variable is IParameterSymbol { ContainingSymbol: IMethodSymbol { DeclaringSyntaxReferences: [var function] } } && function.Span != _scope.Span && _scope.Span.Contains(function.Span))
        {
            // The parameter of a lambda in the loop: what it gets is an argument of the call that the lambda is given to.
            return LoopSource.None;
        }

        if (declaration is CatchDeclarationSyntax { Parent.Parent: TryStatementSyntax tried })
        {
            return Mentions(tried.Block) ? LoopSource.Subject : LoopSource.Other;
        }

        if (_subject.IsType(type))
        {
            return LoopSource.Subject;
        }

        var writes = _writes[variable].ToArray();
        if (writes.Length == 0)
        {
            return IsImmutable(type, variable) ? LoopSource.None
                : _subject.IsType(ElementOf(type)) && !IsChanged(variable) ? LoopSource.Subject
                : LoopSource.Other;
        }

        _open.Push(variable);
        try
        {
            var all = LoopSource.None;
            foreach (var write in writes)
            {
                var value = write.Value switch
                {
                    null => isReset ? LoopSource.None : LoopSource.Counter,
                    ICompoundAssignmentOperation compound when isReset => Of(compound.Value),
                    _ => Of(write.Value),
                };

                // A constant that is assigned under a condition says what the condition says.
                all |= value == LoopSource.None ? OfConditionsAround(write.Operation) : value;
            }

            // "text = text[100..]": what is left of it gets shorter in every round, unless the model fills it again.
            return !isReset && (all & LoopSource.Subject) == LoopSource.None && _shortened.Contains(variable) ? all | LoopSource.Counter : all;
        }
        finally
        {
            _open.Pop();
        }
    }

    /// <summary>Whether the value is the variable whose own values are being looked at.</summary>
    private bool IsBeingFollowed(IOperation value) =>
        LoopWrites.VariableOf(value.Unwrap()) is { } variable && _open.Contains(variable, SymbolEqualityComparer.Default);

    private LoopSource Shortened(IOperation value)
    {
        _shortened.Add(LoopWrites.VariableOf(value.Unwrap())!);
        return LoopSource.None;
    }

    private static ITypeSymbol? ElementOf(ITypeSymbol? collection) => collection switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var element] } => element,
        _ => null,
    };

    /// <summary>Whether the loop takes something out of the collection, or puts something in: it may count its elements off.</summary>
    private bool IsChanged(ISymbol collection) =>
        Operation?.Descendants().Any(part =>
            part is ILocalReferenceOperation or IParameterReferenceOperation
            && SymbolEqualityComparer.Default.Equals(LoopWrites.VariableOf(part), collection)
            && part.Parent is IInvocationOperation { TargetMethod.IsExtensionMethod: false } call
            && call.Instance == part) == true;

    private LoopSource OfConditionsAround(IOperation operation)
    {
        var all = LoopSource.None;
        for (var node = operation; node.Parent is { } parent && parent != Operation; node = parent)
        {
            all |= parent switch
            {
                IConditionalOperation conditional when conditional.Condition != node => Of(conditional.Condition),
                ISwitchCaseOperation { Parent: ISwitchOperation choice } => Of(choice.Value),
                IWhileLoopOperation loop when loop.Condition != node => Of(loop.Condition),
                IForEachLoopOperation each when each.Collection != node => Of(each.Collection),
                ICatchClauseOperation => LoopSource.Other,
                _ => LoopSource.None,
            };
        }

        return all;
    }

    private LoopSource OfField(IFieldReferenceOperation reference)
    {
        var field = reference.Field;
        if (field.IsConst || _ai.IsSdk(field.ContainingAssembly))
        {
            return field.IsStatic ? LoopSource.None : Of(reference.Instance);
        }

        if (CancellationTokens.IsToken(field.Type) || CancellationTokens.IsSource(field.Type))
        {
            return OfToken(reference);
        }

        if (!field.IsStatic && !IsThis(reference.Instance))
        {
            return Of(reference.Instance);
        }

        return _subject.IsType(field.Type) ? LoopSource.Subject
            : field.IsReadOnly && IsImmutable(field.Type, field) ? LoopSource.None
            : LoopSource.Other;
    }

    private LoopSource OfProperty(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        var type = property.ContainingType;
        if (s_clocks.Contains(type.Name) && (property.IsStatic || type.Name == "Stopwatch"))
        {
            return LoopSource.Clock;
        }

        if (property.IsStatic)
        {
            return _subject.IsType(property.Type) ? LoopSource.Subject
                : s_fixed.Contains(type.Name) || _ai.IsSdk(property.ContainingAssembly) ? LoopSource.None
                : IsConsole(type) ? LoopSource.Input
                : type.Name == "Environment" ? LoopSource.Clock
                : LoopSource.Other;
        }

        if (property.Name is "IsCancellationRequested" or "Token" && reference.Instance is { } token && (CancellationTokens.IsToken(token.Type) || CancellationTokens.IsSource(token.Type)))
        {
            return OfToken(token);
        }

        if (IsThis(reference.Instance))
        {
            return _subject.IsType(property.Type) ? LoopSource.Subject
                : property is { SetMethod: null, IsVirtual: false, IsAbstract: false, IsOverride: false } && IsImmutable(property.Type, property) && IsAuto(property) ? LoopSource.None
                : LoopSource.Other;
        }

        var instance = Of(reference.Instance) | Union(reference.Arguments);
        return property.Name is "Count" or "Length" && (instance & LoopSource.Subject) == LoopSource.None && instance != LoopSource.None ? LoopSource.Counter : instance;
    }

    private LoopSource OfInvocation(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;
        if (s_clocks.Contains(type.Name) && method.Name is "GetUtcNow" or "GetLocalNow" or "GetTimestamp" or "GetElapsedTime")
        {
            return LoopSource.Clock;
        }

        if (IsConsole(type))
        {
            return LoopSource.Input;
        }

        if (Delays.IsTick(call) && call.Instance is ILocalReferenceOperation)
        {
            // A timer ticks on for as long as it lives.
            return LoopSource.None;
        }

        var arguments = OfArguments(call);
        var assembly = method.ContainingAssembly;
        if (_ai.IsSdk(assembly))
        {
            // What an AI service says of the model's answer, in a moderation for one, is still the model's answer.
            return (arguments & LoopSource.Subject) != LoopSource.None ? arguments : arguments | OfReceiver(call);
        }

        if (IsPlatform(assembly))
        {
            return call.Instance is null ? s_worldly.Contains(type.Name) ? LoopSource.Other : arguments : arguments | Of(call.Instance);
        }

        if (call.Arguments.Any(argument => argument.Value is IDelegateCreationOperation && Of(argument.Value) == LoopSource.Subject))
        {
            // The wrapper hands its answer on.
            return LoopSource.Subject;
        }

        return arguments | (IsThis(call.Instance) ? LoopSource.None : Of(call.Instance)) | OfMethod(method);
    }

    private LoopSource OfReceiver(IInvocationOperation call) =>
        call.Instance is { Type: { } type } && _subject.IsType(type) ? LoopSource.Subject
        : call.Instance is null || !IsService(call.Instance.Type) ? Of(call.Instance)
        : LoopSource.Other;

    /// <summary>What a method of the compilation adds to its arguments, one level deep.</summary>
    private LoopSource OfMethod(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (_ai.IsSdk(definition.ContainingAssembly) || IsPlatform(definition.ContainingAssembly))
        {
            return LoopSource.None;
        }

        if (_helpers.TryGetValue(definition, out var known))
        {
            return known;
        }

        _helpers[definition] = LoopSource.Other;
        return _helpers[definition] = OfBody(definition);
    }

    private LoopSource OfBody(IMethodSymbol definition)
    {
        if (BodyOf(definition) is not { } body)
        {
            return LoopSource.Other;
        }

        var all = LoopSource.None;
        foreach (var part in body.Descendants())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            all |= part switch
            {
                IInvocationOperation call when _subject.Is(call) => LoopSource.Subject,
                IInvocationOperation call when s_clocks.Contains(call.TargetMethod.ContainingType.Name) => LoopSource.Clock,
                IInvocationOperation { TargetMethod: var called } when _ai.IsSdk(called.ContainingAssembly) => LoopSource.None,
                IInvocationOperation { TargetMethod: var called } when IsPlatform(called.ContainingAssembly) && !IsConsoleRead(called) && !s_worldly.Contains(called.ContainingType.Name) => LoopSource.None,
                IInvocationOperation => LoopSource.Other,
                IPropertyReferenceOperation { Property.IsStatic: true } property when s_clocks.Contains(property.Property.ContainingType.Name) => LoopSource.Clock,
                IPropertyReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } property => OfProperty(property),
                IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } field => IsService(field.Type) ? LoopSource.None : OfField(field),
                ILocalReferenceOperation { Local: var local } when definition.MethodKind == MethodKind.LocalFunction && !body.Syntax.Span.Contains(local.Locations[0].SourceSpan) => Of(part),
                IThrowOperation => LoopSource.None,
                _ => LoopSource.None,
            };
        }

        return all;
    }

    /// <summary>The code of a method of the compilation that no other can take the place of.</summary>
    private IOperation? BodyOf(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return !IsOutOfView(definition)
            && definition.DeclaringSyntaxReferences is [var declaration]
            && SemanticModels.Of(_body.Model, declaration.SyntaxTree) is { } model
            ? model.TryGetOperation(declaration.GetSyntax(_cancellationToken), _cancellationToken)
            : null;
    }

    private LoopSource OfToken(object token)
    {
        var operation = token as IOperation;
        var value = operation is null ? TokenNamed((ISymbol)token) : OriginalOf(operation.Syntax) ?? operation;
        return value is not null && CancellationTokens.Of(value, _cancellationToken) >= _subject.Needed ? LoopSource.Cancellation : LoopSource.None;
    }

    private IOperation? TokenNamed(ISymbol symbol) =>
        Operation?.Descendants().FirstOrDefault(part => part switch
        {
            ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, symbol),
            IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, symbol),
            _ => false,
        });

    private bool Mentions(SyntaxNode block) =>
        OriginalOf(block) is { } operation && operation.DescendantsAndSelf().Any(part => _subject.Is(part));

    private static bool IsOutOfView(IMethodSymbol method) =>
        method.IsVirtual || method.IsAbstract || (method.IsOverride && !method.IsSealed && !method.ContainingType.IsSealed) || method.MethodKind == MethodKind.DelegateInvoke
        || method.ContainingType.TypeKind == TypeKind.Interface || method.DeclaringSyntaxReferences.IsEmpty;

    private static bool IsThis(IOperation? instance) => instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };

    private static bool IsConsole(ITypeSymbol type) => type is { Name: "Console", ContainingNamespace.Name: "System" };

    private static bool IsConsoleRead(IMethodSymbol method) => IsConsole(method.ContainingType) && !method.ReturnsVoid;

    /// <summary>Whether the assembly belongs to the platform: its methods do what they are asked to, and keep no count of it.</summary>
    private static bool IsPlatform(IAssemblySymbol? assembly) =>
        assembly is not null
        && (assembly.Name.StartsWith("System", StringComparison.Ordinal)
            || assembly.Name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || assembly.Name is "mscorlib" or "netstandard" or "Newtonsoft.Json");

    // A client or a logger: what a call of it yields comes from its arguments and from the service.
    private bool IsService(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Interface }
        && (_ai.IsSdk(type.ContainingAssembly) || type.Name.EndsWith("Client", StringComparison.Ordinal) || type.Name.StartsWith("ILogger", StringComparison.Ordinal));

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    /// <summary>Whether a variable that nothing writes stays the same: a value, a text.</summary>
    private static bool IsImmutable(ITypeSymbol? type, ISymbol variable) =>
        type is not null
        && (type.SpecialType == SpecialType.System_String
            || (type.IsValueType && (variable is ILocalSymbol or IParameterSymbol { RefKind: RefKind.None } || type.SpecialType != SpecialType.None || type.TypeKind == TypeKind.Enum || type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }))
            || type is { Name: "Uri" or "Type" or "Regex" });

    private bool IsAuto(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences is [var declaration]
        && declaration.GetSyntax(_cancellationToken) is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors }
        && accessors.All(static accessor => accessor is { Body: null, ExpressionBody: null });
}
