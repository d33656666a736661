using AiGuardrails.Core.Training;

namespace AiGuardrails.Core.Tests.Training;

public sealed class HyperparameterRangesTests
{
    [Fact]
    public void Every_range_has_room_and_a_dated_source() =>
        Assert.All(HyperparameterRanges.All, static range =>
        {
            Assert.True(range.Minimum < range.Maximum);
            Assert.True(range.Contains(range.Maximum));
            Assert.Equal(range.MinimumIsTaken, range.Contains(range.Minimum));
            Assert.False(range.Contains(range.Minimum - 1));
            Assert.False(range.Contains(range.Maximum + 1));
            Assert.Matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}$", range.Source);
        });

    [Fact]
    public void A_provider_has_one_range_for_a_hyperparameter() =>
        Assert.Equal(HyperparameterRanges.All.Count, HyperparameterRanges.All.Select(static range => (range.Provider, range.Hyperparameter)).Distinct().Count());

    [Fact]
    public void What_is_not_published_has_no_range()
    {
        Assert.Null(HyperparameterRanges.Of(TrainingProvider.OpenAI, Hyperparameter.LearningRateMultiplier));
        Assert.Null(HyperparameterRanges.Of(TrainingProvider.Together, Hyperparameter.BatchSize));
        Assert.Equal(50, HyperparameterRanges.Of(TrainingProvider.OpenAI, Hyperparameter.Epochs)!.Maximum);
    }
}
