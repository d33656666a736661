using System.Xml.Linq;

namespace AiGuardrails.Architecture.Tests;

/// <summary>Arrows between the projects point one way: everybody knows the domain, and the domain knows nobody.</summary>
public sealed class LayerTests
{
    private static readonly Dictionary<string, string[]> s_references = new(StringComparer.Ordinal)
    {
        ["AiGuardrails.Core"] = [],
        ["AiGuardrails"] = ["AiGuardrails.Core"],
        ["AiGuardrails.Analyzers"] = ["AiGuardrails.Core"],
        ["AiGuardrails.CodeFixes"] = ["AiGuardrails.Analyzers", "AiGuardrails.Core"],
        ["AiGuardrails.Generators"] = ["AiGuardrails.Core"],
        ["AiGuardrails.Tool"] = ["AiGuardrails", "AiGuardrails.Analyzers", "AiGuardrails.Core", "AiGuardrails.Generators"],
    };

    public static TheoryData<string> Projects => [.. s_references.Keys];

    [Fact]
    public void Every_project_has_its_place() =>
        Assert.Equal(
            s_references.Keys.Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.Combine(SourceTree.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(static path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_references_only_the_layers_below(string project)
    {
        var file = XDocument.Load(Path.Combine(SourceTree.Folder(project), project + ".csproj"));
        var references = file.Descendants("ProjectReference")
            .Where(static reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(static reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

        Assert.All(references, reference => Assert.Contains(reference, s_references[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assembly_references_only_the_layers_below(string project)
    {
        var path = new[] { "netstandard2.0", "net8.0", "net10.0" }.Select(framework => SourceTree.Assembly(project, framework)).First(File.Exists);
        var ours = CompiledAssembly.Read(path).References.Where(static reference => reference.StartsWith("AiGuardrails", StringComparison.Ordinal));

        Assert.All(ours, reference => Assert.Contains(reference, s_references[project]));
    }

    [Theory]
    [InlineData("netstandard2.0")]
    [InlineData("net8.0")]
    public void Domain_knows_no_compiler(string framework) =>
        Assert.DoesNotContain(CompiledAssembly.Read(SourceTree.Assembly("AiGuardrails.Core", framework)).References, static reference => reference.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

    [Theory]
    [InlineData("AiGuardrails.Analyzers")]
    [InlineData("AiGuardrails.Generators")]
    public void Only_fixes_know_the_editor(string project) =>
        Assert.DoesNotContain(CompiledAssembly.Read(SourceTree.Assembly(project)).References, static reference => reference.Contains("Workspaces", StringComparison.Ordinal));
}
