using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>A loop in which the status of one job is read again and again.</summary>
/// <param name="Loop">The statement.</param>
/// <param name="Job">The kind of job.</param>
/// <param name="Vocabulary">What the expressions of the body mean for it.</param>
/// <param name="Graph">The loop in its flow graph.</param>
/// <param name="Bounds">What ends the loop.</param>
/// <param name="Reads">The calls that read the status, in the order of the text.</param>
internal sealed record PollLoop(SyntaxNode Loop, JobTable Job, JobVocabulary Vocabulary, LoopGraph Graph, LoopBounds Bounds, ImmutableArray<IInvocationOperation> Reads)
{
    /// <summary>Gets a value indicating whether a way out of the loop hangs on the job: it waits for it, and does not merely watch.</summary>
    public bool WaitsForJob => Bounds.Decisions.HasFlag(LoopSource.Verdict);

    /// <summary>Whether the operation, in the graph or outside it, is one of the reads.</summary>
    public bool IsRead(IOperation operation) =>
        operation is IInvocationOperation && Reads.Any(read => read.Syntax == operation.Syntax);
}

/// <summary>A call that returns when the job has ended.</summary>
/// <param name="Call">The call.</param>
/// <param name="Job">The kind of job.</param>
internal sealed record JobWait(IInvocationOperation Call, JobTable Job);

/// <summary>The loops of a body that poll a job, and the calls in it that wait for one.</summary>
internal sealed class PollLoops
{
    private static readonly ConditionalWeakTable<AiBody, PollLoops> s_known = new();

    // Requests that change something are no questions.
    private static readonly ImmutableArray<string> s_questions = ["Get", "Send", "Read"];

    private static readonly ImmutableArray<string> s_services = ["Client", "Service", "Services", "Operations", "Api"];

    private static readonly ImmutableArray<string> s_readingNames = ["Get", "Retrieve", "Refresh", "Reload", "Poll", "Fetch", "Update", "Check", "Read", "Query", "Load"];

    private readonly AiContext _ai;
    private readonly AiBody _body;
    private readonly CancellationToken _cancellationToken;
    private readonly ImmutableArray<PollLoop>.Builder _loops = ImmutableArray.CreateBuilder<PollLoop>();
    private readonly ImmutableArray<JobWait>.Builder _waits = ImmutableArray.CreateBuilder<JobWait>();

    private PollLoops(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        _ai = ai;
        _body = body;
        _cancellationToken = cancellationToken;
        foreach (var job in JobFlow.JobsIn(ai, body, cancellationToken))
        {
            Find(new JobVocabulary(ai, job, body, BodyGraphs.Of(body, cancellationToken).WrittenInNestedFunctions));
        }

        Loops = [.. _loops.OrderBy(static loop => loop.Loop.SpanStart)];
        Waits = [.. _waits.OrderBy(static wait => wait.Call.Syntax.SpanStart)];
    }

    /// <summary>Gets the loops, in the order of the text.</summary>
    public ImmutableArray<PollLoop> Loops { get; }

    /// <summary>Gets the waits, in the order of the text.</summary>
    public ImmutableArray<JobWait> Waits { get; }

    public static PollLoops Of(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        if (s_known.TryGetValue(body, out var known))
        {
            return known;
        }

        var loops = new PollLoops(ai, body, cancellationToken);
        return s_known.GetValue(body, _ => loops);
    }

    /// <summary>The kinds of job that the body has to do with; over HTTP only where no typed job is there.</summary>
    private void Find(JobVocabulary vocabulary)
    {
        var reads = new List<IInvocationOperation>();
        foreach (var call in _body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            switch (vocabulary.EventOf(call, _cancellationToken))
            {
                case JobEvent.Wait:
                    _waits.Add(new JobWait(call, vocabulary.Job));
                    break;
                case JobEvent.Refresh when IsRead(call, vocabulary):
                    reads.Add(call);
                    break;
            }
        }

        var subject = SubjectOf(vocabulary, reads);
        foreach (var group in reads.Select(read => (Read: read, Loop: LoopOf(read, vocabulary))).Where(static found => found.Loop is not null).GroupBy(static found => found.Loop!, static found => found.Read))
        {
            if (BodyGraphs.Of(_body, _cancellationToken).Around(group.Key) is { } graph
                && LoopGraph.Of(graph, group.Key) is { } loop
                && LoopBounds.Of(_ai, _body, loop, subject, _cancellationToken) is var bounds
                && group.Any(read => bounds.IsRepeated(read.Syntax)))
            {
                _loops.Add(new PollLoop(group.Key, vocabulary.Job, vocabulary, loop, bounds, [.. group.OrderBy(static read => read.Syntax.SpanStart)]));
            }
        }
    }

    /// <summary>Whether the call asks how the job is, as far as can be seen: a helper that makes the model go on yields a job as well.</summary>
    private bool IsRead(IInvocationOperation call, JobVocabulary vocabulary)
    {
        var method = call.TargetMethod;
        if (_ai.IsGenerationCall(method))
        {
            return false;
        }

        if (RawHttp.IsCall(method))
        {
            return s_questions.Any(beginning => method.Name.StartsWith(beginning, StringComparison.Ordinal));
        }

        if (!SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _body.Model.Compilation.Assembly))
        {
            // "update.GetThreadRun()" hands out what has come already; a service is asked through its client, or by the job itself.
            return call.Type?.Name is "Task" or "ValueTask"
                || !SymbolEqualityComparer.Default.Equals(_ai.Unwrap(call.Type), call.Type)
                || _ai.JobOf(call.Instance?.Type) is not null
                || s_services.Any(ending => method.ContainingType.Name.EndsWith(ending, StringComparison.Ordinal));
        }

        if ((method.ReducedFrom ?? method).OriginalDefinition.DeclaringSyntaxReferences is [var declaration]
            && SemanticModels.Of(_body.Model, declaration.SyntaxTree) is { } model
            && model.TryGetOperation(declaration.GetSyntax(_cancellationToken), _cancellationToken) is { } body)
        {
            var calls = body.Descendants().OfType<IInvocationOperation>().ToArray();
            return !calls.Any(inner => _ai.IsGenerationCall(inner.TargetMethod))
                && calls.Any(inner => vocabulary.EventOf(inner, _cancellationToken) == JobEvent.Refresh);
        }

        return method.Name.IndexOf("Status", StringComparison.Ordinal) >= 0
            || s_readingNames.Any(beginning => method.Name.StartsWith(beginning, StringComparison.Ordinal));
    }

    private LoopSubject SubjectOf(JobVocabulary vocabulary, List<IInvocationOperation> reads)
    {
        var syntax = new HashSet<SyntaxNode>(reads.Select(static read => read.Syntax));
        var job = vocabulary.Job;
        var isRaw = job.IsRaw;
        bool IsJob(ITypeSymbol? type) => !isRaw && (ReferenceEquals(_ai.JobOf(_ai.Unwrap(type)), job) || ReferenceEquals(_ai.JobOfStatus(type), job));

        return new LoopSubject
        {
            Needed = Cancellability.BySomebody,
            Is = operation => operation is IInvocationOperation && syntax.Contains(operation.Syntax),
            IsType = IsJob,
            IsVerdict = operation => isRaw ? ReadsStatus(operation, vocabulary) : operation switch
            {
                IMemberReferenceOperation { Instance: { } instance } => IsJob(instance.Type),
                IInvocationOperation { Instance: { } instance } => IsJob(instance.Type),
                _ => ReferenceEquals(_ai.JobOfStatus(operation.Type), job),
            },
        };
    }

    /// <summary>Whether the status or the result of a job that is JSON is read by its name.</summary>
    private bool ReadsStatus(IOperation operation, JobVocabulary vocabulary) => operation switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key] } => IsTelling(key.KeyText(), vocabulary.Job),
        IPropertyReferenceOperation { Instance: not null and not IInstanceReferenceOperation } property => IsTelling(property.Property.Name, vocabulary.Job),
        IInvocationOperation { TargetMethod.Name: "GetProperty" or "TryGetProperty" or "Value" or "SelectToken" or "GetValue" } call =>
            IsTelling(call.Arguments.Select(static argument => argument.KeyText()).FirstOrDefault(static text => text is not null), vocabulary.Job),
        IInvocationOperation call => vocabulary.ByInvocation(call, _cancellationToken).Kind == JobValueKind.Status,
        _ => false,
    };

    private static bool IsTelling(string? name, JobTable job) =>
        name is not null && (string.Equals(name, RawHttp.StatusMember, StringComparison.OrdinalIgnoreCase) || job.Results.Contains(name));

    /// <summary>The innermost loop that reads one and the same job in every round, or null.</summary>
    private SyntaxNode? LoopOf(IInvocationOperation read, JobVocabulary vocabulary)
    {
        for (var node = read.Syntax.Parent; node is not null and not MemberDeclarationSyntax and not LocalFunctionStatementSyntax; node = node.Parent)
        {
            // A lambda that is passed on there and then: "jobs.Select(job => job.UpdateStatusAsync())".
            if (node is AnonymousFunctionExpressionSyntax { Parent: not ArgumentSyntax })
            {
                return null;
            }

            if (LoopSyntax.IsPollLoop(node) || node is CommonForEachStatementSyntax)
            {
                // What a "foreach" or the head of a "for" evaluates once is no part of its rounds.
                if ((node is CommonForEachStatementSyntax each && each.Expression.Span.Contains(read.Syntax.Span))
                    || (node is ForStatementSyntax { Declaration: { } declaration } && declaration.Span.Contains(read.Syntax.Span)))
                {
                    continue;
                }

                if (!new Identity(_body, node, vocabulary, _cancellationToken).Varies(read))
                {
                    return node;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a read asks for another job in each round of a loop.</summary>
    private sealed class Identity
    {
        private const int MaxDepth = 40;
        private const int MaxSteps = 2000;

        private readonly JobVocabulary _vocabulary;
        private readonly CancellationToken _cancellationToken;
        private readonly ILookup<ISymbol, IOperation?> _writes;
        private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);
        private int _depth;
        private int _steps;

        public Identity(AiBody body, SyntaxNode loop, JobVocabulary vocabulary, CancellationToken cancellationToken)
        {
            _vocabulary = vocabulary;
            _cancellationToken = cancellationToken;
            var operation = body.Model.TryGetOperation(loop, cancellationToken);
            _writes = (operation?.Descendants() ?? [])
                .SelectMany(WritesOf)
                .Concat((operation as IForEachLoopOperation)?.LoopControlVariable.DescendantsAndSelf()
                    .Select(static variable => ((variable as IVariableDeclaratorOperation)?.Symbol ?? SymbolOf(variable), (IOperation?)null))
                    .Where(static write => write.Item1 is not null)
                    .Select(static write => (write.Item1!, write.Item2)) ?? [])
                .ToLookup<(ISymbol Symbol, IOperation? Value), ISymbol, IOperation?>(static write => write.Symbol, static write => write.Value, SymbolEqualityComparer.Default);
        }

        public bool Varies(IOperation? operation)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (operation is null || operation.ConstantValue.HasValue || CancellationTokens.IsToken(operation.Type) || operation.Type is { Name: "RequestOptions" })
            {
                return false;
            }

            if (_depth > MaxDepth || ++_steps > MaxSteps)
            {
                return true;
            }

            _depth++;
            try
            {
                return operation switch
                {
                    ILocalReferenceOperation local => VariableVaries(local.Local),
                    IParameterReferenceOperation parameter => VariableVaries(parameter.Parameter),
                    IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => VariableVaries(field.Field),
                    IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => VariableVaries(property.Property),
                    IInvocationOperation call => CallVaries(call),
                    IAnonymousFunctionOperation => false,
                    _ => operation.ChildOperations.Any(Varies),
                };
            }
            finally
            {
                _depth--;
            }
        }

        private bool VariableVaries(ISymbol variable)
        {
            // What it is made of has been asked already: a job that is read from the job is the same job.
            if (!_open.Add(variable))
            {
                return false;
            }

            try
            {
                return _writes[variable].Any(value => value is null || Varies(value));
            }
            finally
            {
                _open.Remove(variable);
            }
        }

        private bool CallVaries(IInvocationOperation call)
        {
            var arguments = call.Arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter?.RefKind != RefKind.Out).ToArray();
            if (arguments.Any(argument => Varies(argument.Value)))
            {
                return true;
            }

            if (_vocabulary.EventOf(call, _cancellationToken) != JobEvent.None)
            {
                // The client is no part of what is asked; a job is.
                return call.Instance is not null && Varies(call.Instance);
            }

            // "queue.Dequeue()" yields another one each time; "id.ToString()" and "response.Content.ReadAsStringAsync()" do not.
            return ReaderNames.Has(call.TargetMethod.Name) && !RawHttp.IsJson(call.TargetMethod.ContainingType) && call.TargetMethod.ContainingType?.Name is not "HttpContent"
                || (arguments.Length == 0 && call.Instance is null or IInstanceReferenceOperation)
                || (call.Instance is not null && Varies(call.Instance));
        }

        private static IEnumerable<(ISymbol Symbol, IOperation? Value)> WritesOf(IOperation operation)
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Parent: not IForEachLoopOperation } declarator when declarator.GetVariableInitializer() is { } initializer:
                    yield return (declarator.Symbol, initializer.Value);
                    break;

                case IForEachLoopOperation each:
                    // An inner "foreach" goes through the same jobs each time.
                    foreach (var variable in each.LoopControlVariable.DescendantsAndSelf())
                    {
                        if (((variable as IVariableDeclaratorOperation)?.Symbol ?? SymbolOf(variable)) is { } control)
                        {
                            yield return (control, each.Collection);
                        }
                    }

                    break;

                case ICompoundAssignmentOperation compound when SymbolOf(compound.Target) is { } changed:
                    yield return (changed, null);
                    break;

                case IAssignmentOperation assignment when SymbolOf(assignment.Target) is { } assigned:
                    yield return (assigned, assignment.Value);
                    break;

                case IIncrementOrDecrementOperation step when SymbolOf(step.Target) is { } counted:
                    yield return (counted, null);
                    break;

                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Parent: IInvocationOperation call } argument when SymbolOf(argument.Value) is { } filled:
                    yield return (filled, ReaderNames.Has(call.TargetMethod.Name) ? null : call);
                    break;

                case IDeconstructionAssignmentOperation deconstruction:
                    foreach (var target in deconstruction.Target.DescendantsAndSelf())
                    {
                        if (SymbolOf(target) is { } part)
                        {
                            yield return (part, deconstruction.Value);
                        }
                    }

                    break;
            }
        }

        private static ISymbol? SymbolOf(IOperation target) => target switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
            IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property,
            IDeclarationExpressionOperation declaration => SymbolOf(declaration.Expression),
            _ => null,
        };
    }
}
