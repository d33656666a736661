namespace AiGuardrails;

/// <summary>What a provider asks for using a model, by tokens.</summary>
public sealed class TokenPrice
{
    /// <summary>Initializes a new instance of the <see cref="TokenPrice"/> class.</summary>
    /// <param name="inputUsdPerMillionTokens">The price of a million tokens sent to the model, in US dollars.</param>
    /// <param name="outputUsdPerMillionTokens">The price of a million tokens that the model produces, in US dollars.</param>
    /// <exception cref="ArgumentOutOfRangeException">A price is negative.</exception>
    public TokenPrice(decimal inputUsdPerMillionTokens, decimal outputUsdPerMillionTokens)
    {
        InputUsdPerMillionTokens = Money.NotNegative(inputUsdPerMillionTokens, nameof(inputUsdPerMillionTokens));
        OutputUsdPerMillionTokens = Money.NotNegative(outputUsdPerMillionTokens, nameof(outputUsdPerMillionTokens));
    }

    /// <summary>Gets the price of a million tokens sent to the model, in US dollars.</summary>
    public decimal InputUsdPerMillionTokens { get; }

    /// <summary>Gets the price of a million tokens that the model produces, in US dollars.</summary>
    public decimal OutputUsdPerMillionTokens { get; }

    /// <summary>Says what a call costs.</summary>
    /// <param name="inputTokens">The tokens sent to the model. For a call to come, an estimate; see <see cref="TokenEstimator"/>.</param>
    /// <param name="outputTokens">The tokens that the model produces. For a call to come, its output cap.</param>
    /// <returns>The cost, in US dollars; the largest decimal where it would be larger.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of tokens is negative.</exception>
    public decimal CostOf(long inputTokens, long outputTokens) => Money.Add(
        Money.Multiply(Tokens(inputTokens, nameof(inputTokens)), InputUsdPerMillionTokens),
        Money.Multiply(Tokens(outputTokens, nameof(outputTokens)), OutputUsdPerMillionTokens));

    private static decimal Tokens(long count, string parameter) =>
        count >= 0 ? count / 1_000_000m : throw new ArgumentOutOfRangeException(parameter, count, "A number of tokens is not negative.");
}
