using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Rules.Jobs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.CodeFixes.Rules.Jobs;

/// <summary>Fix of AIG4005: wait ten seconds between two reads, without blocking a thread where the code is asynchronous.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PollWithoutDelayCodeFix))]
[Shared]
public sealed class PollWithoutDelayCodeFix : AiCodeFix
{
    private const string Key = "WaitBetweenReads";
    private const string TenSeconds = "global::System.TimeSpan.FromSeconds(10)";

    /// <summary>Initializes a new instance of the <see cref="PollWithoutDelayCodeFix"/> class.</summary>
    public PollWithoutDelayCodeFix()
        : base(RuleIds.PollWithoutDelay)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(ChangeOf(request, diagnostic) is { } change ? [new FixOffer(change.Title, Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in diagnostics)
        {
            if (ChangeOf(request, diagnostic) is { } change)
            {
                editor.ReplaceNode(change.Node, (current, _) => change.Apply(current));
            }
        }

        return editor.GetChangedDocument();
    }

    private static Change? ChangeOf(FixRequest request, Diagnostic diagnostic)
    {
        var node = request.NodeOf(diagnostic);
        if (node is StatementSyntax loop && (LoopSyntax.IsPollLoop(loop) || loop is CommonForEachStatementSyntax))
        {
            return Delay(request, loop);
        }

        if (node is ExpressionSyntax expression && LoopWithCondition(expression) is { } around)
        {
            return Delay(request, around);
        }

        if (node is InvocationExpressionSyntax call && request.Model.TryGetOperation(call, request.CancellationToken) is IInvocationOperation operation && Delays.IsDelay(operation))
        {
            return Mend(request, call, diagnostic.Properties.ContainsKey(PollWithoutDelayAnalyzer.TooShort));
        }

        // The time itself.
        return node is ExpressionSyntax time
            ? new Change("Wait ten seconds between two reads", time, current => QualifiedSyntax.Expression(TenSeconds).WithTriviaFrom(current))
            : null;
    }

    private static StatementSyntax? LoopWithCondition(ExpressionSyntax condition) =>
        condition.Parent is StatementSyntax loop && LoopSyntax.ConditionOf(loop) == condition ? loop : null;

    /// <summary>A delay at the beginning of each round.</summary>
    private static Change? Delay(FixRequest request, StatementSyntax loop)
    {
        var body = LoopGraph.RoundsOf(loop);
        if (body is null)
        {
            return null;
        }

        var statement = FunctionSyntax.IsAsync(body) && FunctionSyntax.CanAwait(body)
            ? $"await global::System.Threading.Tasks.Task.Delay({TenSeconds}{Token(request, loop)});"
            : $"global::System.Threading.Thread.Sleep({TenSeconds});";
        return new Change(
            "Wait ten seconds between two reads",
            loop,
            current => CancellationSyntax.WithFirst(current, QualifiedSyntax.Statement(statement)));
    }

    /// <summary>A delay that blocks, or that nobody awaits.</summary>
    private static Change? Mend(FixRequest request, InvocationExpressionSyntax call, bool isTooShort)
    {
        if (call.ArgumentList.Arguments is not [var time, ..])
        {
            return null;
        }

        var isSleep = call.Expression.ToString().EndsWith("Sleep", StringComparison.Ordinal);
        var length = isTooShort ? TenSeconds : time.Expression.ToString();
        if (FunctionSyntax.IsAsync(call) && FunctionSyntax.CanAwait(call))
        {
            var kept = isSleep || isTooShort ? null : call.WithoutTrivia().ToString();
            var rest = isSleep ? Token(request, call) : string.Concat(call.ArgumentList.Arguments.Skip(1).Select(static argument => ", " + argument));
            var awaited = "await " + (kept ?? $"global::System.Threading.Tasks.Task.Delay({length}{rest})");
            return new Change(isSleep ? "Await 'Task.Delay'" : "Await the delay", Whole(call), current => QualifiedSyntax.Expression(awaited).WithTriviaFrom(current));
        }

        return isSleep ? null : new Change("Wait with 'Thread.Sleep'", Whole(call), current => QualifiedSyntax.Expression($"global::System.Threading.Thread.Sleep({length})").WithTriviaFrom(current));
    }

    // "_ = Task.Delay(…)" is replaced as a whole.
    private static ExpressionSyntax Whole(InvocationExpressionSyntax call) =>
        call.Parent is AssignmentExpressionSyntax assignment && assignment.Right == call ? assignment : call;

    private static string Token(FixRequest request, SyntaxNode place) =>
        CancellationSyntax.TokenInScope(request, place) is { } token ? ", " + token : "";

    private sealed record Change(string Title, SyntaxNode Node, Func<SyntaxNode, SyntaxNode> Apply);
}
