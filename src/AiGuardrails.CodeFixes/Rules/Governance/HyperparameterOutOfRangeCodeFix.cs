using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Rules.Governance;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Governance;

/// <summary>Fix of AIG5004: the nearest value that is not reported, in place of the number. A suffix is not cut: where, only the team can say.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HyperparameterOutOfRangeCodeFix))]
[Shared]
public sealed class HyperparameterOutOfRangeCodeFix : AiCodeFix
{
    private const string Key = "UseNearestValue";

    /// <summary>Initializes a new instance of the <see cref="HyperparameterOutOfRangeCodeFix"/> class.</summary>
    public HyperparameterOutOfRangeCodeFix()
        : base(RuleIds.HyperparameterOutOfRange)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(NearestOf(request, diagnostic) is { } nearest ? [new FixOffer($"Use {nearest}", Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var text = await request.Document.GetTextAsync(request.CancellationToken).ConfigureAwait(false);
        var changes = diagnostics
            .Select(diagnostic => (diagnostic.Location.SourceSpan, Nearest: NearestOf(request, diagnostic)))
            .Where(static change => change.Nearest is not null)
            .Select(static change => new TextChange(change.SourceSpan, change.Nearest!));

        return request.Document.WithText(text.WithChanges(changes));
    }

    /// <summary>The value to write, where a number stands there and nothing else: in code, or in a JSON text.</summary>
    private static string? NearestOf(FixRequest request, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(HyperparameterOutOfRangeAnalyzer.NearestProperty, out var nearest))
        {
            return null;
        }

        var span = diagnostic.Location.SourceSpan;
        var token = request.Root.FindToken(span.Start);
        if (token.Span != span && token.Span.Contains(span) && !token.IsKind(SyntaxKind.NumericLiteralToken))
        {
            return nearest;
        }

        return request.NodeOf(diagnostic) switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } => nearest,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax } => nearest,
            _ => null,
        };
    }
}
