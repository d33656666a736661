using System.Xml.Linq;
using AiGuardrails.Tool.Checking;

namespace AiGuardrails.Tool.Tests.Checking;

public sealed class LooseProjectTests
{
    [Theory]
    [InlineData("using OpenAI.Chat;", "OpenAI")]
    [InlineData("var c = new Anthropic.AnthropicClient();", "Anthropic")]
    [InlineData("using Microsoft.Extensions.AI;", "Microsoft.Extensions.AI.Abstractions")]
    [InlineData("using OpenAIStore; class C;", "")]
    [InlineData("class C { string S = \"text\"; }", "")]
    public void Packages_are_guessed_from_the_namespaces_that_code_names(string code, string package)
    {
        using var run = new ToolRun().Write("a.cs", code);

        Assert.Equal(package, string.Join(' ', References(run).Select(reference => reference.Attribute("Include")!.Value)));
    }

    [Fact]
    public void Versions_are_those_that_the_rules_are_tested_with()
    {
        using var run = new ToolRun().Write("a.cs", "using OpenAI;");

        Assert.Matches(@"^\d+\.\d+\.\d+$", Assert.Single(References(run)).Attribute("Version")!.Value);
    }

    [Fact]
    public void Directives_of_a_file_win()
    {
        using var run = new ToolRun().Write("a.cs", "#:package OpenAI@2.10.0\n#:property Nullable=disable\nusing OpenAI;\n#:package TooLate@1.0.0");
        var project = LooseProject.Create([Path.Combine(run.Folder, "a.cs")], withPackages: true);

        Assert.Equal("2.10.0", Assert.Single(project.Descendants("PackageReference")).Attribute("Version")!.Value);
        Assert.Equal("disable", project.Descendants("Nullable").Last().Value);
    }

    [Fact]
    public void Without_packages_there_is_none()
    {
        using var run = new ToolRun().Write("a.cs", "#:package OpenAI@2.10.0\nusing OpenAI;");

        Assert.Empty(LooseProject.Create([Path.Combine(run.Folder, "a.cs")], withPackages: false).Descendants("PackageReference"));
    }

    [Theory]
    [InlineData("Console.WriteLine();", "Exe")]
    [InlineData("static class P { static async Task Main(string[] args) { } }", "Exe")]
    [InlineData("namespace N;\n\npublic sealed class C;", "Library")]
    public void Kind_of_output_is_guessed(string code, string kind)
    {
        using var run = new ToolRun().Write("a.cs", code);

        Assert.Equal(kind, LooseProject.Create([Path.Combine(run.Folder, "a.cs")], withPackages: true).Descendants("OutputType").Single().Value);
    }

    [Fact]
    public void Paths_are_taken_as_they_are() => Assert.Equal("a%3bb%25 %28c%29.cs", MSBuildText.Escape("a;b% (c).cs"));

    private static IEnumerable<XElement> References(ToolRun run) =>
        LooseProject.Create([Path.Combine(run.Folder, "a.cs")], withPackages: true).Descendants("PackageReference");
}
