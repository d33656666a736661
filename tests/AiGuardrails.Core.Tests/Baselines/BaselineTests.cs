using AiGuardrails.Core.Baselines;

namespace AiGuardrails.Core.Tests.Baselines;

public sealed class BaselineTests
{
    private static readonly BaselineKey s_twice = new("AIG1001", "a.cs", "0123456789abcdef");
    private static readonly BaselineKey s_once = new("AIG4001", "b.cs", "0123456789abcdef");

    [Fact]
    public void Equal_findings_are_counted()
    {
        var baseline = Baseline.Of([s_twice, s_once, s_twice]);

        Assert.Equal([(s_twice, 2), (s_once, 1)], baseline.Entries.Select(static entry => (entry.Key, entry.Count)));
        Assert.Equal(0, baseline.CountOf(s_twice with { File = "c.cs" }));
    }

    [Fact]
    public void What_is_mended_goes_and_what_is_new_does_not_come()
    {
        var baseline = Baseline.Of([s_twice, s_once, s_twice]);

        var without = baseline.Without(static key => key == s_twice ? 1 : key == s_once ? 5 : 0, static _ => true);

        Assert.Equal([(s_twice, 1), (s_once, 1)], without.Entries.Select(static entry => (entry.Key, entry.Count)));
        Assert.Empty(baseline.Without(static _ => 0, static _ => true).Entries);
    }

    [Fact]
    public void What_was_out_of_view_stays() =>
        Assert.Equal([s_once], Baseline.Of([s_twice, s_once]).Without(static _ => 0, static key => key == s_twice).Entries.Select(static entry => entry.Key));

    [Theory]
    [InlineData("/r/aiguardrails.baseline.json", "/r/src/a.cs", "src/a.cs")]
    [InlineData("/r/aiguardrails.baseline.json", "/r/a.cs", "a.cs")]
    [InlineData("/r/x/aiguardrails.baseline.json", "/r/y/a.cs", "../y/a.cs")]
    [InlineData("/r/x/y/aiguardrails.baseline.json", "/r/a.cs", "../../a.cs")]
    [InlineData("/r/aiguardrails.baseline.json", "/r/x/../src/./a.cs", "src/a.cs")]
    [InlineData("/r/aiguardrails.baseline.json", "/R/a.cs", "../R/a.cs")]
    [InlineData("C:\\r\\aiguardrails.baseline.json", "c:\\R\\src\\a.cs", "src/a.cs")]
    [InlineData("C:\\r\\aiguardrails.baseline.json", "D:\\r\\a.cs", null)]
    [InlineData("/r/aiguardrails.baseline.json", "a.cs", null)]
    [InlineData("aiguardrails.baseline.json", "/r/a.cs", null)]
    [InlineData("/r/aiguardrails.baseline.json", "", null)]
    public void Paths_begin_at_the_folder_of_the_baseline(string baseline, string file, string? expected) => Assert.Equal(expected, BaselinePaths.Relative(baseline, file));
}
