namespace AiGuardrails.Runtime.Tests.Training;

// One record for each shape that the generator knows; the tests of files use the plain one.

[TrainingRecord]
public sealed partial record Ticket
{
    [SystemMessage]
    public static string Persona => "You classify support tickets.";

    [UserMessage]
    public required string Question { get; init; }

    [AssistantMessage]
    public required string Answer { get; init; }
}

[TrainingRecord]
public partial record Positional([property: UserMessage] string Question, [property: AssistantMessage] string Answer);

[TrainingRecord]
public sealed partial class PlainClass
{
    [UserMessage]
    public string Question { get; set; } = "";

    [AssistantMessage]
    public string Answer { get; set; } = "";

    public string Note { get; set; } = "not written";
}

[TrainingRecord]
public readonly partial struct Pair
{
    public Pair(string question, string answer)
    {
        Question = question;
        Answer = answer;
    }

    [UserMessage]
    public string Question { get; }

    [AssistantMessage]
    public string Answer { get; }
}

[TrainingRecord]
public partial record struct PositionalStruct([property: UserMessage] string Question, [property: AssistantMessage] string Answer);

[TrainingRecord]
public sealed partial record Turns
{
    [UserMessage]
    public required string First { get; init; }

    [AssistantMessage(Weight = 0)]
    public required string Draft { get; init; }

    [UserMessage]
    public required string Second { get; init; }

    [AssistantMessage(Weight = 1)]
    public required string Final { get; init; }
}

[TrainingRecord]
public sealed partial record WithOptional
{
    [SystemMessage]
    public string? Instructions { get; init; }

    [UserMessage]
    public required string Question { get; init; }

    [AssistantMessage(Weight = 0)]
    public string? Draft { get; init; }

    [AssistantMessage]
    public required string Answer { get; init; }

    [UserMessage]
    public string? FollowUp { get; init; }
}

public abstract record Conversation
{
    [SystemMessage]
    public virtual string Instructions { get; init; } = "Be brief.";

    [UserMessage]
    public required string Question { get; init; }
}

[TrainingRecord]
public partial record Derived : Conversation
{
    public override string Instructions { get; init; } = "Be kind.";

    [AssistantMessage]
    public required string Answer { get; init; }
}

public sealed record FurtherDerived : Derived
{
    public string More { get; init; } = "lost";
}

public static partial class Outer
{
    [TrainingRecord]
    private sealed partial record Inner([property: UserMessage] string @class, [property: AssistantMessage] string record)
    {
        // Private, and so generated code is, too.
    }

    public static async Task<string> RoundTripAsync(string path)
    {
        await TrainingFile.WriteAsync(path, [new Inner("q", "a")]);
        await foreach (var inner in TrainingFile.ReadAsync<Inner>(path))
        {
            return inner.@class + inner.record;
        }

        return "";
    }
}

[TrainingRecord]
public sealed partial class Refuses(string question)
{
    [UserMessage]
    public string Question { get; } = question.Length < 100 ? question : throw new ArgumentException("too long", nameof(question));

    [AssistantMessage]
    public required string Answer { get; init; }
}
