using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace AiGuardrails.Testing.Fixing;

/// <summary>Fixes everything in each document, each project or the solution, once per kind of action.</summary>
internal sealed class FixAll(CodeFixProvider provider, FixOffers offers, FixAllScope scope, int iterations)
{
    public static ImmutableArray<FixAllScope> Scopes => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public static void VerifySupported(CodeFixProvider provider)
    {
        var name = provider.GetType().Name;
        var fixAll = provider.GetFixAllProvider();
        Assert.True(fixAll is not null, $"{name} has no FixAllProvider.");

        var missing = Scopes.Except(fixAll.GetSupportedFixAllScopes()).ToList();
        Assert.True(missing.Count == 0, $"The FixAllProvider of {name} does not know the scope {string.Join(", ", missing)}.");
    }

    public async Task<Solution> ApplyAsync(Solution solution)
    {
        foreach (var isInScope in Parts(solution))
        {
            var runs = new Dictionary<string, int>(StringComparer.Ordinal);
            while (await offers.FirstAsync(solution, isInScope) is { } offer)
            {
                var key = offer.Action.EquivalenceKey!;
                var run = runs[key] = runs.GetValueOrDefault(key) + 1;
                Assert.True(run <= iterations, $"Fix all in {scope} leaves a fix of kind '{key}' on offer, for {offer.Diagnostic}.");
                solution = await ApplyAsync(offer, key);
            }
        }

        return solution;
    }

    private async Task<Solution> ApplyAsync(FixOffer offer, string equivalenceKey)
    {
        var fixAll = provider.GetFixAllProvider()!;
        var (ids, source) = (fixAll.GetSupportedFixAllDiagnosticIds(provider), new DiagnosticSource(offers));
        var context = offer.Document is Document document
            ? new FixAllContext(document, provider, scope, equivalenceKey, ids, source, CancellationToken.None)
            : new FixAllContext(offer.Document.Project, provider, scope, equivalenceKey, ids, source, CancellationToken.None);

        var action = await fixAll.GetFixAsync(context);
        Assert.True(action is not null, $"Fix all in {scope} gives no fix of kind '{equivalenceKey}'.");

        return await FixedSolution.ApplyAsync(action, offer.Document.Project.Solution);
    }

    private IEnumerable<Func<TextDocument, bool>> Parts(Solution solution) => scope switch
    {
        FixAllScope.Document => solution.Projects.SelectMany(project => project.DocumentIds).Select(id => new Func<TextDocument, bool>(document => document.Id == id)),
        FixAllScope.Project => solution.ProjectIds.Select(id => new Func<TextDocument, bool>(document => document.Project.Id == id)),
        _ => [_ => true],
    };

    private sealed class DiagnosticSource(FixOffers offers) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await offers.FixableDiagnosticsAsync(project.Solution)).Where(diagnostic => diagnostic.Location.SourceTree is { } tree
                ? project.GetDocument(tree) is not null
                : project.AdditionalDocuments.Any(file => file.FilePath == diagnostic.Location.GetLineSpan().Path));

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(diagnostic => document.Project.GetDocument(diagnostic.Location.SourceTree) == document);

        // Diagnostics without a location have no fix.
        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
