using System.Text.RegularExpressions;

namespace AiGuardrails.Package.Tests;

/// <summary>What the readme and the guides show in C# is built with the package and the SDKs, and does what they say.</summary>
[Collection(PackageCollection.Name)]
public sealed partial class GuideTests(PackageFixture package)
{
    private static readonly string s_assembly = Path.Combine("bin", "Debug", "net10.0", "Guides.dll");

    public static TheoryData<string> Pages { get; } = [.. GuideExamples.Pages];

    [Fact]
    public void Examples_build_without_a_word()
    {
        Assert.True(File.Exists(package.PathOf(GuideExamples.Project, s_assembly)), package.DefaultOutput(GuideExamples.Project));
        Assert.Empty(package.DefaultOutput(GuideExamples.Project));
    }

    /// <summary>A fragment has no place to be compiled at; the project gives it one, and this holds the two together.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Fragments_stand_in_what_is_built(string page)
    {
        var built = Directory.EnumerateFiles(package.PathOf(GuideExamples.Project), "*.cs")
            .Select(static path => "\n" + string.Join('\n', GuideExamples.LinesOf(File.ReadAllText(path).ReplaceLineEndings("\n"))) + "\n")
            .ToList();

        Assert.All(GuideExamples.FragmentsOf(page), fragment => Assert.Contains(built, file => file.Contains("\n" + fragment + "\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Output_is_that_of_the_guides()
    {
        var result = await package.RunAsync(["exec", package.PathOf(GuideExamples.Project, s_assembly)]);

        var lines = result.EnsureSuccess().Output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);

        Assert.StartsWith("warranty/triage 3 ", lines[0], StringComparison.Ordinal);
        var hash = lines[0].Split(' ')[2];
        Assert.Contains($$"""{ "id": "warranty/triage", "version": 3, "hash": "{{hash}}" }""", GuideExamples.TextOf("docs/guides/prompts.md"), StringComparison.Ordinal);
        Assert.Contains($$""""warranty/triage": { "version": 3, "hash": "{{hash}}" }"""", GuideExamples.TextOf("docs/guides/prompts.md"), StringComparison.Ordinal);
        Assert.Contains(lines[1], Comment().Replace(GuideExamples.TextOf("docs/guides/decisions.md"), " "), StringComparison.Ordinal);
    }

    // Where a comment goes on in the next line.
    [GeneratedRegex(@"\n\s*//\s*", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();
}
