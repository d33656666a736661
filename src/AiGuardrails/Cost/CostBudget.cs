namespace AiGuardrails;

/// <summary>What may be spent, in US dollars. It never changes and may be shared; a <see cref="CostMeter"/> counts against it.</summary>
public sealed class CostBudget
{
    /// <summary>Initializes a new instance of the <see cref="CostBudget"/> class.</summary>
    /// <param name="limit">The most that may be spent, in US dollars. With 0, only what costs nothing is let through.</param>
    /// <param name="reason">Why this amount, for the reader of a log; null where there is nothing to say.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    public CostBudget(decimal limit, string? reason = null)
    {
        Limit = Money.NotNegative(limit, nameof(limit));
        Reason = reason;
    }

    /// <summary>Gets the most that may be spent, in US dollars.</summary>
    public decimal Limit { get; }

    /// <summary>Gets why this amount; null where nothing was said.</summary>
    public string? Reason { get; }

    /// <summary>Makes a budget of what an attribute states, so that code can enforce at run time what it declares.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <returns>The budget.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="attribute"/> is null.</exception>
    /// <exception cref="ArgumentException">The amount is negative or no number.</exception>
    public static CostBudget From(CostBudgetAttribute attribute)
    {
        if (attribute is null)
        {
            throw new ArgumentNullException(nameof(attribute));
        }

        return Money.FromDouble(attribute.MaxUsd) is { } limit and >= 0
            ? new CostBudget(limit, attribute.Reason)
            : throw new ArgumentException("MaxUsd must be a number that is not negative.", nameof(attribute));
    }

    /// <summary>Gives the limit and the reason.</summary>
    /// <returns>For example <c>$25 (agreed for the pilot)</c>.</returns>
    public override string ToString() => Reason is null ? Money.Format(Limit) : $"{Money.Format(Limit)} ({Reason})";
}
