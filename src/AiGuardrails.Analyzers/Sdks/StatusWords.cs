using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>The words that services send as the status of a job, and what people write in their place.</summary>
internal static class StatusWords
{
    private const string OpenAIHost = "api.openai.com";

    // What Azure sends besides the words of OpenAI, by kind of job.
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> s_azure = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
    {
        ["fine-tuning job"] = ["created", "pending", "pausing", "paused", "resuming"],
        ["video"] = ["preprocessing", "running", "processing", "succeeded", "cancelled"],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    // Words with the same meaning; one of them is the one that the service has.
    private static readonly ImmutableArray<ImmutableArray<string>> s_synonyms =
    [
        ["succeeded", "completed", "ended", "success", "successful", "complete", "succeed", "done", "finished", "processed"],
        ["failed", "errored", "error", "failure", "faulted", "fail"],
        ["cancelled", "canceled", "cancel", "aborted"],
        ["cancelling", "canceling"],
        ["expired", "timeout", "timedout"],
        ["queued", "pending", "validating", "waiting", "created", "submitted", "notstarted", "notrunning"],
        ["running", "inprogress", "processing", "active", "started", "executing"],
        ["incomplete", "partial"],
    ];

    /// <summary>Every word that the service is known to send for this kind of job.</summary>
    /// <param name="job">The kind of job.</param>
    /// <param name="type">The status type; null where the status comes as JSON.</param>
    public static ImmutableArray<string> Of(JobTable job, INamedTypeSymbol? type)
    {
        var words = job.States.Select(static state => state.Wire)
            .Concat(RawHttp.Jobs.Where(raw => raw.Name == job.Name).SelectMany(static raw => raw.States).Select(static state => state.Wire));

        // A newer version of the SDK may know states that the table lacks.
        var members = type is null ? [] : InferredJobs.MembersOf(type).Where(member => job.States.All(state => state.Member != member));
        return [.. words.Concat(members.Select(InferredJobs.Wire)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The further words of services that may be meant; null where one is meant whose words are not known.</summary>
    /// <param name="job">The kind of job.</param>
    /// <param name="hosts">The hosts that the code names; none where they come from the configuration.</param>
    public static ImmutableArray<string>? OfHosts(JobTable job, ImmutableArray<string> hosts)
    {
        if (hosts.Any(static host => !RawHttp.JobHosts.Contains(host)))
        {
            return null;
        }

        return hosts is [OpenAIHost] ? [] : OfAzure(job);
    }

    /// <summary>The further words of Azure.</summary>
    public static ImmutableArray<string> OfAzure(JobTable job) => s_azure.TryGetValue(job.Name, out var words) ? words : [];

    /// <summary>Whether the project may speak to Azure through the types of OpenAI.</summary>
    public static bool MayMeanAzure(Compilation compilation) =>
        compilation.ReferencedAssemblyNames.Any(static assembly => assembly.Name.StartsWith("Azure.AI.", StringComparison.Ordinal));

    /// <summary>The word, of those that are sent, that is meant by another; null where that is not evident.</summary>
    public static string? Meant(string word, ImmutableArray<string> sent)
    {
        var plain = Plain(word);
        if (sent.FirstOrDefault(known => Plain(known) == plain) is { } spelled)
        {
            return spelled;
        }

        foreach (var synonyms in s_synonyms)
        {
            if (synonyms.Any(synonym => Plain(synonym) == plain))
            {
                return synonyms.Select(synonym => sent.FirstOrDefault(known => Plain(known) == Plain(synonym))).FirstOrDefault(static known => known is not null);
            }
        }

        return plain.Length > 4 && sent.Where(known => IsOneStepFrom(Plain(known), plain)).ToArray() is [var near] ? near : null;
    }

    // Without case, joints and the double letter that the two spellings of English differ in.
    private static string Plain(string word) =>
        word.ToLowerInvariant().Replace("_", "").Replace("-", "").Replace(" ", "").Replace("ll", "l");

    /// <summary>Whether one letter more, less or other makes one word of the other.</summary>
    private static bool IsOneStepFrom(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 1)
        {
            return false;
        }

        var start = 0;
        while (start < left.Length && start < right.Length && left[start] == right[start])
        {
            start++;
        }

        var end = 0;
        while (end < left.Length - start && end < right.Length - start && left[left.Length - 1 - end] == right[right.Length - 1 - end])
        {
            end++;
        }

        return left.Length - start - end <= 1 && right.Length - start - end <= 1;
    }
}
