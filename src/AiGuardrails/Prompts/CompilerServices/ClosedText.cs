using System.Globalization;

namespace AiGuardrails.CompilerServices;

/// <summary>Closed values as text, the same in every culture.</summary>
internal static class ClosedText
{
#if NET
    /// <summary>The format of a type, where it is not that of the platform.</summary>
    public static string? FormatOf<T>() =>
        typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset) ? "O"
        : typeof(T) == typeof(DateOnly) ? "yyyy-MM-dd"
        : typeof(T) == typeof(TimeOnly) ? "HH:mm:ss"
        : typeof(T) == typeof(double) || typeof(T) == typeof(float) ? "R"
        : null;

#endif
    public static string Of(object value, string? format = null) => value switch
    {
        bool truth => truth ? "true" : "false",
        DateTime time => time.ToString(format ?? "O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString(format ?? "O", CultureInfo.InvariantCulture),
#if NET
        DateOnly date => date.ToString(format ?? "yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString(format ?? "HH:mm:ss", CultureInfo.InvariantCulture),
#else
        // The platform that this assembly runs on may have them all the same.
        IFormattable date when value.GetType().FullName == "System.DateOnly" => date.ToString(format ?? "yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable time when value.GetType().FullName == "System.TimeOnly" => time.ToString(format ?? "HH:mm:ss", CultureInfo.InvariantCulture),
#endif
        double number => number.ToString(format ?? "R", CultureInfo.InvariantCulture),
        float number => number.ToString(format ?? "R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(format, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"'{value.GetType()}' is no closed type.", nameof(value)),
    };
}
