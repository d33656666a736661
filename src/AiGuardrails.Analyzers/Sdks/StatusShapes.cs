using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// Status types that no table lists, known by their shape: an enum or string struct of an AI SDK, named as a status, with a
/// state for success and one for failure.
/// </summary>
internal static class StatusShapes
{
    private static readonly ImmutableArray<string> s_succeeded = ["Succeeded", "Completed", "Success", "Processed"];

    private static readonly ImmutableArray<string> s_failed = ["Failed", "Errored", "Error", "Cancelled", "Canceled", "Expired", "Incomplete"];

    // Weakly keyed: an entry goes with its compilation.
    private static readonly ConditionalWeakTable<INamedTypeSymbol, StrongBox<JobTable?>> s_jobs = new();

    /// <summary>The job that the type is the status of, as far as its shape tells; null where it is none.</summary>
    public static JobTable? JobOf(AiContext ai, INamedTypeSymbol type) =>
        IsNamedStatus(type.Name) && ai.IsSdk(type.ContainingAssembly) ? s_jobs.GetValue(type, static type => new(Create(type))).Value : null;

    /// <summary>The words of a name in Pascal case.</summary>
    public static IEnumerable<string> WordsOf(string name)
    {
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i == name.Length || (char.IsUpper(name[i]) && !char.IsUpper(name[i - 1])))
            {
                yield return name.Substring(start, i - start).ToLowerInvariant();
                start = i;
            }
        }
    }

    private static bool IsNamedStatus(string name) =>
        name.EndsWith("Status", StringComparison.Ordinal) || name.EndsWith("State", StringComparison.Ordinal);

    private static JobTable? Create(INamedTypeSymbol type)
    {
        var members = Flow.StatusReader.MembersOf(type).ToImmutableArray();
        if (!members.Any(static member => s_succeeded.Contains(member)) || !members.Any(static member => s_failed.Contains(member)))
        {
            return null;
        }

        var words = WordsOf(type.Name).ToArray();
        return new JobTable(words.Length > 1 ? string.Join(" ", words.Take(words.Length - 1)) : words[0])
        {
            StatusType = type.ToDisplayString(),
            States = [.. members.Select(static member => new JobState(
                member,
                string.Join("_", WordsOf(member)),
                s_succeeded.Contains(member) ? JobStateKind.Succeeded : s_failed.Contains(member) ? JobStateKind.Failed : JobStateKind.Working))],
        };
    }
}
