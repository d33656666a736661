using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>The loops that can poll: <c>while</c>, <c>do</c> and <c>for</c>.</summary>
internal static class LoopSyntax
{
    public static bool IsPollLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax;

    /// <summary>Whether the node stands in such a loop of its own function.</summary>
    public static bool IsInLoop(SyntaxNode node) => EnclosingLoop(node) is not null;

    /// <summary>The innermost such loop around the node, in its own function.</summary>
    public static SyntaxNode? EnclosingLoop(SyntaxNode node)
    {
        for (var current = node.Parent; current is not null and not MemberDeclarationSyntax and not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax; current = current.Parent)
        {
            if (IsPollLoop(current))
            {
                return current;
            }
        }

        return null;
    }

    /// <summary>The condition of the loop; null where there is none.</summary>
    public static ExpressionSyntax? ConditionOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax statement => statement.Condition,
        DoStatementSyntax statement => statement.Condition,
        ForStatementSyntax statement => statement.Condition,
        _ => null,
    };

    /// <summary>The word that makes it a loop.</summary>
    public static SyntaxToken KeywordOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax statement => statement.WhileKeyword,
        DoStatementSyntax statement => statement.DoKeyword,
        ForStatementSyntax statement => statement.ForKeyword,
        _ => loop.GetFirstToken(),
    };

    /// <summary>The array with one more element, unless that is null.</summary>
    public static ImmutableArray<IOperation> AddIfNotNull(this ImmutableArray<IOperation> operations, IOperation? operation) =>
        operation is null ? operations : operations.Add(operation);
}
