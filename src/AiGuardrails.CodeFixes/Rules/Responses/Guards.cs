using AiGuardrails.Analyzers.Flow.Responses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace AiGuardrails.CodeFixes.Rules.Responses;

/// <summary>A statement that is to stand before the one that uses an answer.</summary>
/// <param name="Before">The statement that uses the answer.</param>
/// <param name="Statement">What is put before it.</param>
/// <param name="Text">The guard as text: where one stands, the same need not stand again.</param>
internal sealed record Guard(StatementSyntax Before, StatementSyntax Statement, string Text)
{
    /// <summary>Whether this guard has been passed wherever the other one would stand.</summary>
    public bool Covers(Guard other) =>
        Text == other.Text
        && Before.SpanStart <= other.Before.SpanStart
        && (Before.Parent is GlobalStatementSyntax global ? global.Parent : Before.Parent) is { } block
        && block.Span.Contains(other.Before.Span);
}

/// <summary>Where guards of answers can stand, and how they get there.</summary>
internal static class Guards
{
    /// <summary>What the rules know of the answers in the body around the node.</summary>
    public static ResponseFlow? FlowAround(FixRequest request, SyntaxNode node) =>
        request.Ai.FileOf(request.Model, request.CancellationToken).Bodies.FirstOrDefault(body => body.Syntax.Span.Contains(node.Span))?.ResponsesOf(request.CancellationToken);

    /// <summary>The statement before which a guard of the subject can stand; null where there is no such place.</summary>
    public static StatementSyntax? PlaceFor(SyntaxNode? subject, SyntaxNode use, FixRequest request)
    {
        if (subject is not ExpressionSyntax answer || !IsStable(answer) || use.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
        {
            return null;
        }

        var isOneWay = use.Ancestors().TakeWhile(node => node != statement).All(static node =>
            node is not (AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or SwitchExpressionArmSyntax or QueryExpressionSyntax));

        return isOneWay
            // A condition of a loop is asked again and again, and nothing can stand before it each time.
            && statement is not (LocalFunctionStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax)
            && statement.Parent is not LabeledStatementSyntax
            && !IsConditional(use, statement)
            && !answer.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => IsDeclaredIn(name, statement, request))
            ? statement
            : null;
    }

    public static async Task<Document> PlaceAsync(FixRequest request, IEnumerable<Guard> guards)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        Place(editor, guards);
        return editor.GetChangedDocument();
    }

    public static void Place(DocumentEditor editor, IEnumerable<Guard> guards)
    {
        var placed = new List<Guard>();
        foreach (var guard in guards.OrderBy(static guard => guard.Before.SpanStart))
        {
            // One guard covers whatever follows it in its block.
            if (!placed.Any(earlier => earlier.Covers(guard)))
            {
                placed.Add(guard);
                Place(editor, guard);
            }
        }
    }

    private static void Place(DocumentEditor editor, Guard guard)
    {
        switch (guard.Before.Parent)
        {
            case BlockSyntax or SwitchSectionSyntax:
                editor.InsertBefore(guard.Before, guard.Statement);
                break;

            case GlobalStatementSyntax global:
                editor.InsertBefore(global, SyntaxFactory.GlobalStatement(guard.Statement).WithAdditionalAnnotations(Formatter.Annotation));
                break;

            default:
                // The lone statement of an "if" or a loop becomes a block.
                editor.ReplaceNode(guard.Before, (current, _) => SyntaxFactory.Block(guard.Statement, ((StatementSyntax)current).WithAdditionalAnnotations(Formatter.Annotation)).WithAdditionalAnnotations(Formatter.Annotation));
                break;
        }
    }

    // Asking twice must give the same answer: names, members of names, elements at a constant place.
    private static bool IsStable(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax access => IsStable(access.Expression),
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax }] } element => IsStable(element.Expression),
        PostfixUnaryExpressionSyntax suppressed when suppressed.IsKind(SyntaxKind.SuppressNullableWarningExpression) => IsStable(suppressed.Operand),
        _ => false,
    };

    /// <summary>Whether the use stands where it is only reached when the subject was found to be fit for it.</summary>
    private static bool IsConditional(SyntaxNode use, StatementSyntax statement)
    {
        for (var current = use; current != statement && current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case ConditionalExpressionSyntax choice when choice.Condition != current:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } both when both.Right == current:
                case ConditionalAccessExpressionSyntax access when access.WhenNotNull == current:
                case ForEachStatementSyntax loop when loop.Expression != current:
                    return true;
            }
        }

        return false;
    }

    // "x is { } answer ? answer.Text : …": before the statement there is no such answer.
    private static bool IsDeclaredIn(IdentifierNameSyntax name, StatementSyntax statement, FixRequest request) =>
        request.Model.GetSymbolInfo(name, request.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var declaration] } && statement.Span.Contains(declaration.Span);
}
