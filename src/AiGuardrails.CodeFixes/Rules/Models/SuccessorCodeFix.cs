using System.Collections.Immutable;
using AiGuardrails.Analyzers.Rules.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AiGuardrails.CodeFixes.Rules.Models;

/// <summary>What the fixes of the rules about retirement dates share: the successor that the catalogue names, where it names exactly one.</summary>
public abstract class SuccessorCodeFix : AiCodeFix
{
    private const string Key = "UseSuccessor";

    private protected SuccessorCodeFix(string rule)
        : base(rule)
    {
    }

    private protected sealed override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(LiteralOf(request, diagnostic) is null ? [] : [new FixOffer($"Use '{SuccessorOf(diagnostic)}'", Key)]);

    private protected sealed override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in diagnostics)
        {
            if (LiteralOf(request, diagnostic) is { } literal)
            {
                editor.ReplaceNode(literal, GeneratedSyntax.Text(SuccessorOf(diagnostic)!).WithTriviaFrom(literal));
            }
        }

        return editor.GetChangedDocument();
    }

    private static string? SuccessorOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(RetirementAnalyzer.SuccessorProperty, out var successor) ? successor : null;

    /// <summary>The literal to replace: one that is the name and nothing else, not a text that holds it or is put together.</summary>
    private static LiteralExpressionSyntax? LiteralOf(FixRequest request, Diagnostic diagnostic) =>
        SuccessorOf(diagnostic) is not null
        && request.NodeOf(diagnostic) is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal
        && diagnostic.Properties.TryGetValue(RetirementAnalyzer.ModelProperty, out var model) && literal.Token.ValueText == model
            ? literal
            : null;
}
