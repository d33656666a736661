using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Cost;

/// <summary>AIG2003: the model is called in a loop, or in a recursion, that only the model can end.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedGenerationLoopAnalyzer : AiAnalyzer
{
    // A service that asks once a minute or less is paced like a timer.
    private const double Paced = 60_000;

    /// <summary>Initializes a new instance of the <see cref="UnboundedGenerationLoopAnalyzer"/> class.</summary>
    public UnboundedGenerationLoopAnalyzer()
        : base(Descriptors.UnboundedGenerationLoop)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        var ai = context.Ai;
        var calls = context.Body.All<IInvocationOperation>(OperationKind.Invocation).Where(call => ai.IsGenerationCall(call.TargetMethod)).ToArray();
        if (calls.Length == 0)
        {
            return;
        }

        var subject = new LoopSubject
        {
            Is = operation => operation is IInvocationOperation call && ai.IsGenerationCall(call.TargetMethod),
            Needed = Cancellability.AfterTime,
            Guards = context.Options.LoopGuards,
        };

        var judged = new Dictionary<SyntaxNode, LoopBounds?>();
        foreach (var call in calls)
        {
            foreach (var loop in LoopsAround(call.Syntax))
            {
                if (!judged.TryGetValue(loop, out var bounds))
                {
                    bounds = BoundsOf(context, loop, subject);
                    judged.Add(loop, bounds);
                }

                if (bounds is { Bounds: LoopBound.None } && bounds.IsRepeated(call.Syntax) && !IsPacedService(context, loop, bounds, call, subject))
                {
                    context.Report(LocationOf(loop), call.TargetMethod.Name);
                }
            }
        }

        foreach (var call in Recursion.UnboundedIn(ai, context.Body, subject, context.CancellationToken))
        {
            context.Report(NameOf(call.Syntax).GetLocation(), calls[0].TargetMethod.Name);
        }
    }

    private static LoopBounds? BoundsOf(BodyAnalysisContext context, SyntaxNode loop, LoopSubject subject) =>
        BodyGraphs.Of(context.Body, context.CancellationToken).Around(loop) is { } graph && LoopGraph.Of(graph, loop) is { } rounds
            ? LoopBounds.Of(context.Ai, context.Body, rounds, subject, context.CancellationToken)
            : null;

    /// <summary>The loops in which the call stands, with those around a lambda that is passed on there and then.</summary>
    private static IEnumerable<SyntaxNode> LoopsAround(SyntaxNode call)
    {
        for (var node = call.Parent; node is not null and not MemberDeclarationSyntax and not LocalFunctionStatementSyntax; node = node.Parent)
        {
            if (node is AnonymousFunctionExpressionSyntax { Parent: not ArgumentSyntax })
            {
                yield break;
            }

            if (LoopSyntax.IsPollLoop(node) && !(node is ForStatementSyntax { Declaration: { } declaration } && declaration.Span.Contains(call.Span)))
            {
                yield return node;
            }

            if (node is GlobalStatementSyntax)
            {
                yield break;
            }
        }
    }

    /// <summary>Whether the loop serves for ever, and waits in each round for as long as a timer would.</summary>
    private static bool IsPacedService(BodyAnalysisContext context, SyntaxNode loop, LoopBounds bounds, IInvocationOperation call, LoopSubject subject)
    {
        if (bounds.Decisions.HasFlag(LoopSource.Subject) || !bounds.IsRepeated(call.Syntax, afterSuccess: true)
            || BodyGraphs.Of(context.Body, context.CancellationToken).Around(loop) is not { } graph || LoopGraph.Of(graph, loop) is not { } rounds)
        {
            return false;
        }

        var delays = new Delays(context.Ai, context.Body, context.CancellationToken);
        return PollDelays.Between(rounds, operation => subject.Is(operation), delays, vocabulary: null, state: null, context.CancellationToken) >= Paced;
    }

    private static Location LocationOf(SyntaxNode loop) =>
        LoopSyntax.ConditionOf(loop) is { } condition && !condition.IsKind(SyntaxKind.TrueLiteralExpression)
            ? condition.GetLocation()
            : LoopSyntax.KeywordOf(loop).GetLocation();

    private static SyntaxNode NameOf(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => binding.Name,
        InvocationExpressionSyntax invocation => invocation.Expression,
        _ => syntax,
    };
}
