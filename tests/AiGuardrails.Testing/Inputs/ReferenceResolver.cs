using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AiGuardrails.Testing.Inputs;

/// <summary>Turns reference sets into the assemblies that this build restored: never those of the running process, never stubs.</summary>
internal static class ReferenceResolver
{
    private static readonly ConcurrentDictionary<ReferenceSets, ImmutableArray<MetadataReference>> s_sets = new();

    // One reference per file and process, so that compilations share what they read.
    private static readonly ConcurrentDictionary<string, MetadataReference> s_files = new(StringComparer.Ordinal);

    private static readonly Lazy<ImmutableDictionary<string, string>> s_packageFiles = new(() =>
        TestInputs.OfKind("Package").ToImmutableDictionary(input => Path.GetFileNameWithoutExtension(input.Path), input => input.Path, StringComparer.OrdinalIgnoreCase));

    public static ImmutableArray<MetadataReference> Resolve(ReferenceSets sets) => s_sets.GetOrAdd(sets, static sets =>
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        AddKind(ReferenceSets.Platform, "Platform");
        AddKind(ReferenceSets.AiGuardrails, "AiGuardrails");
        AddPackage(ReferenceSets.OpenAI, "OpenAI");
        AddPackage(ReferenceSets.Anthropic, "Anthropic");
        AddPackage(ReferenceSets.AzureOpenAI, "Azure.AI.OpenAI");
        AddPackage(ReferenceSets.ExtensionsAI, "Microsoft.Extensions.AI.Abstractions");

        return [.. files.Select(Load)];

        void AddKind(ReferenceSets set, string kind)
        {
            if (sets.HasFlag(set))
            {
                files.UnionWith(TestInputs.OfKind(kind).Select(input => input.Path));
            }
        }

        void AddPackage(ReferenceSets set, string assemblyName)
        {
            if (sets.HasFlag(set))
            {
                Assert.True(s_packageFiles.Value.ContainsKey(assemblyName), $"The kit's build restored no assembly '{assemblyName}'.");
                AddWithDependencies(assemblyName, files);
            }
        }
    });

    private static void AddWithDependencies(string assemblyName, SortedSet<string> files)
    {
        if (!s_packageFiles.Value.TryGetValue(assemblyName, out var file) || !files.Add(file))
        {
            return;
        }

        using var assembly = new PEReader(File.OpenRead(file));
        var metadata = assembly.GetMetadataReader();
        foreach (var handle in metadata.AssemblyReferences)
        {
            AddWithDependencies(metadata.GetString(metadata.GetAssemblyReference(handle).Name), files);
        }
    }

    private static MetadataReference Load(string file) => s_files.GetOrAdd(file, static file =>
    {
        Assert.True(File.Exists(file), $"The reference '{file}' of the test sources does not exist; build AiGuardrails.Testing again.");

        return MetadataReference.CreateFromFile(file);
    });
}
