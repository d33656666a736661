using System.Globalization;

namespace AiGuardrails.Tool;

/// <summary>Numbers with their noun.</summary>
internal static class Words
{
    public static string Count(long number, string noun) =>
        number == 1 ? $"1 {noun}" : string.Create(CultureInfo.InvariantCulture, $"{number} {noun}s");
}
