using System.Text;

namespace AiGuardrails.Core.Tests.Cost;

public sealed class TrainingCostTests
{
    private static readonly TokenEstimate s_hundredThousand = new(90_000, 100_000, 110_000);

    private static TrainingPrice Price(decimal usd, decimal? minimum = null) => new(usd, minimum, "a price list", "2026-05-07");

    // The two examples of OpenAI's guide.
    [Theory]
    [InlineData(8, "2.4")]
    [InlineData(3, "0.9")]
    public void Cost_is_tokens_times_epochs_times_price(int price, string expected)
    {
        var cost = TrainingCost.Estimate(Price(price), s_hundredThousand, TrainingEpochs.Exactly(3));
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), cost.ExpectedUsd);
        Assert.Equal(cost.ExpectedUsd * 0.9m, cost.LowUsd);
        Assert.Equal(cost.ExpectedUsd * 1.1m, cost.HighUsd);
        Assert.Equal("a price list", cost.Price.Source);
        Assert.Equal("2026-05-07", cost.Price.AsOf);
    }

    [Fact]
    public void Words_hold_the_range() =>
        Assert.Equal("$2.40 ($2.16 to $2.64)", TrainingCost.Estimate(Price(8), s_hundredThousand, TrainingEpochs.Exactly(3)).ToString());

    // The values of the notebook's rule.
    [Theory]
    [InlineData(1, 25)]
    [InlineData(5, 20)]
    [InlineData(10, 10)]
    [InlineData(12, 8)]
    [InlineData(20, 5)]
    [InlineData(33, 3)]
    [InlineData(34, 3)]
    [InlineData(8_333, 3)]
    [InlineData(8_334, 2)]
    [InlineData(12_500, 2)]
    [InlineData(12_501, 1)]
    [InlineData(1_000_000, 1)]
    public void Likely_epochs_are_those_of_the_notebook(int examples, int epochs) =>
        Assert.Equal(epochs, TrainingEpochs.ChosenByService(examples).Expected);

    [Fact]
    public void Epochs_that_the_service_chooses_are_a_range()
    {
        for (var examples = 0; examples < 20_000; examples++)
        {
            var epochs = TrainingEpochs.ChosenByService(examples);
            Assert.True(epochs.Low >= 1 && epochs.Low <= epochs.Expected && epochs.Expected <= epochs.High, epochs.ToString());
        }

        Assert.Equal("1 to 3 epochs", TrainingEpochs.ChosenByService(500).ToString());
        Assert.Equal("1 epoch", TrainingEpochs.ChosenByService(20_000).ToString());
        Assert.Equal("3 epochs", TrainingEpochs.Exactly(3).ToString());
    }

    [Fact]
    public void Epochs_of_a_job_that_leaves_them_open_follow_from_its_examples()
    {
        var tokens = new TrainingTokens("gpt-4o-mini");
        for (var i = 0; i < 10; i++)
        {
            tokens.AddLine(Encoding.UTF8.GetBytes("{\"text\":\"" + new string('x', 100) + " word word word\"}"));
        }

        var open = TrainingCost.Estimate(Price(3), tokens);
        Assert.Equal(10, open.Epochs.Expected);
        Assert.Equal(3, open.Epochs.Low);
        Assert.Equal(10 * TrainingCost.Estimate(Price(3), tokens, epochs: 1).ExpectedUsd, open.ExpectedUsd);
    }

    [Fact]
    public void Job_costs_the_minimum_at_the_least()
    {
        var cost = TrainingCost.Estimate(Price(0.48m, 4m), new TokenEstimate(900, 1_000, 1_100), TrainingEpochs.Exactly(1));
        Assert.Equal((4m, 4m, 4m), (cost.LowUsd, cost.ExpectedUsd, cost.HighUsd));
        Assert.Equal(0m, TrainingCost.Estimate(Price(0.48m, 4m), default, TrainingEpochs.Exactly(1)).ExpectedUsd);
    }

    // $500 ÷ $0.01 is the guide's own example.
    [Theory]
    [InlineData("500", "0.01", 50_000L)]
    [InlineData("500", "0.03", 16_667L)]
    [InlineData("0", "0", 0L)]
    [InlineData("1", "0", null)]
    [InlineData("1", "-0.01", null)]
    [InlineData("79228162514264337593543950335", "0.0000000000000000000000000001", long.MaxValue)]
    public void Break_even_is_cost_over_saving(string cost, string saving, long? expected) =>
        Assert.Equal(expected, TrainingCost.BreakEvenRequests(decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(saving, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Break_even_of_an_estimate_is_that_of_its_likely_cost() =>
        Assert.Equal(240, TrainingCost.Estimate(Price(8), s_hundredThousand, TrainingEpochs.Exactly(3)).BreakEvenRequests(0.01m));

    [Fact]
    public void Huge_numbers_stop_at_the_largest_amount()
    {
        var cost = TrainingCost.Estimate(Price(decimal.MaxValue), new TokenEstimate(long.MaxValue, long.MaxValue, long.MaxValue), TrainingEpochs.Exactly(int.MaxValue));
        Assert.Equal(decimal.MaxValue, cost.ExpectedUsd);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => Price(-1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Price(1, -1));
        Assert.Throws<ArgumentNullException>(static () => new TrainingPrice(1, null, null!, "2026-05-07"));
        Assert.Throws<ArgumentNullException>(static () => new TrainingPrice(1, null, "s", null!));
        Assert.Throws<ArgumentOutOfRangeException>(static () => TrainingEpochs.Exactly(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => TrainingEpochs.ChosenByService(-1));
        Assert.Throws<ArgumentNullException>(static () => TrainingCost.Estimate(null!, s_hundredThousand, TrainingEpochs.Exactly(1)));
        Assert.Throws<ArgumentNullException>(static () => TrainingCost.Estimate(Price(1), null!));
        Assert.Throws<ArgumentOutOfRangeException>(static () => TrainingCost.Estimate(Price(1), s_hundredThousand, default(TrainingEpochs)));
        Assert.Throws<ArgumentOutOfRangeException>(static () => TrainingCost.BreakEvenRequests(-1, 1));
    }
}
