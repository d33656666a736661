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

    [Fact]
    public async Task Prompt_that_differs_from_the_lock_file_is_a_warning_until_its_version_does()
    {
        const string Project = "LockedPrompts";
        var output = package.DefaultOutput(Project);

        Assert.Contains("Reply.cs(5,36): warning AIG8005: the text, inputs or answer of 'support/reply' differ from version 2 in prompts.lock.json; give it version 3", output, StringComparison.Ordinal);
        Assert.DoesNotContain("support/greeting", output, StringComparison.Ordinal);

        var path = package.PathOf(Project, "prompts.lock.json");
        var locked = await File.ReadAllTextAsync(path);
        try
        {
            await File.WriteAllTextAsync(path, locked.Replace("\"hash\"", "\"hsah\"", StringComparison.Ordinal));
            var (unreadable, log) = await package.BuildAsync(Project);
            _ = unreadable.EnsureSuccess();
            Assert.Equal(["prompts.lock.json(4): warning AIG8005"], log.OurFindings.Select(static finding => finding.ToString()));

            File.Delete(path);
            var (_, without) = await package.BuildAsync(Project);
            Assert.Empty(without.OurFindings);
        }
        finally
        {
            await File.WriteAllTextAsync(path, locked);
        }
    }

    [GeneratedRegex("[0-9a-f]{12}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tag();
}
