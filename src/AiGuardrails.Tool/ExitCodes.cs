namespace AiGuardrails.Tool;

/// <summary>What a script learns from a command; stable, and the same for every command.</summary>
internal static class ExitCodes
{
    /// <summary>Everything was checked, and nothing is at or above the level that <c>--fail-on</c> names.</summary>
    public const int Clean = 0;

    /// <summary>There are findings.</summary>
    public const int Findings = 1;

    /// <summary>Something could not be checked or done: wrong usage, nothing there, a project that does not build.</summary>
    public const int NotChecked = 2;

    /// <summary>Stopped with Ctrl-C, as shells count it.</summary>
    public const int Cancelled = 130;

    /// <summary>Every exit code with its meaning, for help and for the guide.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Clean, "done, and nothing at or above --fail-on was found"),
        (Findings, "done, and there are findings"),
        (NotChecked, "not done, or not all of it: one line says what and how to go on"),
        (Cancelled, "stopped with Ctrl-C; no file is half written"),
    ];
}
