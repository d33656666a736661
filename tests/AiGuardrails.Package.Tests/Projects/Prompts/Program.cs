using AiGuardrails;

Console.Write(new Reply(3, "Where is my invoice?\u202E").Render(PromptFence.Deterministic));
Console.WriteLine($"\n{Reply.PromptId} {Reply.PromptVersion}");

[Prompt("support/reply", File = "reply.prompt.md")]
public sealed partial record Reply(int Sentences, string Question);
