using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Jobs;

/// <summary>AIG4005: a loop asks for the status of a job again at once, or too soon, or blocks a thread in between.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PollWithoutDelayAnalyzer : AiAnalyzer
{
    /// <summary>The property of a diagnostic that says whether the time of its delay is too short.</summary>
    internal const string TooShort = "TooShort";

    /// <summary>Initializes a new instance of the <see cref="PollWithoutDelayAnalyzer"/> class.</summary>
    public PollWithoutDelayAnalyzer()
        : base(Descriptors.PollWithoutDelay)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var loop in PollLoops.Of(context.Ai, context.Body, context.CancellationToken).Loops)
        {
            // A read that is only tried again after an error is no poll, and neither is a request whose reply decides nothing.
            if (loop.WaitsForJob || (!loop.Job.IsRaw && loop.Reads.Any(read => loop.Bounds.IsRepeated(read.Syntax, afterSuccess: true))))
            {
                Analyze(context, loop);
            }
        }
    }

    private static void Analyze(BodyAnalysisContext context, PollLoop loop)
    {
        var delays = new Delays(context.Ai, context.Body, context.CancellationToken);
        var minimum = context.Options.MinPollMilliseconds;
        var inLoop = DelaysIn(context.Body, loop.Loop).ToArray();
        var blocking = FunctionSyntax.IsAsync(loop.Loop) ? inLoop.Where(Delays.IsSleep).ToArray() : [];
        foreach (var sleep in blocking)
        {
            Report(context, loop, sleep.Syntax, delays.TimeOf(sleep) < minimum, $"'Thread.Sleep' blocks a thread while the {loop.Job.Noun} works; await 'Task.Delay'");
        }

        var shortest = PollDelays.Between(loop, delays, context.CancellationToken);
        if (shortest >= minimum)
        {
            return;
        }

        var forgotten = inLoop.Where(static delay => !Delays.IsSleep(delay) && delay.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }).ToArray();
        foreach (var delay in forgotten)
        {
            Report(context, loop, delay.Syntax, delays.TimeOf(delay) < minimum, $"'{delay.TargetMethod.Name}' is not awaited, so that the status of the {loop.Job.Noun} is read again at once; await it");
        }

        var tooShort = inLoop.Except(forgotten).Where(delay => delays.TimeOf(delay) < minimum).ToArray();
        foreach (var delay in tooShort.Except(blocking))
        {
            var time = delays.TimeOf(delay).ToString("0.###", CultureInfo.InvariantCulture);
            context.ReportOn(loop.Job, PlaceOf(context, delay).GetLocation(), Sentence.Of($"The status of the {loop.Job.Noun} is read again after {time} ms; wait at least {minimum} ms"));
        }

        // Where a way has no delay at all, longer delays on the other ways do not help it.
        if (forgotten.Length == 0 && (shortest == 0 ? !tooShort.Any(delay => delays.TimeOf(delay) == 0) : tooShort.Length == 0))
        {
            context.ReportOn(loop.Job, LocationOf(loop.Loop), Sentence.Of($"The status of the {loop.Job.Noun} is read again without a delay; wait some seconds between two reads"));
        }
    }

    private static IEnumerable<IInvocationOperation> DelaysIn(AiBody body, SyntaxNode loop)
    {
        var function = BodyGraphs.FunctionAround(loop);
        return body.All<IInvocationOperation>(OperationKind.Invocation)
            .Where(call => loop.Span.Contains(call.Syntax.Span) && Delays.IsDelay(call) && BodyGraphs.FunctionAround(call.Syntax) == function);
    }

    /// <summary>The time, where it is written: an argument of the delay, or of the timer that ticks.</summary>
    private static SyntaxNode PlaceOf(BodyAnalysisContext context, IInvocationOperation delay)
    {
        var arguments = delay.Arguments;
        if (Delays.IsTick(delay) && delay.Instance is ILocalReferenceOperation { Local: var timer })
        {
            arguments = context.Body.All<IVariableDeclaratorOperation>(OperationKind.VariableDeclarator)
                .Where(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, timer))
                .Select(static declarator => declarator.GetVariableInitializer()?.Value.Unwrap())
                .OfType<IObjectCreationOperation>()
                .Select(static creation => creation.Arguments)
                .FirstOrDefault();
        }

        var time = arguments.IsDefault ? null : arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0);
        return time?.Value.Syntax ?? delay.Syntax;
    }

    /// <summary>Reports a delay as such, and tells the fix whether its time is too short as well.</summary>
    private static void Report(BodyAnalysisContext context, PollLoop loop, SyntaxNode delay, bool isTooShort, Sentence message)
    {
        var properties = isTooShort ? ImmutableDictionary<string, string?>.Empty.Add(TooShort, null) : ImmutableDictionary<string, string?>.Empty;
        if (loop.Job.IsInferred)
        {
            context.ReportAs(RuleLevel.Suggestion, delay.GetLocation(), properties, message);
        }
        else
        {
            context.Report(delay.GetLocation(), properties, message);
        }
    }

    private static Location LocationOf(SyntaxNode loop) =>
        LoopSyntax.ConditionOf(loop) is { } condition && !condition.IsKind(SyntaxKind.TrueLiteralExpression)
            ? condition.GetLocation()
            : LoopSyntax.KeywordOf(loop).GetLocation();
}
