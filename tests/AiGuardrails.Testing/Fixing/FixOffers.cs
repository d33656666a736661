using System.Collections.Concurrent;
using System.Collections.Immutable;
using AiGuardrails.Testing.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AiGuardrails.Testing.Fixing;

internal sealed record FixOffer(TextDocument Document, Diagnostic Diagnostic, CodeAction Action);

/// <summary>Asks a code fix provider what an editor would ask it, and picks the action that the test is about.</summary>
internal sealed class FixOffers(CodeFixProvider provider, ImmutableArray<DiagnosticAnalyzer> analyzers, string? equivalenceKey, int index, bool inAdditionalFiles = false)
{
    /// <summary>The diagnostics in sources, or in data files, that the provider says it fixes, by project, file and position.</summary>
    public async Task<ImmutableArray<Diagnostic>> FixableDiagnosticsAsync(Solution solution)
    {
        var fixable = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var project in solution.Projects)
        {
            fixable.AddRange((await AnalyzerRun.RunAsync(project, analyzers))
                .Where(diagnostic => (inAdditionalFiles ? diagnostic.Location.Kind == LocationKind.ExternalFile : diagnostic.Location.IsInSource) && provider.FixableDiagnosticIds.Contains(diagnostic.Id))
                .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan));
        }

        return fixable.ToImmutable();
    }

    /// <summary>The first offer in the documents asked for, or null at rest.</summary>
    public async Task<FixOffer?> FirstAsync(Solution solution, Func<TextDocument, bool>? isInScope = null)
    {
        foreach (var diagnostic in await FixableDiagnosticsAsync(solution))
        {
            var document = DocumentOf(solution, diagnostic);
            if (isInScope?.Invoke(document) != false && await PickAsync(document, diagnostic) is { } action)
            {
                return new FixOffer(document, diagnostic, action);
            }
        }

        return null;
    }

    private async Task<CodeAction?> PickAsync(TextDocument document, Diagnostic diagnostic)
    {
        var registered = new ConcurrentQueue<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => registered.Enqueue(action), CancellationToken.None));

        var actions = registered.SelectMany(Leaves).ToList();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var action in actions)
        {
            Assert.False(string.IsNullOrEmpty(action.EquivalenceKey), $"The fix '{action.Title}' has no equivalence key, so fix-all cannot tell it from others.");
            Assert.True(keys.Add(action.EquivalenceKey), $"Two fixes of one diagnostic share the equivalence key '{action.EquivalenceKey}'.");
        }

        return equivalenceKey is null ? actions.ElementAtOrDefault(index) : actions.Find(action => action.EquivalenceKey == equivalenceKey);
    }

    private static TextDocument DocumentOf(Solution solution, Diagnostic diagnostic) =>
        (TextDocument?)solution.GetDocument(diagnostic.Location.SourceTree)
            ?? solution.Projects.SelectMany(project => project.AdditionalDocuments).First(file => file.FilePath == diagnostic.Location.GetLineSpan().Path);

    private static IEnumerable<CodeAction> Leaves(CodeAction action) =>
        action.NestedActions.IsEmpty ? [action] : action.NestedActions.SelectMany(Leaves);
}
