using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>Whether the source of a compilation names the host or path of an AI service: a text search, done once per syntax tree.</summary>
internal static class AiHosts
{
    // Keyed by tree: after an edit, only the edited file is read again.
    private static readonly ConditionalWeakTable<SyntaxTree, object> s_known = new();
    private static readonly object s_yes = new();
    private static readonly object s_no = new();

    public static bool AreNamedIn(Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (AreNamedIn(tree, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreNamedIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (s_known.TryGetValue(tree, out var known))
        {
            return ReferenceEquals(known, s_yes);
        }

        var text = tree.GetText(cancellationToken).ToString();
        var found = RawHttp.Hosts.Any(host => text.IndexOf(host, StringComparison.Ordinal) >= 0);
        s_known.GetValue(tree, _ => found ? s_yes : s_no);
        return found;
    }
}
