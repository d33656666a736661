using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Generators.Incremental;

/// <summary>
/// What a compilation declares: its references, its options, and its files but for the bodies of members. Most edits are in a body, and
/// after such an edit every symbol and every constant is what it was, so that what was made of them is still right.
/// </summary>
internal sealed class DeclaredState
{
    private static readonly ConditionalWeakTable<Compilation, DeclaredState> s_ofCompilations = new();

    private readonly ImmutableArray<SyntaxTree> _trees;
    private readonly ImmutableArray<MetadataReference> _references;
    private readonly CompilationOptions _options;
    private readonly string? _assemblyName;

    // Stands for this state where another remembers that it was compared with it: the state itself would keep all earlier files alive.
    private readonly object _identity = new();
    private Comparison? _last;

    private DeclaredState(Compilation compilation)
    {
        _trees = [.. compilation.SyntaxTrees];
        _references = compilation.ExternalReferences;
        _options = compilation.Options;
        _assemblyName = compilation.AssemblyName;
    }

    /// <summary>Gets what a compilation declares; nothing is looked at before it is compared.</summary>
    public static DeclaredState Of(Compilation compilation) => s_ofCompilations.GetValue(compilation, static compilation => new DeclaredState(compilation));

    /// <summary>Finds out which files may mean something else than they did.</summary>
    /// <param name="earlier">What another compilation declared.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public DeclarationChanges ChangesSince(DeclaredState earlier, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(this, earlier))
        {
            return DeclarationChanges.None;
        }

        // All types of a compilation ask about the same one.
        var last = _last;
        if (last is null || last.Earlier != earlier._identity)
        {
            last = new Comparison(earlier._identity, Compare(earlier, cancellationToken));
            _last = last;
        }

        return last.Changes;
    }

    private DeclarationChanges Compare(DeclaredState earlier, CancellationToken cancellationToken) =>
        string.Equals(_assemblyName, earlier._assemblyName, StringComparison.Ordinal)
        && _options.Equals(earlier._options)
        && _references.SequenceEqual(earlier._references)
            ? DeclarationChanges.Between(earlier._trees, _trees, cancellationToken)
            : DeclarationChanges.All;

    private sealed record Comparison(object Earlier, DeclarationChanges Changes);
}
