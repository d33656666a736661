namespace PreferenceData;

/// <summary>One vote of a reviewer who saw two replies side by side.</summary>
public sealed record Rating(string Complaint, string First, string Second, bool PrefersFirst);

/// <summary>What reviewers said. Yours come from a file or a database.</summary>
public static class Ratings
{
    public static IReadOnlyList<Rating> All { get; } =
    [
        new("My table arrived with a scratch.", "I am sorry about the scratch. A new top goes out today; keep the old one until it is there.", "Please read our terms on transport damage.", true),
        new("My table arrived with a scratch.", "Scratches happen.", "I am sorry about the scratch. A new top goes out today; keep the old one until it is there.", false),
        new("The delivery is three days late.", "Deliveries can be late.", "I am sorry for the wait. It left the depot this morning, and the driver calls you an hour before.", false),
        new("A screw is missing.", "I have put a bag of screws in the post to you; it is there on Thursday.", "Count them again, please.", true),
        new("The chair wobbles.", "Chairs settle with time.", "Turn the four screws under the seat with the key from the box; if it still wobbles, we fetch it.", false),
        new("I was charged twice.", "You were, and I am sorry. The second amount is on its way back, in three days at the latest.", "Our system shows one payment.", true),
        new("The drawer sticks.", "Drawers stick when it is damp.", "Pull it out to the stop, lift it and set it in again; if it still sticks, we send you new rails.", false),
        new("You sent the wrong colour.", "I am sorry, that was our mistake. The grey one comes on Friday, and the driver takes the blue one along.", "Colours look different on a screen.", true),
        new("Nobody answers your telephone.", "Try again in the evening.", "I am sorry that you waited. Tell me here what happened, and I see to it now.", false),
        new("The sofa smells of glue.", "It does for some days after it is made. Air the room; if it still smells in two weeks, we take it back.", "New things smell.", true),
        new("The manual is missing.", "The manual for your shelf is on its way to you by e-mail, and a printed one is in the post.", "Manuals are on our website.", true),
        new("The delivery is three days late.", "I am sorry for the wait. It left the depot this morning, and the driver calls you an hour before.", "Deliveries can be late.", true),

        // Two reviewers who disagree teach nothing: the pair is left out below.
        new("Can I send it back?", "Yes, within thirty days, and we pay for it.", "Returns are possible within thirty days, free of charge.", true),
        new("Can I send it back?", "Yes, within thirty days, and we pay for it.", "Returns are possible within thirty days, free of charge.", false),
    ];
}
