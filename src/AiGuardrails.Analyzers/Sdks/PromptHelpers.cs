using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// The names of methods that write instructions and take something: the text may come from their callers, whose bodies name no SDK.
/// </summary>
internal static class PromptHelpers
{
    // By tree: after an edit, only the edited file is read again. The words are those of the SDKs, which a tree does not change.
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<ImmutableArray<string>>> s_byTree = new();

    /// <summary>Names that so many methods have that they would be words of every file.</summary>
    public static readonly ImmutableHashSet<string> Common =
        ImmutableHashSet.Create(StringComparer.Ordinal, "Main", "Add", "Get", "Create", "Run", "RunAsync", "Invoke", "InvokeAsync", "Execute", "ExecuteAsync", "ToString", "Handle", "HandleAsync", "Map", "Build", "Configure");

    private static readonly ImmutableHashSet<string> s_words =
    [
        .. AiContext.Tables.SelectMany(static sdk => sdk.InstructionSinks)
            .Where(static sink => sink.Role is null)
            .Select(static sink => sink.Member is Member.Constructor or "System" ? SimpleName(sink.Type) : sink.Member)
            .Where(static word => word is not "ChatHistory"),
        "\"system\"",
        "\"developer\"",
        .. AiContext.Tables.SelectMany(static sdk => sdk.Roles).SelectMany(static role => role.Trusted.Select(trusted => SimpleName(role.Type) + "." + trusted)),
    ];

    public static ImmutableHashSet<string> In(Compilation compilation, CancellationToken cancellationToken)
    {
        var names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!s_byTree.TryGetValue(tree, out var known))
            {
                var found = new StrongBox<ImmutableArray<string>>(InTree(tree, cancellationToken));
                known = s_byTree.GetValue(tree, _ => found);
            }

            names.UnionWith(known.Value);
        }

        return names.ToImmutable();
    }

    private static ImmutableArray<string> InTree(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var text = tree.GetText(cancellationToken).ToString();
        SyntaxNode? root = null;
        var names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var word in s_words)
        {
            for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
            {
                root ??= tree.GetRoot(cancellationToken);
                for (var node = root.FindToken(at).Parent; node is not null and not BaseTypeDeclarationSyntax; node = node.Parent)
                {
                    var name = node switch
                    {
                        MethodDeclarationSyntax { ParameterList.Parameters.Count: > 0 } method => method.Identifier.ValueText,
                        LocalFunctionStatementSyntax { ParameterList.Parameters.Count: > 0 } function => function.Identifier.ValueText,
                        _ => null,
                    };

                    if (name is not null)
                    {
                        names.Add(name);
                    }
                }
            }
        }

        return [.. names];
    }

    private static string SimpleName(string metadataName) => metadataName.Substring(metadataName.LastIndexOf('.') + 1);
}
