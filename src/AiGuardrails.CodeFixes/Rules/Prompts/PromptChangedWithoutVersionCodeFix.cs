using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Rules.Prompts;
using AiGuardrails.Core.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Prompts;

/// <summary>
/// Fixes of AIG8005: gives the prompt its next version, in code, in its prompt file and in the lock file at once; or lets
/// the lock file say what the prompt says now.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PromptChangedWithoutVersionCodeFix))]
[Shared]
public sealed class PromptChangedWithoutVersionCodeFix : CodeFixProvider
{
    internal const string BumpKey = "BumpVersion";
    internal const string UpdateKey = "UpdateLockFile";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.PromptChangedWithoutVersion];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new AllTogether();

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await VersionFix.CreateAsync(context.Document.Project, diagnostic, BumpKey, context.CancellationToken).ConfigureAwait(false) is { } bump)
            {
                Register(diagnostic, $"Give '{PromptGrammar.Shown(bump.Entry.Id)}' version {Number(bump.Entry.Version)}", BumpKey);
            }

            if (await VersionFix.CreateAsync(context.Document.Project, diagnostic, UpdateKey, context.CancellationToken).ConfigureAwait(false) is { } update)
            {
                Register(diagnostic, $"Write '{PromptGrammar.Shown(update.Entry.Id)}' to {PromptLock.FileName} as it is", UpdateKey);
            }
        }

        void Register(Diagnostic diagnostic, string title, string key) => context.RegisterCodeFix(
            CodeAction.Create(title, cancellationToken => FixAsync(context.Document.Project.Solution, context.Document.Project.Id, [diagnostic], key, cancellationToken), key),
            diagnostic);
    }

    private static async Task<Solution> FixAsync(Solution solution, ProjectId id, IEnumerable<Diagnostic> diagnostics, string key, CancellationToken cancellationToken)
    {
        if (solution.GetProject(id) is not { } project || LockFileOf(project) is not { } document)
        {
            return solution;
        }

        var fixes = await FixesAsync(project, [.. diagnostics], key, cancellationToken).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (fixes.Count == 0 || !PromptLock.TryParse(text.ToString(), out var file, out _))
        {
            return solution;
        }

        solution = solution.WithAdditionalDocumentText(document.Id, text.Replace(new TextSpan(0, text.Length), file!.With(fixes.Select(static fix => fix.Entry)).ToText()));
        foreach (var edits in fixes.SelectMany(static fix => fix.Edits).GroupBy(static edit => edit.Document))
        {
            // Two prompts may share a prompt file, and its version.
            var changes = edits.Select(static edit => edit.Change).Distinct().OrderBy(static change => change.Span.Start).ToList();
            solution = solution.GetDocument(edits.Key) is { } code
                ? solution.WithDocumentText(edits.Key, (await code.GetTextAsync(cancellationToken).ConfigureAwait(false)).WithChanges(changes))
                : solution.WithAdditionalDocumentText(edits.Key, (await solution.GetAdditionalDocument(edits.Key)!.GetTextAsync(cancellationToken).ConfigureAwait(false)).WithChanges(changes));
        }

        return solution;
    }

    private static async Task<List<VersionFix>> FixesAsync(Project project, ImmutableArray<Diagnostic> diagnostics, string key, CancellationToken cancellationToken)
    {
        var fixes = new List<VersionFix>();
        var shared = new Dictionary<DocumentId, int>();
        foreach (var diagnostic in diagnostics)
        {
            if (await VersionFix.CreateAsync(project, diagnostic, key, cancellationToken).ConfigureAwait(false) is { } fix)
            {
                fixes.Add(fix);
                foreach (var (document, _) in fix.Edits.Where(edit => project.GetAdditionalDocument(edit.Document) is not null))
                {
                    shared[document] = Math.Max(fix.Entry.Version, shared.TryGetValue(document, out var version) ? version : 0);
                }
            }
        }

        // Prompts of one file have its version: the highest is new to all of them, also where a lower one would have done.
        for (var i = 0; i < fixes.Count; i++)
        {
            var highest = fixes[i].Edits.Max(edit => shared.TryGetValue(edit.Document, out var version) ? version : (int?)null) ?? 0;
            if (highest > fixes[i].Entry.Version)
            {
                fixes[i] = await VersionFix.CreateAsync(project, fixes[i].Diagnostic, key, cancellationToken, highest).ConfigureAwait(false) ?? fixes[i];
            }
        }

        return fixes;
    }

    private static TextDocument? LockFileOf(Project project) =>
        project.AdditionalDocuments.FirstOrDefault(static document => PromptChangedWithoutVersionAnalyzer.IsLockFile(document.FilePath ?? document.Name));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>What a fix writes for one finding.</summary>
    private sealed record VersionFix(Diagnostic Diagnostic, PromptLockEntry Entry, ImmutableArray<(DocumentId Document, TextChange Change)> Edits)
    {
        /// <summary>Finds out what a fix would write; null where it cannot be offered. A version that is bumped becomes the lowest that is given, or a higher one.</summary>
        public static async Task<VersionFix?> CreateAsync(Project project, Diagnostic diagnostic, string key, CancellationToken cancellationToken, int lowest = 0)
        {
            var properties = diagnostic.Properties;
            if (!properties.TryGetValue(PromptChangedWithoutVersionAnalyzer.IdProperty, out var id)
                || !properties.TryGetValue(PromptChangedWithoutVersionAnalyzer.HashProperty, out var hash)
                || VersionIn(properties, PromptChangedWithoutVersionAnalyzer.VersionProperty) is not { } version
                || LockFileOf(project) is null)
            {
                return null;
            }

            if (key == UpdateKey)
            {
                return new VersionFix(diagnostic, new PromptLockEntry(id!, version, hash!), []);
            }

            if (VersionIn(properties, PromptChangedWithoutVersionAnalyzer.NextVersionProperty) is not { } next)
            {
                return null;
            }

            next = Math.Max(next, lowest);
            return await EditsAsync(project, diagnostic, next, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } edits
                ? new VersionFix(diagnostic, new PromptLockEntry(id!, next, hash!), edits)
                : null;
        }

        private static int? VersionIn(ImmutableDictionary<string, string?> properties, string name) =>
            properties.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

        // Wherever the version is said, it is said anew; where it is said nowhere, the attribute gets it.
        private static async Task<ImmutableArray<(DocumentId Document, TextChange Change)>> EditsAsync(Project project, Diagnostic diagnostic, int version, CancellationToken cancellationToken)
        {
            if (project.GetDocument(diagnostic.Location.SourceTree) is not { } document
                || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
                || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>() is not { ArgumentList: { } list })
            {
                return [];
            }

            var edits = ImmutableArray.CreateBuilder<(DocumentId, TextChange)>();
            var argument = list.Arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "Version");
            if (argument is not null)
            {
                // A constant may be the version of other prompts too.
                if (!argument.Expression.IsKind(SyntaxKind.NumericLiteralExpression))
                {
                    return [];
                }

                edits.Add((document.Id, new TextChange(argument.Expression.Span, Number(version))));
            }

            if (diagnostic.Properties.TryGetValue(PromptChangedWithoutVersionAnalyzer.FileProperty, out var path)
                && project.AdditionalDocuments.FirstOrDefault(file => file.FilePath == path) is { } promptFile)
            {
                var text = await promptFile.GetTextAsync(cancellationToken).ConfigureAwait(false);
                if (PromptFile.Parse(text.ToString()).EntryOf(PromptFile.VersionKey) is { } entry)
                {
                    edits.Add((promptFile.Id, new TextChange(new TextSpan(entry.Start, entry.Length), Number(version))));
                }
            }

            if (edits.Count == 0 && list.Arguments.LastOrDefault(static argument => argument.NameEquals is null) is { } identifier)
            {
                edits.Add((document.Id, new TextChange(new TextSpan(identifier.Span.End, 0), $", Version = {Number(version)}")));
            }

            return edits.ToImmutable();
        }
    }

    /// <summary>All findings of a project at once: they share its lock file, which the usual providers, made for one source file each, would not see.</summary>
    private sealed class AllTogether : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            var findings = new List<(ProjectId Project, ImmutableArray<Diagnostic> Diagnostics)>();
            switch (fixAllContext.Scope)
            {
                case FixAllScope.Document when fixAllContext.Document is { } document:
                    findings.Add((document.Project.Id, await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)));
                    break;
                case FixAllScope.Project:
                    findings.Add((fixAllContext.Project.Id, await fixAllContext.GetAllDiagnosticsAsync(fixAllContext.Project).ConfigureAwait(false)));
                    break;
                case FixAllScope.Solution:
                    foreach (var project in fixAllContext.Solution.Projects.Where(static project => project.Language == LanguageNames.CSharp))
                    {
                        findings.Add((project.Id, await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false)));
                    }

                    break;
                default:
                    return null;
            }

            var key = fixAllContext.CodeActionEquivalenceKey ?? "";
            var solution = fixAllContext.Solution;
            return CodeAction.Create(
                key == BumpKey ? "Give the prompts their next versions" : $"Write the prompts to {PromptLock.FileName} as they are",
                async cancellationToken =>
                {
                    var changed = solution;
                    foreach (var (project, diagnostics) in findings)
                    {
                        changed = await FixAsync(changed, project, diagnostics, key, cancellationToken).ConfigureAwait(false);
                    }

                    return changed;
                },
                key);
        }
    }
}
