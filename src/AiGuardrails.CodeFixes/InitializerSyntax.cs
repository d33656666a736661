using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.CodeFixes;

/// <summary>Members added to initialisers, in the layout that the initialiser has: on one line, or a line for each.</summary>
internal static class InitializerSyntax
{
    /// <summary>The creation with an assignment more; an empty argument list is no longer needed then.</summary>
    public static BaseObjectCreationExpressionSyntax With(BaseObjectCreationExpressionSyntax creation, ExpressionSyntax element)
    {
        if (creation.Initializer is { } initializer)
        {
            return creation.WithInitializer(initializer.Expressions.Count == 0
                ? Initializer(element).WithTriviaFrom(initializer)
                : initializer.WithExpressions(With(initializer.Expressions, element)));
        }

        return creation switch
        {
            ObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0 } explicitly when !HasComments(explicitly.ArgumentList) =>
                explicitly.WithType(explicitly.Type.WithTrailingTrivia(SyntaxFactory.Space))
                    .WithArgumentList(null)
                    .WithInitializer(Initializer(element).WithTrailingTrivia(creation.GetTrailingTrivia())),
            _ => creation.WithoutTrailingTrivia()
                .WithInitializer(Initializer(element).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(creation.GetTrailingTrivia())),
        };
    }

    /// <summary>The list with an element more, after the last one.</summary>
    public static SeparatedSyntaxList<T> With<T>(SeparatedSyntaxList<T> list, T element)
        where T : SyntaxNode
    {
        if (list.Count == 0)
        {
            return list.Add(element);
        }

        var last = list[list.Count - 1];
        var indentation = SyntaxFactory.TriviaList(last.GetLeadingTrivia().Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        var parts = list.GetWithSeparators();
        if (list.SeparatorCount == list.Count)
        {
            // A comma after the last element: the new one gets one too. Comments stay with the line that they are on.
            var comma = list.GetSeparator(list.Count - 1);
            var end = EndsOfLine(comma.TrailingTrivia);
            return SyntaxFactory.SeparatedList<T>(parts
                .Add(element.WithLeadingTrivia(indentation))
                .Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(end)));
        }

        var trailing = last.GetTrailingTrivia();
        var newLines = EndsOfLine(trailing);
        if (newLines.Count == 0 && list.SeparatorCount > 0 && EndsOfLine(list.GetSeparator(list.SeparatorCount - 1).TrailingTrivia) is { Count: > 0 } betweenLines)
        {
            // Arguments, a line for each: the closing parenthesis stays on the line of the last one.
            return SyntaxFactory.SeparatedList<T>(parts
                .Replace(parts[parts.Count - 1], last.WithoutTrailingTrivia())
                .Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(betweenLines))
                .Add(element.WithLeadingTrivia(indentation).WithTrailingTrivia(trailing)));
        }

        return newLines.Count == 0
            ? SyntaxFactory.SeparatedList<T>(parts
                .Replace(parts[parts.Count - 1], last.WithoutTrailingTrivia())
                .Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space))
                .Add(element.WithTrailingTrivia(trailing)))
            : SyntaxFactory.SeparatedList<T>(parts
                .Replace(parts[parts.Count - 1], last.WithoutTrailingTrivia())
                .Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(trailing))
                .Add(element.WithLeadingTrivia(indentation).WithTrailingTrivia(newLines)));
    }

    /// <summary><c>name = value</c>.</summary>
    public static AssignmentExpressionSyntax Set(ExpressionSyntax name, ExpressionSyntax value) =>
        SyntaxFactory.AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            name.WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
            value);

    /// <summary><c>{ name = value }</c>.</summary>
    public static InitializerExpressionSyntax Initializer(ExpressionSyntax element) =>
        SyntaxFactory.InitializerExpression(
            SyntaxKind.ObjectInitializerExpression,
            SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.SingletonSeparatedList(element.WithTrailingTrivia(SyntaxFactory.Space)),
            SyntaxFactory.Token(SyntaxKind.CloseBraceToken));

    private static SyntaxTriviaList EndsOfLine(SyntaxTriviaList trivia) => SyntaxFactory.TriviaList(trivia.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));

    private static bool HasComments(SyntaxNode? node) =>
        node?.DescendantTrivia().Any(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)) ?? false;
}
