using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// The names by which code uses the annotated wrappers of a team: methods, properties and types, in this compilation and in the
/// assemblies that it references. They are words of interest like the names of any SDK.
/// </summary>
internal static class AnnotatedNames
{
    private const string Library = "AiGuardrails";

    private static readonly ImmutableHashSet<string> s_attributes =
        ImmutableHashSet.Create(StringComparer.Ordinal, "ModelId", "GeneratesText", "OutputCap", "StartsTraining", "JobStatus", "Instructions", "DangerousSink", "ApiKey");

    // By tree and by reference: after an edit, only the edited file is read again.
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<ImmutableArray<string>>> s_byTree = new();
    private static readonly ConditionalWeakTable<MetadataReference, StrongBox<ImmutableArray<string>>> s_byReference = new();

    public static ImmutableHashSet<string> In(Compilation compilation, CancellationToken cancellationToken)
    {
        if (NamedTypes.In(compilation, Library + ".GeneratesTextAttribute").IsEmpty)
        {
            return ImmutableHashSet<string>.Empty;
        }

        var names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var tree in SourceMarks.NameLibrary(compilation, cancellationToken) ? compilation.SyntaxTrees : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!s_byTree.TryGetValue(tree, out var known))
            {
                var found = new StrongBox<ImmutableArray<string>>(InTree(tree, cancellationToken));
                known = s_byTree.GetValue(tree, _ => found);
            }

            names.UnionWith(known.Value);
        }

        foreach (var reference in compilation.References)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!s_byReference.TryGetValue(reference, out var known))
            {
                var found = new StrongBox<ImmutableArray<string>>(compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly ? InAssembly(assembly, cancellationToken) : []);
                known = s_byReference.GetValue(reference, _ => found);
            }

            names.UnionWith(known.Value);
        }

        return names.ToImmutable();
    }

    private static ImmutableArray<string> InTree(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var text = tree.GetText(cancellationToken).ToString();
        if (!s_attributes.Any(attribute => text.IndexOf(attribute, StringComparison.Ordinal) >= 0))
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var attribute in tree.GetRoot(cancellationToken).DescendantNodes().OfType<AttributeSyntax>())
        {
            if (IsAnnotation(attribute.Name) && attribute.Parent is AttributeListSyntax { Parent: { } annotated } && NameOf(annotated) is { Length: > 0 } name)
            {
                names.Add(name);
            }
        }

        return names.ToImmutable();
    }

    private static bool IsAnnotation(NameSyntax name)
    {
        var simple = name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax identifier => identifier.Identifier.ValueText,
            _ => "",
        };

        return s_attributes.Contains(simple.EndsWith("Attribute", StringComparison.Ordinal) ? simple.Substring(0, simple.Length - "Attribute".Length) : simple);
    }

    /// <summary>The name by which the annotated member is called: that of the method for a parameter, that of the type for a constructor.</summary>
    private static string? NameOf(SyntaxNode annotated) => annotated switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        ParameterSyntax { Parent.Parent: { } declaration } => NameOf(declaration),
        _ => null,
    };

    private static ImmutableArray<string> InAssembly(IAssemblySymbol assembly, CancellationToken cancellationToken)
    {
        if (!assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static reference => reference.Name == Library)))
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<string>();
        var pending = new Stack<INamespaceOrTypeSymbol>([assembly.GlobalNamespace]);
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is INamespaceOrTypeSymbol container)
                {
                    pending.Push(container);
                }

                if (IsAnnotated(member) || (member is IMethodSymbol method && method.Parameters.Any(IsAnnotated)))
                {
                    names.Add(member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? member.ContainingType.Name : member.Name);
                }
            }
        }

        return names.ToImmutable();
    }

    private static bool IsAnnotated(ISymbol symbol) =>
        symbol.GetAttributes().Any(static attribute =>
            attribute.AttributeClass is { ContainingNamespace: { Name: Library, ContainingNamespace.IsGlobalNamespace: true } } type
            && type.Name.EndsWith("Attribute", StringComparison.Ordinal)
            && s_attributes.Contains(type.Name.Substring(0, type.Name.Length - "Attribute".Length)));
}
