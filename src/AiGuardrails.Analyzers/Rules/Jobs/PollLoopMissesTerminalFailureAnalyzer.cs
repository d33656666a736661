using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Jobs;

/// <summary>AIG4001: a loop that polls a job stays on a final state, or leaves while the job is still under way.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PollLoopMissesTerminalFailureAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="PollLoopMissesTerminalFailureAnalyzer"/> class.</summary>
    public PollLoopMissesTerminalFailureAnalyzer()
        : base(Descriptors.PollLoopMissesTerminalFailure)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var finding in context.Body.JobsOf(context.CancellationToken).Loops)
        {
            context.ReportOn(finding.Job, LocationOf(finding.Loop), MessageOf(finding));
        }
    }

    private static Location LocationOf(SyntaxNode loop) =>
        LoopSyntax.ConditionOf(loop) is { } condition && !condition.IsKind(SyntaxKind.TrueLiteralExpression)
            ? condition.GetLocation()
            : LoopSyntax.KeywordOf(loop).GetLocation();

    private static Sentence MessageOf(JobLoopFinding finding) => finding.Stuck.IsEmpty
        ? Sentence.Of($"This loop stops waiting while the {finding.Job.Noun} is still {StateList.Of(finding.Job, finding.LeftEarly)}; stay in it until the job has ended")
        : Sentence.Of($"This loop never ends once the {finding.Job.Noun} is {StateList.Of(finding.Job, finding.Stuck)}; leave it on every state in which the job does not go on by itself");
}

/// <summary>States as a reader of the code knows them.</summary>
internal static class StateList
{
    public static Sentence Of(JobTable job, ImmutableArray<JobState> states) =>
        Sentence.Any(states.Select(state => "'" + (job.IsRaw ? state.Wire : state.Member) + "'"));
}
