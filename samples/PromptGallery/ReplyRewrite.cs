using AiGuardrails;

namespace PromptGallery;

/// <summary>The text stands in a file, where people who write no C# can change it; the build checks it all the same.</summary>
[Prompt("support/rewrite", File = "Prompts/rewrite.prompt.md", MaxPromptTokens = 1_500, MaxOutputTokens = 300)]
public sealed partial record ReplyRewrite
{
    public required int Sentences { get; init; }

    [Slot(MaxTokens = 60, TrustedBecause = "One of three texts that the team keeps in Program.cs; no form or file leads to it.")]
    public required string Tone { get; init; }

    [Slot(MaxTokens = 500, Label = "draft")]
    public required string Draft { get; init; }

    [Slot(MaxTokens = 200, Label = "note")]
    public string? Note { get; init; }
}
