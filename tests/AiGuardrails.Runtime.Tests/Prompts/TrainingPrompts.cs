namespace AiGuardrails.Runtime.Tests.Prompts;

/// <summary>Prompts without examples, and with more roles than most targets know.</summary>
[Prompt("support/reply", Version = 2)]
[Block(BlockRole.System, "You answer in one sentence.")]
[Block(BlockRole.User, "{Question}")]
public sealed partial record SupportReply
{
    [Slot(Label = "customer")]
    public required string Question { get; init; }
}

[Prompt("support/roles")]
[Block(BlockRole.System, "You are the support of a shop.")]
[Block(BlockRole.Developer, "Answer in {Words} words.")]
[Block(BlockRole.User, "May I ask something?")]
[Block(BlockRole.Assistant, "Please do.")]
[Block(BlockRole.User, "{Question}")]
public sealed partial record EveryRole
{
    public int Words { get; init; } = 10;

    public required string Question { get; init; }
}
