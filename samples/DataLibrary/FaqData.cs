namespace DataLibrary;

/// <summary>Training data as a library: other projects reference it for the examples, and its tests hold the examples to the rules.</summary>
public static class FaqData
{
    private static readonly string[] s_things = ["books", "films", "games", "maps", "scores", "magazines", "telescopes", "tools", "tickets for the zoo", "rain coats", "laptops", "e-readers"];
    private static readonly (string Question, string Answer)[] s_forms =
    [
        ("May I borrow {0}?", "Yes: up to five at a time, with your card. Ask at the desk for {0}."),
        ("How long may I keep {0}?", "Four weeks, and four more where nobody waits for {0}."),
        ("What do {0} cost?", "Nothing within the time; ten cents a day for {0} that are late."),
        ("Where are the {0}?", "On the first floor; the sign for {0} hangs above the shelf."),
        ("Can I have {0} sent home?", "Within the town, yes: the van with {0} drives on Thursdays."),
    ];

    /// <summary>Gets every example.</summary>
    public static IEnumerable<FaqExample> Examples { get; } =
        s_things.SelectMany(static thing => s_forms.Select(form => new FaqExample { Question = string.Format(form.Question, thing), Answer = string.Format(form.Answer, thing) }));
}
