using System.Globalization;

namespace AiGuardrails.Tool.Reports.Charts;

/// <summary>A mark on an axis: where it stands, from 0 to 1, and what it says.</summary>
internal readonly record struct Tick(double At, string Label);

/// <summary>Values on a line from 0 to 1, and round numbers along it.</summary>
internal sealed class Axis
{
    private readonly double _from;
    private readonly double _to;
    private readonly bool _isLogarithmic;

    private Axis(double from, double to, bool isLogarithmic, IReadOnlyList<Tick> ticks)
    {
        _from = from;
        _to = to;
        _isLogarithmic = isLogarithmic;
        Ticks = ticks;
    }

    public IReadOnlyList<Tick> Ticks { get; }

    /// <summary>An axis with equal steps, widened to round numbers where it is told to.</summary>
    public static Axis Linear(double from, double to, int ticks, Func<double, string> label, bool isRound = true, double leastStep = 0)
    {
        var step = Math.Max(leastStep, NiceStep(Math.Max(to - from, 1e-9) / Math.Max(1, ticks)));
        var first = Math.Floor(from / step) * step;
        var last = Math.Ceiling(to / step) * step;
        var (start, end) = isRound ? (first, Math.Max(last, first + step)) : (from, Math.Max(to, from + 1e-9));

        var marks = new List<Tick>();
        for (var i = 0; i <= (int)Math.Round((last - first) / step); i++)
        {
            var value = first + (i * step);
            if (value >= start - (step / 1000) && value <= end + (step / 1000))
            {
                marks.Add(new Tick((value - start) / (end - start), label(Math.Round(value, 9))));
            }
        }

        return new Axis(start, end, isLogarithmic: false, marks);
    }

    /// <summary>An axis whose steps are factors of ten.</summary>
    public static Axis Logarithmic(double from, double to, int mostTicks, Func<double, string> label)
    {
        var first = (int)Math.Floor(Math.Log10(from) + 1e-9);
        var last = Math.Max(first + 1, (int)Math.Ceiling(Math.Log10(to) - 1e-9));
        var every = 1 + ((last - first) / mostTicks);
        var marks = new List<Tick>();
        for (var power = first; power <= last; power += every)
        {
            marks.Add(new Tick((double)(power - first) / (last - first), label(Math.Pow(10, power))));
        }

        return new Axis(first, last, isLogarithmic: true, marks);
    }

    /// <summary>Where a value stands; outside of 0 to 1 where it is beyond the ends.</summary>
    public double At(double value) => ((_isLogarithmic ? Math.Log10(value) : value) - _from) / (_to - _from);

    /// <summary>Short numbers for ticks: <c>950</c>, <c>1.5 k</c>, <c>20 M</c>.</summary>
    public static string Short(double value)
    {
        var (divisor, unit) = Math.Abs(value) switch
        {
            >= 1e9 => (1e9, " bn"),
            >= 1e6 => (1e6, " M"),
            >= 1e4 => (1e3, " k"),
            _ => (1, ""),
        };

        return (value / divisor).ToString(divisor == 1 ? "#,0.####" : "0.#", CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>Amounts for ticks: <c>$0.001</c>, <c>$25</c>, <c>−$5</c>.</summary>
    public static string Dollars(double value)
    {
        var amount = Math.Abs(value);
        return (value < 0 ? "−$" : "$") + (amount == Math.Floor(amount) ? Short(amount) : amount.ToString("#,0.00##", CultureInfo.InvariantCulture));
    }

    // 1, 2 or 5 with any number of noughts.
    private static double NiceStep(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        var factor = step / power;
        return power * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10);
    }
}
