using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Tests.Training.Linting;

/// <summary>What each target takes and refuses, line by line.</summary>
public sealed partial class TargetTests
{
    [Theory]
    [MemberData(nameof(Accepted))]
    public void Line_is_accepted(string target, string line) =>
        Assert.Empty(Lint.Lines(TrainingTarget.Parse(target), line).Select(Lint.Show));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Line_is_refused(string target, string line, string expected) =>
        Assert.Equal(expected, string.Join(" | ", Lint.Lines(TrainingTarget.Parse(target), line).Select(static finding => $"{finding.Level} {finding.Column}: {finding.Message}")));

    [Fact]
    public void Every_target_has_a_description_and_fixtures()
    {
        foreach (var target in TrainingTarget.All)
        {
            var description = TargetDescriptions.Of(target);
            Assert.Same(target, description.Target);
            Assert.Matches("20[0-9]{2}", description.Source);
            Assert.Contains(Accepted, row => (string)row[0] == target.Name);
            Assert.Contains(Refused, row => (string)row[0] == target.Name);
        }
    }

    [Fact]
    public void Every_target_wants_objects_without_missing_members()
    {
        foreach (var target in TrainingTarget.All)
        {
            Assert.Contains(Lint.Lines(target, "{}"), static finding => finding is { Rule: LintRules.DoesNotFitTarget, Level: LintLevel.Error });
            Assert.Contains(Lint.Lines(target, "\"text\""), static finding => finding is { Level: LintLevel.Error });
            Assert.Contains(Lint.Lines(target, "[1]"), static finding => finding is { Level: LintLevel.Error });
        }
    }

    [Theory]
    [InlineData(128, "")]
    [InlineData(129, "'functions' has 129 items, where there must be 128 or fewer")]
    public void Lists_have_a_most(int count, string expected)
    {
        var functions = string.Join(',', Enumerable.Range(0, count).Select(static i => $$"""{"name":"f{{i}}"}"""));
        var line = Lint.Chat("q", "a").Replace("{\"messages\"", "{\"functions\":[" + functions + "],\"messages\"", StringComparison.Ordinal);

        Assert.Equal(expected, string.Join(" | ", Lint.Lines(TrainingTarget.OpenAIChat, line).Where(static finding => finding.Level == LintLevel.Error).Select(static finding => finding.Message)));
    }
}
