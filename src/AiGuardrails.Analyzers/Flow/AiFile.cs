using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>The bodies of one file that hold a word of interest. Made once, and shared by every rule.</summary>
internal sealed class AiFile
{
    private const int ChunkLength = 16 * 1024;

    private AiFile(ImmutableArray<AiBody> bodies, ImmutableArray<int> keys, ImmutableArray<int> promptMarks)
    {
        Bodies = bodies;
        Keys = keys;
        PromptMarks = promptMarks;
    }

    /// <summary>Gets the bodies, in the order of the text.</summary>
    public ImmutableArray<AiBody> Bodies { get; }

    /// <summary>Gets the places, in code and comments, of words with which the key of an AI service begins.</summary>
    public ImmutableArray<int> Keys { get; }

    /// <summary>Gets the places of words by which an attribute may mark a text for a model.</summary>
    public ImmutableArray<int> PromptMarks { get; }

    /// <summary>Gets a value indicating whether no rule has anything to look at here.</summary>
    public bool IsEmpty => Bodies.IsEmpty && Keys.IsEmpty && PromptMarks.IsEmpty;

    public static AiFile Create(AiContext ai, SemanticModel model, CancellationToken cancellationToken)
    {
        var root = model.SyntaxTree.GetRoot(cancellationToken);
        var text = model.SyntaxTree.GetText(cancellationToken);
        var bodies = ImmutableArray.CreateBuilder<AiBody>();
        var keys = ImmutableArray.CreateBuilder<int>();
        var marks = ImmutableArray.CreateBuilder<int>();
        var end = -1;
        foreach (var position in WordsOfInterest(text, ai.Words, keys, marks, cancellationToken))
        {
            // The bodies of a file do not overlap, so a word inside the last one found adds nothing.
            if (position >= end && position < root.FullSpan.End && BodyAround(root.FindToken(position)) is { } node)
            {
                bodies.Add(new AiBody(ai, model, node, cancellationToken));
                end = EndOf(node);
            }
        }

        return new AiFile(bodies.ToImmutable(), keys.ToImmutable(), marks.ToImmutable());
    }

    /// <summary>Where the code of a body ends: the node of top-level statements, or of a primary constructor, holds other bodies too.</summary>
    private static int EndOf(SyntaxNode body) => body switch
    {
        CompilationUnitSyntax unit => unit.Members.OfType<GlobalStatementSyntax>().Last().Span.End,
        TypeDeclarationSyntax { BaseList: { } bases } => bases.Span.End,
        _ => body.Span.End,
    };

    /// <summary>The outermost piece of executable code around a token, or null where it stands in a declaration or an attribute.</summary>
    private static SyntaxNode? BodyAround(SyntaxToken token)
    {
        SyntaxNode? body = null;
        for (var node = token.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case AttributeSyntax or AttributeListSyntax or UsingDirectiveSyntax:
                    return null;

                // The default of a parameter is no part of the body of its method.
                case EqualsValueClauseSyntax { Parent: ParameterSyntax { Parent: BaseParameterListSyntax { Parent: MemberDeclarationSyntax } } }:
                    return node;

                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } }:
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax }:
                case ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }:
                case AccessorDeclarationSyntax:
                case BaseMethodDeclarationSyntax:
                    return node;

                case PrimaryConstructorBaseTypeSyntax { Parent.Parent: TypeDeclarationSyntax type }:
                    return type;

                case GlobalStatementSyntax { Parent: CompilationUnitSyntax unit }:
                    return unit;

                case BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax:
                    return body;
            }
        }

        return body;
    }

    // Reads characters, not tokens: realising the syntax tree of a whole file costs far more than the rules do.
    private static IEnumerable<int> WordsOfInterest(SourceText text, TriggerWords words, ImmutableArray<int>.Builder keys, ImmutableArray<int>.Builder marks, CancellationToken cancellationToken)
    {
        var buffer = new char[Math.Min(ChunkLength, Math.Max(text.Length, 1))];
        var word = new char[words.MaxLength];
        var length = 0;
        for (var start = 0; start < text.Length; start += buffer.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(buffer.Length, text.Length - start);
            text.CopyTo(start, buffer, 0, count);
            for (var i = 0; i < count; i++)
            {
                var c = buffer[i];
                if (IsWordCharacter(c))
                {
                    if (length < word.Length)
                    {
                        word[length] = c;
                    }

                    length++;
                }
                else
                {
                    if (length > 1 && BeginsKey(word, length, c))
                    {
                        keys.Add(start + i - length);
                    }

                    if (length > 1 && length <= word.Length && new string(word, 0, length) is var found)
                    {
                        if (words.Contains(found))
                        {
                            yield return start + i - length;
                        }
                        else if (TriggerWords.IsPromptMark(found))
                        {
                            marks.Add(start + i - length);
                        }
                    }

                    length = 0;
                }
            }
        }

        if (length > 1 && length <= word.Length && words.Contains(new string(word, 0, length)))
        {
            yield return text.Length - length;
        }
    }

    // sk-…, and words that nothing else begins like: hf_…, r8_…, gsk_…, AIza…. Two comparisons settle nearly every word.
    private static bool BeginsKey(char[] word, int length, char next) => word[0] switch
    {
        's' => length == 2 && word[1] == 'k' && next == '-',
        'h' => length > 30 && word[1] == 'f' && word[2] == '_',
        'r' => length > 30 && word[1] == '8' && word[2] == '_',
        'g' => length > 30 && word[1] == 's' && word[2] == 'k' && word[3] == '_',
        'A' => length > 3 && word[1] == 'I' && word[2] == 'z' && word[3] == 'a',
        _ => false,
    };

    private static bool IsWordCharacter(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or (>= '0' and <= '9');
}
