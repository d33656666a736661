using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>A loop that polls a job and does not treat every state of it rightly.</summary>
/// <param name="Loop">The statement.</param>
/// <param name="Job">The kind of job.</param>
/// <param name="Stuck">The final states on which the loop never ends.</param>
/// <param name="LeftEarly">The states under way on which the loop ends.</param>
internal sealed record JobLoopFinding(SyntaxNode Loop, JobTable Job, ImmutableArray<JobState> Stuck, ImmutableArray<JobState> LeftEarly);

/// <summary>A result that is used although the job may have ended without one.</summary>
/// <param name="Result">The read.</param>
/// <param name="Job">The kind of job.</param>
/// <param name="States">The states in which the read yields nothing.</param>
internal sealed record JobResultFinding(SyntaxNode Result, JobTable Job, ImmutableArray<JobState> States);

/// <summary>
/// The job states of one body: for each kind of job and each of its states, the ways through the code are walked while the
/// job is in that state. See <c>docs/contributing/flow.md</c>.
/// </summary>
internal sealed class JobFlow
{
    private static readonly JobFlow s_none = new([], []);

    private JobFlow(ImmutableArray<JobLoopFinding> loops, ImmutableArray<JobResultFinding> results)
    {
        Loops = loops;
        Results = results;
    }

    /// <summary>Gets the loops that miss a state, in the order of the text.</summary>
    public ImmutableArray<JobLoopFinding> Loops { get; }

    /// <summary>Gets the results that are used unchecked, in the order of the text.</summary>
    public ImmutableArray<JobResultFinding> Results { get; }

    public static JobFlow Create(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        var jobs = JobsIn(ai, body, cancellationToken);
        if (jobs.IsEmpty || !MayPollOrWait(body, jobs))
        {
            return s_none;
        }

        var loops = ImmutableArray.CreateBuilder<JobLoopFinding>();
        var results = ImmutableArray.CreateBuilder<JobResultFinding>();
        var graphs = BodyGraphs.Of(body, cancellationToken);
        foreach (var graph in graphs.All)
        {
            foreach (var job in jobs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Analyze(new JobVocabulary(ai, job, body, graphs.WrittenInNestedFunctions), graph, loops, results, cancellationToken);
            }
        }

        return new JobFlow(
            [.. loops.OrderBy(static finding => finding.Loop.SpanStart)],
            [.. results.OrderBy(static finding => finding.Result.SpanStart)]);
    }

    private static void Analyze(JobVocabulary vocabulary, ControlFlowGraph graph, ImmutableArray<JobLoopFinding>.Builder loops, ImmutableArray<JobResultFinding>.Builder results, CancellationToken cancellationToken)
    {
        var polls = PollLoopsIn(vocabulary, graph, cancellationToken);
        var waits = polls.Count > 0 || OperationsOf(graph).Any(operation => vocabulary.EventOf(operation, cancellationToken) == JobEvent.Wait);
        if (!waits)
        {
            return;
        }

        var states = vocabulary.Job.States;
        var working = states.First(static state => state.Kind == JobStateKind.Working);
        if (polls.Count > 0)
        {
            var ending = new Walks(vocabulary, graph, working, cancellationToken);
            foreach (var loop in polls)
            {
                AnalyzeLoop(vocabulary.Job, vocabulary.MayNeedAction, loop, MembershipOf(graph, loop), ending, loops);
            }
        }

        if (vocabulary.Job.Results.IsEmpty)
        {
            return;
        }

        var uses = new Dictionary<SyntaxNode, ImmutableArray<JobState>.Builder>();
        foreach (var failed in states.Where(static state => state.Kind == JobStateKind.Failed))
        {
            var walk = JobWalk.Run(vocabulary, graph, working, failed, stopAtChecks: true, cancellationToken);
            if (walk.IsUndecided)
            {
                return;
            }

            foreach (var read in walk.UsedMissingResults.Select(static operation => operation.Syntax).Distinct())
            {
                if (!uses.TryGetValue(read, out var missing))
                {
                    uses.Add(read, missing = ImmutableArray.CreateBuilder<JobState>());
                }

                missing.Add(failed);
            }
        }

        results.AddRange(uses.Where(use => !vocabulary.IsOfAnotherJob(use.Key, cancellationToken)).Select(use => new JobResultFinding(use.Key, vocabulary.Job, use.Value.ToImmutable())));
    }

    private static void AnalyzeLoop(JobTable job, bool mayNeedAction, SyntaxNode loop, ImmutableArray<LoopMembership> membership, Walks walks, ImmutableArray<JobLoopFinding>.Builder loops)
    {
        LoopOutcome? In(JobState state, bool fromStart) => walks.OutcomeOf(state, fromStart, membership);

        // A job that is being cancelled will not succeed any more. Code that does with it what it does with one that was cancelled,
        // and not with one that succeeded, has understood that.
        bool IsTakenForFailed(JobState state)
        {
            var after = walks.BlocksAfter(state, membership);
            return job.States.Any(failed => failed.Kind == JobStateKind.Failed && walks.BlocksAfter(failed, membership).SetEquals(after))
                && job.States.Where(static succeeded => succeeded.Kind == JobStateKind.Succeeded).All(succeeded => !walks.BlocksAfter(succeeded, membership).SetEquals(after));
        }

        // Code that never leaves, even on success, is a service that polls many jobs, and no wait for one.
        var succeeded = job.States.First(static state => state.Kind == JobStateKind.Succeeded);
        if (In(succeeded, fromStart: false) is not { IsEntered: true, MayLeave: true })
        {
            return;
        }

        var stuck = walks.HasTimeout
            ? []
            : job.States
                .Where(state => state.Kind == JobStateKind.Failed || (state.Kind == JobStateKind.NeedsAction && mayNeedAction))
                .Where(state => In(state, fromStart: false) is { IsEntered: true, MayLeave: false })
                .ToImmutableArray();

        // Only a loop that stays while the job works is a wait for its end; one that waits for the beginning may leave at it. A
        // loop within a loop may leave to be entered again.
        var working = job.States.First(static state => state.Kind == JobStateKind.Working);
        var leftEarly = LoopSyntax.IsInLoop(loop) || In(working, fromStart: true) is not { IsEntered: true, MayStay: true }
            ? []
            : job.States
                .Where(static state => state.Kind is JobStateKind.Pending or JobStateKind.Held)
                .Where(state => In(state, fromStart: true) is { IsEntered: true, MayStay: false, MayLeaveQuietly: true })
                .Where(state => !state.IsEnding || !IsTakenForFailed(state))
                .ToImmutableArray();

        if (!stuck.IsEmpty || !leftEarly.IsEmpty)
        {
            loops.Add(new JobLoopFinding(loop, job, stuck, leftEarly));
        }
    }

    /// <summary>The kinds of job that the body has to do with.</summary>
    public static ImmutableArray<JobTable> JobsIn(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        var jobs = ImmutableArray.CreateBuilder<JobTable>();
        foreach (var operation in body.Operation!.DescendantsAndSelf())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var job = ai.JobOf(operation.Type) ?? ai.JobOfStatus(operation.Type)
                ?? (operation.Type is INamedTypeSymbol { TypeArguments: [var argument] } ? ai.JobOf(argument) : null);
            if (job is not null && !jobs.Contains(job))
            {
                jobs.Add(job);
            }
        }

        // Code that has the typed job does not read the same job as JSON, save where the type has no status.
        if (jobs.All(static job => job.StatusType is null && !job.IsInferred) && ((jobs.Count == 0 ? body.Http.Job : null) ?? StatusReplies.ProtocolJobIn(ai, body)) is { } raw)
        {
            jobs.Add(raw);
        }

        return jobs.ToImmutable();
    }

    private static bool MayPollOrWait(AiBody body, ImmutableArray<JobTable> jobs) =>
        body.All<ILoopOperation>(OperationKind.Loop).Any(static loop => loop.LoopKind is LoopKind.While or LoopKind.For)
        || body.All<IInvocationOperation>(OperationKind.Invocation).Any(invocation => jobs.Any(job =>
            job.WaitMethods.Contains(invocation.TargetMethod.Name) || (job.WaitParameter is { } waits && invocation.ArgumentNamed(waits) is not null)));

    private static List<SyntaxNode> PollLoopsIn(JobVocabulary vocabulary, ControlFlowGraph graph, CancellationToken cancellationToken)
    {
        var loops = new List<SyntaxNode>();
        foreach (var operation in OperationsOf(graph))
        {
            if (vocabulary.EventOf(operation, cancellationToken) == JobEvent.Refresh && LoopSyntax.EnclosingLoop(operation.Syntax) is { } loop && !loops.Contains(loop))
            {
                loops.Add(loop);
            }
        }

        return loops;
    }

    private static IEnumerable<IOperation> OperationsOf(ControlFlowGraph graph) =>
        graph.Blocks.SelectMany(static block => block.Operations.AddIfNotNull(block.BranchValue)).SelectMany(static operation => operation.DescendantsAndSelf());

    private static ImmutableArray<LoopMembership> MembershipOf(ControlFlowGraph graph, SyntaxNode loop)
    {
        var membership = ImmutableArray.CreateBuilder<LoopMembership>(graph.Blocks.Length);
        foreach (var block in graph.Blocks)
        {
            var operations = block.Operations.AddIfNotNull(block.BranchValue);
            membership.Add(
                operations.IsEmpty ? block.Kind == BasicBlockKind.Exit ? LoopMembership.Outside : LoopMembership.Neutral
                : operations.Any(operation => loop.Span.Contains(operation.Syntax.Span) && operation.Syntax != loop) ? LoopMembership.Inside
                : LoopMembership.Outside);
        }

        return membership.MoveToImmutable();
    }

    /// <summary>The walks of one graph, each made when a loop first asks for it.</summary>
    private sealed class Walks(JobVocabulary vocabulary, ControlFlowGraph graph, JobState working, CancellationToken cancellationToken)
    {
        private readonly Dictionary<(JobState State, bool FromStart), JobWalk> _walks = [];
        private readonly Lazy<bool> _hasTimeout = new(() => OperationsOf(graph).Any(static operation => operation switch
        {
            IObjectCreationOperation { Type.Name: "CancellationTokenSource", Arguments.Length: > 0 } => true,
            IInvocationOperation { TargetMethod.Name: "CancelAfter" } => true,
            IInvocationOperation { TargetMethod: { Name: "WaitAsync", ContainingType.Name: "Task" } } => true,
            _ => false,
        }));

        /// <summary>Gets a value indicating whether a cancellation source in view ends the wait by itself.</summary>
        public bool HasTimeout => _hasTimeout.Value;

        /// <summary>What becomes of a loop when the job comes to that state, or has it from the start; null where that is undecided.</summary>
        public LoopOutcome? OutcomeOf(JobState state, bool fromStart, ImmutableArray<LoopMembership> membership)
        {
            if (!_walks.TryGetValue((state, fromStart), out var walk))
            {
                walk = JobWalk.Run(vocabulary, graph, fromStart ? state : working, state, stopAtChecks: false, cancellationToken);
                _walks.Add((state, fromStart), walk);
            }

            return walk.IsUndecided ? null : walk.OutcomeOf(membership);
        }

        /// <summary>The blocks outside a loop that are reached by a job that has the state from the start.</summary>
        public HashSet<int> BlocksAfter(JobState state, ImmutableArray<LoopMembership> membership)
        {
            OutcomeOf(state, fromStart: true, membership);
            return _walks[(state, true)].BlocksOutside(membership);
        }
    }
}
