namespace AiGuardrails.Package.Tests;

/// <summary>The fixes as the command line applies them, out of the package.</summary>
[Collection(PackageCollection.Name)]
public sealed class CodeFixTests(PackageFixture package)
{
    [Fact]
    public async Task Dotnet_format_applies_a_fix_and_the_result_builds_without_the_finding()
    {
        string[] sources = [package.PathOf("Fixable", "Support.cs"), package.PathOf("Fixable", "Training.cs")];
        var marked = package.MarkedLines("Fixable").Select(static line => line.Id).ToHashSet(StringComparer.Ordinal);
        var comments = sources.SelectMany(File.ReadLines).Count(static line => line.Contains("//", StringComparison.Ordinal));

        // The rules say what is marked before anything is mended.
        var (before, beforeLog) = await package.BuildAsync("Fixable");
        _ = before.EnsureSuccess();
        Assert.Equal(
            package.MarkedLines("Fixable").Order(),
            beforeLog.OurFindings.Where(finding => marked.Contains(finding.Id)).Select(static finding => (finding.File, finding.Line, finding.Id)).Order());

        // Twice: a loop that now ends on every state leaves a result behind it that was not reached before.
        _ = (await FormatAsync(marked)).EnsureSuccess();
        _ = (await FormatAsync(marked)).EnsureSuccess();

        var (after, afterLog) = await package.BuildAsync("Fixable");
        _ = after.EnsureSuccess();
        Assert.Empty(afterLog.OurFindings.Where(finding => marked.Contains(finding.Id)).Select(static finding => $"{finding.File}({finding.Line}): {finding.Id}"));
        Assert.Equal(comments, sources.SelectMany(File.ReadLines).Count(static line => line.Contains("//", StringComparison.Ordinal)));

        // A further run finds nothing to do.
        var mended = await Task.WhenAll(sources.Select(static source => File.ReadAllTextAsync(source)));
        _ = (await FormatAsync(marked)).EnsureSuccess();
        Assert.Equal(mended, await Task.WhenAll(sources.Select(static source => File.ReadAllTextAsync(source))));
    }

    /// <summary>As the guide says it: one rule, at the level of a warning, in a project that restores by itself.</summary>
    [Fact]
    public async Task Dotnet_format_mends_one_rule_as_the_guide_says()
    {
        const string Guide = "dotnet format analyzers --diagnostics AIG1001 --severity warn";
        Assert.Contains(Guide, await File.ReadAllTextAsync(Path.Combine(BuildFacts.RepositoryRoot, "docs", "guides", "ci.md")), StringComparison.Ordinal);
        var source = package.PathOf("Hard", "Support.cs");
        _ = Directory.CreateDirectory(package.PathOf("Hard"));
        File.Copy(package.PathOf("Fixable", "Fixable.csproj"), package.PathOf("Hard", "Hard.csproj"));
        File.Copy(Path.Combine(BuildFacts.RepositoryRoot, "tests", "AiGuardrails.Package.Tests", "Projects", "Fixable", "Support.cs"), source);
        Assert.Contains("\"ft:gpt", await File.ReadAllTextAsync(source), StringComparison.Ordinal);

        _ = (await package.RunInAsync(package.PathOf("Hard"), Guide["dotnet ".Length..].Split(' '))).EnsureSuccess();

        var mended = await File.ReadAllTextAsync(source);
        Assert.DoesNotContain("ft:gpt", mended, StringComparison.Ordinal);
        Assert.DoesNotContain((await package.BuildAsync("Hard")).Log.OurFindings, static finding => finding.Id == "AIG1001");
    }

    private Task<CommandResult> FormatAsync(IEnumerable<string> rules) => package.RunAsync(
        ["format", "analyzers", package.PathOf("Fixable", "Fixable.csproj"), "--no-restore", "--severity", "info", "--diagnostics", .. rules]);
}
