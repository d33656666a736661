using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>What happens to the status of a job at an operation.</summary>
internal enum JobEvent
{
    None,

    /// <summary>The status is read again; it may have changed.</summary>
    Refresh,

    /// <summary>The job has ended when the operation returns.</summary>
    Wait,
}

/// <summary>The words of one kind of job, as one body uses them: which expression is the job, its status, its result.</summary>
internal sealed class JobVocabulary
{
    // A status that the table does not list: equal to none that the service reports.
    private static readonly JobState s_foreign = new("", "", JobStateKind.Held);

    private static readonly ImmutableArray<string> s_startPrefixes = ["Create", "Start", "FineTune", "Submit", "Cancel", "Rehydrate", "Upload", "Add"];

    private readonly AiContext _ai;
    private readonly AiBody _body;
    private readonly ImmutableHashSet<ISymbol> _writtenElsewhere;
    private readonly bool _isRaw;

    // Each is asked again at every node of every walk.
    private readonly Dictionary<BasicBlock, JobEvent> _events = [];
    private readonly Dictionary<IMethodSymbol, ControlFlowGraph?> _graphs = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, bool> _rejecting = new(SymbolEqualityComparer.Default);

    public JobVocabulary(AiContext ai, JobTable job, AiBody body, ImmutableHashSet<ISymbol> writtenElsewhere)
    {
        _ai = ai;
        _body = body;
        _writtenElsewhere = writtenElsewhere;
        _isRaw = job.IsRaw;
        Job = job;
    }

    public JobTable Job { get; }

    /// <summary>
    /// Gets a value indicating whether the job can come to wait for the caller: not where the body shows the tools that it is
    /// given, and none of them asks for anything.
    /// </summary>
    public bool MayNeedAction
    {
        get
        {
            if (Job is not { ToolType: { } toolType, ActionToolType: { } actionType })
            {
                return true;
            }

            var tools = _body.All<IObjectCreationOperation>(OperationKind.ObjectCreation).Cast<IOperation>()
                .Concat(_body.All<IInvocationOperation>(OperationKind.Invocation))
                .Select(static operation => operation.Type)
                .Where(type => _ai.IsOrDerivesFrom(type, toolType))
                .ToArray();

            return tools.Length == 0 || tools.Any(type => _ai.IsOrDerivesFrom(type, actionType));
        }
    }

    /// <summary>Whether a lambda or local function writes the local, so that its value at a point is not known.</summary>
    public bool IsWrittenElsewhere(ILocalSymbol local) => _writtenElsewhere.Contains(local);

    /// <summary>The value of a constant, or null where the constant says nothing about a job.</summary>
    public JobValue? ConstantOf(IOperation operation)
    {
        var value = operation.ConstantValue.Value;
        switch (value)
        {
            case null:
                return operation.Type is null or { IsReferenceType: true } || IsStatus(operation.Type) ? JobValue.Null : null;
            case bool boolean:
                return JobValue.From(boolean);
            case string text when !IsStatus(operation.Type):
                return new JobValue(JobValueKind.Text, Text: text);
        }

        if (IsStatus(operation.Type) && UnderlyingType(operation.Type) is { TypeKind: TypeKind.Enum } type)
        {
            var member = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value));
            return StateNamed(member?.Name);
        }

        return null;
    }

    /// <summary>The value behind a conversion: a string that becomes a status, a reply that becomes a job.</summary>
    public JobValue Convert(JobValue operand, IConversionOperation conversion)
    {
        if (operand.Kind == JobValueKind.Text && IsStatus(conversion.Type))
        {
            var comparison = Job.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            return new JobValue(JobValueKind.State, Job.States.FirstOrDefault(state => string.Equals(state.Wire, operand.Text, comparison)) ?? s_foreign);
        }

        if (operand.Kind is JobValueKind.Status && conversion.Type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 })
        {
            return JobValue.Derived;
        }

        if (operand.Kind is JobValueKind.Unknown or JobValueKind.Derived or JobValueKind.Job)
        {
            var byType = ByType(conversion.Type);
            return byType.Kind == JobValueKind.Unknown ? operand : byType;
        }

        return operand;
    }

    /// <summary>What every value of a type is: the job, its status, or nothing of interest.</summary>
    public JobValue ByType(ITypeSymbol? type)
    {
        if (type is null)
        {
            return JobValue.Unknown;
        }

        if (IsStatus(type))
        {
            return JobValue.Status;
        }

        return IsJob(type) ? JobValue.Job : JobValue.Unknown;
    }

    /// <summary>What a call yields, where its type or its method tells.</summary>
    public JobValue ByInvocation(IInvocationOperation invocation, CancellationToken cancellationToken) =>
        _isRaw && ReadsStatus(invocation.TargetMethod, cancellationToken) ? JobValue.Status : ByType(invocation.Type);

    /// <summary>The value of a property or field, where it is the status, a predicate over it, a named state or the result.</summary>
    public JobValue? MemberOf(JobValue instance, ISymbol member, IOperation reference, JobState state)
    {
        if (member.IsStatic)
        {
            return IsStatus(member.ContainingType) ? StateNamed(member.Name) : null;
        }

        if (instance.Kind is JobValueKind.Job or JobValueKind.Status or JobValueKind.State)
        {
            foreach (var predicate in Job.Predicates)
            {
                if (predicate.Member == member.Name)
                {
                    return JobValue.From(predicate.TrueFor.Contains((instance.State ?? state).Kind));
                }
            }
        }

        if (member.ContainingType is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T })
        {
            return member.Name == "HasValue" ? JobValue.From(instance.IsNull is { } isNull ? !isNull : null) : instance;
        }

        if (instance.Kind == JobValueKind.Job && NameOf(member, reference) is { } name)
        {
            if (Job.Results.Contains(name) && (_isRaw || ByType(reference.Type).Kind == JobValueKind.Unknown))
            {
                return ResultIn(state, reference);
            }

            if (_isRaw && IsStatusName(name) && (reference.Type?.SpecialType == SpecialType.System_String || IsJob(reference.Type)))
            {
                return JobValue.Status;
            }
        }

        var byType = ByType(reference.Type);
        return byType.Kind == JobValueKind.Unknown || (_isRaw && instance.Kind == JobValueKind.Job) ? null : byType;
    }

    /// <summary>The value of a JSON member that is read by name, or null where the call is no such read.</summary>
    public JobValue? JsonMemberOf(JobValue instance, IInvocationOperation invocation, JobState state)
    {
        if (!_isRaw
            || instance.Kind != JobValueKind.Job
            || invocation.TargetMethod.Name is not ("GetProperty" or "TryGetProperty" or "Value" or "SelectToken" or "GetValue")
            || invocation.Arguments.FirstOrDefault()?.KeyText() is not { } name)
        {
            return null;
        }

        return IsStatusName(name) ? JobValue.Status
            : Job.Results.Contains(name) ? ResultIn(state, invocation)
            : null;
    }

    /// <summary>The result that a method of the job returns, or null where it is no such method.</summary>
    public JobValue? ResultOf(JobValue instance, IInvocationOperation invocation, JobState state) =>
        instance.Kind == JobValueKind.Job && Job.Results.Contains(invocation.TargetMethod.Name) ? ResultIn(state, invocation) : null;

    /// <summary>
    /// Whether the text is the word, or the member name, of that state; undecided for a word of something else that is polled in
    /// the same manner.
    /// </summary>
    public bool? IsWordFor(JobState state, string? text, bool ignoreCase)
    {
        if (_isRaw && text is not null && RawHttp.FileStates.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        // The text of an enum is the name of its member; the text of a string struct is the word of the service.
        var word = !_isRaw && _ai.JobsUseEnum(Job) ? state.Member : state.Wire;
        return string.Equals(word, text, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    /// <summary>What happens to the status at this operation.</summary>
    public JobEvent EventOf(IOperation operation, CancellationToken cancellationToken)
    {
        if (operation is not IInvocationOperation invocation)
        {
            return JobEvent.None;
        }

        var method = invocation.TargetMethod;
        if (_isRaw)
        {
            return RawHttp.IsCall(method) || IsQuestion(invocation) || ReadsStatus(method, cancellationToken) || (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _body.Model.Compilation.Assembly) && IsJob(AwaitedType(invocation)))
                ? JobEvent.Refresh
                : JobEvent.None;
        }

        if (invocation.Instance is { } instance && IsJob(instance.Type))
        {
            return Job.WaitMethods.Contains(method.Name) ? JobEvent.Wait
                : Job.RefreshMethods.Contains(method.Name) ? JobEvent.Refresh
                : JobEvent.None;
        }

        if (Job.WaitParameter is { } waits && invocation.ArgumentNamed(waits)?.Value.ConstantValue is { HasValue: true, Value: true } && IsJob(AwaitedType(invocation)))
        {
            return JobEvent.Wait;
        }

        // "update.GetThreadRun()": what the object at hand has already, and no request.
        if (method.Parameters.IsEmpty && _ai.IsSdk(method.ContainingAssembly))
        {
            return JobEvent.None;
        }

        var type = AwaitedType(invocation);
        return (IsJob(type) || IsStatus(type)) && !s_startPrefixes.Any(prefix => method.Name.StartsWith(prefix, StringComparison.Ordinal))
            ? JobEvent.Refresh
            : JobEvent.None;
    }

    // "client.GetBatchAsync(id, options)": the SDK has no type for the job, and hands out the JSON.
    private bool IsQuestion(IInvocationOperation invocation) =>
        invocation.TargetMethod.Name.StartsWith("Get", StringComparison.Ordinal)
        && AwaitedType(invocation) is { Name: "ClientResult" }
        && _ai.ProtocolJobOf(invocation.Instance?.Type)?.Name == Job.Name;

    /// <summary>What happens to the status in a block: the job has ended, or it is read again in a loop.</summary>
    public JobEvent EventIn(BasicBlock block, CancellationToken cancellationToken)
    {
        if (_events.TryGetValue(block, out var known))
        {
            return known;
        }

        var found = JobEvent.None;
        foreach (var operation in block.Operations.AddIfNotNull(block.BranchValue).SelectMany(static operation => operation.DescendantsAndSelf()))
        {
            var change = EventOf(operation, cancellationToken);
            if (change == JobEvent.Wait)
            {
                found = change;
                break;
            }

            if (change == JobEvent.Refresh && LoopSyntax.IsInLoop(operation.Syntax))
            {
                found = change;
            }
        }

        _events.Add(block, found);
        return found;
    }

    /// <summary>Whether the method may throw, or make its caller leave, because of the state of the job that it is given.</summary>
    public bool MayReject(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (!_rejecting.TryGetValue(method, out var rejects))
        {
            rejects = MayRejectCore(method, cancellationToken);
            _rejecting.Add(method, rejects);
        }

        return rejects;
    }

    /// <summary>Whether a member of the project looks at a job by itself: it names a status, a predicate or a result.</summary>
    public bool MayJudge(ISymbol member, CancellationToken cancellationToken) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _body.Model.Compilation.Assembly)
        && member is IMethodSymbol or IPropertySymbol
        && member.DeclaringSyntaxReferences.Any(declaration => declaration.GetSyntax(cancellationToken) is MethodDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax { ExpressionBody: not null } or PropertyDeclarationSyntax { AccessorList: not null, Initializer: null }
            && declaration.GetSyntax(cancellationToken).DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => NamesJob(access.Name.Identifier.ValueText)));

    /// <summary>Whether the lambda answers a question by the status of the job.</summary>
    public bool IsJudgement(IFlowAnonymousFunctionOperation function, CancellationToken cancellationToken) =>
        function.Symbol.ReturnType.SpecialType == SpecialType.System_Boolean
        && SemanticModels.Of(_body.Model, function.Syntax.SyntaxTree)?.TryGetOperation(function.Syntax, cancellationToken) is { } whole
        && whole.Descendants().Any(part => IsStatus(part.Type) || (part is IPropertyReferenceOperation { Property: var property } && IsJob(property.ContainingType) && NamesJob(JsonNameOf(property))));

    /// <summary>
    /// Whether the object, whose member takes a result, takes the status of the job too: in the same initialiser, or by another
    /// assignment of the body. Whoever reads the one has the other.
    /// </summary>
    public bool IsGivenStatus(IOperation receiver, CancellationToken cancellationToken)
    {
        // In a flow graph the object that an initialiser belongs to has a temporary of its own.
        if (receiver is IFlowCaptureReferenceOperation)
        {
            return SemanticModels.Of(_body.Model, receiver.Syntax.SyntaxTree)?.TryGetOperation(receiver.Syntax, cancellationToken) switch
            {
                IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers.OfType<ISimpleAssignmentOperation>().Any(assignment => ReadsStatus(assignment.Value)),
                IWithOperation { Initializer: { } initializer } => initializer.Initializers.OfType<ISimpleAssignmentOperation>().Any(assignment => ReadsStatus(assignment.Value)),
                _ => false,
            };
        }

        return StablePath.Of(receiver) is { } path
            && _body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment).Any(assignment =>
                assignment.Target is IMemberReferenceOperation { Instance: { } other } && path.Equals(StablePath.Of(other)) && ReadsStatus(assignment.Value));
    }

    /// <summary>
    /// Whether the result is read from a variable that has nothing to do with what the body waits for: the job that was trained
    /// before, and whose model stays in use should this one fail.
    /// </summary>
    public bool IsOfAnotherJob(SyntaxNode read, CancellationToken cancellationToken)
    {
        var variable = VariableOf(_body.Model.TryGetOperation(read, cancellationToken) switch
        {
            IMemberReferenceOperation member => member.Instance?.Unwrap(),
            IInvocationOperation invocation => invocation.Instance?.Unwrap(),
            _ => null,
        });

        if (variable is null || _writtenElsewhere.Contains(variable))
        {
            return false;
        }

        var waits = _body.All<IInvocationOperation>(OperationKind.Invocation)
            .Where(call => EventOf(call, cancellationToken) is var change && (change == JobEvent.Wait || (change == JobEvent.Refresh && LoopSyntax.IsInLoop(call.Syntax))))
            .ToArray();

        // "var job = started;": one job with two names.
        var waitedFor = waits.SelectMany(VariablesIn).ToImmutableHashSet<ISymbol>(SymbolEqualityComparer.Default);
        waitedFor = waitedFor.Union(waitedFor
            .SelectMany(name => ValuesOf(name, cancellationToken) ?? [])
            .SelectMany(static value => value.DescendantsAndSelf())
            .Where(part => IsJob(part.Type))
            .Select(VariableOf)
            .OfType<ISymbol>());

        return !waitedFor.Contains(variable) && ValuesOf(variable, cancellationToken) is { } values
            && values.All(value => value.Unwrap() is IInvocationOperation call && !waits.Contains(call) && IsJob(AwaitedType(call)) && !VariablesIn(call).Any(waitedFor.Contains));
    }

    /// <summary>Everything that the variable is given; null where that is not in view. A parameter has what the caller gave it.</summary>
    private List<IOperation>? ValuesOf(ISymbol variable, CancellationToken cancellationToken)
    {
        var values = new List<IOperation>();
        if (variable is ILocalSymbol { DeclaringSyntaxReferences: var declarations })
        {
            if (declarations is not [var declaration] || InitialValueOf(declaration, cancellationToken) is not { } initial)
            {
                return null;
            }

            values.Add(initial);
        }

        foreach (var reference in _body.Operation!.Descendants().Where(operation => SymbolEqualityComparer.Default.Equals(VariableOf(operation), variable)))
        {
            switch (reference.Parent)
            {
                case ISimpleAssignmentOperation assignment when assignment.Target == reference:
                    values.Add(assignment.Value);
                    break;
                case ITupleOperation or IArgumentOperation { Parameter.RefKind: not (RefKind.None or RefKind.In) } or IAssignmentOperation:
                    return null;
            }
        }

        return values;
    }

    private static ISymbol? VariableOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>The variables that a call has to do with, and what its value is given to; not the client, and no token.</summary>
    private IEnumerable<ISymbol> VariablesIn(IInvocationOperation call)
    {
        var asked = call.Instance is { } instance && IsJob(instance.Type) ? instance.DescendantsAndSelf() : [];
        var target = call.Parent;
        while (target is IConversionOperation or IAwaitOperation or IParenthesizedOperation or IPropertyReferenceOperation or IVariableInitializerOperation)
        {
            target = target.Parent;
        }

        var given = target switch
        {
            ISimpleAssignmentOperation assignment => assignment.Target.DescendantsAndSelf(),
            _ => [],
        };

        return asked
            .Concat(given)
            .Concat(call.Arguments.SelectMany(static argument => argument.DescendantsAndSelf()))
            .Where(static part => !CancellationTokens.IsToken(part.Type) && !CancellationTokens.IsSource(part.Type))
            .Select(VariableOf)
            .OfType<ISymbol>()
            .Concat(target is IVariableDeclaratorOperation declarator ? [declarator.Symbol] : []);
    }

    /// <summary>Whether control never comes back from the method.</summary>
    public static bool NeverReturns(IMethodSymbol method) =>
        method is { ContainingType: { Name: "Environment", ContainingNamespace.Name: "System" }, Name: "Exit" or "FailFast" }
        || method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute");

    /// <summary>The elements of a set that is written in the code, or null where they are not all known.</summary>
    public IReadOnlyList<JobValue>? ElementsOf(IOperation set, CancellationToken cancellationToken)
    {
        // Flow graphs take collections apart; the tree that they were made from has them whole.
        var whole = SemanticModels.Of(_body.Model, set.Syntax.SyntaxTree)?.TryGetOperation(set.Syntax, cancellationToken);
        var elements = new List<JobValue>();
        return whole is not null && CollectElements(whole, elements, depth: 0, cancellationToken) && elements.Count > 0 ? elements : null;
    }

    /// <summary>The flow graph of a method of the compilation that cannot be overridden, or null.</summary>
    public ControlFlowGraph? GraphOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (!_graphs.TryGetValue(method, out var graph))
        {
            graph = GraphOfCore(method, cancellationToken);
            _graphs.Add(method, graph);
        }

        return graph;
    }

    /// <summary>Whether one of the arguments asks for a comparison without regard to case.</summary>
    public static bool ComparesIgnoringCase(IInvocationOperation invocation) =>
        invocation.Arguments.Any(static argument =>
            argument.Value.Type is { Name: "StringComparison" } && argument.Value.ConstantValue is { HasValue: true, Value: 1 or 3 or 5 })
        || invocation.Arguments.Any(static argument => argument.Value.Unwrap() is IPropertyReferenceOperation { Property: { Name: "OrdinalIgnoreCase" or "InvariantCultureIgnoreCase" or "CurrentCultureIgnoreCase" } });

    /// <summary>Whether the call only tells a person how far the job is: it is in a loop, and it writes to a log or the console.</summary>
    public static bool IsProgressLog(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        if (!method.Name.StartsWith("Log", StringComparison.Ordinal)
            && method.ContainingType?.Name is not ("Console" or "Debug" or "Trace" or "TextWriter"))
        {
            return false;
        }

        for (var node = invocation.Syntax.Parent; node is not null and not MemberDeclarationSyntax and not AnonymousFunctionExpressionSyntax; node = node.Parent)
        {
            if (node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax)
            {
                return true;
            }
        }

        return false;
    }

    private bool ReadsStatus(IOperation value) => value.DescendantsAndSelf().Any(part =>
        IsStatus(part.Type)
        || (_isRaw && part switch
        {
            IPropertyReferenceOperation property => IsStatusName(NameOf(property.Property, property) ?? ""),
            IInvocationOperation { Arguments: [var name, ..] } => name.Value.ConstantText() is { } text && IsStatusName(text),
            _ => false,
        }));

    private static JobValue ResultIn(JobState state, IOperation origin) => state.Kind switch
    {
        JobStateKind.Succeeded => new JobValue(JobValueKind.Result),
        JobStateKind.Failed => new JobValue(JobValueKind.MissingResult, Origin: origin),
        _ => JobValue.Derived,
    };

    private bool NamesJob(string name) =>
        IsStatusName(name) || Job.Results.Contains(name) || Job.Predicates.Any(predicate => predicate.Member == name);

    private static bool IsStatusName(string name) => string.Equals(name, RawHttp.StatusMember, StringComparison.OrdinalIgnoreCase);

    // An indexer is asked by its constant key, any other member by its name: in JSON where it is given one there.
    private static string? NameOf(ISymbol member, IOperation reference) =>
        reference is IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key] } ? key.KeyText() : JsonNameOf(member);

    private static string JsonNameOf(ISymbol member) => RawHttp.GivenJsonNameOf(member) ?? member.Name;

    // Code that takes a job as it takes anything else: it prints it, compares it or sends it on, and has no opinion of its state.
    private bool HasNoOpinion(IAssemblySymbol assembly) =>
        _ai.IsSdk(assembly)
        || assembly.Name.StartsWith("System", StringComparison.Ordinal)
        || assembly.Name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
        || assembly.Name is "mscorlib" or "netstandard" or "Newtonsoft.Json";

    private static ITypeSymbol? UnderlyingType(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var underlying] } ? underlying : type;

    private static ITypeSymbol? AwaitedType(IInvocationOperation invocation) =>
        invocation.Type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } ? result : invocation.Type;

    private JobValue StateNamed(string? member) =>
        new(JobValueKind.State, Job.States.FirstOrDefault(state => state.Member == member) ?? s_foreign);

    private bool IsStatus(ITypeSymbol? type) => !_isRaw && ReferenceEquals(_ai.JobOfStatus(type), Job);

    private bool IsJob(ITypeSymbol? type)
    {
        type = _ai.Unwrap(type);
        if (!_isRaw)
        {
            return ReferenceEquals(_ai.JobOf(type), Job);
        }

        return RawHttp.IsJson(type) || (type is { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None } && HasStatusMember(type));
    }

    // A class of the project's own that a reply is read into: it has a string for the status.
    private bool HasStatusMember(ITypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _body.Model.Compilation.Assembly)
        && type.GetMembers().Any(static member => member is IPropertySymbol { IsStatic: false, Type.SpecialType: SpecialType.System_String } && IsStatusName(JsonNameOf(member)));

    // A method of the project that fetches the status: its name says so, and its code reads the member.
    private static bool ReadsStatus(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (method.Name.IndexOf("Status", StringComparison.Ordinal) < 0
            || method.DeclaringSyntaxReferences is not [var declaration]
            || !ReturnsText(method.ReturnType))
        {
            return false;
        }

        return declaration.GetSyntax(cancellationToken).DescendantTokens().Any(static token =>
            (token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.IdentifierToken)) && IsStatusName(token.ValueText));
    }

    private static bool ReturnsText(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String
        || type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [{ SpecialType: SpecialType.System_String }] };

    private bool MayRejectCore(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var assembly = method.ContainingAssembly;
        if (!SymbolEqualityComparer.Default.Equals(assembly, _body.Model.Compilation.Assembly))
        {
            return assembly is not null && !HasNoOpinion(assembly);
        }

        // One level deep: a helper that neither throws nor calls further code of the project can only look.
        if (method.DeclaringSyntaxReferences is not [var declaration])
        {
            return true;
        }

        foreach (var node in declaration.GetSyntax(cancellationToken).DescendantNodes())
        {
            if (node is ThrowStatementSyntax or ThrowExpressionSyntax)
            {
                return true;
            }

            if (node is InvocationExpressionSyntax call
                && (SemanticModels.Of(_body.Model, node.SyntaxTree)?.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol { ContainingAssembly: { } called } || !HasNoOpinion(called)))
            {
                return true;
            }
        }

        return false;
    }

    private ControlFlowGraph? GraphOfCore(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (definition.IsVirtual || definition.IsAbstract || definition.IsOverride || definition.MethodKind != MethodKind.Ordinary
            || definition.ContainingType.TypeKind == TypeKind.Interface
            || definition.DeclaringSyntaxReferences is not [var declaration]
            || SemanticModels.Of(_body.Model, declaration.SyntaxTree) is not { } model)
        {
            return null;
        }

        return model.TryGetOperation(declaration.GetSyntax(cancellationToken), cancellationToken) is IMethodBodyOperation { Parent: null } body
            ? BodyGraphs.OfMethod(body, cancellationToken)
            : null;
    }

    private bool CollectElements(IOperation set, List<JobValue> elements, int depth, CancellationToken cancellationToken)
    {
        if (depth > 4 || elements.Count > 64)
        {
            return false;
        }

        set = set.Unwrap();
        switch (set)
        {
            case IArrayCreationOperation { Initializer: { } initializer }:
                return initializer.ElementValues.All(element => AddElement(element, elements));

            case ICollectionExpressionOperation collection:
                return collection.Elements.All(element => AddElement(element, elements));

            // A comparer, or another set as the beginning, changes what the elements mean.
            case IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer }:
                return initializer.Initializers.All(added => added is IInvocationOperation { Arguments: [var element] } && AddElement(element.Value, elements));

            case IInvocationOperation { TargetMethod.Name: "ToHashSet" or "ToFrozenSet" or "ToImmutableHashSet" or "ToImmutableArray" or "Create" or "ToList" or "AsSpan" } made when made.Arguments.Count(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue) <= 1:
                var source = made.Instance ?? made.Arguments.FirstOrDefault()?.Value;
                return source is not null && CollectElements(source, elements, depth + 1, cancellationToken);

            case IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaringSyntaxReferences: [var declaration] } }
                when InitialValueOf(declaration, cancellationToken) is { } initial:
                return CollectElements(initial, elements, depth + 1, cancellationToken);

            case ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: [var declaration] } local }
                when !IsChanged(local) && InitialValueOf(declaration, cancellationToken) is { } initial:
                return CollectElements(initial, elements, depth + 1, cancellationToken);

            default:
                return false;
        }
    }

    // A set that is added to, or assigned again, is not the one that it was declared as.
    private bool IsChanged(ILocalSymbol local) =>
        _body.All<ILocalReferenceOperation>(OperationKind.LocalReference).Any(reference =>
            SymbolEqualityComparer.Default.Equals(reference.Local, local)
            && ((reference.Parent is IInvocationOperation { TargetMethod.Name: not "Contains" } call && call.Instance == reference)
                || (reference.Parent is IAssignmentOperation assignment && assignment.Target == reference)));

    private IOperation? InitialValueOf(SyntaxReference declaration, CancellationToken cancellationToken) =>
        (declaration.GetSyntax(cancellationToken) as VariableDeclaratorSyntax)?.Initializer is { } initializer
            ? (SemanticModels.Of(_body.Model, initializer.SyntaxTree)?.TryGetOperation(initializer, cancellationToken) as ISymbolInitializerOperation)?.Value
            : null;

    private bool AddElement(IOperation element, List<JobValue> elements)
    {
        var value = element.Unwrap();
        JobValue? known = value.ConstantValue.HasValue ? ConstantOf(value)
            : value is IMemberReferenceOperation { Member: { IsStatic: true } member } && IsStatus(member.ContainingType) ? StateNamed(member.Name)
            : null;

        // A string in a set of statuses is converted to one.
        if (known is { Kind: JobValueKind.Text } && element is IConversionOperation conversion)
        {
            known = Convert(known.Value, conversion);
        }

        if (known is not { Kind: JobValueKind.State or JobValueKind.Text } constant)
        {
            return false;
        }

        elements.Add(constant);
        return true;
    }
}
