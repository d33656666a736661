using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Rules.Jobs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Jobs;

/// <summary>Fix of AIG4008: the word that the service sends.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnknownStatusWordCodeFix))]
[Shared]
public sealed class UnknownStatusWordCodeFix : AiCodeFix
{
    private const string Key = "UseTheWordOfTheService";

    /// <summary>Initializes a new instance of the <see cref="UnknownStatusWordCodeFix"/> class.</summary>
    public UnknownStatusWordCodeFix()
        : base(RuleIds.UnknownStatusWord)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(ChangeOf(request, diagnostic) is { } change ? [new FixOffer($"Compare with {change.NewText}", Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var text = await request.Document.GetTextAsync(request.CancellationToken).ConfigureAwait(false);
        return request.Document.WithText(text.WithChanges(diagnostics.Select(diagnostic => ChangeOf(request, diagnostic)).OfType<TextChange>()));
    }

    // A constant with a name may serve other comparisons too.
    private static TextChange? ChangeOf(FixRequest request, Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(UnknownStatusWordAnalyzer.Word, out var word) && word is not null
        && request.Root.FindToken(diagnostic.Location.SourceSpan.Start) is { Parent: LiteralExpressionSyntax } token
        && token.Span == diagnostic.Location.SourceSpan
            ? new TextChange(token.Span, SymbolDisplay.FormatLiteral(word, quote: true) + (token.IsKind(SyntaxKind.Utf8StringLiteralToken) ? "u8" : ""))
            : null;
}
