namespace AiGuardrails.Package.Tests;

/// <summary>The fixes as the command line applies them, out of the package.</summary>
[Collection(PackageCollection.Name)]
public sealed class CodeFixTests(PackageFixture package)
{
    [Fact]
    public async Task Dotnet_format_applies_a_fix_and_the_result_builds_without_the_finding()
    {
        var source = package.PathOf("Fixable", "Support.cs");
        var before = await File.ReadAllTextAsync(source);

        var format = await package.RunAsync(
            ["format", "analyzers", package.PathOf("Fixable", "Fixable.csproj"), "--no-restore", "--diagnostics", "AIG1001", "--severity", "warn"]);
        _ = format.EnsureSuccess();
        Assert.NotEqual(before, await File.ReadAllTextAsync(source));

        var (result, log) = await package.BuildAsync("Fixable");
        _ = result.EnsureSuccess();
        Assert.Empty(log.OurFindings);
    }
}
