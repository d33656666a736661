namespace AiGuardrails.Tool.Converting;

/// <summary>A conversation as it is: turns, instructions among them, with the weights and tool calls that they have.</summary>
[TrainingRecord]
internal sealed partial record ConversationRecord
{
    [Conversation]
    public required IReadOnlyList<ChatTurn> Turns { get; init; }
}

/// <summary>The same with the instructions apart, for formats that have them apart.</summary>
[TrainingRecord]
internal sealed partial record InstructedConversationRecord
{
    [SystemMessage]
    public string? Instructions { get; init; }

    [Conversation]
    public required IReadOnlyList<ChatTurn> Turns { get; init; }
}

/// <summary>One question and one answer.</summary>
[TrainingRecord]
internal sealed partial record PairRecord
{
    [SystemMessage]
    public string? Instructions { get; init; }

    [UserMessage]
    public required string Question { get; init; }

    [AssistantMessage]
    public required string Answer { get; init; }
}

/// <summary>Plain text.</summary>
[TrainingRecord]
internal sealed partial record TextRecord
{
    [Text]
    public required string Text { get; init; }
}

/// <summary>A conversation, and two answers to it.</summary>
[TrainingRecord]
internal sealed partial record ConversationPreferenceRecord
{
    [Conversation]
    public required IReadOnlyList<ChatTurn> Turns { get; init; }

    [Chosen]
    public required string Chosen { get; init; }

    [Rejected]
    public required string Rejected { get; init; }
}

/// <summary>The same with the instructions apart.</summary>
[TrainingRecord]
internal sealed partial record InstructedConversationPreferenceRecord
{
    [SystemMessage]
    public string? Instructions { get; init; }

    [Conversation]
    public required IReadOnlyList<ChatTurn> Turns { get; init; }

    [Chosen]
    public required string Chosen { get; init; }

    [Rejected]
    public required string Rejected { get; init; }
}

/// <summary>A question, and two answers to it.</summary>
[TrainingRecord]
internal sealed partial record PreferenceRecord
{
    [SystemMessage]
    public string? Instructions { get; init; }

    [UserMessage]
    public required string Question { get; init; }

    [Chosen]
    public required string Chosen { get; init; }

    [Rejected]
    public required string Rejected { get; init; }
}

/// <summary>Two texts, of which one is better.</summary>
[TrainingRecord]
internal sealed partial record RewardRecord
{
    [Chosen]
    public required string Chosen { get; init; }

    [Rejected]
    public required string Rejected { get; init; }
}

/// <summary>A question, and an answer with a verdict on it.</summary>
[TrainingRecord]
internal sealed partial record JudgedRecord
{
    [SystemMessage]
    public string? Instructions { get; init; }

    [UserMessage]
    public required string Question { get; init; }

    [AssistantMessage]
    public required string Answer { get; init; }

    [Label]
    public required bool IsGood { get; init; }
}

/// <summary>A prompt and its completion, for formats that have them as texts.</summary>
[TrainingRecord]
internal sealed partial record PromptRecord
{
    [Prompt]
    public required string Prompt { get; init; }

    [Completion]
    public required string Completion { get; init; }
}

/// <summary>A prompt as text, and two answers to it.</summary>
[TrainingRecord]
internal sealed partial record PromptPreferenceRecord
{
    [Prompt]
    public required string Prompt { get; init; }

    [Chosen]
    public required string Chosen { get; init; }

    [Rejected]
    public required string Rejected { get; init; }
}

/// <summary>A prompt as text, and a completion with a verdict on it.</summary>
[TrainingRecord]
internal sealed partial record PromptJudgedRecord
{
    [Prompt]
    public required string Prompt { get; init; }

    [Completion]
    public required string Completion { get; init; }

    [Label]
    public required bool IsGood { get; init; }
}
