namespace AiGuardrails.Tool;

/// <summary>What a script learns from a command; stable.</summary>
internal static class ExitCodes
{
    /// <summary>Everything was checked, and nothing is at or above the level that <c>--fail-on</c> names.</summary>
    public const int Clean = 0;

    /// <summary>There are findings.</summary>
    public const int Findings = 1;

    /// <summary>Something could not be checked: wrong usage, nothing there, a project that does not build.</summary>
    public const int NotChecked = 2;

    /// <summary>Stopped with Ctrl-C, as shells count it.</summary>
    public const int Cancelled = 130;
}
