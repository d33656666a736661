using System.Text.Json;

namespace AiGuardrails.Package.Tests;

/// <summary>The logs of the compiler and of the tool, as code hosts take them.</summary>
[Collection(PackageCollection.Name)]
public sealed class SarifTests(PackageFixture package)
{
    [Theory]
    [InlineData("Chat")]
    [InlineData("TrainingData")]
    [InlineData("Plain")]
    public void Log_of_the_compiler_is_SARIF(string project) => SarifRequirements.Verify(package.PathOf(project, $"{project}.default.sarif"));

    /// <summary>docs.github.com, "SARIF support for code scanning": what is required there, and what orders and filters alerts.</summary>
    [Fact]
    public async Task Log_of_the_tool_has_what_code_scanning_asks_for()
    {
        var path = package.PathOf("Chat", "tool.sarif");
        _ = await package.RunToolAsync("Chat", "check", "--format", "sarif", "--output", path);
        SarifRequirements.Verify(path);

        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
        var run = json.RootElement.GetProperty("runs")[0];
        Assert.Equal("aiguardrails/check/", run.GetProperty("automationDetails").GetProperty("id").GetString());
        Assert.All(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(), static rule =>
        {
            Assert.InRange(rule.GetProperty("shortDescription").GetProperty("text").GetString()!.Length, 1, 1024);
            Assert.InRange(rule.GetProperty("fullDescription").GetProperty("text").GetString()!.Length, 1, 1024);
            Assert.Contains(rule.GetProperty("helpUri").GetString()!, rule.GetProperty("help").GetProperty("text").GetString(), StringComparison.Ordinal);

            // A security severity where there is a risk, and only there.
            var properties = rule.GetProperty("properties");
            Assert.Equal(
                properties.TryGetProperty("tags", out var tags) && tags.EnumerateArray().Any(static tag => tag.GetString() == "security"),
                properties.TryGetProperty("security-severity", out var severity) && severity.GetString() is "8.0" or "5.0");
        });
        Assert.All(run.GetProperty("results").EnumerateArray(), static result =>
        {
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            Assert.Equal("%SRCROOT%", place.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString());
            Assert.EndsWith(".cs", place.GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
            Assert.All((string[])["startLine", "startColumn", "endLine", "endColumn"], name => Assert.True(place.GetProperty("region").GetProperty(name).GetInt32() > 0));
            Assert.NotEmpty(result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString()!);
        });
        Assert.NotEmpty(run.GetProperty("results").EnumerateArray());
    }
}
