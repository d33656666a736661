using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>Entries of one concept, found by member name first and by symbol only then.</summary>
internal sealed class MemberLookup(SdkTypes types, IEnumerable<MemberParameter> entries)
{
    private readonly ILookup<string, MemberParameter> _byMember = entries.ToLookup(static entry => entry.Member, StringComparer.Ordinal);

    // The types behind an entry, resolved when a member of that name is first met.
    private readonly ConcurrentDictionary<string, ImmutableArray<INamedTypeSymbol>> _types = new(StringComparer.Ordinal);

    public bool Contains(ISymbol member) => Contains(member, parameter: null);

    /// <summary>Whether the member, what it overrides, or what it implements, is an entry with that parameter.</summary>
    public bool Contains(ISymbol member, IParameterSymbol? parameter)
    {
        if (!_byMember.Contains(member.Name))
        {
            return false;
        }

        for (var current = member; current is not null; current = Overridden(current))
        {
            var definition = current is IMethodSymbol { ReducedFrom: { } reduced } ? reduced : current.OriginalDefinition;
            foreach (var entry in _byMember[member.Name])
            {
                if ((IsDeclaredBy(definition.ContainingType, entry.Type) || Implements(definition, entry.Type)) && (parameter is null || HasParameter(current, parameter, entry.Parameter)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A call through the class binds to the class; the table names the interface.
    private bool Implements(ISymbol member, string metadataName)
    {
        if (member is not IMethodSymbol { IsStatic: false, MethodKind: MethodKind.Ordinary, ContainingType: { TypeKind: TypeKind.Class or TypeKind.Struct } type })
        {
            return false;
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (IsDeclaredBy(contract, metadataName)
                && contract.GetMembers(member.Name).Any(declared => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(declared)?.OriginalDefinition, member)))
            {
                return true;
            }
        }

        return false;
    }

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    // An override may rename the parameter (Azure does), so the name is asked of the member that the table knows.
    private static bool HasParameter(ISymbol member, IParameterSymbol parameter, string name) =>
        member is IMethodSymbol method
        && parameter.Ordinal < method.Parameters.Length
        && string.Equals(method.Parameters[parameter.Ordinal].Name, name, StringComparison.Ordinal);

    private bool IsDeclaredBy(INamedTypeSymbol? type, string metadataName) =>
        type is not null
        && _types.GetOrAdd(metadataName, name => types.Named(name)).Contains(type.OriginalDefinition, SymbolEqualityComparer.Default);
}
