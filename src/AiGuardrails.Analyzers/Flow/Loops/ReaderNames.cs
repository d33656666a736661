using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>Names of methods that take the next of something that comes from outside.</summary>
internal static class ReaderNames
{
    private static readonly ImmutableArray<string> s_beginnings =
    [
        "Read", "TryRead", "WaitToRead", "WaitForNextTick", "Receive", "TryReceive", "Dequeue", "TryDequeue", "Take", "TryTake", "TryPop", "Pop", "Peek", "TryPeek",
        "Accept", "MoveNext", "GetNext", "TryGetNext", "Next", "Consume", "Fetch", "Pull", "Listen", "Claim", "GetContext", "GetConsumingEnumerable",
    ];

    // What consoles of libraries call it.
    private static readonly ImmutableArray<string> s_questions = ["Ask", "AskAsync", "Prompt", "PromptAsync", "Confirm", "ConfirmAsync"];

    /// <summary>Whether the method has such a name, and is not known for something else.</summary>
    public static bool IsReader(IMethodSymbol method) =>
        Has(method.Name)
            ? method.ContainingType?.Name is not ("File" or "Enumerable" or "Queryable" or "HttpContent")
            : s_questions.Contains(method.Name) && method.ContainingType?.Name.IndexOf("Console", StringComparison.Ordinal) >= 0;

    public static bool Has(string name) =>
        s_beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal) && (name.Length == beginning.Length || !char.IsLower(name[beginning.Length])));
}
