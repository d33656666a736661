using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Core.Secrets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Secrets;

/// <summary>AIG6002: a secret stands in the text of a prompt. Nothing of it goes into the message.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretInPromptAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="SecretInPromptAnalyzer"/> class.</summary>
    public SecretInPromptAnalyzer()
        : base(Descriptors.SecretInPrompt)
    {
    }

    private protected override void Analyze(FileAnalysisContext context)
    {
        foreach (var token in PromptTexts.MarkedIn(context.File, context.Model, context.CancellationToken))
        {
            foreach (var (location, description) in SecretsIn(token, context.Model, context.CancellationToken))
            {
                context.Report(location, description);
            }
        }
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var token in PromptTexts.In(context.Ai, context.Body, context.CancellationToken))
        {
            foreach (var (location, description) in SecretsIn(token, context.Body.Model, context.CancellationToken))
            {
                context.Report(location, description);
            }
        }
    }

    private static IEnumerable<(Location Location, Sentence Description)> SecretsIn(SyntaxToken token, SemanticModel model, CancellationToken cancellationToken)
    {
        if (SecretDetector.TryFind(token.ValueText.AsSpan(), 0, out _) && token.SyntaxTree is { } tree)
        {
            var (text, starts) = StringTokens.Decode(token, cancellationToken);
            for (var from = 0; SecretDetector.TryFind(text.AsSpan(), from, out var match); from = match.Start + Math.Max(match.Length, 1))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return (Location.Create(tree, StringTokens.SpanOf(starts, match.Start, match.Length)), match.Description);
            }
        }
        else if (SumAround(token) is { } sum
            && SemanticModels.Of(model, sum.SyntaxTree)?.GetConstantValue(sum, cancellationToken) is { HasValue: true, Value: string constant }
            && SecretDetector.TryFind(constant.AsSpan(), 0, out var match)
            && !sum.DescendantTokens().Any(static piece => StringTokens.IsText(piece) && SecretDetector.TryFind(piece.ValueText.AsSpan(), 0, out _)))
        {
            // In two pieces, neither of which shows what it is.
            yield return (sum.GetLocation(), match.Description);
        }
    }

    private static ExpressionSyntax? SumAround(SyntaxToken token)
    {
        var node = token.Parent as ExpressionSyntax;
        while (node?.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } or ParenthesizedExpressionSyntax { Parent: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } })
        {
            node = (ExpressionSyntax)node.Parent;
        }

        return node as BinaryExpressionSyntax;
    }
}
