using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>The names of methods that a model calls as tools: their bodies name no SDK, and what they are given is the model's.</summary>
internal static class ToolMethods
{
    private const string Factory = "AIFunctionFactory";

    // By tree: after an edit, only the edited file is read again.
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<ImmutableArray<string>>> s_byTree = new();

    private static readonly ImmutableArray<string> s_attributes = ["KernelFunction", "McpServerTool"];

    public static ImmutableHashSet<string> In(Compilation compilation, CancellationToken cancellationToken)
    {
        var names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!s_byTree.TryGetValue(tree, out var known))
            {
                var found = new StrongBox<ImmutableArray<string>>([.. InTree(tree, cancellationToken)]);
                known = s_byTree.GetValue(tree, _ => found);
            }

            names.UnionWith(known.Value);
        }

        return names.ToImmutable();
    }

    private static IEnumerable<string> InTree(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var text = tree.GetText(cancellationToken).ToString();
        var hasFactory = text.IndexOf(Factory, StringComparison.Ordinal) >= 0;
        if (!hasFactory && !s_attributes.Any(attribute => text.IndexOf(attribute, StringComparison.Ordinal) >= 0))
        {
            yield break;
        }

        foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes())
        {
            switch (node)
            {
                case MethodDeclarationSyntax { ParameterList.Parameters.Count: > 0, AttributeLists.Count: > 0 } method
                    when method.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute => s_attributes.Contains(NameOf(attribute.Name))):
                    yield return method.Identifier.ValueText;
                    break;

                case ArgumentSyntax { Expression: SimpleNameSyntax or MemberAccessExpressionSyntax, Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create", Expression: var factory } } } argument
                    when hasFactory && factory.ToString().EndsWith(Factory, StringComparison.Ordinal):
                    yield return argument.Expression is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : ((SimpleNameSyntax)argument.Expression).Identifier.ValueText;
                    break;
            }
        }
    }

    private static string NameOf(NameSyntax name)
    {
        var text = name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : name is SimpleNameSyntax simple ? simple.Identifier.ValueText : "";
        return text.EndsWith("Attribute", StringComparison.Ordinal) ? text.Substring(0, text.Length - "Attribute".Length) : text;
    }
}
