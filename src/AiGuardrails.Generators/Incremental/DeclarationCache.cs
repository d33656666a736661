using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Generators.Incremental;

/// <summary>
/// Keeps what was made of each type with an attribute. After every edit the compiler asks about every one of them again; what was made
/// of one is handed out again as long as its file is the same and no declaration has changed that could matter to it.
/// </summary>
/// <typeparam name="T">What is made of a type: text and flags, and nothing of the compilation.</typeparam>
/// <param name="parse">Makes it.</param>
internal sealed class DeclarationCache<T>(Func<GeneratorAttributeSyntaxContext, CancellationToken, T?> parse)
    where T : class
{
    // It goes with the file, and with it the files that were there at the time.
    private readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<int, Entry>> _files = new();

    /// <summary>Gets what a type comes to; null where that is nothing.</summary>
    public T? Get(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellationToken)
    {
        var state = DeclaredState.Of(attributed.SemanticModel.Compilation);
        var types = _files.GetValue(attributed.TargetNode.SyntaxTree, static _ => new ConcurrentDictionary<int, Entry>());
        var place = attributed.TargetNode.SpanStart;
        if (types.TryGetValue(place, out var known) && !state.ChangesSince(known.State, cancellationToken).CanMatterTo(attributed.TargetNode.SyntaxTree))
        {
            // The older files are not needed any more.
            if (known.State != state)
            {
                types[place] = known with { State = state };
            }

            return known.Model;
        }

        var model = parse(attributed, cancellationToken);
        types[place] = new Entry(state, model);
        return model;
    }

    private sealed record Entry(DeclaredState State, T? Model);
}
