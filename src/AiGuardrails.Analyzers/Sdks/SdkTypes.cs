using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>The SDKs that a compilation references, and the types that their tables name, each looked for when it is first asked about.</summary>
internal sealed class SdkTypes(Compilation compilation, ImmutableArray<SdkTable> sdks)
{
    public Compilation Compilation => compilation;

    /// <summary>Gets the tables of the SDKs that are referenced.</summary>
    public ImmutableArray<SdkTable> Sdks => sdks;

    /// <summary>The types of that name: several, where assemblies have one each.</summary>
    public ImmutableArray<INamedTypeSymbol> Named(string metadataName) => NamedTypes.In(compilation, metadataName);

    /// <summary>Members, and parameters of members, that the tables name.</summary>
    public MemberLookup Members(Func<SdkTable, IEnumerable<MemberParameter>> entries) => new(this, sdks.SelectMany(entries));

    /// <summary>Members that the tables name.</summary>
    public MemberLookup Members(Func<SdkTable, ImmutableArray<Member>> entries) =>
        new(this, sdks.SelectMany(sdk => entries(sdk)).Select(static member => new MemberParameter(member.Type, member.Name, "")));

    /// <summary>Types that the tables name.</summary>
    public Lazy<ImmutableHashSet<ITypeSymbol>> Set(Func<SdkTable, IEnumerable<string>> names) => SetOf(sdks.SelectMany(names));

    /// <summary>Types of these names.</summary>
    public Lazy<ImmutableHashSet<ITypeSymbol>> SetOf(params IEnumerable<string> names) =>
        new(() => names.SelectMany(name => Named(name)).ToImmutableHashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    /// <summary>What the tables say of types, by type.</summary>
    public Lazy<ImmutableDictionary<ITypeSymbol, T>> Table<T>(Func<SdkTable, ImmutableArray<T>> entries, Func<T, string> name) =>
        TableOfMany(entries, entry => [name(entry)]);

    /// <summary>What the tables say of several types at once, by type.</summary>
    public Lazy<ImmutableDictionary<ITypeSymbol, T>> TableOfMany<T>(Func<SdkTable, ImmutableArray<T>> entries, Func<T, ImmutableArray<string>> names) => new(() =>
    {
        var byType = ImmutableDictionary.CreateBuilder<ITypeSymbol, T>(SymbolEqualityComparer.Default);
        foreach (var entry in sdks.SelectMany(sdk => entries(sdk)))
        {
            foreach (var type in names(entry).SelectMany(name => Named(name)))
            {
                byType[type] = entry;
            }
        }

        return byType.ToImmutable();
    });

    /// <summary>What is known of the type, or of the nearest type that it derives from; null where nothing is.</summary>
    public static T? Nearest<T>(ImmutableDictionary<ITypeSymbol, T> known, ITypeSymbol? type)
        where T : class
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (known.TryGetValue(current.OriginalDefinition, out var found))
            {
                return found;
            }
        }

        return null;
    }
}
