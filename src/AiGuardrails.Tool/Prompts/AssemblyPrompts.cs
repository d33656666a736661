using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AiGuardrails.Core.Prompts;

namespace AiGuardrails.Tool.Prompts;

/// <summary>Reads the prompts of an assembly from the constants that were generated for them: what a prompt is called, its version, its hash. Nothing of it runs.</summary>
internal static class AssemblyPrompts
{
    public static IReadOnlyList<PromptLockEntry> Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var assembly = new PEReader(stream);
        var reader = assembly.GetMetadataReader();
        var prompts = new List<PromptLockEntry>();
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            if (IsPrompt(reader, type)
                && Constant(reader, type, "PromptId") is string id
                && Constant(reader, type, "PromptVersion") is int version
                && Constant(reader, type, "PromptHash") is string hash
                && PromptHash.IsHash(hash))
            {
                prompts.Add(new PromptLockEntry(id, version, hash));
            }
        }

        return prompts;
    }

    private static bool IsPrompt(MetadataReader reader, TypeDefinition type) => type.GetInterfaceImplementations()
        .Select(handle => reader.GetInterfaceImplementation(handle).Interface)
        .Where(static handle => handle.Kind == HandleKind.TypeReference)
        .Select(handle => reader.GetTypeReference((TypeReferenceHandle)handle))
        .Any(reference => reader.StringComparer.Equals(reference.Name, "IPrompt") && reader.StringComparer.Equals(reference.Namespace, "AiGuardrails"));

    private static object? Constant(MetadataReader reader, TypeDefinition type, string name)
    {
        foreach (var field in type.GetFields().Select(reader.GetFieldDefinition))
        {
            if (reader.StringComparer.Equals(field.Name, name) && field.GetDefaultValue() is { IsNil: false } value)
            {
                var constant = reader.GetConstant(value);
                return reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
            }
        }

        return null;
    }
}
