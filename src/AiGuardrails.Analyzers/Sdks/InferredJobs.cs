using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// Makes the table of a job from its status type: an enum or string struct named <c>*Status</c> or <c>*State</c> whose members
/// can all be told apart. One member that cannot, and there is no table.
/// </summary>
internal static class InferredJobs
{
    private static readonly ImmutableDictionary<string, JobStateKind> s_kinds = new Dictionary<string, JobStateKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["NotStarted"] = JobStateKind.Pending,
        ["Created"] = JobStateKind.Pending,
        ["Queued"] = JobStateKind.Pending,
        ["Pending"] = JobStateKind.Pending,
        ["Scheduled"] = JobStateKind.Pending,
        ["Submitted"] = JobStateKind.Pending,
        ["Starting"] = JobStateKind.Pending,
        ["Preparing"] = JobStateKind.Pending,
        ["Preprocessing"] = JobStateKind.Pending,
        ["Validating"] = JobStateKind.Pending,
        ["ValidatingFiles"] = JobStateKind.Pending,
        ["InProgress"] = JobStateKind.Working,
        ["Running"] = JobStateKind.Working,
        ["Processing"] = JobStateKind.Working,
        ["Working"] = JobStateKind.Working,
        ["Finalizing"] = JobStateKind.Held,
        ["Postprocessing"] = JobStateKind.Held,
        ["Paused"] = JobStateKind.Held,
        ["Cancelling"] = JobStateKind.Held,
        ["Canceling"] = JobStateKind.Held,
        ["RequiresAction"] = JobStateKind.NeedsAction,
        ["Succeeded"] = JobStateKind.Succeeded,
        ["Success"] = JobStateKind.Succeeded,
        ["Successful"] = JobStateKind.Succeeded,
        ["Completed"] = JobStateKind.Succeeded,
        ["Complete"] = JobStateKind.Succeeded,
        ["Finished"] = JobStateKind.Succeeded,
        ["Done"] = JobStateKind.Succeeded,
        ["Failed"] = JobStateKind.Failed,
        ["Failure"] = JobStateKind.Failed,
        ["Error"] = JobStateKind.Failed,
        ["Errored"] = JobStateKind.Failed,
        ["Faulted"] = JobStateKind.Failed,
        ["Cancelled"] = JobStateKind.Failed,
        ["Canceled"] = JobStateKind.Failed,
        ["Expired"] = JobStateKind.Failed,
        ["TimedOut"] = JobStateKind.Failed,
        ["Incomplete"] = JobStateKind.Failed,
        ["Rejected"] = JobStateKind.Failed,
        ["Aborted"] = JobStateKind.Failed,
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    // A value that stands for no state of a job.
    private static readonly ImmutableHashSet<string> s_noStates = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "Unknown", "None", "Unspecified", "Undefined");

    /// <summary>Whether the type has the name and the kind of a status.</summary>
    public static bool IsNamedAsStatus(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Enum or TypeKind.Struct
        && (type.Name.EndsWith("Status", StringComparison.Ordinal) || type.Name.EndsWith("State", StringComparison.Ordinal));

    /// <summary>The table of the status type, or null where its members do not make one.</summary>
    public static JobTable? TableOf(INamedTypeSymbol status)
    {
        var states = ImmutableArray.CreateBuilder<JobState>();
        foreach (var name in MembersOf(status))
        {
            if (s_noStates.Contains(name))
            {
                continue;
            }

            if (!s_kinds.TryGetValue(name, out var kind))
            {
                return null;
            }

            states.Add(new JobState(name, Wire(name), kind));
        }

        // The walks go from one working state to one that succeeded; a second of either would have to be asked separately.
        return states.Count(static state => state.Kind == JobStateKind.Working) == 1
            && states.Count(static state => state.Kind == JobStateKind.Succeeded) == 1
            && states.Any(static state => state.Kind == JobStateKind.Failed)
            ? new JobTable(Sentence.Of("{0}", NameOf(status))) { StatusType = status.ToDisplayString(), States = states.ToImmutable(), IgnoresCase = true, IsInferred = true }
            : null;
    }

    /// <summary>
    /// The states of a status type that tells success from failure, where nothing more than that is known of them: enough to
    /// compare with, and not enough to wait by.
    /// </summary>
    public static JobTable? ShapeOf(INamedTypeSymbol status)
    {
        var states = MembersOf(status).Select(static name => new JobState(name, Wire(name), s_kinds.TryGetValue(name, out var kind) ? kind : JobStateKind.Working)).ToImmutableArray();

        return states.Any(static state => state.Kind == JobStateKind.Succeeded) && states.Any(static state => state.Kind == JobStateKind.Failed)
            ? new JobTable(Sentence.Of("{0}", NameOf(status))) { StatusType = status.ToDisplayString(), States = states, IgnoresCase = true, IsInferred = true }
            : null;
    }

    /// <summary>The names of the members that stand for a state.</summary>
    public static IEnumerable<string> MembersOf(INamedTypeSymbol status) => status.TypeKind == TypeKind.Enum
        ? status.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue).Select(static field => field.Name)
        : status.GetMembers().Where(member => member is IPropertySymbol { IsStatic: true } or IFieldSymbol { IsStatic: true, IsImplicitlyDeclared: false } && member.DeclaredAccessibility == Accessibility.Public && IsOf(member, status)).Select(static member => member.Name);

    private static bool IsOf(ISymbol member, INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type, type);

    /// <summary>The word for a member: "InProgress" is sent as "in_progress".</summary>
    public static string Wire(string member)
    {
        var wire = new System.Text.StringBuilder();
        for (var i = 0; i < member.Length; i++)
        {
            if (i > 0 && char.IsUpper(member[i]) && !char.IsUpper(member[i - 1]))
            {
                wire.Append('_');
            }

            wire.Append(char.ToLowerInvariant(member[i]));
        }

        return wire.ToString();
    }

    // "RunStatus" is the status of a run.
    private static string NameOf(INamedTypeSymbol status)
    {
        var name = status.Name.EndsWith("Status", StringComparison.Ordinal) ? status.Name.Substring(0, status.Name.Length - "Status".Length)
            : status.Name.EndsWith("State", StringComparison.Ordinal) ? status.Name.Substring(0, status.Name.Length - "State".Length)
            : status.Name;

        return name.Length == 0 ? "job" : Wire(name).Replace('_', ' ');
    }
}
