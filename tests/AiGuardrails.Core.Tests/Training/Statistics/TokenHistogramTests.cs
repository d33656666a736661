using AiGuardrails.Core.Training.Statistics;

namespace AiGuardrails.Core.Tests.Training.Statistics;

public sealed class TokenHistogramTests
{
    [Fact]
    public void Nothing_has_no_bars_and_no_quantiles()
    {
        var histogram = new TokenHistogram();

        Assert.Empty(histogram.Bars(24));
        Assert.Equal((0, 0, 0, 0), (histogram.Count, histogram.Mean, histogram.Quantile(0.5), histogram.Maximum));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(65_536)]
    [InlineData(1_000_003)]
    [InlineData(long.MaxValue)]
    public void One_example_is_one_bar_around_it(long tokens)
    {
        var histogram = new TokenHistogram();
        histogram.Add(tokens);

        var bar = Assert.Single(histogram.Bars(24));
        var kept = Math.Min(tokens, 1L << 48);

        Assert.Equal(1, bar.Count);
        Assert.InRange(kept, bar.From, bar.To!.Value - 1);
        Assert.Equal((kept, kept, kept), (histogram.Minimum, histogram.Quantile(0.5), histogram.Maximum));
    }

    [Fact]
    public void Every_number_lands_in_the_bar_that_says_so()
    {
        // A plain count beside it, over numbers of every size.
        var histogram = new TokenHistogram();
        var numbers = Enumerable.Range(0, 5000).Select(static i => i * i % 7919L).ToList();
        numbers.ForEach(histogram.Add);

        var bars = histogram.Bars(24);

        Assert.InRange(bars.Count, 12, 24);
        Assert.All(bars, bar => Assert.Equal(numbers.Count(number => number >= bar.From && number < bar.To), bar.Count));
        Assert.Equal(numbers.Count, bars.Sum(static bar => bar.Count));
        Assert.Equal(numbers.Sum(), histogram.Total);
    }

    [Fact]
    public void Few_long_examples_leave_the_others_their_bars()
    {
        var histogram = new TokenHistogram();
        for (var i = 0; i < 1000; i++)
        {
            histogram.Add(100 + (i % 50));
        }

        histogram.Add(60_000);

        var bars = histogram.Bars(24);

        Assert.True(bars.Count > 10);
        Assert.Equal((null, 1), (bars[^1].To, bars[^1].Count));
        Assert.Equal(1001, bars.Sum(static bar => bar.Count));
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.5, 500)]
    [InlineData(0.95, 950)]
    [InlineData(1.0, 1000)]
    public void Quantiles_are_near(double share, long expected)
    {
        var histogram = new TokenHistogram();
        for (var i = 1000; i >= 1; i--)
        {
            histogram.Add(i);
        }

        Assert.InRange(histogram.Quantile(share), expected * 0.99, expected * 1.01);
    }

    [Fact]
    public void Order_changes_nothing()
    {
        var numbers = Enumerable.Range(0, 2000).Select(static i => (i * 37L) % 4001).ToList();
        var up = new TokenHistogram();
        var down = new TokenHistogram();
        numbers.ForEach(up.Add);
        numbers.AsEnumerable().Reverse().ToList().ForEach(down.Add);

        Assert.Equal(up.Bars(20), down.Bars(20));
        Assert.Equal(up.Quantile(0.9), down.Quantile(0.9));
    }
}
