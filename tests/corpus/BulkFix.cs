using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Corpus;

/// <summary>What one fix did in all projects.</summary>
internal sealed class FixRecord
{
    public int Found { get; set; }

    public int Mended { get; set; }

    public int NotOffered { get; set; }
}

/// <summary>
/// Every fix as Fix All in a project, over public code: what compiled before compiles after, nothing that was offered a fix is left, and
/// a second run changes nothing.
/// </summary>
internal sealed class BulkFix(ImmutableArray<DiagnosticAnalyzer> analyzers, ImmutableArray<CodeFixProvider> fixes)
{
    // A fix may uncover another finding of its rule, and two kinds of action are two runs; more is a fix that never comes to rest.
    private const int MaxRuns = 8;

    /// <summary>Gets what became of each rule.</summary>
    public SortedDictionary<string, FixRecord> Records { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets what went wrong, one line each.</summary>
    public List<string> Problems { get; } = [];

    public async Task ApplyAsync(string name, Compilation compilation, AnalyzerOptions options)
    {
        var found = await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync();
        var rules = found.Select(static diagnostic => diagnostic.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var fix in fixes.Where(fix => fix.FixableDiagnosticIds.Any(rules.Contains)))
        {
            using var workspace = new AdhocWorkspace();
            await ApplyAsync(name, new Run(fix, analyzers, options), Open(workspace, compilation), compilation);
        }
    }

    private async Task ApplyAsync(string name, Run run, Project project, Compilation before)
    {
        var fix = run.Fix;
        var first = await run.FindAsync(project);
        var runs = 0;
        while (await run.OfferAsync(project) is { } offer)
        {
            if (++runs > MaxRuns)
            {
                Problems.Add($"{name}: {fix.GetType().Name} offers again what it has mended: {offer.Diagnostic}");
                break;
            }

            project = await run.FixAllAsync(offer, project);
        }

        var left = await run.FindAsync(project);
        var after = (await project.GetCompilationAsync())!;
        foreach (var rule in fix.FixableDiagnosticIds)
        {
            var record = Records.TryGetValue(rule, out var entered) ? entered : Records[rule] = new FixRecord();
            var (was, still) = (first.Count(diagnostic => diagnostic.Id == rule), left.Count(diagnostic => diagnostic.Id == rule));
            record.Found += was;
            record.Mended += was - still;
            record.NotOffered += still;
        }

        var known = Errors(before);
        Problems.AddRange(Errors(after)
            .Where(error => !known.TryGetValue(error.Key, out var count) || count < error.Value)
            .Select(error => $"{name}: {fix.GetType().Name} leaves a new error of the compiler: {error.Key}"));
    }

    // Lines move, so errors are counted by what they say.
    private static Dictionary<string, int> Errors(Compilation compilation) => compilation.GetDiagnostics()
        .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
        .GroupBy(static diagnostic => $"{diagnostic.Id} {Path.GetFileName(diagnostic.Location.SourceTree?.FilePath)}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}", StringComparer.Ordinal)
        .ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal);

    private static Project Open(AdhocWorkspace workspace, Compilation compilation)
    {
        var id = ProjectId.CreateNewId();
        var solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "Corpus", "Corpus", LanguageNames.CSharp, compilationOptions: compilation.Options, parseOptions: compilation.SyntaxTrees.First().Options, metadataReferences: compilation.References));
        foreach (var tree in compilation.SyntaxTrees)
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(tree.FilePath), tree.GetText(), filePath: tree.FilePath);
        }

        return solution.GetProject(id)!;
    }

    private sealed record Offer(Document Document, Diagnostic Diagnostic, CodeAction Action);

    /// <summary>One fix, and the analyzers whose findings it mends.</summary>
    private sealed class Run(CodeFixProvider fix, ImmutableArray<DiagnosticAnalyzer> analyzers, AnalyzerOptions options)
    {
        private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers =
            [.. analyzers.Where(analyzer => analyzer.SupportedDiagnostics.Any(descriptor => fix.FixableDiagnosticIds.Contains(descriptor.Id)))];

        public CodeFixProvider Fix => fix;

        public async Task<ImmutableArray<Diagnostic>> FindAsync(Project project) =>
        [
            .. (await (await project.GetCompilationAsync())!.WithAnalyzers(_analyzers, options).GetAnalyzerDiagnosticsAsync())
                .Where(diagnostic => diagnostic.Location.IsInSource && fix.FixableDiagnosticIds.Contains(diagnostic.Id))
                .OrderBy(static diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal)
                .ThenBy(static diagnostic => diagnostic.Location.SourceSpan),
        ];

        public async Task<Offer?> OfferAsync(Project project)
        {
            foreach (var diagnostic in await FindAsync(project))
            {
                var document = project.GetDocument(diagnostic.Location.SourceTree)!;
                var actions = new ConcurrentQueue<CodeAction>();
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Enqueue(action), CancellationToken.None));
                if (actions.TryDequeue(out var first))
                {
                    return new Offer(document, diagnostic, first);
                }
            }

            return null;
        }

        public async Task<Project> FixAllAsync(Offer offer, Project project)
        {
            var provider = fix.GetFixAllProvider()!;
            var context = new FixAllContext(
                offer.Document, fix, FixAllScope.Project, offer.Action.EquivalenceKey!, fix.FixableDiagnosticIds, new Source(this), CancellationToken.None);
            var action = await provider.GetFixAsync(context) ?? throw new InvalidOperationException($"{fix.GetType().Name} offers a fix and cannot fix all.");
            var changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
            return changed.GetProject(project.Id)!;
        }

        private sealed class Source(Run run) : FixAllContext.DiagnosticProvider
        {
            public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await run.FindAsync(project);

            public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
                (await run.FindAsync(document.Project)).Where(diagnostic => document.Project.GetDocument(diagnostic.Location.SourceTree) == document);

            public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
                Task.FromResult<IEnumerable<Diagnostic>>([]);
        }
    }
}
