using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Rules.Configuration;
using AiGuardrails.Core.Baselines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Configuration;

/// <summary>Fix of AIG0003: takes what is mended out of the baseline, as <c>aiguardrails baseline --update</c> does.</summary>
/// <remarks>A baseline that cannot be read has no fix: what a merge left there is for a person to settle.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StaleBaselineEntryCodeFix), DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)])]
[Shared]
public sealed class StaleBaselineEntryCodeFix : CodeFixProvider
{
    internal const string Key = "TakeOutOfBaseline";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.StaleBaselineEntry];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new AllTogether();

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var (solution, document) = (context.TextDocument.Project.Solution, context.TextDocument);
        var text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (StaleEntry.Of(diagnostic) is { } stale && Without(text, [stale]) is not null)
            {
                var title = $"Take {(stale.Gone == 1 ? "" : stale.Gone.ToString(CultureInfo.InvariantCulture) + " × ")}{stale.Key.Rule} in '{stale.Key.File}' out of the baseline";
                context.RegisterCodeFix(CodeAction.Create(title, cancellationToken => FixAsync(solution, [stale], cancellationToken), Key), diagnostic);
            }
        }
    }

    /// <summary>The text without the entries, in the form in which baselines are written; null where nothing would change.</summary>
    private static SourceText? Without(SourceText text, IReadOnlyCollection<StaleEntry> stale)
    {
        if (BaselineFile.Parse(text.ToString(), out _) is not { } before)
        {
            return null;
        }

        // Of projects that share a file, the one that misses least has seen most.
        var gone = stale.GroupBy(static entry => entry.Key).ToDictionary(static group => group.Key, static group => group.Min(static entry => entry.Gone));
        if (!gone.Keys.Any(key => before.CountOf(key) > 0))
        {
            return null;
        }

        var after = BaselineFile.Write(before.Without(key => before.CountOf(key) - gone[key], gone.ContainsKey));
        var hasCarriageReturns = text.Lines[0] is var first && first.EndIncludingLineBreak - first.End == 2;
        return text.Replace(new TextSpan(0, text.Length), hasCarriageReturns ? after.Replace("\n", "\r\n") : after);
    }

    // Every project below the baseline has it among its files: it is one file all the same.
    private static async Task<Solution> FixAsync(Solution solution, IReadOnlyCollection<StaleEntry> stale, CancellationToken cancellationToken)
    {
        var paths = stale.ToLookup(static entry => entry.Path, StringComparer.Ordinal);
        foreach (var document in solution.Projects.SelectMany(static project => project.AdditionalDocuments))
        {
            if (document.FilePath is { } path
                && paths.Contains(path)
                && Without(await document.GetTextAsync(cancellationToken).ConfigureAwait(false), [.. paths[path]]) is { } text)
            {
                solution = solution.WithAdditionalDocumentText(document.Id, text);
            }
        }

        return solution;
    }

    /// <summary>What a finding says is gone.</summary>
    private sealed record StaleEntry(string Path, BaselineKey Key, int Gone)
    {
        public static StaleEntry? Of(Diagnostic diagnostic) =>
            diagnostic.Properties.TryGetValue(StaleBaselineEntryAnalyzer.RuleProperty, out var rule)
            && diagnostic.Properties.TryGetValue(StaleBaselineEntryAnalyzer.FileProperty, out var file)
            && diagnostic.Properties.TryGetValue(StaleBaselineEntryAnalyzer.CodeProperty, out var code)
            && diagnostic.Properties.TryGetValue(StaleBaselineEntryAnalyzer.GoneProperty, out var gone)
            && int.TryParse(gone, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? new StaleEntry(diagnostic.Location.GetLineSpan().Path, new BaselineKey(rule!, file!, code!), count)
                : null;
    }

    /// <summary>All findings at once: they share one file, and each changes what the places of the others are.</summary>
    private sealed class AllTogether : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            // The file of the findings is none of code, so its findings are asked of the whole project.
            var projects = fixAllContext.Scope == FixAllScope.Solution
                ? fixAllContext.Solution.Projects.Where(static project => project.Language == LanguageNames.CSharp)
                : [fixAllContext.Project];

            var stale = new List<StaleEntry>();
            foreach (var project in projects)
            {
                var diagnostics = await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
                stale.AddRange(diagnostics.Select(StaleEntry.Of).OfType<StaleEntry>());
            }

            var solution = fixAllContext.Solution;
            return CodeAction.Create("Take what is mended out of the baseline", cancellationToken => FixAsync(solution, stale, cancellationToken), Key);
        }
    }
}
