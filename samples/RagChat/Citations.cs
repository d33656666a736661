using AiGuardrails;

namespace RagChat;

/// <summary>Holds what an answer cites against what the model was shown.</summary>
public static class Citations
{
    /// <summary>What is wrong with the citations of an answer; empty where all of them stand in the passages.</summary>
    public static IReadOnlyList<string> ProblemsOf(CitedAnswer answer, IReadOnlyList<Passage> passages)
    {
        var problems = new List<string>();
        if (answer.IsAnswered && answer.Citations.Count == 0)
        {
            problems.Add("the answer cites nothing");
        }

        foreach (var citation in answer.Citations)
        {
            if (passages.FirstOrDefault(passage => passage.Source == citation.Source) is not { } passage)
            {
                problems.Add($"no passage has the source '{citation.Source}'");
            }
            else if (Plain(citation.Quote).Length == 0 || !Plain(passage.Text).Contains(Plain(citation.Quote), StringComparison.OrdinalIgnoreCase))
            {
                problems.Add($"'{citation.Quote}' does not stand in '{citation.Source}'");
            }
        }

        return problems;
    }

    // Models change line breaks and blanks; words they may not change.
    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
