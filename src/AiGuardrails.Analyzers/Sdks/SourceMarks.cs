using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>What the text of a compilation names, found once for each syntax tree: a project that names none of it costs nothing more.</summary>
internal static class SourceMarks
{
    /// <summary>How many characters searches have in common: half of the hosts begin with the same.</summary>
    private const int PrefixLength = 4;

    private const string Library = "AiGuardrails";

    // Keyed by tree: after an edit, only the edited file is read again.
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<Marks>> s_known = new();

    private static readonly ImmutableArray<ImmutableArray<string>> s_hosts =
        [.. RawHttp.Hosts.GroupBy(static host => host.Substring(0, PrefixLength), StringComparer.Ordinal).Select(static group => group.ToImmutableArray())];

    [Flags]
    private enum Marks
    {
        None = 0,
        Host = 1,
        Library = 2,
    }

    /// <summary>Whether the source names the host or path of an AI service.</summary>
    public static bool NameHost(Compilation compilation, CancellationToken cancellationToken) => Any(compilation, Marks.Host, cancellationToken);

    /// <summary>
    /// Whether the source names the namespace of our attributes. Where nothing does, not even a global using directive, nothing in it
    /// can have one of them.
    /// </summary>
    public static bool NameLibrary(Compilation compilation, CancellationToken cancellationToken) => Any(compilation, Marks.Library, cancellationToken);

    private static bool Any(Compilation compilation, Marks mark, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((Of(tree, cancellationToken) & mark) != Marks.None)
            {
                return true;
            }
        }

        return false;
    }

    private static Marks Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (s_known.TryGetValue(tree, out var known))
        {
            return known.Value;
        }

        var text = tree.GetText(cancellationToken).ToString();
        var found = (s_hosts.Any(hosts => ContainsAny(text, hosts)) ? Marks.Host : Marks.None)
            | (text.IndexOf(Library, StringComparison.Ordinal) >= 0 ? Marks.Library : Marks.None);
        return s_known.GetValue(tree, _ => new StrongBox<Marks>(found)).Value;
    }

    private static bool ContainsAny(string text, ImmutableArray<string> words)
    {
        if (words.Length == 1)
        {
            return text.IndexOf(words[0], StringComparison.Ordinal) >= 0;
        }

        var prefix = words[0].Substring(0, PrefixLength);
        for (var at = text.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(prefix, at + 1, StringComparison.Ordinal))
        {
            foreach (var word in words)
            {
                if (string.CompareOrdinal(text, at, word, 0, word.Length) == 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
