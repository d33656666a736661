using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Core.Secrets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Secrets;

/// <summary>
/// AIG6001: the key of an AI service stands in code. Nothing of it goes into the message but what all keys of its kind have in
/// common.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HardCodedApiKeyAnalyzer : AiAnalyzer
{
    /// <summary>The property of a finding that says whose key it is, for the fix.</summary>
    internal const string ServiceProperty = "Service";

    /// <summary>Initializes a new instance of the <see cref="HardCodedApiKeyAnalyzer"/> class.</summary>
    public HardCodedApiKeyAnalyzer()
        : base(Descriptors.HardCodedApiKey)
    {
    }

    /// <summary>A key that proves itself is one wherever it stands: in a field, a collection, an attribute, a piece of an interpolation.</summary>
    private protected override void Analyze(FileAnalysisContext context)
    {
        if (context.File.Keys.IsEmpty)
        {
            return;
        }

        var root = context.Model.SyntaxTree.GetRoot(context.CancellationToken);
        var end = -1;
        foreach (var position in context.File.Keys)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (position < end || position >= root.FullSpan.End || root.FindToken(position) is var token && (!token.Span.Contains(position) || !StringTokens.IsText(token)))
            {
                continue;
            }

            // One report for each literal, however many keys it holds.
            end = token.Span.End;
            if (KeyIn(context, token) is ({ } location, var match, var text)
                && !context.Ai.IsExcludedAsTest(context.Model.GetEnclosingSymbol(position, context.CancellationToken) ?? context.Model.Compilation.Assembly, context.Options))
            {
                context.Report(location, PropertiesFor(ServiceOf(match.Kind)), Describe(match, text));
            }
        }
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var use in KeySinks.In(context.Ai, context.Body))
        {
            foreach (var constant in ConstantValues.Of(use.Value, context.CancellationToken))
            {
                var text = KeySinks.WithoutScheme(constant.Text);
                if (KeySinks.TryFindKey(text, out var match))
                {
                    // Put together from pieces none of which proves itself; what does is reported where it stands.
                    if (!context.Body.Model.Compilation.ContainsSyntaxTree(constant.Syntax.SyntaxTree) || IsReportedByItself(context, constant.Syntax))
                    {
                        continue;
                    }

                    context.Report(constant.Syntax.GetLocation(), PropertiesFor(ServiceOf(match.Kind)), Describe(match, text));
                }
                else if (SecretDetector.CanBeKey(text.AsSpan()) && !Loopback.IsNamedIn(context.Body))
                {
                    context.Report(constant.Syntax.GetLocation(), PropertiesFor(ServiceOf(use.Owner)), Sentence.Of("an API key").AtStart);
                }
            }
        }
    }

    /// <summary>The literal that holds a key, or the constant that it is a piece of.</summary>
    private static (Location? Location, SecretMatch Match, string Text) KeyIn(FileAnalysisContext context, SyntaxToken token)
    {
        var text = token.ValueText;
        if (KeySinks.TryFindKey(text, out var match))
        {
            return (token.GetLocation(), match, text);
        }

        var whole = ConstantAround(token);
        return whole is not null
            && whole.Span != token.Span
            && context.Model.GetConstantValue(whole, context.CancellationToken) is { HasValue: true, Value: string constant }
            && KeySinks.TryFindKey(constant, out match)
                ? (whole.GetLocation(), match, constant)
                : default;
    }

    /// <summary>The sum, or the interpolation, that the literal is a piece of.</summary>
    private static ExpressionSyntax? ConstantAround(SyntaxToken token)
    {
        var node = token.Parent is InterpolatedStringTextSyntax { Parent: ExpressionSyntax interpolated } ? interpolated : token.Parent as ExpressionSyntax;
        while (node?.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } or ParenthesizedExpressionSyntax { Parent: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } })
        {
            node = (ExpressionSyntax)node.Parent;
        }

        return node;
    }

    private static bool IsReportedByItself(BodyAnalysisContext context, SyntaxNode syntax) =>
        syntax.DescendantTokens().Any(static token => StringTokens.IsText(token) && KeySinks.TryFindKey(token.ValueText, out _))
        || (syntax is ExpressionSyntax expression
            && SemanticModels.Of(context.Body.Model, expression.SyntaxTree)?.GetConstantValue(expression, context.CancellationToken) is { HasValue: true, Value: string });

    private static Sentence Describe(SecretMatch match, string text) => $"{match.Description.AtStart} ({text.Substring(match.Start, match.PrefixLength)}…)";

    private static ImmutableDictionary<string, string?> PropertiesFor(string service) => ImmutableDictionary<string, string?>.Empty.Add(ServiceProperty, service);

    private static string ServiceOf(SecretKind kind) => kind switch
    {
        SecretKind.OpenAIKey => "OpenAI",
        SecretKind.AnthropicKey => "Anthropic",
        SecretKind.HuggingFaceToken => "HuggingFace",
        SecretKind.GoogleKey => "Google",
        SecretKind.ReplicateToken => "Replicate",
        SecretKind.GroqKey => "Groq",
        _ => "",
    };

    private static string ServiceOf(string owner) =>
        owner.StartsWith("OpenAI", StringComparison.Ordinal) || owner.StartsWith("System.ClientModel", StringComparison.Ordinal) ? "OpenAI"
        : owner.StartsWith("Anthropic", StringComparison.Ordinal) ? "Anthropic"
        : owner.StartsWith("Azure", StringComparison.Ordinal) ? "AzureOpenAI"
        : "";
}
