using System.Collections.Immutable;
using AiGuardrails.Analyzers.Rules.Prompts;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Prompts;

/// <summary>
/// Base of the fixes of prompts: changes of text, since what they mend stands inside string literals and in prompt files.
/// They need no SDK.
/// </summary>
public abstract class PromptCodeFix : CodeFixProvider
{
    private protected PromptCodeFix(string rule) => FixableDiagnosticIds = [rule];

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    /// <remarks>Of code alone: Roslyn has no Fix All that begins in a file of another kind.</remarks>
    public sealed override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(static async (context, document, diagnostics) =>
        {
            var fix = (PromptCodeFix)context.CodeFixProvider;
            var changed = await fix.FixAsync(document, diagnostics, context.CodeActionEquivalenceKey ?? "", context.CancellationToken).ConfigureAwait(false);
            return changed.GetDocument(document.Id);
        });

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.TextDocument;
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var offer in await OffersOfAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(offer.Title, cancellationToken => FixAsync(document, [diagnostic], offer.Key, cancellationToken), offer.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>What can be done about a finding.</summary>
    private protected abstract Task<ImmutableArray<PromptFixOffer>> OffersAsync(PromptFixRequest request, Diagnostic diagnostic);

    private async Task<ImmutableArray<PromptFixOffer>> OffersOfAsync(TextDocument document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (diagnostic.Location.SourceSpan.End > text.Length)
        {
            return [];
        }

        var root = document is Document code ? await code.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) : null;
        var isThere = document is Document ? root is not null && diagnostic.Location.SourceTree == root.SyntaxTree : diagnostic.Location.Kind == LocationKind.ExternalFile;
        return isThere ? await OffersAsync(new PromptFixRequest(document, text, root, cancellationToken), diagnostic).ConfigureAwait(false) : [];
    }

    private async Task<Solution> FixAsync(TextDocument document, ImmutableArray<Diagnostic> diagnostics, string key, CancellationToken cancellationToken)
    {
        // The same change may mend several findings, such as those in one line.
        var changes = new HashSet<PromptFixChange>();
        foreach (var diagnostic in diagnostics)
        {
            var offers = await OffersOfAsync(document, diagnostic, cancellationToken).ConfigureAwait(false);
            changes.UnionWith(offers.Where(offer => offer.Key == key).SelectMany(static offer => offer.Changes));
        }

        var solution = document.Project.Solution;
        foreach (var group in changes.GroupBy(static change => change.Document))
        {
            var ordered = group.Select(static change => change.Change).OrderBy(static change => change.Span.Start);
            if (solution.GetDocument(group.Key) is { } code)
            {
                var text = await code.GetTextAsync(cancellationToken).ConfigureAwait(false);
                solution = solution.WithDocumentText(group.Key, text.WithChanges(ordered));
            }
            else if (solution.GetAdditionalDocument(group.Key) is { } file)
            {
                var text = await file.GetTextAsync(cancellationToken).ConfigureAwait(false);
                solution = solution.WithAdditionalDocumentText(group.Key, text.WithChanges(ordered));
            }
        }

        return solution;
    }
}

/// <summary>The file that a finding stands in.</summary>
/// <param name="Document">The file: code, or a prompt file.</param>
/// <param name="Text">Its text.</param>
/// <param name="Root">Its syntax; null for a prompt file.</param>
/// <param name="CancellationToken">The token.</param>
internal sealed record PromptFixRequest(TextDocument Document, SourceText Text, SyntaxNode? Root, CancellationToken CancellationToken)
{
    /// <summary>Whether the finding stands in a prompt file.</summary>
    public bool IsFile => Root is null;

    /// <summary>A change of the file.</summary>
    public PromptFixChange Change(TextSpan span, string text) => new(Document.Id, new TextChange(span, text));

    /// <summary>Finds the part of the prompt that has the attribute, from the finding in its code or in its file.</summary>
    public async Task<PromptFixTarget?> TargetOfAsync(Diagnostic diagnostic)
    {
        var project = Document.Project;
        if (await project.GetCompilationAsync(CancellationToken).ConfigureAwait(false) is not { } compilation)
        {
            return null;
        }

        var type = default(INamedTypeSymbol);
        if (Root is not null)
        {
            var node = Root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<TypeDeclarationSyntax>();
            type = node is null ? null : compilation.GetSemanticModel(Root.SyntaxTree).GetDeclaredSymbol(node, CancellationToken) as INamedTypeSymbol;
        }
        else if (diagnostic.Properties.TryGetValue(PromptAnalyzer.PromptProperty, out var name) && name is not null)
        {
            type = compilation.Assembly.GetTypeByMetadataName(name);
        }

        return type is not null
            && PromptParser.AttributeOf(type) is { } attribute
            && attribute.ApplicationSyntaxReference is { } applied
            && (await applied.GetSyntaxAsync(CancellationToken).ConfigureAwait(false)).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            && project.GetDocument(declaration.SyntaxTree) is { } document
            ? new PromptFixTarget(document, await document.GetTextAsync(CancellationToken).ConfigureAwait(false), declaration, type, attribute, compilation)
            : null;
    }
}

/// <summary>The prompt that a finding is about.</summary>
/// <param name="Document">The file with its attribute.</param>
/// <param name="Text">The text of that file.</param>
/// <param name="Declaration">The part of the type that has the attribute.</param>
/// <param name="Type">The type.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="Compilation">The compilation.</param>
internal sealed record PromptFixTarget(Document Document, SourceText Text, TypeDeclarationSyntax Declaration, INamedTypeSymbol Type, AttributeData Attribute, Compilation Compilation);

/// <summary>A fix that a finding has, and the changes that it is.</summary>
internal readonly record struct PromptFixOffer(string Title, string Key, ImmutableArray<PromptFixChange> Changes);

/// <summary>A change of a file.</summary>
internal readonly record struct PromptFixChange(DocumentId Document, TextChange Change);
