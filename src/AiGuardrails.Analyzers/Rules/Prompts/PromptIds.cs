using System.Runtime.CompilerServices;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>The prompts of a compilation by what they are called; looked up once for all rules, and only where there is a prompt.</summary>
internal sealed class PromptIds
{
    private static readonly ConditionalWeakTable<Compilation, PromptIds> s_known = new();

    private readonly Dictionary<string, INamedTypeSymbol> _first;

    private PromptIds(Dictionary<string, INamedTypeSymbol> first) => _first = first;

    /// <summary>Gets those of a compilation.</summary>
    public static PromptIds Of(Compilation compilation, CancellationToken cancellationToken)
    {
        // Not created inside the table: what is cancelled half-way must not be kept.
        if (s_known.TryGetValue(compilation, out var known))
        {
            return known;
        }

        var created = Create(compilation, cancellationToken);
        return s_known.GetValue(compilation, _ => created);
    }

    /// <summary>Finds the prompt that has an identifier, of several the first by file and position.</summary>
    public INamedTypeSymbol? FirstOf(string id) => _first.TryGetValue(id, out var type) ? type : null;

    private static PromptIds Create(Compilation compilation, CancellationToken cancellationToken)
    {
        var first = new Dictionary<string, (INamedTypeSymbol Type, string Path, int Position)>(StringComparer.Ordinal);
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is not INamespaceOrTypeSymbol inner)
                {
                    continue;
                }

                pending.Push(inner);
                if (inner is INamedTypeSymbol type
                    && PromptParser.AttributeOf(type) is { ApplicationSyntaxReference: { } applied } attribute
                    && PromptParser.IdOf(attribute) is { } id)
                {
                    var (path, position) = (applied.SyntaxTree.FilePath, applied.Span.Start);
                    if (!first.TryGetValue(id, out var known) || string.CompareOrdinal(path, known.Path) is var order && (order < 0 || (order == 0 && position < known.Position)))
                    {
                        first[id] = (type, path, position);
                    }
                }
            }
        }

        return new PromptIds(first.ToDictionary(static entry => entry.Key, static entry => entry.Value.Type, StringComparer.Ordinal));
    }
}
