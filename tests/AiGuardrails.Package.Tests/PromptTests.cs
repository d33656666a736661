using System.Text.RegularExpressions;

namespace AiGuardrails.Package.Tests;

/// <summary>Prompt files in a project that has nothing but the package: the build hands them over, and the generated code runs.</summary>
[Collection(PackageCollection.Name)]
public sealed partial class PromptTests(PackageFixture package)
{
    [Fact]
    public async Task Prompt_of_a_file_is_rendered()
    {
        var assembly = package.PathOf("Prompts", "bin", "Debug", "net10.0", "Prompts.dll");
        Assert.True(File.Exists(assembly), package.DefaultOutput("Prompts"));

        var result = await package.RunAsync(["exec", assembly]);

        Assert.Equal(
            "# system\n\nAnswer in at most 3 sentences.\n\n# user\n\n[Question *]\nWhere is my invoice?\n[/Question *]\nsupport/reply 2",
            Tag().Replace(result.EnsureSuccess().Output.ReplaceLineEndings("\n").TrimEnd(), "*"));
    }

    [GeneratedRegex("[0-9a-f]{12}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tag();
}
