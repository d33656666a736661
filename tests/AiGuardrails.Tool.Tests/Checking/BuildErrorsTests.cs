using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Tests.Checking;

public sealed class BuildErrorsTests
{
    [Theory]
    [InlineData("/c/a b.cs(1,47): error CS0103: The name 'X' does not exist [/c/p.csproj::TargetFramework=net8.0]", "a b.cs(1,47)", "CS0103", "The name 'X' does not exist")]
    [InlineData("     1:7>/c/a.cs(1,55): error CS1525: Invalid expression term ';' [/c/p.csproj]", "a.cs(1,55)", "CS1525", "Invalid expression term ';'")]
    [InlineData("CSC : error CS5001: Program does not contain a 'Main' method [/c/p.csproj]", "p.csproj", "CS5001", "Program does not contain a 'Main' method")]
    [InlineData("/c/p.csproj : error NU1101: Unable to find package X. [/c/all.sln]", "p.csproj", "NU1101", "Unable to find package X.")]
    [InlineData("/c/sdk(1)/x.targets(266,5): error NETSDK1045: The current .NET SDK does not support it. [/c/p.csproj]", "sdk(1)/x.targets(266,5)", "NETSDK1045", "The current .NET SDK does not support it.")]
    [InlineData("MSBUILD : error MSB1009: Project file does not exist.", "MSBUILD", "MSB1009", "Project file does not exist.")]
    [InlineData("/c/a.cs(3,1): error CS1002: ; expected", "a.cs(3,1)", "CS1002", "; expected")]
    [InlineData("/c/error: list.cs(3,1,3,9): error AIG1001: 'ft:a' is one (https://example.org) [/c/p.csproj]", "error: list.cs(3,1)", "AIG1001", "'ft:a' is one (https://example.org)")]
    public void Line_of_a_build_is_read(string line, string place, string code, string message)
    {
        var problem = Assert.Single(BuildErrors.Parse([line], new DisplayPaths("/c")));

        Assert.Equal((place, code, message), (problem.Place.ToString(), problem.Code, problem.Message));
    }

    [Theory]
    [InlineData("Build FAILED.")]
    [InlineData("    1 Error(s)")]
    [InlineData("/c/a.cs(1,1): warning CS0219: The variable 'error' is assigned [/c/p.csproj]")]
    public void Other_lines_are_none(string line) => Assert.Empty(BuildErrors.Parse([line], new DisplayPaths("/c")));

    [Fact]
    public void Error_of_two_frameworks_is_one() => Assert.Single(BuildErrors.Parse(
        ["/c/a.cs(1,2): error CS1002: ; expected [/c/p.csproj::TargetFramework=net8.0]", "/c/a.cs(1,2): error CS1002: ; expected [/c/p.csproj::TargetFramework=net10.0]"],
        new DisplayPaths("/c")));

    [Theory]
    [InlineData("CS0103", false)]
    [InlineData("NETSDK1045", false)]
    [InlineData("", false)]
    [InlineData("AIG1001", true)]
    [InlineData("CA1822", true)]
    [InlineData("OWN0001", true)]
    public void Error_that_may_be_of_an_analyzer_is_worth_another_pass(string code, bool mayBe) =>
        Assert.Equal(mayBe, DotnetBuild.MayBeOfAnalyzer(new Problem(code, new Place("a.cs"), "")));
}

public sealed class DotnetBuildTests
{
    [Theory]
    [InlineData("Install the [8.0.100] .NET SDK or update [/c/global.json] to match an installed SDK.", "The .NET SDK that global.json asks for is not installed. Install the [8.0.100] .NET SDK or update [/c/global.json] to match an installed SDK.")]
    [InlineData("  No .NET SDKs were found.", "The .NET SDK is not installed; install it from https://dot.net.")]
    [InlineData("Something else", "The build could not run: The command could not be loaded, possibly because:")]
    public void Build_that_cannot_start_is_said_in_one_line(string line, string message) =>
        Assert.Equal(message, DotnetBuild.WhyNotStarted(["The command could not be loaded, possibly because:", line]));

    [Fact]
    public void Build_that_says_nothing_is_said_too() => Assert.Contains("run 'dotnet build'", DotnetBuild.WhyNotStarted([]), StringComparison.Ordinal);
}
