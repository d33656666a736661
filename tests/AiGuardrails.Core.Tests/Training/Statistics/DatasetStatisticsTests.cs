using System.Text;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Statistics;

namespace AiGuardrails.Core.Tests.Training.Statistics;

/// <summary>What the linter counts in passing.</summary>
public sealed class DatasetStatisticsTests
{
    [Fact]
    public void Duplicates_and_conflicts_are_grouped_by_their_first_line()
    {
        var statistics = Of(Chat("a", "1"), Chat("a", "1"), Chat("b", "1"), Chat("a", "2"), Chat("a", "1"), Chat("b", "1"));

        Assert.Equal([(1, 2), (3, 1)], statistics.Duplicates.Largest(10).Select(static cluster => (cluster.FirstLine, cluster.Count)));
        Assert.Equal([2, 5], statistics.Duplicates.Largest(1)[0].Lines);
        Assert.Equal([(1, 1)], statistics.Conflicts.Largest(10).Select(static cluster => (cluster.FirstLine, cluster.Count)));
        Assert.Equal((3, 1), (statistics.Duplicates.Records, statistics.Conflicts.Records));
    }

    [Fact]
    public void Near_duplicates_are_grouped_by_their_first_line()
    {
        var question = string.Join(' ', Enumerable.Range(0, 90).Select(static i => $"word{i}"));
        var statistics = new DatasetStatistics();
        Check(TrainingTarget.OpenAIChat, string.Join('\n', Chat(question, "yes"), Chat("another question", "no"), Chat(question + " today", "yes")), new LintOptions { NearDuplicates = true, Statistics = statistics });

        var near = Assert.Single(statistics.NearDuplicates.Largest(10));
        Assert.Equal((1, 1), (near.FirstLine, near.Count));
        Assert.Equal([3], near.Lines);
        Assert.Empty(statistics.Duplicates.Largest(10));
    }

    [Fact]
    public void Messages_are_counted_by_role_and_records_by_length()
    {
        var statistics = Of(
            """{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"},{"role":"assistant","content":"Hi"},{"role":"user","content":"Bye"},{"role":"assistant","content":"Bye"}]}""",
            Chat("Where is my parcel?", "On its way."));

        Assert.Equal(
            [(TrainingPart.System, 1), (TrainingPart.User, 3), (TrainingPart.Assistant, 3)],
            statistics.Parts.Select(static part => (part.Part, part.Texts)));
        Assert.All(statistics.Parts, static part => Assert.True(part.Tokens > 0));
        Assert.Equal(2, statistics.Tokens.Count);

        // What a message costs besides its text is counted with the record.
        Assert.True(statistics.Tokens.Total > statistics.Parts.Sum(static part => part.Tokens));
    }

    [Fact]
    public void Sides_of_a_pair_are_parts()
    {
        var statistics = new DatasetStatistics();
        Check(
            TrainingTarget.OpenAIDpo,
            """{"input":{"messages":[{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"good"}],"non_preferred_output":[{"role":"assistant","content":"bad"}]}""",
            new LintOptions { Statistics = statistics });

        Assert.Equal([TrainingPart.User, TrainingPart.Assistant, TrainingPart.Rejected], statistics.Parts.Select(static part => part.Part));
    }

    [Fact]
    public void Labels_are_listed_where_the_answers_are_labels()
    {
        var labelled = Of([.. Enumerable.Range(0, 12).Select(static i => Chat($"question {i}", i % 4 == 0 ? "refund" : "delivery"))]);
        var tied = Of([.. Enumerable.Range(0, 12).Select(static i => Chat($"question {i}", i % 2 == 0 ? "refund" : "delivery"))]);
        var open = Of([.. Enumerable.Range(0, 12).Select(static i => Chat($"question {i}", $"answer {i}"))]);

        Assert.Equal([new("'delivery'", 9), new("'refund'", 3)], labelled.Labels);
        Assert.Equal([new("'delivery'", 6), new("'refund'", 6)], tied.Labels);
        Assert.Empty(open.Labels);
    }

    [Fact]
    public void Leaks_are_counted_by_the_line_of_the_training_file()
    {
        var training = new TrainingLinter(TrainingTarget.OpenAIChat, new LintOptions(), static _ => { });
        training.Write(Encoding.UTF8.GetBytes(Chat("a", "1") + "\n" + Chat("b", "2") + "\n"));
        _ = training.Complete();

        var statistics = new DatasetStatistics();
        Check(TrainingTarget.OpenAIChat, Chat("b", "other") + "\n" + Chat("c", "3") + "\n" + Chat("b", "2"), new LintOptions { IsValidation = true, TrainingRecords = training.Records, Statistics = statistics });

        var leak = Assert.Single(statistics.Leaks.Largest(10));
        Assert.Equal((2, 2), (leak.FirstLine, leak.Count));
        Assert.Equal([1, 3], leak.Lines);
    }

    [Fact]
    public void Groups_are_bounded()
    {
        var clusters = new RecordClusters();
        for (var line = 1; line <= 30_000; line++)
        {
            clusters.Add(line, line + 1);
        }

        for (var line = 0; line < 1000; line++)
        {
            clusters.Add(7, line);
        }

        Assert.Equal((31_000, 10_000, false), (clusters.Records, clusters.Count, clusters.IsComplete));
        var largest = Assert.Single(clusters.Largest(1));
        Assert.Equal((7, 1001, 8), (largest.FirstLine, largest.Count, largest.Lines.Count));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    public void What_is_no_record_counts_nothing_but_its_length(string line)
    {
        var statistics = Of(line);

        Assert.Empty(statistics.Parts);
        Assert.Equal((0, 0), (statistics.Duplicates.Records, statistics.Conflicts.Records));
    }

    private static DatasetStatistics Of(params string[] lines)
    {
        var statistics = new DatasetStatistics();
        Check(TrainingTarget.OpenAIChat, string.Join('\n', lines), new LintOptions { Statistics = statistics });
        return statistics;
    }

    private static void Check(TrainingTarget target, string text, LintOptions options) =>
        _ = TrainingLinter.Check(target, Encoding.UTF8.GetBytes(text), options, static _ => { });

    private static string Chat(string question, string answer) =>
        $$"""{"messages":[{"role":"user","content":"{{question}}"},{"role":"assistant","content":"{{answer}}"}]}""";
}
