using AiGuardrails;

namespace LockedPrompts;

[Prompt("support/reply", Version = 2)]
[Block(BlockRole.System, "Answer in at most three sentences.")]
[Block(BlockRole.User, "{Question}")]
public sealed partial record Reply(string Question);

[Prompt("support/greeting")]
[Block(BlockRole.User, "Greet {Name}.")]
public sealed partial record Greeting(string Name);
