using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Rules.Cost;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AiGuardrails.CodeFixes.Rules.Cost;

/// <summary>Fix of AIG2004: the highest limit that the team accepts, as a literal.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ToolIterationLimitRaisedCodeFix))]
[Shared]
public sealed class ToolIterationLimitRaisedCodeFix : AiCodeFix
{
    private const string Key = "LowerLimit";

    /// <summary>Initializes a new instance of the <see cref="ToolIterationLimitRaisedCodeFix"/> class.</summary>
    public ToolIterationLimitRaisedCodeFix()
        : base(RuleIds.ToolIterationLimitRaised)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(
            LimitOf(diagnostic) is { } limit && ValueOf(request, diagnostic) is not null
                ? [new FixOffer($"Set the limit to {limit.ToString(CultureInfo.InvariantCulture)}", Key)]
                : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in diagnostics)
        {
            if (LimitOf(diagnostic) is { } limit && ValueOf(request, diagnostic) is { } value)
            {
                editor.ReplaceNode(value, SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(limit)).WithTriviaFrom(value));
            }
        }

        return editor.GetChangedDocument();
    }

    private static int? LimitOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(ToolIterationLimitRaisedAnalyzer.Limit, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;

    private static ExpressionSyntax? ValueOf(FixRequest request, Diagnostic diagnostic) => request.NodeOf(diagnostic) switch
    {
        ArgumentSyntax argument => argument.Expression,
        ExpressionSyntax value => value,
        _ => null,
    };
}
