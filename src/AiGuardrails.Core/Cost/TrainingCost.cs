namespace AiGuardrails;

/// <summary>What a training job is likely to cost: tokens × epochs × price.</summary>
/// <remarks>
/// Only the training tokens are charged, not those of a validation file. Hosting and use of the trained model come on
/// top. OpenAI cuts an example at the limit of the model and charges what is left of it; <see cref="TrainingTokens"/>
/// counts it that way where it is told the limit.
/// </remarks>
public sealed class TrainingCost
{
    private const decimal Million = 1_000_000m;

    private TrainingCost(TrainingPrice price, TokenEstimate tokens, TrainingEpochs epochs)
    {
        Price = price;
        Tokens = tokens;
        Epochs = epochs;
        LowUsd = Cost(tokens.Low, epochs.Low);
        ExpectedUsd = Cost(tokens.Expected, epochs.Expected);
        HighUsd = Cost(tokens.High, epochs.High);

        decimal Cost(long count, int times)
        {
            var cost = Money.Multiply(count * (decimal)times / Million, price.UsdPerMillionTokens);
            return count > 0 && price.MinimumUsd is { } minimum ? Math.Max(cost, minimum) : cost;
        }
    }

    /// <summary>Gets the lower end of the estimate, in US dollars.</summary>
    public decimal LowUsd { get; }

    /// <summary>Gets the likely cost, in US dollars.</summary>
    public decimal ExpectedUsd { get; }

    /// <summary>Gets the upper end of the estimate, in US dollars.</summary>
    public decimal HighUsd { get; }

    /// <summary>Gets the price, with its source and date.</summary>
    public TrainingPrice Price { get; }

    /// <summary>Gets the tokens of the training file, each counted once.</summary>
    public TokenEstimate Tokens { get; }

    /// <summary>Gets how often the job goes through them.</summary>
    public TrainingEpochs Epochs { get; }

    /// <summary>Estimates the cost of one job.</summary>
    /// <param name="price">The price of training the base model.</param>
    /// <param name="tokens">The tokens of the training file, each counted once.</param>
    /// <param name="epochs">How often the job goes through them: <see cref="TrainingEpochs.Exactly"/> or <see cref="TrainingEpochs.ChosenByService"/>.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="price"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is the default value, which is no number of epochs.</exception>
    public static TrainingCost Estimate(TrainingPrice price, TokenEstimate tokens, TrainingEpochs epochs) => new(
        price ?? throw new ArgumentNullException(nameof(price)),
        tokens,
        epochs.Low >= 1 ? epochs : throw new ArgumentOutOfRangeException(nameof(epochs), epochs, "A job has at least one epoch."));

    /// <summary>Estimates the cost of one job.</summary>
    /// <param name="price">The price of training the base model.</param>
    /// <param name="tokens">The tokens of the training file, counted line by line.</param>
    /// <param name="epochs">How often the job goes through them; null where the service chooses.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="price"/> or <paramref name="tokens"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is less than 1.</exception>
    public static TrainingCost Estimate(TrainingPrice price, TrainingTokens tokens, int? epochs = null) => Estimate(
        price,
        (tokens ?? throw new ArgumentNullException(nameof(tokens))).Total,
        epochs is { } number ? TrainingEpochs.Exactly(number) : TrainingEpochs.ChosenByService(tokens.Examples));

    /// <summary>Says after how many requests a cost has paid back.</summary>
    /// <param name="costUsd">The cost, in US dollars.</param>
    /// <param name="savingPerRequestUsd">What one request saves, in US dollars.</param>
    /// <returns>The number of requests, rounded up; null where a request saves nothing, so that no number is enough.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="costUsd"/> is negative.</exception>
    public static long? BreakEvenRequests(decimal costUsd, decimal savingPerRequestUsd)
    {
        _ = Money.NotNegative(costUsd, nameof(costUsd));
        if (costUsd == 0)
        {
            return 0;
        }

        if (savingPerRequestUsd <= 0)
        {
            return null;
        }

        // Asked before dividing: the quotient may be more than a decimal holds.
        return Money.Multiply(savingPerRequestUsd, long.MaxValue) <= costUsd ? long.MaxValue : (long)decimal.Ceiling(costUsd / savingPerRequestUsd);
    }

    /// <summary>Says after how many requests the likely cost has paid back.</summary>
    /// <param name="savingPerRequestUsd">What one request saves, in US dollars.</param>
    /// <returns>The number of requests, rounded up; null where a request saves nothing, so that no number is enough.</returns>
    public long? BreakEvenRequests(decimal savingPerRequestUsd) => BreakEvenRequests(ExpectedUsd, savingPerRequestUsd);

    /// <summary>Gives the estimate in words: <c>$2.40 ($2.16 to $2.64)</c>; <c>$2.40</c> where nothing about it is open.</summary>
    /// <returns>The words.</returns>
    public override string ToString() => LowUsd == HighUsd ? Money.Format(ExpectedUsd) : $"{Money.Format(ExpectedUsd)} ({Money.Format(LowUsd)} to {Money.Format(HighUsd)})";
}
