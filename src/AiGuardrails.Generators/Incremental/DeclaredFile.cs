using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Generators.Incremental;

/// <summary>What one file declares and which words stand in it. All of it is found out when it is asked for, and then kept with the file.</summary>
internal sealed class DeclaredFile
{
    // For a body that was left out: no file has this character where a body can stand.
    private const char Body = '\0';

    private static readonly ConditionalWeakTable<SyntaxTree, DeclaredFile> s_ofTrees = new();

    private string? _textWithoutBodies;
    private DeclaredNames? _names;
    private WordSet? _words;
    private WordSet? _wordsWithoutBodies;

    private DeclaredFile(SyntaxTree tree) => Tree = tree;

    public SyntaxTree Tree { get; }

    public static DeclaredFile Of(SyntaxTree tree) => s_ofTrees.GetValue(tree, static tree => new DeclaredFile(tree));

    /// <summary>Whether the declarations of two versions of a file are the same to the last blank: a comment may be documentation, and a directive may say what null means.</summary>
    public bool HasDeclarationsOf(DeclaredFile other, CancellationToken cancellationToken)
    {
        _textWithoutBodies ??= TextWithoutBodies(Tree, cancellationToken);
        other._textWithoutBodies ??= TextWithoutBodies(other.Tree, cancellationToken);
        return string.Equals(_textWithoutBodies, other._textWithoutBodies, StringComparison.Ordinal);
    }

    /// <summary>Gets the names that the file declares.</summary>
    public DeclaredNames NamesOf(CancellationToken cancellationToken) =>
        _names ??= DeclaredNames.Of((CompilationUnitSyntax)Tree.GetRoot(cancellationToken));

    /// <summary>Whether one of the names may stand in the file outside of bodies. Where it says no, none does.</summary>
    public bool MayMention(List<uint> hashes, CancellationToken cancellationToken)
    {
        // A look at all words is cheap and mostly enough; where bodies are is found out only for a file that it does not rule out.
        _words ??= WordSet.Of(Tree, Tree.GetText(cancellationToken), cancellationToken);
        return _words.MayContainAny(hashes)
            && (_wordsWithoutBodies ??= WordSet.Of(Tree, SourceText.From(TextWithoutBodies(Tree, cancellationToken)), cancellationToken)).MayContainAny(hashes);
    }

    private static string TextWithoutBodies(SyntaxTree tree, CancellationToken cancellationToken)
    {
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

        return result.Append(text.ToString(TextSpan.FromBounds(position, text.Length))).ToString();
    }

    private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax
        && node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax;
}
