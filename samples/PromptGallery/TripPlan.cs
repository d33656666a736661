using AiGuardrails;

namespace PromptGallery;

public enum Pace
{
    Relaxed,
    Busy,
}

/// <summary>Several turns: what the assistant said stands between what the user said, each in a block of its own.</summary>
[Prompt("travel/plan", MaxPromptTokens = 1_500, MaxOutputTokens = 400)]
[Block(BlockRole.System, "You plan trips of at most {Days} days at a {Pace} pace. Name places and times, and nothing that has to be booked today.")]
[Block(BlockRole.User, "{Wish}")]
[Block(BlockRole.Assistant, "Gladly. Who travels with you, and is there anything that you would rather not do?")]
[Block(BlockRole.User, "{Details}")]
public sealed partial record TripPlan(
    int Days,
    Pace Pace,
    [property: Slot(MaxTokens = 300)] string Wish,
    [property: Slot(MaxTokens = 300)] string Details);
