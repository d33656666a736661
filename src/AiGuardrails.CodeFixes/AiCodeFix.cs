using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.CodeFixes;

/// <summary>
/// Base of every fix: one way for one finding, for several in a file, and for Fix All, so that they cannot differ.
/// </summary>
public abstract class AiCodeFix : CodeFixProvider
{
    private protected AiCodeFix(string rule) => FixableDiagnosticIds = [rule];

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) =>
        {
            var request = await FixRequest.CreateAsync(document, context.CancellationToken).ConfigureAwait(false);
            if (request is null)
            {
                return document;
            }

            var fixable = ImmutableArray.CreateBuilder<Diagnostic>();
            foreach (var diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
            {
                var offers = await OffersOfAsync(request, diagnostic).ConfigureAwait(false);
                if (offers.Any(offer => offer.EquivalenceKey == context.CodeActionEquivalenceKey))
                {
                    fixable.Add(diagnostic);
                }
            }

            return fixable.Count == 0 ? document : await FixAsync(request, fixable.ToImmutable(), context.CodeActionEquivalenceKey ?? "").ConfigureAwait(false);
        });

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var request = await FixRequest.CreateAsync(context.Document, context.CancellationToken).ConfigureAwait(false);
        if (request is null)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var offer in await OffersOfAsync(request, diagnostic).ConfigureAwait(false))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        offer.Title,
                        async cancellationToken =>
                        {
                            var current = await FixRequest.CreateAsync(context.Document, cancellationToken).ConfigureAwait(false);
                            return current is null ? context.Document : await FixAsync(current, [diagnostic], offer.EquivalenceKey).ConfigureAwait(false);
                        },
                        offer.EquivalenceKey),
                    diagnostic);
            }
        }
    }

    /// <summary>What can be done about a finding; nothing where a fix would not compile or would change nothing.</summary>
    private protected abstract Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic);

    private async Task<ImmutableArray<FixOffer>> OffersOfAsync(FixRequest request, Diagnostic diagnostic) =>
        request.IsHalfTyped(diagnostic) ? [] : await OffersAsync(request, diagnostic).ConfigureAwait(false);

    /// <summary>Does it, for findings of one file, in the order of the text; each of them was offered the fix.</summary>
    private protected abstract Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey);
}

/// <summary>A fix that a finding has.</summary>
internal readonly record struct FixOffer(string Title, string EquivalenceKey);

/// <summary>The file to be mended, with all that is known of it.</summary>
internal sealed record FixRequest(Document Document, SyntaxNode Root, SemanticModel Model, AiContext Ai, CancellationToken CancellationToken)
{
    public static async Task<FixRequest?> CreateAsync(Document document, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);

        return root is not null && model is not null && AiContext.TryGet(model.Compilation, cancellationToken) is { } ai
            ? new FixRequest(document, root, model, ai, cancellationToken)
            : null;
    }

    /// <summary>
    /// Whether the member around the finding does not parse. What is written into it would not compile, and the formatter, which
    /// every fix ends with, throws on brackets that are not there.
    /// </summary>
    public bool IsHalfTyped(Diagnostic diagnostic) =>
        NodeOf(diagnostic).FirstAncestorOrSelf<MemberDeclarationSyntax>() is { ContainsDiagnostics: true } member
        && member.GetDiagnostics().Any(static problem => problem.Severity == DiagnosticSeverity.Error);

    /// <summary>The node that the finding is about.</summary>
    public SyntaxNode NodeOf(Diagnostic diagnostic) => Root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
}
