namespace AiGuardrails.Core.Models;

/// <summary>A day without a time: what dates of models and prices are, on every platform and in no culture.</summary>
internal readonly record struct CalendarDate : IComparable<CalendarDate>
{
    private readonly DateTime _day;

    private CalendarDate(DateTime day) => _day = day;

    /// <summary>Reads <c>yyyy-MM-dd</c>, or returns null where the text is no such day.</summary>
    public static CalendarDate? TryParse(string? text) =>
        text is { Length: 10 } && text[4] == '-' && text[7] == '-'
        && Number(text, 0, 4) is >= 1 and <= 9999 and var year
        && Number(text, 5, 2) is >= 1 and <= 12 and var month
        && Number(text, 8, 2) is >= 1 and var day && day <= DateTime.DaysInMonth(year, month)
            ? new CalendarDate(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified))
            : null;

    public static bool operator <(CalendarDate left, CalendarDate right) => left._day < right._day;

    public static bool operator >(CalendarDate left, CalendarDate right) => left._day > right._day;

    public static bool operator <=(CalendarDate left, CalendarDate right) => left._day <= right._day;

    public static bool operator >=(CalendarDate left, CalendarDate right) => left._day >= right._day;

    /// <summary>How many days the other date comes after this one; negative where it comes before.</summary>
    public int DaysUntil(CalendarDate other) => (other._day - _day).Days;

    /// <summary>The day that comes so many days later; the last day there is, where that is beyond it.</summary>
    public CalendarDate AddDays(int days) => new((DateTime.MaxValue - _day).Days < days ? DateTime.MaxValue.Date : _day.AddDays(days));

    /// <inheritdoc/>
    public int CompareTo(CalendarDate other) => _day.CompareTo(other._day);

    /// <summary>The day as <c>yyyy-MM-dd</c>.</summary>
    public override string ToString() => _day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static int Number(string text, int start, int length)
    {
        var number = 0;
        for (var i = start; i < start + length; i++)
        {
            if (text[i] is not (>= '0' and <= '9'))
            {
                return -1;
            }

            number = (number * 10) + (text[i] - '0');
        }

        return number;
    }
}
