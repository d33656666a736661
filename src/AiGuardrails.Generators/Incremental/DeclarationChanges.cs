using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Generators.Incremental;

/// <summary>
/// Which files an edit of others can matter to. A declaration reaches another file by its name only: a file in which no name of a changed
/// file stands outside of bodies means what it meant. One in which such a name stands is counted as changed itself, with all that it
/// declares, and so on until nothing is added. Members need no names of their own, as they are reached through their type, or through
/// one derived from it. What acts without being named (global usings, attributes of the assembly, types that the compiler itself
/// looks for) makes every file count as changed.
/// </summary>
internal sealed class DeclarationChanges
{
    // An edit with more names than this reaches so much that following it costs more than it spares.
    private const int MaxNames = 4_096;

    private readonly HashSet<SyntaxTree>? _files;

    private DeclarationChanges(HashSet<SyntaxTree>? files) => _files = files;

    /// <summary>Gets the changes of an edit that changes no declaration.</summary>
    public static DeclarationChanges None { get; } = new([]);

    /// <summary>Gets the changes of an edit that can matter to every file.</summary>
    public static DeclarationChanges All { get; } = new(files: null);

    /// <summary>Whether the symbols that a file declares, and those that it names, may be others than they were.</summary>
    public bool CanMatterTo(SyntaxTree file) => _files is null || _files.Contains(file);

    /// <summary>Finds out which files may mean something else in the later of two lists.</summary>
    public static DeclarationChanges Between(ImmutableArray<SyntaxTree> earlier, ImmutableArray<SyntaxTree> later, CancellationToken cancellationToken)
    {
        var changed = new List<(SyntaxTree? Before, SyntaxTree? After)>();
        var unchanged = new List<SyntaxTree>(later.Length);
        if (!(earlier.Length == later.Length ? FindReplaced(earlier, later, changed, unchanged, cancellationToken) : FindAddedAndRemoved(earlier, later, changed, unchanged)))
        {
            return All;
        }

        if (changed.Count == 0)
        {
            return None;
        }

        return NamesOf(changed, unchanged, cancellationToken) is { } names && Follow(names, unchanged, cancellationToken) is { } files
            ? new DeclarationChanges([.. files, .. changed.Where(static file => file.After is not null).Select(static file => file.After!)])
            : All;
    }

    // Usual: the same files in the same order, and the text of one is another.
    private static bool FindReplaced(ImmutableArray<SyntaxTree> earlier, ImmutableArray<SyntaxTree> later, List<(SyntaxTree? Before, SyntaxTree? After)> changed, List<SyntaxTree> unchanged, CancellationToken cancellationToken)
    {
        for (var i = 0; i < later.Length; i++)
        {
            var (before, after) = (earlier[i], later[i]);
            if (before == after)
            {
                unchanged.Add(after);
            }
            else if (!string.Equals(before.FilePath, after.FilePath, StringComparison.Ordinal))
            {
                changed.Add((before, After: null));
                changed.Add((Before: null, after));
            }
            else if (!before.Options.Equals(after.Options))
            {
                return false;
            }
            else if (DeclaredFile.Of(before).HasDeclarationsOf(DeclaredFile.Of(after), cancellationToken))
            {
                unchanged.Add(after);
            }
            else
            {
                changed.Add((before, after));
            }
        }

        return true;
    }

    private static bool FindAddedAndRemoved(ImmutableArray<SyntaxTree> earlier, ImmutableArray<SyntaxTree> later, List<(SyntaxTree? Before, SyntaxTree? After)> changed, List<SyntaxTree> unchanged)
    {
        var places = new Dictionary<SyntaxTree, int>();
        for (var i = 0; i < earlier.Length; i++)
        {
            places.Add(earlier[i], i);
        }

        var last = -1;
        foreach (var file in later)
        {
            if (!places.TryGetValue(file, out var place))
            {
                changed.Add((Before: null, file));
                continue;
            }

            // The parts of a type come in the order of the files.
            if (place < last)
            {
                return false;
            }

            last = place;
            places.Remove(file);
            unchanged.Add(file);
        }

        changed.AddRange(places.Keys.Select(static file => ((SyntaxTree?)file, (SyntaxTree?)null)));
        return true;
    }

    /// <summary>Gets the names that may mean something else; null where more than names may.</summary>
    private static HashSet<string>? NamesOf(List<(SyntaxTree? Before, SyntaxTree? After)> changed, List<SyntaxTree> unchanged, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var namespaces = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (before, after) in changed)
        {
            var (old, @new) = (NamesOf(before, cancellationToken), NamesOf(after, cancellationToken));
            if (old is { ActAtADistance: true } || @new is { ActAtADistance: true })
            {
                return null;
            }

            names.UnionWith(old?.Types ?? []);
            names.UnionWith(@new?.Types ?? []);

            // What a namespace has in it is reached by the names of that; only that it is there or not changes what its own name means.
            var differing = new HashSet<string>(old?.Namespaces ?? [], StringComparer.Ordinal);
            differing.SymmetricExceptWith(@new?.Namespaces ?? []);
            namespaces.UnionWith(differing);
        }

        for (var i = 0; i < unchanged.Count && namespaces.Count > 0; i++)
        {
            namespaces.ExceptWith(DeclaredFile.Of(unchanged[i]).NamesOf(cancellationToken).Namespaces);
        }

        names.UnionWith(namespaces.Select(static name => name.Substring(name.LastIndexOf('.') + 1)));
        return names;
    }

    private static DeclaredNames? NamesOf(SyntaxTree? file, CancellationToken cancellationToken) =>
        file is null ? null : DeclaredFile.Of(file).NamesOf(cancellationToken);

    /// <summary>Finds the files in which one of the names stands, or one that such a file declares; null where that may be all.</summary>
    private static List<SyntaxTree>? Follow(HashSet<string> names, List<SyntaxTree> files, CancellationToken cancellationToken)
    {
        var reached = new List<SyntaxTree>();
        var left = files.ConvertAll(DeclaredFile.Of);
        var next = names.ToList();
        while (next.Count > 0)
        {
            if (names.Count > MaxNames)
            {
                return null;
            }

            var hashes = next.ConvertAll(WordSet.Hash);
            next.Clear();
            for (var i = left.Count - 1; i >= 0; i--)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var file = left[i];
                if (!file.MayMention(hashes, cancellationToken))
                {
                    continue;
                }

                var declared = file.NamesOf(cancellationToken);
                if (declared.ActAtADistance)
                {
                    return null;
                }

                reached.Add(file.Tree);
                left.RemoveAt(i);
                next.AddRange(declared.Types.Where(names.Add));
            }
        }

        return reached;
    }
}
