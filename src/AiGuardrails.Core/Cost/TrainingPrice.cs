namespace AiGuardrails;

/// <summary>What a provider asks for training a model, and where that is from.</summary>
public sealed class TrainingPrice
{
    /// <summary>Initializes a new instance of the <see cref="TrainingPrice"/> class.</summary>
    /// <param name="usdPerMillionTokens">The price of a million tokens, each counted once for every epoch, in US dollars.</param>
    /// <param name="minimumUsd">The least that a job costs, in US dollars; null where there is no such amount.</param>
    /// <param name="source">Where the price is from.</param>
    /// <param name="asOf">The day on which it was read there, as <c>yyyy-MM-dd</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> or <paramref name="asOf"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public TrainingPrice(decimal usdPerMillionTokens, decimal? minimumUsd, string source, string asOf)
    {
        UsdPerMillionTokens = Money.NotNegative(usdPerMillionTokens, nameof(usdPerMillionTokens));
        MinimumUsd = minimumUsd is { } minimum ? Money.NotNegative(minimum, nameof(minimumUsd)) : null;
        Source = source ?? throw new ArgumentNullException(nameof(source));
        AsOf = asOf ?? throw new ArgumentNullException(nameof(asOf));
    }

    /// <summary>Gets the price of a million tokens, each counted once for every epoch, in US dollars.</summary>
    public decimal UsdPerMillionTokens { get; }

    /// <summary>Gets the least that a job costs, in US dollars; null where there is no such amount.</summary>
    public decimal? MinimumUsd { get; }

    /// <summary>Gets where the price is from.</summary>
    public string Source { get; }

    /// <summary>Gets the day on which the price was read at its source, as <c>yyyy-MM-dd</c>.</summary>
    public string AsOf { get; }
}
