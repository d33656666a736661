using System.Diagnostics.CodeAnalysis;

namespace AiGuardrails.AotShapes;

// What the records of the run-time tests leave out: ways to declare and to make a record.

[TrainingRecord]
public sealed partial class PrivatelyMade
{
    private PrivatelyMade(string question, string answer, int number = 0)
    {
        Question = question;
        Answer = answer;
        Number = number;
    }

    [UserMessage]
    public string Question { get; }

    [AssistantMessage]
    public string Answer { get; }

    public int Number { get; }
}

[TrainingRecord]
[method: SetsRequiredMembers]
public sealed partial class MadeWhole(string question)
{
    public required int Id { get; set; } = 1;

    [UserMessage]
    public required string Question { get; set; } = question;

    [AssistantMessage]
    public string Answer { get; set; } = "";
}

public abstract class Base<T>
{
    public T? Value { get; set; }

    [UserMessage]
    public string Question { get; set; } = "";
}

[TrainingRecord]
public sealed partial class OfGenericBase : Base<int>
{
    [AssistantMessage]
    public string Answer { get; set; } = "";
}

[TrainingRecord]
public sealed partial class PartialProperty
{
    [UserMessage]
    public partial string Question { get; set; }

    [AssistantMessage]
    public string Answer { get; set; } = "";
}

public sealed partial class PartialProperty
{
    private string _question = "";

    public partial string Question
    {
        get => _question;
        set => _question = value;
    }
}

public partial interface IOuter
{
    [TrainingRecord("gemini", "bedrock-haiku", "sharegpt")]
    internal sealed partial record Talk([property: Conversation] List<ChatTurn> Turns);
}

[Tool("find", "Finds it")]
public sealed class Find
{
    public string[] Names { get; set; } = [];

    public List<DateTimeOffset>? Days { get; set; }

    public DayOfWeek? Day { get; set; }
}

public struct Found
{
    public string? Text { get; set; }

    public Guid Id { get; set; }
}

[TrainingRecord("openai-chat", "mistral-chat", "trl-chat")]
public sealed partial record ToolOfLists
{
    [UserMessage]
    public required string Question { get; init; }

    [ToolCall]
    public required Find Call { get; init; }

    [ToolResult]
    public Found Result { get; init; }

    [AssistantMessage]
    public required string Answer { get; init; }
}
