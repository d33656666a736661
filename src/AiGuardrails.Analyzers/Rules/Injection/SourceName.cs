using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Rules.Injection;

/// <summary>An expression as a message names it: on one line, and not too long.</summary>
internal static class SourceName
{
    private const int MaxLength = 60;

    public static string Of(IOperation source)
    {
        var text = string.Join(" ", source.Syntax.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimStart('.');
        return text.Length <= MaxLength ? text : text.Substring(0, MaxLength - 1) + "…";
    }
}
