using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AiGuardrails.CodeFixes.Rules.Jobs;

/// <summary>Fix of AIG4001: the loop stays until the job has ended, by the SDK's own predicate where there is one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PollLoopMissesTerminalFailureCodeFix))]
[Shared]
public sealed class PollLoopMissesTerminalFailureCodeFix : AiCodeFix
{
    private const string Key = "StayUntilEnded";

    /// <summary>Initializes a new instance of the <see cref="PollLoopMissesTerminalFailureCodeFix"/> class.</summary>
    public PollLoopMissesTerminalFailureCodeFix()
        : base(RuleIds.PollLoopMissesTerminalFailure)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(
            Rewrite(request, diagnostic) is { } rewrite ? [new FixOffer($"Stay in the loop while '{rewrite.Replacement}'", Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in diagnostics)
        {
            if (Rewrite(request, diagnostic) is { } rewrite)
            {
                editor.ReplaceNode(rewrite.Condition, rewrite.Replacement);
            }
        }

        return editor.GetChangedDocument();
    }

    /// <summary>The new condition; null where the loop does not end by its condition, or the condition asks for more than the status.</summary>
    private static ConditionRewrite? Rewrite(FixRequest request, Diagnostic diagnostic)
    {
        var loop = request.NodeOf(diagnostic).FirstAncestorOrSelf<StatementSyntax>(LoopSyntax.IsPollLoop);
        if (loop is null || LoopSyntax.ConditionOf(loop) is not { } condition)
        {
            return null;
        }

        // "!token.IsCancellationRequested && (status…)": what is not about the status stays as it is.
        var parts = PartsOf(condition).ToArray();
        var subjects = parts.Select(part => SubjectOf(part, request)).ToArray();
        if (subjects.OfType<StatusSubject>().FirstOrDefault() is not { } subject
            || subjects.Any(other => other is not null && !SyntaxFactory.AreEquivalent(other.Status, subject.Status))
            || parts.Zip(subjects, (part, found) => found is null && Mentions(part, subject.Root)).Any(static mentions => mentions))
        {
            return null;
        }

        var stay = StayWhile(subject, loop, request);
        var replacement = stay;
        var placed = false;
        if (parts.Length > 1)
        {
            ExpressionSyntax? joined = null;
            for (var i = 0; i < parts.Length; i++)
            {
                var part = subjects[i] is null ? parts[i].WithoutTrivia() : placed ? null : stay;
                placed |= subjects[i] is not null;
                joined = part is null ? joined : joined is null ? part : And(joined, part);
            }

            replacement = joined!;
        }

        return SyntaxFactory.AreEquivalent(replacement, condition) ? null : new ConditionRewrite(condition, replacement.WithTriviaFrom(condition));
    }

    private static ExpressionSyntax StayWhile(StatusSubject subject, StatementSyntax loop, FixRequest request)
    {
        var job = subject.Job;
        var status = subject.Status.WithoutTrivia().ToString();
        var handled = loop.DescendantTokens().Select(static token => token.ValueText).ToImmutableHashSet(StringComparer.Ordinal);

        // A state that waits for the caller ends the loop, unless the loop itself answers it.
        var waits = job.States.Where(state => state.Kind == JobStateKind.NeedsAction && !handled.Contains(state.Member) && !handled.Contains(state.Wire));
        var condition = PredicateOf(subject, request) is { } predicate
            ? string.Join(" && ", waits.Select(state => Differs(status, subject, state)).Prepend(predicate))
            : string.Join(" && ", job.States.Where(static state => state.Kind is JobStateKind.Succeeded or JobStateKind.Failed).Concat(waits).Select(state => Differs(status, subject, state)));

        return SyntaxFactory.ParseExpression(condition);
    }

    private static string Differs(string status, StatusSubject subject, JobState state) =>
        subject.StatusTypeName is { } type ? $"{status} != {type}.{state.Member}" : $"{status} != \"{state.Wire}\"";

    /// <summary>The SDK's own word for "not ended", where it has one that counts every state rightly.</summary>
    private static string? PredicateOf(StatusSubject subject, FixRequest request)
    {
        if (request.Model.GetTypeInfo(subject.Status, request.CancellationToken).Type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }
            || subject.Status is ConditionalAccessExpressionSyntax)
        {
            // A null has no members to ask; the full comparison is right for it too.
            return null;
        }

        var root = subject.Root.WithoutTrivia().ToString();
        var status = subject.Status.WithoutTrivia().ToString();
        var isJob = ReferenceEquals(request.Ai.JobOf(request.Model.GetTypeInfo(subject.Root, request.CancellationToken).Type), subject.Job);
        foreach (var predicate in subject.Job.Predicates.Where(predicate => isJob || !predicate.IsOnJob))
        {
            var member = (predicate.IsOnJob ? root : status) + "." + predicate.Member;
            if (predicate.MeansEnded)
            {
                return "!" + member;
            }

            if (predicate.MeansUnderWay)
            {
                return member;
            }
        }

        return null;
    }

    private static BinaryExpressionSyntax And(ExpressionSyntax left, ExpressionSyntax right) =>
        SyntaxFactory.BinaryExpression(
            SyntaxKind.LogicalAndExpression,
            left.WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.AmpersandAmpersandToken).WithTrailingTrivia(SyntaxFactory.Space),
            right);

    private static IEnumerable<ExpressionSyntax> PartsOf(ExpressionSyntax condition)
    {
        while (condition is ParenthesizedExpressionSyntax parenthesized)
        {
            condition = parenthesized.Expression;
        }

        return condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and
            ? PartsOf(and.Left).Concat(PartsOf(and.Right))
            : [condition];
    }

    private static bool Mentions(ExpressionSyntax part, ExpressionSyntax root) =>
        part.DescendantNodesAndSelf().Any(node => SyntaxFactory.AreEquivalent(node, root));

    /// <summary>The status that an expression tests, where it tests nothing else.</summary>
    private static StatusSubject? SubjectOf(ExpressionSyntax expression, FixRequest request)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return SubjectOf(parenthesized.Expression, request);

            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                return SubjectOf(not.Operand, request);

            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both:
                return SubjectOf(both.Left, request) is { } left && SubjectOf(both.Right, request) is { } right && SyntaxFactory.AreEquivalent(left.Status, right.Status) ? left : null;

            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison:
                return IsConstantState(comparison.Right, request) ? StatusOf(comparison.Left, request)
                    : IsConstantState(comparison.Left, request) ? StatusOf(comparison.Right, request)
                    : null;

            case IsPatternExpressionSyntax pattern:
                return pattern.Pattern.DescendantNodesAndSelf().OfType<PatternSyntax>().All(static part =>
                    part is ConstantPatternSyntax or BinaryPatternSyntax or UnaryPatternSyntax or ParenthesizedPatternSyntax)
                    ? StatusOf(pattern.Expression, request)
                    : null;

            case MemberAccessExpressionSyntax member:
                return StatusOf(member.Expression, request) is { } asked && asked.Job.Predicates.Any(predicate => !predicate.IsOnJob && predicate.Member == member.Name.Identifier.ValueText) ? asked : null;

            default:
                return null;
        }
    }

    private static bool IsConstantState(ExpressionSyntax expression, FixRequest request) =>
        request.Model.GetConstantValue(expression, request.CancellationToken).HasValue
        || (request.Model.GetSymbolInfo(expression, request.CancellationToken).Symbol is { IsStatic: true } member && request.Ai.JobOfStatus(member.ContainingType) is not null);

    private static StatusSubject? StatusOf(ExpressionSyntax expression, FixRequest request)
    {
        if (expression.DescendantNodesAndSelf().Any(static node => node is InvocationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax))
        {
            return null;
        }

        var type = request.Model.GetTypeInfo(expression, request.CancellationToken).Type;
        var root = expression is MemberAccessExpressionSyntax access ? access.Expression : expression;
        if (request.Ai.JobOfStatus(type) is { } job)
        {
            return new StatusSubject(expression, root, job, request.Ai.UnwrapStatus(type)!.ToMinimalDisplayString(request.Model, expression.SpanStart));
        }

        return type?.SpecialType == SpecialType.System_String && RawJobAround(expression, request) is { } raw
            ? new StatusSubject(expression, root, raw, StatusTypeName: null)
            : null;
    }

    private static JobTable? RawJobAround(ExpressionSyntax expression, FixRequest request) =>
        request.Ai.FileOf(request.Model, request.CancellationToken).Bodies.FirstOrDefault(body => body.Syntax.Span.Contains(expression.Span))?.Http.Job;

    private sealed record StatusSubject(ExpressionSyntax Status, ExpressionSyntax Root, JobTable Job, string? StatusTypeName);

    private sealed record ConditionRewrite(ExpressionSyntax Condition, ExpressionSyntax Replacement);
}
