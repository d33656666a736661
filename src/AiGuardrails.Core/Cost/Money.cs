using System.Globalization;

namespace AiGuardrails;

/// <summary>Amounts of US dollars: a decimal, never a double.</summary>
internal static class Money
{
    public static decimal NotNegative(decimal amount, string parameter) =>
        amount >= 0 ? amount : throw new ArgumentOutOfRangeException(parameter, amount, "An amount of money is not negative.");

    /// <summary>
    /// The amount that an attribute states, since attributes know no decimal. Null for NaN; the largest or smallest
    /// amount there is for one that a decimal cannot hold.
    /// </summary>
    public static decimal? FromDouble(double amount)
    {
        // The largest decimal as a double is one step too large to be turned back.
        const double Largest = 7.9e28;
        return double.IsNaN(amount) ? null
            : amount >= Largest ? decimal.MaxValue
            : amount <= -Largest ? decimal.MinValue
            : (decimal)amount;
    }

    /// <summary>The sum, or the largest amount there is.</summary>
    public static decimal Add(decimal left, decimal right) => left > decimal.MaxValue - right ? decimal.MaxValue : left + right;

    /// <summary>The product of two amounts that are not negative, or the largest amount there is.</summary>
    public static decimal Multiply(decimal left, decimal right) =>
        right != 0 && left > decimal.MaxValue / Math.Max(right, 1) ? decimal.MaxValue : left * right;

    /// <summary><c>$1,200</c>, <c>$2.40</c>; fractions of a cent where there is nothing else: <c>$0.0021</c>.</summary>
    public static string Format(decimal amount)
    {
        var places = amount == decimal.Truncate(amount) ? "N0" : Math.Abs(amount) >= 0.1m ? "N2" : "0.#######";
        return "$" + amount.ToString(places, CultureInfo.InvariantCulture);
    }
}
