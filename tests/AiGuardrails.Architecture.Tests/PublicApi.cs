using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Architecture.Tests;

/// <summary>What an assembly offers to others: its public types with their public and protected members.</summary>
internal static class PublicApi
{
    private static readonly SymbolDisplayFormat s_format = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>One line for each public symbol, sorted: a type, and its members behind it.</summary>
    public static IEnumerable<string> Lines(IAssemblySymbol assembly) => Symbols(assembly)
        .Select(static symbol => symbol is INamedTypeSymbol type
            ? (Type: type.ToDisplayString(), Line: Line(type), IsMember: false)
            : (Type: symbol.ContainingType.ToDisplayString(), Line: "  " + Line(symbol), IsMember: true))
        .OrderBy(static entry => entry.Type, StringComparer.Ordinal)
        .ThenBy(static entry => entry.IsMember)
        .ThenBy(static entry => entry.Line, StringComparer.Ordinal)
        .Select(static entry => entry.Line);

    /// <summary>Every public type, and every member of one that others can reach.</summary>
    public static IEnumerable<ISymbol> Symbols(IAssemblySymbol assembly) => Types(assembly.GlobalNamespace)
        .SelectMany(static type => type.GetMembers().Where(static member => IsPublic(member) && !IsOfTheCompiler(member) && member is not INamedTypeSymbol).Prepend(type));

    /// <summary>Reads an assembly, with its documentation, as a compiler would.</summary>
    public static IAssemblySymbol Read(string path)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(static file => Path.GetFileName(file).StartsWith("System", StringComparison.Ordinal) || Path.GetFileName(file) is "netstandard.dll" or "mscorlib.dll");
        var own = MetadataReference.CreateFromFile(path, documentation: XmlDocumentationProvider.CreateFromFile(Path.ChangeExtension(path, ".xml")));
        var beside = Directory.GetFiles(Path.GetDirectoryName(path)!, "AiGuardrails*.dll").Where(file => file != path).Select(static file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create("Reader", references: [own, .. beside, .. platform.Select(static file => MetadataReference.CreateFromFile(file))]);
        return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(own)!;
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(static member => member switch
    {
        INamespaceSymbol space => Types(space),
        INamedTypeSymbol type when IsPublic(type) => Types(type).Prepend(type),
        _ => [],
    });

    private static bool IsPublic(ISymbol symbol) => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    // Accessors, what a record gets for copying, and the constructor that every structure and enumeration has.
    private static bool IsOfTheCompiler(ISymbol symbol) =>
        symbol is IMethodSymbol { AssociatedSymbol: not null } || symbol.Name[0] == '<' || symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0, ContainingType.IsValueType: true };

    private static string Line(INamedTypeSymbol type)
    {
        var bases = type.TypeKind is TypeKind.Class && type.BaseType is { SpecialType: not SpecialType.System_Object } parent ? [parent] : Enumerable.Empty<INamedTypeSymbol>();
        var list = string.Join(", ", bases.Concat(type.Interfaces.OrderBy(static contract => contract.ToDisplayString(s_format), StringComparer.Ordinal)).Select(static above => above.ToDisplayString(s_format)));
        return (type.IsStatic ? "static " : type is { TypeKind: TypeKind.Class, IsAbstract: true } ? "abstract " : type is { TypeKind: TypeKind.Class, IsSealed: true } ? "sealed " : "")
            + type.ToDisplayString(s_format) + (list.Length == 0 ? "" : " : " + list);
    }

    // The keyword of the type is of no interest in a member.
    private static string Line(ISymbol member) => member.ToDisplayString(s_format.WithKindOptions(SymbolDisplayKindOptions.None));
}
