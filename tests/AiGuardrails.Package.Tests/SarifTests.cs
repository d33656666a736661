namespace AiGuardrails.Package.Tests;

/// <summary>The logs of the compiler and of the tool, as code hosts take them.</summary>
[Collection(PackageCollection.Name)]
public sealed class SarifTests(PackageFixture package)
{
    [Theory]
    [InlineData("Chat")]
    [InlineData("TrainingData")]
    [InlineData("Plain")]
    public void Log_of_the_compiler_is_SARIF_that_code_hosts_take(string project)
    {
        var path = package.PathOf(project, $"{project}.default.sarif");

        SarifRequirements.Verify(path);
        CodeScanningRequirements.VerifyLimits(path);
    }

    [Fact]
    public async Task Log_of_a_check_has_what_code_scanning_asks_for()
    {
        var path = package.PathOf("Chat", "tool.sarif");
        _ = await package.RunToolAsync("Chat", "check", "--format", "sarif", "--output", path);

        SarifRequirements.Verify(path);
        CodeScanningRequirements.VerifyAll(path, "check");
    }

    [Fact]
    public async Task Log_about_data_has_what_code_scanning_asks_for()
    {
        var path = package.PathOf("TrainingData", "lint.sarif");
        _ = await package.RunToolAsync("TrainingData", "lint", "data", "--target", "openai-chat", "--format", "sarif", "--output", path);

        SarifRequirements.Verify(path);
        CodeScanningRequirements.VerifyAll(path, "lint");
    }
}
