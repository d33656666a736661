using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace AiGuardrails;

/// <summary>What generated files are called, and how the types in them are declared: the same for every generator.</summary>
internal static class TypeNames
{
    /// <summary>Whether the namespace around a type is written out: while it is typed, a part of it may have no name yet.</summary>
    public static bool HasNamedNamespace(INamedTypeSymbol type)
    {
        for (var current = type.ContainingNamespace; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace)
        {
            if (current.Name.Length == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The name of the type behind those around it, in characters that every file system takes.</summary>
    public static string ReadableStem(INamedTypeSymbol type)
    {
        var stem = new StringBuilder();
        for (var current = type; current is not null; current = current.ContainingType)
        {
            stem.Insert(0, stem.Length == 0 ? current.Name : current.Name + ".");
        }

        for (var i = 0; i < stem.Length; i++)
        {
            if (!char.IsLetterOrDigit(stem[i]) && stem[i] is not ('.' or '_'))
            {
                stem[i] = '-';
            }
        }

        return stem.ToString();
    }

    /// <summary>FNV-1a: the same in every process, unlike the hash codes of strings.</summary>
    public static string StableHash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 1099511628211UL);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>The words that declare a type of this kind.</summary>
    public static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        _ => "class",
    };
}
