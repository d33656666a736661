namespace AiGuardrails;

/// <summary>Something was to be spent that the budget does not allow. It was not spent: the exception comes before the call.</summary>
#pragma warning disable CA1032, RCS1194 // Without its amounts this exception would say nothing.
public sealed class CostBudgetExceededException : Exception
#pragma warning restore CA1032, RCS1194
{
    internal CostBudgetExceededException(decimal spent, decimal reserved, decimal limit, decimal requested, string? reason)
        : base(Describe(spent, reserved, limit, requested, reason))
    {
        Spent = spent;
        Reserved = reserved;
        Limit = limit;
        Requested = requested;
    }

    /// <summary>Gets what had been spent already, in US dollars.</summary>
    public decimal Spent { get; }

    /// <summary>Gets what was held for calls under way, in US dollars.</summary>
    public decimal Reserved { get; }

    /// <summary>Gets the most that may be spent, in US dollars.</summary>
    public decimal Limit { get; }

    /// <summary>Gets what was asked for and refused, in US dollars.</summary>
    public decimal Requested { get; }

    private static string Describe(decimal spent, decimal reserved, decimal limit, decimal requested, string? reason) =>
        $"The budget of {Money.Format(limit)}{(reason is null ? "" : $" ({reason})")} does not allow {Money.Format(requested)}: {Money.Format(spent)} {(reserved == 0 ? "is" : $"and {Money.Format(reserved)} for calls under way are")} spent already.";
}
