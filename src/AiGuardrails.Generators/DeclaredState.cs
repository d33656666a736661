using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Generators;

/// <summary>
/// What a compilation declares: its references, its options, and its files but for the bodies of members. Most edits are in a body, and
/// after such an edit every symbol and every constant is what it was, so that what was made of them is still right.
/// </summary>
internal sealed class DeclaredState
{
    // For a body that was left out: no file has this character where a body can stand.
    private const char Body = '\0';

    private static readonly ConditionalWeakTable<Compilation, DeclaredState> s_ofCompilations = new();
    private static readonly ConditionalWeakTable<SyntaxTree, string> s_textsWithoutBodies = new();

    private readonly ImmutableArray<SyntaxTree> _trees;
    private readonly ImmutableArray<MetadataReference> _references;
    private readonly CompilationOptions _options;
    private readonly string? _assemblyName;
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

    /// <summary>Whether all declarations are what they were. Where it cannot tell at once, it says no.</summary>
    /// <param name="earlier">What another compilation declared.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public bool IsSameAs(DeclaredState earlier, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(this, earlier))
        {
            return true;
        }

        // All types of a compilation ask about the same one.
        var last = _last;
        if (last is null || !ReferenceEquals(last.Earlier, earlier))
        {
            last = new Comparison(earlier, Compare(earlier, cancellationToken));
            _last = last;
        }

        return last.IsSame;
    }

    /// <summary>Gets a file without the bodies of its members, to the last blank: a comment may be documentation, and a directive may say what null means.</summary>
    internal static string TextWithoutBodies(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (s_textsWithoutBodies.TryGetValue(tree, out var known))
        {
            return known;
        }

        var text = tree.GetText(cancellationToken);
        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes(static node => !IsBody(node) && node is not (StatementSyntax or EqualsValueClauseSyntax or AttributeListSyntax)))
        {
            // What is in a body that is not whole may be more than the body, and a directive in it holds behind it too.
            if (IsBody(node) && !node.ContainsDirectives && !node.ContainsDiagnostics)
            {
                result.Append(text.ToString(TextSpan.FromBounds(position, node.SpanStart))).Append(Body);
                position = node.Span.End;
            }
        }

        result.Append(text.ToString(TextSpan.FromBounds(position, text.Length)));
        return s_textsWithoutBodies.GetValue(tree, _ => result.ToString());
    }

    private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax
        && node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax;

    private bool Compare(DeclaredState earlier, CancellationToken cancellationToken)
    {
        if (_trees.Length != earlier._trees.Length
            || !string.Equals(_assemblyName, earlier._assemblyName, StringComparison.Ordinal)
            || !_options.Equals(earlier._options)
            || !_references.SequenceEqual(earlier._references))
        {
            return false;
        }

        for (var i = 0; i < _trees.Length; i++)
        {
            var (tree, before) = (_trees[i], earlier._trees[i]);
            if (tree != before && !(string.Equals(tree.FilePath, before.FilePath, StringComparison.Ordinal)
                && tree.Options.Equals(before.Options)
                && string.Equals(TextWithoutBodies(tree, cancellationToken), TextWithoutBodies(before, cancellationToken), StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Comparison(DeclaredState Earlier, bool IsSame);
}
