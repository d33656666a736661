using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>A refresh that leaves the typed members of a job as they were, and a read of one of them that follows it.</summary>
internal readonly record struct StaleRead(IInvocationOperation Refresh, IOperation Read);

/// <summary>
/// Finds the reads that follow such a refresh on some way through the code, with nothing on it that may have brought the members up
/// to date: an assignment of the variable, another refresh, or code out of view that has the job.
/// </summary>
internal sealed class StaleReads
{
    // Expressions nested deeper than this are generated.
    private const int MaxNesting = 120;

    // Methods of a job that neither refresh it nor hand it on.
    private static readonly ImmutableArray<string> s_harmless = ["GetRawResponse", "GetEvents", "GetEventsAsync", "GetCheckpoints", "GetCheckpointsAsync", "ToString", "Equals", "GetHashCode", "GetType"];

    private readonly AiContext _ai;
    private readonly AiBody _body;
    private readonly CancellationToken _cancellationToken;
    private readonly ILookup<ISymbol, IOperation> _assigned;
    private readonly Dictionary<CaptureId, IOperation> _captured = [];

    private StaleReads(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        _ai = ai;
        _body = body;
        _cancellationToken = cancellationToken;
        _assigned = (body.Operation?.Descendants() ?? [])
            .Select(static operation => operation switch
            {
                IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { } initializer => (Symbol: (ISymbol)declarator.Symbol, Value: initializer.Value),
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment => (target.Local, assignment.Value),
                _ => default,
            })
            .Where(static pair => pair.Symbol is not null)
            .ToLookup<(ISymbol Symbol, IOperation Value), ISymbol, IOperation>(static pair => pair.Symbol, static pair => pair.Value, SymbolEqualityComparer.Default);
    }

    public static IEnumerable<StaleRead> In(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        var refreshes = ai.Jobs.Where(static job => job.UntypedRefreshParameter is not null).SelectMany(static job => job.RefreshMethods).ToImmutableHashSet(StringComparer.Ordinal);
        if (refreshes.IsEmpty || !MayBeStale(ai, body))
        {
            return [];
        }

        var reads = new StaleReads(ai, body, cancellationToken);
        return BodyGraphs.Of(body, cancellationToken).All.SelectMany(reads.In);
    }

    private static bool MayBeStale(AiContext ai, AiBody body) =>
        body.All<IMemberReferenceOperation>(OperationKind.PropertyReference).Concat(body.All<IMemberReferenceOperation>(OperationKind.FieldReference))
            .Any(member => ai.JobOf(member.Instance?.Type) is { StaleMembers: { IsEmpty: false } stale } && stale.Contains(member.Member.Name));

    private List<StaleRead> In(ControlFlowGraph graph)
    {
        _captured.Clear();
        foreach (var capture in graph.Blocks.SelectMany(static block => block.Operations).SelectMany(static operation => operation.DescendantsAndSelf()).OfType<IFlowCaptureOperation>())
        {
            _captured[capture.Id] = capture.Value;
        }

        var events = graph.Blocks.Select(block => EventsIn(block)).ToImmutableArray();
        var found = new List<StaleRead>();
        foreach (var block in graph.Blocks)
        {
            for (var i = 0; i < events[block.Ordinal].Count; i++)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (events[block.Ordinal][i] is { Kind: EventKind.Stale, Path: { } path, Operation: IInvocationOperation refresh } && FirstRead(graph, events, block, i + 1, path) is { } read)
                {
                    found.Add(new StaleRead(refresh, read));
                }
            }
        }

        return found;
    }

    private static IOperation? FirstRead(ControlFlowGraph graph, ImmutableArray<List<Event>> events, BasicBlock start, int index, StablePath path)
    {
        var visited = new HashSet<int>();
        var pending = new Queue<(BasicBlock Block, int Index)>();
        pending.Enqueue((start, index));
        while (pending.Count > 0)
        {
            var (block, first) = pending.Dequeue();
            var ended = false;
            for (var i = first; i < events[block.Ordinal].Count && !ended; i++)
            {
                var happening = events[block.Ordinal][i];
                switch (happening.Kind)
                {
                    case EventKind.Read when path.Equals(happening.Path):
                        return happening.Operation;

                    case EventKind.Fresh:
                        ended = happening.Path is { } fresh ? path.StartsWith(fresh) : !path.IsVariable || happening.IsForAll;
                        break;
                }
            }

            if (ended)
            {
                continue;
            }

            foreach (var next in new[] { block.ConditionalSuccessor?.Destination, block.FallThroughSuccessor?.Destination })
            {
                if (next is not null && visited.Add(next.Ordinal))
                {
                    pending.Enqueue((graph.Blocks[next.Ordinal], 0));
                }
            }
        }

        return null;
    }

    private List<Event> EventsIn(BasicBlock block)
    {
        var events = new List<Event>();
        foreach (var operation in block.Operations.AddIfNotNull(block.BranchValue))
        {
            Collect(operation, events, depth: 0);
        }

        return events;
    }

    // In the order in which things happen: parts first.
    private void Collect(IOperation operation, List<Event> events, int depth)
    {
        if (depth > MaxNesting)
        {
            return;
        }

        foreach (var part in operation.ChildOperations)
        {
            Collect(part, events, depth + 1);
        }

        switch (operation)
        {
            case IMemberReferenceOperation { Instance: { } instance, Parent: not IAssignmentOperation } member when _ai.JobOf(instance.Type) is { } job && job.StaleMembers.Contains(member.Member.Name):
                events.Add(new(EventKind.Read, PathOf(instance), member));
                break;

            case IAssignmentOperation assignment when PathOf(assignment.Target) is { } target:
                events.Add(new(EventKind.Fresh, target, assignment));
                break;

            case IInvocationOperation call:
                CollectCall(call, events);
                break;
        }
    }

    private void CollectCall(IInvocationOperation call, List<Event> events)
    {
        if (call.Instance is { } instance && RefreshOf(call) is { } isStale)
        {
            events.Add(new(isStale ? EventKind.Stale : EventKind.Fresh, PathOf(instance), call));
            return;
        }

        var method = call.TargetMethod;
        if (call.Instance is { } job && IsJob(job.Type) && !s_harmless.Contains(method.Name))
        {
            events.Add(new(EventKind.Fresh, PathOf(job), call));
        }

        var isOwn = SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _body.Model.Compilation.Assembly);
        foreach (var argument in call.Arguments)
        {
            if (PathOf(argument.Value) is not { } given || !(IsJob(argument.Value.Unwrap().Type) || IsJob(argument.Parameter?.Type) || IsUntyped(argument.Parameter?.Type)))
            {
                continue;
            }

            if (isOwn && IsUntyped(argument.Parameter?.Type) && RefreshesUntyped(method))
            {
                events.Add(new(EventKind.Stale, given, call));
            }
            else if (isOwn || method.MethodKind == MethodKind.DelegateInvoke || !IsPlatform(method.ContainingAssembly))
            {
                events.Add(new(EventKind.Fresh, given, call));
            }
        }

        // Code of the project may refresh the job that it finds in a field, or in a variable that it has captured.
        if (isOwn || method.MethodKind == MethodKind.DelegateInvoke)
        {
            events.Add(new(EventKind.Fresh, Path: null, call) { IsForAll = method.MethodKind is MethodKind.LocalFunction or MethodKind.DelegateInvoke });
        }
    }

    /// <summary>Whether a refresh of a job leaves its typed members as they were; null where the call is no refresh of such a job.</summary>
    private bool? RefreshOf(IInvocationOperation call)
    {
        var type = call.Instance?.Type;
        if (_ai.JobOf(type) is { UntypedRefreshParameter: { } untyped } job)
        {
            return job.RefreshMethods.Contains(call.TargetMethod.Name) ? call.TargetMethod.Parameters.Any(parameter => parameter.Name == untyped) : null;
        }

        return IsUntyped(type) && _ai.Jobs.Any(known => known.UntypedBase is not null && known.RefreshMethods.Contains(call.TargetMethod.Name)) ? true : null;
    }

    private bool IsJob(ITypeSymbol? type) => _ai.JobOf(type) is { UntypedRefreshParameter: not null };

    private bool IsUntyped(ITypeSymbol? type) =>
        type is not null && !IsJob(type) && _ai.Jobs.Any(job => job.UntypedBase is { } name && type.ToDisplayString() == name);

    private static bool IsPlatform(IAssemblySymbol? assembly) =>
        assembly is not null && (assembly.Name.StartsWith("System", StringComparison.Ordinal) || assembly.Name.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal));

    /// <summary>A helper that takes the job as its base type and refreshes it there, with no look at what it really is.</summary>
    private bool RefreshesUntyped(IMethodSymbol method)
    {
        if (method.IsVirtual || method.IsAbstract || method.IsOverride || method.DeclaringSyntaxReferences is not [var declaration])
        {
            return false;
        }

        var names = _ai.Jobs.Where(static job => job.UntypedBase is not null).SelectMany(static job => job.RefreshMethods).ToImmutableHashSet(StringComparer.Ordinal);
        var types = _ai.Jobs.Where(static job => job.UntypedBase is not null).SelectMany(static job => job.JobTypes).Select(static type => type.Substring(type.LastIndexOf('.') + 1)).ToImmutableHashSet(StringComparer.Ordinal);
        var refreshes = false;
        foreach (var name in declaration.GetSyntax(_cancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (types.Contains(name.Identifier.ValueText))
            {
                return false;
            }

            refreshes |= names.Contains(name.Identifier.ValueText) && name.Parent is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver }
                && method.Parameters.Any(parameter => parameter.Name == receiver.Identifier.ValueText && IsUntyped(parameter.Type));
        }

        return refreshes;
    }

    /// <summary>The path of a job, under the name that it had first: "OperationResult operation = job" is the job.</summary>
    private StablePath? PathOf(IOperation? operation)
    {
        for (var i = 0; i < 8; i++)
        {
            operation = operation?.Unwrap();
            if (operation is IFlowCaptureReferenceOperation reference && _captured.TryGetValue(reference.Id, out var captured))
            {
                operation = captured;
            }
            else if (operation is ILocalReferenceOperation local && _assigned[local.Local].Take(2).ToArray() is [var only] && only.Unwrap() is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation && _assigned[local.Local].First() is { } value)
            {
                operation = value;
            }
            else
            {
                break;
            }
        }

        return StablePath.Of(operation);
    }

    private enum EventKind
    {
        /// <summary>The members are up to date, or may be.</summary>
        Fresh,

        Stale,
        Read,
    }

    private sealed record Event(EventKind Kind, StablePath? Path, IOperation Operation)
    {
        public bool IsForAll { get; init; }
    }
}
