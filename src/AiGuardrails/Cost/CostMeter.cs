namespace AiGuardrails;

/// <summary>Counts what is spent against a <see cref="CostBudget"/>, and refuses what would go past it. For any number of threads.</summary>
/// <remarks>
/// <para>
/// <see cref="Reserve"/> before a call, <see cref="CostReservation.Complete"/> after it: what is spent and what is held for
/// calls under way never pass the limit together, however many calls run at a time. <see cref="Charge"/> is the short form
/// where the cost is known beforehand.
/// </para>
/// <para>A meter lives in the process and forgets with it. For a limit per day or per customer, make one for each.</para>
/// </remarks>
/// <example>
/// <code>
/// var meter = new CostMeter(new CostBudget(25m, "nightly evaluation"));
/// using var reservation = meter.Reserve(price.CostOf(inputTokens: 2_000, outputTokens: options.MaxOutputTokenCount.Value));
/// ChatCompletion reply = await client.CompleteChatAsync(messages, options, cancellationToken);
/// reservation.Complete(price.CostOf(reply.Usage.InputTokenCount, reply.Usage.OutputTokenCount));
/// </code>
/// </example>
public sealed class CostMeter
{
    private decimal _spent;
    private decimal _reserved;

    /// <summary>Initializes a new instance of the <see cref="CostMeter"/> class with nothing spent.</summary>
    /// <param name="budget">What may be spent.</param>
    /// <exception cref="ArgumentNullException"><paramref name="budget"/> is null.</exception>
    public CostMeter(CostBudget budget) => Budget = budget ?? throw new ArgumentNullException(nameof(budget));

    /// <summary>Gets what may be spent.</summary>
    public CostBudget Budget { get; }

    /// <summary>Gets what has been spent so far, in US dollars. More than the limit only where a call has cost more than was reserved for it.</summary>
    public decimal Spent
    {
        get
        {
            lock (Gate)
            {
                return _spent;
            }
        }
    }

    /// <summary>Gets what is held for calls under way, in US dollars.</summary>
    public decimal Reserved
    {
        get
        {
            lock (Gate)
            {
                return _reserved;
            }
        }
    }

    /// <summary>Gets what can still be reserved or charged, in US dollars; 0 where the limit is reached or passed.</summary>
    public decimal Remaining
    {
        get
        {
            lock (Gate)
            {
                return Free;
            }
        }
    }

    internal object Gate { get; } = new();

    // What is reserved never exceeds the limit; what is spent may, by what calls have cost beyond their reservations.
    private decimal Free => Math.Max(_spent, Budget.Limit - _reserved) - _spent;

    /// <summary>Holds an amount for a call to come.</summary>
    /// <param name="estimate">What the call may cost at the most, in US dollars: <see cref="TokenPrice.CostOf"/> of its input and its output cap.</param>
    /// <returns>The reservation, to be completed or disposed of.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="estimate"/> is negative.</exception>
    /// <exception cref="CostBudgetExceededException">The amount does not fit; nothing is held.</exception>
    public CostReservation Reserve(decimal estimate)
    {
        _ = Money.NotNegative(estimate, nameof(estimate));
        lock (Gate)
        {
            ThrowUnlessFree(estimate);
            _reserved += estimate;
        }

        return new CostReservation(this, estimate);
    }

    /// <summary>Charges an amount that is about to be spent. Call it before the call that spends it.</summary>
    /// <param name="amount">The amount, in US dollars.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is negative.</exception>
    /// <exception cref="CostBudgetExceededException">The amount does not fit; nothing is charged.</exception>
    public void Charge(decimal amount)
    {
        _ = Money.NotNegative(amount, nameof(amount));
        lock (Gate)
        {
            ThrowUnlessFree(amount);
            _spent += amount;
        }
    }

    /// <summary>Charges the tokens of a call that is about to be made. What a call has turned out to cost is for <see cref="Reserve"/> and <see cref="CostReservation.Complete"/>.</summary>
    /// <param name="inputTokens">The tokens sent to the model.</param>
    /// <param name="outputTokens">The tokens that the model produces.</param>
    /// <param name="price">The price of the model.</param>
    /// <exception cref="ArgumentNullException"><paramref name="price"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of tokens is negative.</exception>
    /// <exception cref="CostBudgetExceededException">The cost does not fit; nothing is charged.</exception>
    public void ChargeTokens(long inputTokens, long outputTokens, TokenPrice price) =>
        Charge((price ?? throw new ArgumentNullException(nameof(price))).CostOf(inputTokens, outputTokens));

    /// <summary>Gives the amounts in words.</summary>
    /// <returns>For example <c>$3.20 of $25</c>.</returns>
    public override string ToString() => $"{Money.Format(Spent)} of {Money.Format(Budget.Limit)}";

    // Called with the gate held.
    internal void Settle(decimal held, decimal actual)
    {
        _reserved -= held;
        _spent = Money.Add(_spent, actual);
    }

    private void ThrowUnlessFree(decimal amount)
    {
        if (amount > Free)
        {
            throw new CostBudgetExceededException(_spent, _reserved, Budget.Limit, amount, Budget.Reason);
        }
    }
}
