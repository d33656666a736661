namespace AiGuardrails;

/// <summary>
/// An amount that a <see cref="CostMeter"/> holds for a call under way: <see cref="Complete"/> it with what the call has
/// cost, or dispose of it, which gives the amount back.
/// </summary>
/// <remarks>
/// Complete it in a <c>catch</c> or <c>finally</c> too where the service may have charged for a call that failed, such as
/// one that timed out: a reservation that is only disposed of counts as nothing spent.
/// </remarks>
public sealed class CostReservation : IDisposable
{
    private readonly CostMeter _meter;
    private State _state;

    internal CostReservation(CostMeter meter, decimal amount)
    {
        _meter = meter;
        Amount = amount;
    }

    private enum State
    {
        Held,
        Completed,
        Released,
    }

    /// <summary>Gets the amount that is held, or was, in US dollars.</summary>
    public decimal Amount { get; }

    /// <summary>
    /// Replaces the amount held by what was spent. It may be more than was held, and even more than the budget allows: it
    /// has been spent, so it is counted, and the meter lets nothing more through that costs anything.
    /// </summary>
    /// <param name="actual">What the call has cost, in US dollars.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="actual"/> is negative. The amount stays held.</exception>
    /// <exception cref="InvalidOperationException">The reservation is completed already.</exception>
    /// <exception cref="ObjectDisposedException">The reservation is disposed of.</exception>
    public void Complete(decimal actual)
    {
        _ = Money.NotNegative(actual, nameof(actual));
        lock (_meter.Gate)
        {
            switch (_state)
            {
                case State.Completed:
                    throw new InvalidOperationException("The reservation is completed already; one call is charged once.");
                case State.Released:
                    throw new ObjectDisposedException(nameof(CostReservation), "The reservation is disposed of, and its amount given back.");
            }

            _meter.Settle(Amount, actual);
            _state = State.Completed;
        }
    }

    /// <summary>Gives the amount back where it was not completed. Any further call does nothing.</summary>
    public void Dispose()
    {
        lock (_meter.Gate)
        {
            if (_state == State.Held)
            {
                _meter.Settle(Amount, actual: 0);
                _state = State.Released;
            }
        }
    }
}
