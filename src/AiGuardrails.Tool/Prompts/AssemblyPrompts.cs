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

    // Of the library, or of sources of it that were compiled along.
    private static bool IsPrompt(MetadataReader reader, TypeDefinition type)
    {
        foreach (var handle in type.GetInterfaceImplementations().Select(handle => reader.GetInterfaceImplementation(handle).Interface))
        {
            var (name, space) = handle.Kind switch
            {
                HandleKind.TypeReference when reader.GetTypeReference((TypeReferenceHandle)handle) is var reference => (reference.Name, reference.Namespace),
                HandleKind.TypeDefinition when reader.GetTypeDefinition((TypeDefinitionHandle)handle) is var definition => (definition.Name, definition.Namespace),
                _ => default,
            };
            if (!name.IsNil && reader.StringComparer.Equals(name, "IPrompt") && reader.StringComparer.Equals(space, "AiGuardrails"))
            {
                return true;
            }
        }

        return false;
    }

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
