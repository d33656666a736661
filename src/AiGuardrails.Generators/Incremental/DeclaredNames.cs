using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Generators.Incremental;

/// <summary>The names that a file declares and that others can call: its types, and the namespaces around them.</summary>
internal sealed class DeclaredNames
{
    private const string AttributeSuffix = "Attribute";

    // Types in them are found by the compiler without being named: Nullable<T>, IEnumerable<T>, IsExternalInit, EmbeddedAttribute.
    private static readonly string[] s_namespacesOfTheCompiler = ["System", "Microsoft.CodeAnalysis"];

    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _namespaces = new(StringComparer.Ordinal);

    private DeclaredNames(CompilationUnitSyntax file)
    {
        Add(file.Members, within: "");
        ActAtADistance = file.SyntaxTree.Options.Kind != SourceCodeKind.Regular
            || file.AttributeLists.Count > 0
            || file.Externs.Count > 0
            || file.Usings.Any(static directive => !directive.GlobalKeyword.IsKind(SyntaxKind.None))
            || Array.Exists(s_namespacesOfTheCompiler, _namespaces.Contains);
    }

    /// <summary>Gets the simple names of its types, of those in others too; that of an attribute also as it is usually written.</summary>
    public IReadOnlyCollection<string> Types => _types;

    /// <summary>Gets the full names of its namespaces, and of those around them.</summary>
    public IReadOnlyCollection<string> Namespaces => _namespaces;

    /// <summary>Gets a value indicating whether the file has something that matters to others without being named there.</summary>
    public bool ActAtADistance { get; }

    /// <summary>Gets the names that a file declares.</summary>
    public static DeclaredNames Of(CompilationUnitSyntax file) => new(file);

    private void Add(SyntaxList<MemberDeclarationSyntax> members, string within)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax { Name: var name } declaration:
                    var full = within;
                    foreach (var part in name.DescendantTokens())
                    {
                        if (part.IsKind(SyntaxKind.IdentifierToken))
                        {
                            full = full.Length == 0 ? part.ValueText : full + "." + part.ValueText;
                            _namespaces.Add(full);
                        }
                    }

                    Add(declaration.Members, full);
                    break;
                case TypeDeclarationSyntax type:
                    AddType(type.Identifier.ValueText);
                    Add(type.Members, within);
                    break;
                case BaseTypeDeclarationSyntax type:
                    AddType(type.Identifier.ValueText);
                    break;
                case DelegateDeclarationSyntax type:
                    AddType(type.Identifier.ValueText);
                    break;
                case GlobalStatementSyntax:
                    AddType("Program");
                    break;
            }
        }
    }

    private void AddType(string name)
    {
        _types.Add(name);
        if (name.Length > AttributeSuffix.Length && name.EndsWith(AttributeSuffix, StringComparison.Ordinal))
        {
            _types.Add(name.Substring(0, name.Length - AttributeSuffix.Length));
        }
    }
}
