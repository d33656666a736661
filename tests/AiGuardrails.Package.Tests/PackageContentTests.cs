using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace AiGuardrails.Package.Tests;

/// <summary>What lies in the package, and nothing else.</summary>
[Collection(PackageCollection.Name)]
public sealed class PackageContentTests(PackageFixture package)
{
    // The envelope that every package has.
    private static readonly string[] s_envelope = ["[Content_Types].xml", "_rels/", "package/"];

    private static readonly string s_compilerFolder = $"analyzers/dotnet/roslyn{BuildFacts.RoslynFloor}/cs/";

    private static readonly string[] s_files =
    [
        "AiGuardrails.nuspec",
        "README.md",
        s_compilerFolder + "AiGuardrails.Analyzers.dll",
        s_compilerFolder + "AiGuardrails.CodeFixes.dll",
        s_compilerFolder + "AiGuardrails.Core.dll",
        s_compilerFolder + "AiGuardrails.Generators.dll",
        s_compilerFolder + "zh-Hans/AiGuardrails.Core.resources.dll",
        "build/AiGuardrails.Baseline.targets",
        "build/AiGuardrails.Prompts.targets",
        "build/AiGuardrails.RoslynFloor.props",
        "build/AiGuardrails.TrainingData.targets",
        "build/AiGuardrails.VisibleProperties.props",
        "build/AiGuardrails.props",
        "build/AiGuardrails.targets",
        "buildTransitive/AiGuardrails.props",
        "buildTransitive/AiGuardrails.targets",
        "config/AiGuardrails.Default.globalconfig",
        "config/AiGuardrails.None.globalconfig",
        "config/AiGuardrails.Strict.globalconfig",
        "lib/net8.0/AiGuardrails.Core.dll",
        "lib/net8.0/AiGuardrails.Core.xml",
        "lib/net8.0/AiGuardrails.dll",
        "lib/net8.0/AiGuardrails.xml",
        "lib/netstandard2.0/AiGuardrails.Core.dll",
        "lib/netstandard2.0/AiGuardrails.Core.xml",
        "lib/netstandard2.0/AiGuardrails.dll",
        "lib/netstandard2.0/AiGuardrails.xml",
    ];

    [Fact]
    public void Holds_these_files_and_no_others()
    {
        using var archive = ZipFile.OpenRead(package.PackagePath);
        var files = archive.Entries
            .Select(static entry => entry.FullName)
            .Where(static name => !s_envelope.Any(part => name.StartsWith(part, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);

        Assert.Equal(s_files, files);
    }

    [Fact]
    public void Depends_on_two_packages_where_the_framework_lacks_their_types_and_on_none_elsewhere()
    {
        var dependencies = Nuspec().Descendants().Where(static element => element.Name.LocalName == "group")
            .ToDictionary(
                static group => group.Attribute("targetFramework")!.Value,
                static group => string.Join(' ', group.Elements().Select(static dependency => dependency.Attribute("id")!.Value).Order(StringComparer.Ordinal)),
                StringComparer.Ordinal);

        Assert.Equal(2, dependencies.Count);
        Assert.Equal("Microsoft.Bcl.AsyncInterfaces System.Memory", dependencies[".NETStandard2.0"]);
        Assert.Equal("", dependencies["net8.0"]);
    }

    [Fact]
    public void Says_whose_it_is_and_under_which_licence()
    {
        var metadata = Nuspec().Root!.Elements().Single().Elements().ToLookup(static element => element.Name.LocalName, StringComparer.Ordinal);

        Assert.Equal("MIT", metadata["license"].Single().Value);
        Assert.Equal("expression", metadata["license"].Single().Attribute("type")!.Value);
        Assert.Equal("README.md", metadata["readme"].Single().Value);
        Assert.Equal("git", metadata["repository"].Single().Attribute("type")!.Value);
        Assert.NotEmpty(metadata["repository"].Single().Attribute("url")!.Value);
        Assert.NotEmpty(metadata["description"].Single().Value);

        // Left out, so that the run time reaches the projects that reference a project with training records.
        Assert.Empty(metadata["developmentDependency"]);
    }

    [Fact]
    public void Compiler_floor_is_the_same_in_the_folder_the_warning_and_the_reference()
    {
        Assert.Contains($">{BuildFacts.RoslynFloor}<", package.TextOf("build/AiGuardrails.RoslynFloor.props"), StringComparison.Ordinal);

        var compilers = Assemblies(s_compilerFolder)
            .SelectMany(static assembly => assembly.References)
            .Where(static reference => reference.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        Assert.All(compilers, static reference => Assert.Equal(BuildFacts.RoslynFloor + ".0.0", reference.Version.ToString()));
    }

    [Fact]
    public void Compiler_components_reference_nothing_that_a_compiler_lacks()
    {
        string[] ofTheCompiler = ["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory", "System.Buffers", "System.Reflection.Metadata", "System.Runtime.CompilerServices.Unsafe"];
        string[] ofTheEditor = [.. ofTheCompiler, "Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Composition.AttributedModel"];

        Assert.All(Assemblies(s_compilerFolder), assembly => Assert.DoesNotContain(
            assembly.References.Select(static reference => reference.Name),
            name => !name.StartsWith("AiGuardrails.", StringComparison.Ordinal)
                && !(assembly.Name == "AiGuardrails.CodeFixes" ? ofTheEditor : ofTheCompiler).Contains(name, StringComparer.Ordinal)));
    }

    [Fact]
    public void Assemblies_are_reproducible_and_carry_their_symbols() =>
        Assert.All(Assemblies("").Where(static assembly => !assembly.Name.EndsWith(".resources", StringComparison.Ordinal)), static assembly =>
        {
            Assert.Contains(DebugDirectoryEntryType.Reproducible, assembly.DebugEntries);
            Assert.Contains(DebugDirectoryEntryType.EmbeddedPortablePdb, assembly.DebugEntries);
        });

    private XDocument Nuspec() => XDocument.Parse(package.TextOf("AiGuardrails.nuspec"));

    private List<PackedAssembly> Assemblies(string folder)
    {
        using var archive = ZipFile.OpenRead(package.PackagePath);
        var assemblies = archive.Entries
            .Where(entry => entry.FullName.StartsWith(folder, StringComparison.Ordinal) && entry.FullName.EndsWith(".dll", StringComparison.Ordinal))
            .Select(Read)
            .ToList();

        Assert.NotEmpty(assemblies);
        return assemblies;
    }

    private static PackedAssembly Read(ZipArchiveEntry entry)
    {
        using var stream = new MemoryStream();
        using (var packed = entry.Open())
        {
            packed.CopyTo(stream);
        }

        stream.Position = 0;
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return new PackedAssembly(
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(reference => (metadata.GetString(reference.Name), reference.Version))],
            [.. image.ReadDebugDirectory().Select(static debug => debug.Type)]);
    }

    private sealed record PackedAssembly(string Name, IReadOnlyList<(string Name, Version Version)> References, IReadOnlyList<DebugDirectoryEntryType> DebugEntries);
}
