using AiGuardrails;

namespace RagChat;

/// <summary>The manual, and a search by words in common. A program of yours asks an index here; what it finds is open text all the same.</summary>
public static class Manual
{
    private static readonly Passage[] s_passages =
    [
        new("care.md#descaling", "Descale the machine every 200 cups, or when the orange light comes on. Use the descaler in the box, never vinegar."),
        new("care.md#brewing-unit", "Take the brewing unit out once a week and rinse it under warm water. Let it dry before you put it back."),
        new("care.md#milk", "Run the cleaning program of the milk frother after each day of use. It takes four minutes."),
        new("start.md#water", "Fill the tank with fresh cold water up to the line. The filter lasts for two months."),
        new("start.md#grinder", "Turn the grinder only while it runs. A finer setting gives a stronger coffee and a slower flow."),
        new("faults.md#lights", "A red light means that the tray is full or missing. Empty it and put it back until it clicks."),
    ];

    private static readonly char[] s_separators = [' ', '.', ',', '?', '!', ';', ':', '\n'];

    public static IReadOnlyList<Passage> Search(string question, int most = 3)
    {
        var asked = WordsOf(question);
        return [.. s_passages
            .Select(passage => (Passage: passage, Score: WordsOf(passage.Text).Count(asked.Contains)))
            .Where(static found => found.Score > 0)
            .OrderByDescending(static found => found.Score)
            .Take(most)
            .Select(static found => found.Passage)];
    }

    // Words of three letters and more; the others are in every passage.
    private static HashSet<string> WordsOf(string text) =>
        text.ToLowerInvariant().Split(s_separators, StringSplitOptions.RemoveEmptyEntries).Where(static word => word.Length > 2).ToHashSet();
}
