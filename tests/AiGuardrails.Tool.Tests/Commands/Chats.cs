namespace AiGuardrails.Tool.Tests.Commands;

/// <summary>Lines of training data.</summary>
internal static class Chats
{
    public static string Line(string question, string answer) =>
        $$"""{"messages":[{"role":"user","content":"{{question}}"},{"role":"assistant","content":"{{answer}}"}]}""";

    public static string Lines(int count, string prefix = "q") =>
        string.Concat(Enumerable.Range(0, count).Select(i => Line(FormattableString.Invariant($"{prefix} question {i}"), FormattableString.Invariant($"answer {i}")) + "\n"));
}
