using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Generators;

/// <summary>What the parsers of types with one of our attributes have in common: what every type must be that code is added to.</summary>
internal abstract class MarkedTypeParser(INamedTypeSymbol type, AttributeData attribute, TypeDeclarationSyntax declaration, Compilation compilation, CancellationToken cancellationToken)
{
    protected static readonly SymbolDisplayFormat FullName = SymbolDisplayFormat.FullyQualifiedFormat;
    protected static readonly SymbolDisplayFormat ShortName = SymbolDisplayFormat.MinimallyQualifiedFormat;

    private static readonly SymbolDisplayFormat s_namespace = FullName.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    protected INamedTypeSymbol Type { get; } = type;

    protected AttributeData Attribute { get; } = attribute;

    protected TypeDeclarationSyntax Declaration { get; } = declaration;

    protected Compilation Compilation { get; } = compilation;

    protected CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Gets where the type stands.</summary>
    protected Location At => Declaration.Identifier.GetLocation();

    /// <summary>Gets the namespace of generated code; null for none.</summary>
    protected string? Namespace => Type.ContainingNamespace.IsGlobalNamespace ? null : Type.ContainingNamespace.ToDisplayString(s_namespace);

    /// <summary>Gets what parts the names of the code of one type from those of all others, also where two differ only by case.</summary>
    protected string Hash => TypeNames.StableHash(Type.GetDocumentationCommentId() ?? Type.ToDisplayString(FullName));

    protected abstract Sentence HasNoName { get; }

    protected abstract Sentence IsNotPartial { get; }

    /// <summary>Whether a type is the one of this name in our namespace.</summary>
    internal static bool IsOurs(INamedTypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "AiGuardrails", ContainingNamespace.IsGlobalNamespace: true } }
        && string.Equals(type.Name, name, StringComparison.Ordinal);

    /// <summary>Gets a name as code has to write it.</summary>
    internal static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    protected abstract void Report(Location location, Sentence message);

    /// <summary>Looks at what is asked of one kind of type only: whether it is a class, and the like.</summary>
    protected abstract void CheckKind();

    protected abstract Sentence AroundIsNotPartial(string container);

    protected abstract Sentence AroundIsGeneric(string container);

    protected abstract Sentence AroundIsFileLocal(string container);

    protected void CheckType()
    {
        var name = Type.Name;
        if (Declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp8 })
        {
            Report(At, $"'{name}' is compiled as a version of C# before 8.0, which generated code needs; set <LangVersion> to 8.0 or higher");
        }

        if (name.Length == 0)
        {
            Report(At, HasNoName);
        }
        else if (!TypeNames.HasNamedNamespace(Type))
        {
            Report(At, $"the namespace around '{name}' has no name yet; give it one");
        }

        CheckKind();
        if (!IsPartial(Type))
        {
            Report(At, IsNotPartial);
        }

        if (Type.IsFileLocal)
        {
            Report(At, $"'{name}' is file-local, where generated code cannot reach it; remove 'file'");
        }

        for (var container = Type.ContainingType; container is not null; container = container.ContainingType)
        {
            var around = LocationOf(container);
            if (!IsPartial(container))
            {
                Report(around, AroundIsNotPartial(container.Name));
            }

            if (container.TypeParameters.Length > 0)
            {
                Report(around, AroundIsGeneric(container.Name));
            }

            if (container.IsFileLocal)
            {
                Report(around, AroundIsFileLocal(container.Name));
            }
        }
    }

    /// <summary>Gets the declarations that generated code stands in, the outermost first.</summary>
    protected List<string> PartialDeclarations()
    {
        var declarations = new List<string>();
        for (var current = Type; current is not null; current = current.ContainingType)
        {
            declarations.Insert(0, $"partial {TypeNames.Keyword(current)} {Identifier(current.Name)}");
        }

        return declarations;
    }

    // What a base type in another assembly declares cannot be reported there, but only at the type itself.
    protected Location LocationOf(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && Compilation.ContainsSyntaxTree(tree)) ?? At;

    private bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(CancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
