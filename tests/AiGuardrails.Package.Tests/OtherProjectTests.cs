namespace AiGuardrails.Package.Tests;

/// <summary>Projects that are not the usual one: an older framework, another language, an indirect reference, an old compiler.</summary>
[Collection(PackageCollection.Name)]
public sealed class OtherProjectTests(PackageFixture package)
{
    [Theory]
    [InlineData("Library", "netstandard2.0")]
    [InlineData("Transitive", "net10.0")]
    [InlineData("VisualBasic", "net10.0")]
    [InlineData("FSharp", "net10.0")]
    public void Builds_without_a_word(string project, string framework)
    {
        Assert.True(File.Exists(package.PathOf(project, "bin", "Debug", framework, $"{project}.dll")), package.DefaultOutput(project));
        Assert.Empty(package.DefaultOutput(project));
    }

    [Fact]
    public async Task Compiler_below_the_floor_gives_one_warning_and_not_silence()
    {
        var (result, log) = await package.BuildAsync("Chat", ["CompilerApiVersion=roslyn4.8"]);

        _ = result.EnsureSuccess();
        Assert.Empty(log.OurFindings);
        Assert.Single(result.Lines, static line => line.Contains("AIGM", StringComparison.Ordinal));
        Assert.Single(result.Lines, static line => line.Contains($"warning AIGM003: AiGuardrails needs version {BuildFacts.RoslynFloor} of the C# compiler and this build has 4.8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compiler_at_the_floor_gives_no_warning()
    {
        var (result, log) = await package.BuildAsync("Chat", [$"CompilerApiVersion=roslyn{BuildFacts.RoslynFloor}"]);

        Assert.DoesNotContain("AIGM", result.Output, StringComparison.Ordinal);
        Assert.NotEmpty(log.OurFindings);
    }
}
