using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Sdks;
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

    // Asked for every body that calls a model, and walked once for each file.
    private static readonly ConditionalWeakTable<SyntaxTree, ILookup<string, BaseMethodDeclarationSyntax>> s_callers = new();

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
        if (!context.Body.All<IInvocationOperation>(OperationKind.Invocation).Any(call => ai.IsGenerationCall(call.TargetMethod)))
        {
            // Whoever calls a helper that asks the model is looked at together with the helper.
            return;
        }

        var model = new LoopSubject
        {
            Is = operation => operation is IInvocationOperation call && ai.IsGenerationCall(call.TargetMethod),
            Needed = Cancellability.AfterTime,
            Guards = context.Options.LoopGuards,
        };

        AnalyzeLoops(context, context.Body, model, static _ => true);
        foreach (var caller in CallersOf(ai, context.Body, context.CancellationToken).Where(caller => !ai.IsExcludedAsTest(caller.Owner, context.Options)))
        {
            AnalyzeLoops(context, caller, model, call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, context.Body.Owner));
        }

        var asked = context.Body.All<IInvocationOperation>(OperationKind.Invocation).First(call => ai.IsGenerationCall(call.TargetMethod)).TargetMethod.Name;
        foreach (var call in Recursion.UnboundedIn(ai, context.Body, model, context.CancellationToken))
        {
            context.Report(NameOf(call.Syntax).GetLocation(), asked);
        }
    }

    private static void AnalyzeLoops(BodyAnalysisContext context, AiBody body, LoopSubject model, Func<IInvocationOperation, bool> isWanted)
    {
        var helpers = new GenerationHelpers(context.Ai, body, model, context.CancellationToken);
        var subject = model with { Is = operation => model.Is(operation) || helpers.IsCall(operation) };
        var judged = new Dictionary<SyntaxNode, LoopBounds?>();
        foreach (var call in body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (!isWanted(call) || LoopsAround(call.Syntax).FirstOrDefault() is null || !subject.Is(call))
            {
                continue;
            }

            foreach (var loop in LoopsAround(call.Syntax))
            {
                if (!judged.TryGetValue(loop, out var bounds))
                {
                    bounds = BoundsOf(context, body, loop, subject);
                    judged.Add(loop, bounds);
                }

                if (bounds is { Bounds: LoopBound.None } && bounds.IsRepeated(call.Syntax) && !IsPacedService(context, body, loop, bounds, call, subject))
                {
                    context.Report(LocationOf(loop), call.TargetMethod.Name);
                }
            }
        }
    }

    /// <summary>The methods of the same file that call the method of the body in a loop.</summary>
    private static IEnumerable<AiBody> CallersOf(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        if (body.Syntax is not MethodDeclarationSyntax { Identifier.ValueText: { Length: > 0 } name })
        {
            yield break;
        }

        var callers = s_callers.GetValue(body.Syntax.SyntaxTree, tree => CallsInLoops(tree, cancellationToken));
        foreach (var caller in callers[name].Where(caller => caller != body.Syntax))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var known = ai.FileOf(body.Model, cancellationToken).Bodies.FirstOrDefault(other => other.Syntax == caller) ?? new AiBody(ai, body.Model, caller, cancellationToken);
            if (known.Operation is not null)
            {
                yield return known;
            }
        }
    }

    /// <summary>The methods of a file that call something in a loop, by its name.</summary>
    private static ILookup<string, BaseMethodDeclarationSyntax> CallsInLoops(SyntaxTree tree, CancellationToken cancellationToken) =>
        tree.GetRoot(cancellationToken).DescendantNodes()
            .Where(LoopSyntax.IsPollLoop)
            .SelectMany(static loop => loop.DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Select(static call => (Name: (NameOf(call) as SimpleNameSyntax)?.Identifier.ValueText, Caller: call.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>()))
            .Where(static found => found.Name is not null && found.Caller is not null)
            .Distinct()
            .ToLookup(static found => found.Name!, static found => found.Caller!, StringComparer.Ordinal);

    // A condition that is still being typed says nothing.
    private static LoopBounds? BoundsOf(BodyAnalysisContext context, AiBody body, SyntaxNode loop, LoopSubject subject) =>
        LoopSyntax.ConditionOf(loop) is not { IsMissing: true }
        && BodyGraphs.Of(body, context.CancellationToken).Around(loop) is { } graph && LoopGraph.Of(graph, loop) is { } rounds
            ? LoopBounds.Of(context.Ai, body, rounds, subject, context.CancellationToken)
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
    private static bool IsPacedService(BodyAnalysisContext context, AiBody body, SyntaxNode loop, LoopBounds bounds, IInvocationOperation call, LoopSubject subject)
    {
        if (bounds.Decisions.HasFlag(LoopSource.Subject) || !bounds.IsRepeated(call.Syntax, afterSuccess: true)
            || BodyGraphs.Of(body, context.CancellationToken).Around(loop) is not { } graph || LoopGraph.Of(graph, loop) is not { } rounds)
        {
            return false;
        }

        var delays = new Delays(context.Ai, body, context.CancellationToken);
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
