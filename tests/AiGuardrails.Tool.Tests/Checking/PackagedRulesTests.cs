namespace AiGuardrails.Tool.Tests.Checking;

public sealed class PackagedRulesTests
{
    [Fact]
    public void Rules_lie_beside_the_tool()
    {
        var names = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "analyzers"), "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal);

        Assert.Equal(["AiGuardrails.Analyzers.dll", "AiGuardrails.Core.dll"], names);
    }
}
