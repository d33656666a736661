using System.Globalization;

namespace AiGuardrails.Fuzzing.Tests;

/// <summary>
/// How many mutants a run has, and from which number they are drawn: AIGUARDRAILS_FUZZ_MUTANTS and AIGUARDRAILS_FUZZ_SEED. Equal numbers
/// give equal mutants.
/// </summary>
internal static class Budget
{
    private const int Default = 10_000;

    /// <summary>Gets what the random numbers of a run start from.</summary>
    public static int Seed { get; } = Number("AIGUARDRAILS_FUZZ_SEED", 1);

    /// <summary>Gets the number of mutants of a whole run.</summary>
    public static int Mutants { get; } = Number("AIGUARDRAILS_FUZZ_MUTANTS", Default);

    /// <summary>A test's share of the mutants.</summary>
    public static int Share(int percent) => Math.Max(1, (int)((long)Mutants * percent / 100));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
