using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace AiGuardrails.CodeFixes;

/// <summary>Pieces of code that fixes write: fully qualified, and shortened by the editor where a using allows it.</summary>
internal static class GeneratedSyntax
{
    /// <summary>A type name in an expression, as in <c>System.Environment.GetEnvironmentVariable</c>.</summary>
    public static ExpressionSyntax TypeExpression(string qualifiedName) =>
        SyntaxFactory.ParseExpression("global::" + qualifiedName).WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary>A type name, as in <c>new System.InvalidOperationException</c>.</summary>
    public static TypeSyntax TypeName(string qualifiedName) =>
        SyntaxFactory.ParseTypeName("global::" + qualifiedName).WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary><c>throw new InvalidOperationException(message)</c>, without the keyword.</summary>
    public static ObjectCreationExpressionSyntax InvalidOperation(ExpressionSyntax message) =>
        SyntaxFactory.ObjectCreationExpression(TypeName("System.InvalidOperationException"))
            .WithNewKeyword(SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithArgumentList(SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(message))));

    public static LiteralExpressionSyntax Text(string text) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));

    /// <summary><c>value ?? throw new InvalidOperationException("message")</c>.</summary>
    public static BinaryExpressionSyntax OrThrow(ExpressionSyntax value, string message) =>
        SyntaxFactory.BinaryExpression(
            SyntaxKind.CoalesceExpression,
            value.WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.QuestionQuestionToken).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.ThrowExpression(
                SyntaxFactory.Token(SyntaxKind.ThrowKeyword).WithTrailingTrivia(SyntaxFactory.Space),
                InvalidOperation(Text(message))));

    /// <summary><c>if (condition) { throw new InvalidOperationException(message); }</c>, laid out by the formatter.</summary>
    public static StatementSyntax ThrowIf(ExpressionSyntax condition, ExpressionSyntax message) =>
        SyntaxFactory.IfStatement(
                condition,
                SyntaxFactory.Block(SyntaxFactory.ThrowStatement(InvalidOperation(message))))
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);
}
