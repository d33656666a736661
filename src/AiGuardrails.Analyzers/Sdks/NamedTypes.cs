using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// The types of a compilation by their metadata names, each looked for once. A project references some 170 assemblies of the platform, which
/// have no type of anybody else: they are asked for names of the platform alone.
/// </summary>
internal sealed class NamedTypes
{
    private static readonly ConditionalWeakTable<Compilation, NamedTypes> s_ofCompilations = new();

    // Assemblies have these names, or names that go on after a dot; types have full names that go on after a dot.
    private static readonly ImmutableArray<string> s_platform = ["System", "mscorlib", "netstandard", "Microsoft.CSharp", "Microsoft.VisualBasic", "Microsoft.Win32", "WindowsBase"];

    private readonly ConcurrentDictionary<string, ImmutableArray<INamedTypeSymbol>> _known = new(StringComparer.Ordinal);
    private readonly Compilation _compilation;
    private readonly Func<string, ImmutableArray<INamedTypeSymbol>> _find;
    private readonly Lazy<ImmutableArray<IAssemblySymbol>> _beyondPlatform;

    private NamedTypes(Compilation compilation)
    {
        _compilation = compilation;
        _find = Find;
        _beyondPlatform = new(() => [compilation.Assembly, .. compilation.SourceModule.ReferencedAssemblySymbols.Where(static assembly => !IsOfPlatform(assembly.Name))]);
    }

    /// <summary>The types of that name, as <see cref="Compilation.GetTypesByMetadataName"/> has them: several, where assemblies have one each.</summary>
    public static ImmutableArray<INamedTypeSymbol> In(Compilation compilation, string metadataName)
    {
        var types = s_ofCompilations.GetValue(compilation, static compilation => new NamedTypes(compilation));
        return types._known.GetOrAdd(metadataName, types._find);
    }

    private static bool IsOfPlatform(string name)
    {
        foreach (var platform in s_platform)
        {
            if (name.StartsWith(platform, StringComparison.Ordinal) && (name.Length == platform.Length || name[platform.Length] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    private ImmutableArray<INamedTypeSymbol> Find(string metadataName)
    {
        if (IsOfPlatform(metadataName))
        {
            return _compilation.GetTypesByMetadataName(metadataName);
        }

        var found = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        foreach (var assembly in _beyondPlatform.Value)
        {
            if (assembly.GetTypeByMetadataName(metadataName) is { } type)
            {
                found.Add(type);
            }
        }

        return found.ToImmutable();
    }
}
