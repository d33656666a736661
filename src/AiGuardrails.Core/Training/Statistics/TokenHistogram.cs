namespace AiGuardrails.Core.Training.Statistics;

/// <summary>One bar of a histogram: examples with at least <paramref name="From"/> and fewer than <paramref name="To"/> tokens.</summary>
/// <param name="From">The smallest number of tokens.</param>
/// <param name="To">The number of tokens from which the next bar counts; null where the bar is open.</param>
/// <param name="Count">The number of examples.</param>
internal readonly record struct HistogramBar(long From, long? To, long Count);

/// <summary>
/// How many examples have how many tokens, in memory that does not grow with their number: numbers below 128 are kept as they are,
/// larger ones to one part in 64.
/// </summary>
internal sealed class TokenHistogram
{
    private const int ExactBelow = 128;
    private const int StepsOfOctave = 64;
    private const int FirstOctave = 7; // 128 is 2 to the power of 7
    private const long Largest = 1L << 48;

    // The bars end where nearly all examples do; else one long example would press all others into one bar.
    private const double ShareInBars = 0.995;

    private long[] _counts = new long[ExactBelow];

    /// <summary>Gets the number of examples.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the tokens of the shortest example; 0 where there is none.</summary>
    public long Minimum { get; private set; }

    /// <summary>Gets the tokens of the longest example; 0 where there is none.</summary>
    public long Maximum { get; private set; }

    /// <summary>Gets the tokens of all examples.</summary>
    public long Total { get; private set; }

    /// <summary>Gets the tokens of an average example; 0 where there is none.</summary>
    public long Mean => Count == 0 ? 0 : Total / Count;

    /// <summary>Adds an example.</summary>
    public void Add(long tokens)
    {
        tokens = Math.Min(Math.Max(tokens, 0), Largest);
        var place = PlaceOf(tokens);
        if (place >= _counts.Length)
        {
            Array.Resize(ref _counts, (((place - ExactBelow) / StepsOfOctave) + 1) * StepsOfOctave + ExactBelow);
        }

        _counts[place]++;
        Minimum = Count == 0 ? tokens : Math.Min(Minimum, tokens);
        Maximum = Math.Max(Maximum, tokens);
        Total += tokens;
        Count++;
    }

    /// <summary>Gives the number of tokens that a share of the examples does not exceed, to one part in 128; 0 where there is no example.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    public long Quantile(double share)
    {
        if (Count == 0)
        {
            return 0;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var place = 0; place < _counts.Length; place++)
        {
            seen += _counts[place];
            if (seen >= rank)
            {
                return Math.Min(Math.Max(StartOf(place) + (WidthOf(place) / 2), Minimum), Maximum);
            }
        }

        return Maximum;
    }

    /// <summary>
    /// Gives bars of equal width, a power of two, so that each counts exactly; the last one is open where a few examples are far longer
    /// than the rest.
    /// </summary>
    /// <param name="most">The largest number of bars.</param>
    public IReadOnlyList<HistogramBar> Bars(int most)
    {
        if (Count == 0)
        {
            return [];
        }

        var end = Quantile(ShareInBars);
        var isOpen = Maximum > 2 * end;
        end = isOpen ? end : Maximum;

        var width = WidthOf(PlaceOf(end));
        var start = Minimum / width * width;
        while ((end - start) / width >= (isOpen ? most - 1 : most))
        {
            width *= 2;
            start = Minimum / width * width;
        }

        var bars = new long[((end - start) / width) + 1];
        var beyond = 0L;
        for (var place = 0; place < _counts.Length; place++)
        {
            if (_counts[place] > 0)
            {
                var bar = (StartOf(place) - start) / width;
                if (bar < bars.Length)
                {
                    bars[bar] += _counts[place];
                }
                else
                {
                    beyond += _counts[place];
                }
            }
        }

        var result = bars.Select((count, index) => new HistogramBar(start + (index * width), start + ((index + 1) * width), count)).ToList();
        if (beyond > 0)
        {
            result.Add(new HistogramBar(start + (bars.Length * width), null, beyond));
        }

        return result;
    }

    private static int PlaceOf(long tokens)
    {
        if (tokens < ExactBelow)
        {
            return (int)tokens;
        }

        var octave = FirstOctave;
        while (tokens >> (octave + 1) > 0)
        {
            octave++;
        }

        return ExactBelow + ((octave - FirstOctave) * StepsOfOctave) + (int)(tokens >> (octave - FirstOctave + 1)) - StepsOfOctave;
    }

    private static long StartOf(int place) => place < ExactBelow
        ? place
        : (((place - ExactBelow) % StepsOfOctave) + (long)StepsOfOctave) << (((place - ExactBelow) / StepsOfOctave) + 1);

    private static long WidthOf(int place) => place < ExactBelow ? 1 : 1L << (((place - ExactBelow) / StepsOfOctave) + 1);
}
