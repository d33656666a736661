using System.Collections.Immutable;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>
/// What the prompts of a compilation find in their prompt files. It is worked out once, when a file is first looked at, so
/// that editors show and mend a finding where it stands: in the file, and not only in a build.
/// </summary>
internal sealed class PromptFileFindings(Compilation compilation, AnalyzerOptions options)
{
    private ILookup<string, (INamedTypeSymbol Prompt, PromptFinding Finding)>? _findings;

    /// <summary>Whether an additional file is a prompt file.</summary>
    public static bool IsPromptFile(AdditionalText file) => file.Path.EndsWith(PromptGrammar.FileExtension, StringComparison.OrdinalIgnoreCase);

    /// <summary>The prompt files of the build, with their text.</summary>
    public static ImmutableArray<PromptFileText> TextsOf(AnalyzerOptions options, CancellationToken cancellationToken) =>
        [.. options.AdditionalFiles.Where(IsPromptFile).Select(file => PromptFileText.Of(file, cancellationToken))];

    /// <summary>A place in a file; one that does not lie in the text, which may be newer than the finding, ends with it.</summary>
    public static Location LocationIn(string path, SourceText text, int start, int length)
    {
        var span = TextSpan.FromBounds(Math.Min(start, text.Length), Math.Min(start + length, text.Length));
        return Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
    }

    /// <summary>What the prompts of a file find in it.</summary>
    public IEnumerable<(INamedTypeSymbol Prompt, PromptFinding Finding)> In(string path, CancellationToken cancellationToken) =>
        (_findings ??= Find(cancellationToken))[path];

    // Two threads at once find the same twice; the token is that of who asks, so nothing is kept of a search that was called off.
    private ILookup<string, (INamedTypeSymbol Prompt, PromptFinding Finding)> Find(CancellationToken cancellationToken)
    {
        var found = new List<(string Path, INamedTypeSymbol Prompt, PromptFinding Finding)>();
        var files = TextsOf(options, cancellationToken);
        foreach (var type in TypesOf(compilation.Assembly.GlobalNamespace))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (PromptParser.AttributeOf(type) is not { } attribute
                || PromptParser.Parse(type, attribute, compilation, cancellationToken) is not { Declaration: { File: not null } declaration })
            {
                continue;
            }

            var (_, findings, file) = PromptComposer.Compose(declaration, files);
            found.AddRange(findings
                .Where(finding => file is not null && finding.Place.Kind == PromptPlaceKind.File && !finding.IsOfFile)
                .Select(finding => (file!.Path, type, finding)));
        }

        return found.ToLookup(static item => item.Path, static item => (item.Prompt, item.Finding), StringComparer.Ordinal);
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container)
    {
        var containers = new Stack<INamespaceOrTypeSymbol>();
        containers.Push(container);
        while (containers.Count > 0)
        {
            var next = containers.Pop();
            if (next is INamedTypeSymbol type)
            {
                yield return type;
            }

            // Of a type only the types in it: its other members need not come into being for this.
            foreach (var inner in next is INamespaceSymbol space ? space.GetMembers() : next.GetTypeMembers().CastArray<INamespaceOrTypeSymbol>())
            {
                containers.Push(inner);
            }
        }
    }
}
