using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AiGuardrails.Architecture.Tests;

/// <summary>What an assembly refers to, as its metadata say.</summary>
internal sealed record CompiledAssembly(IReadOnlyList<string> References, IReadOnlyList<string> Types, IReadOnlyList<string> Members)
{
    public static CompiledAssembly Read(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var metadata = image.GetMetadataReader();
        return new(
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [.. metadata.TypeReferences.Select(handle => NameOf(metadata, handle))],
            [.. metadata.MemberReferences.Select(metadata.GetMemberReference).Where(static member => member.Parent.Kind == HandleKind.TypeReference)
                .Select(member => NameOf(metadata, (TypeReferenceHandle)member.Parent) + "." + metadata.GetString(member.Name))]);
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope) + "." + name
            : metadata.GetString(type.Namespace) is { Length: > 0 } space ? space + "." + name : name;
    }
}
