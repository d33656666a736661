using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Prompts;

/// <summary>
/// Base of the fixes of prompts: changes of text, since what they mend stands inside string literals. They need no SDK.
/// </summary>
public abstract class PromptCodeFix : CodeFixProvider
{
    private protected PromptCodeFix(string rule) => FixableDiagnosticIds = [rule];

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(static async (context, document, diagnostics) =>
        {
            var fix = (PromptCodeFix)context.CodeFixProvider;
            return await fix.FixAsync(document, diagnostics, context.CodeActionEquivalenceKey ?? "", context.CancellationToken).ConfigureAwait(false);
        });

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var offer in await OffersOfAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(offer.Title, cancellationToken => FixAsync(context.Document, [diagnostic], offer.Key, cancellationToken), offer.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>What can be done about a finding.</summary>
    private protected abstract IEnumerable<PromptFixOffer> Offers(AttributeSyntax block, SemanticModel model, SourceText text, Diagnostic diagnostic);

    private async Task<ImmutableArray<PromptFixOffer>> OffersOfAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);

        // A finding in a prompt file has no such node, and no fix.
        return root is not null && model is not null && diagnostic.Location.SourceTree == root.SyntaxTree
            && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>() is { } block
            ? Offers(block, model, text, diagnostic).ToImmutableArray()
            : [];
    }

    private async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, string key, CancellationToken cancellationToken)
    {
        var changes = new HashSet<TextChange>();
        foreach (var diagnostic in diagnostics)
        {
            var offers = await OffersOfAsync(document, diagnostic, cancellationToken).ConfigureAwait(false);
            changes.UnionWith(offers.Where(offer => offer.Key == key).Select(static offer => offer.Change));
        }

        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.OrderBy(static change => change.Span.Start)));
    }
}

/// <summary>A fix that a finding has, and the change that it is.</summary>
internal readonly record struct PromptFixOffer(string Title, string Key, TextChange Change);
