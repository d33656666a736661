using System.ComponentModel;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace AiGuardrails.Runtime.Tests.Training;

// One record for each form that a target can take, and for each kind of value.

[TrainingRecord("together-text", "trl-text", "autotrain-text", "replicate-text")]
public sealed partial record Passage([property: Text] string Body);

[TrainingRecord("together-instruction", "bedrock-prompt-completion", "trl-prompt-completion", "replicate-prompt-completion", "alpaca", "openai-chat", "gemini")]
public sealed partial record Continuation([property: Prompt] string Prompt, [property: Completion] string Completion);

[TrainingRecord("openai-dpo", "azure-dpo", "together-preference", "gemini-preference", "trl-preference", "autotrain-dpo", "fireworks-dpo", "sharegpt")]
public sealed partial record Comparison([property: Prompt] string Question, [property: Chosen] string Better, [property: Rejected] string Worse);

[TrainingRecord("openai-dpo", "gemini-preference", "trl-preference", "autotrain-dpo", "sharegpt")]
public sealed partial record InstructedComparison
{
    // Declared out of order: a record is written in the order of what answers what.
    [Rejected]
    public required string Worse { get; init; }

    [Chosen]
    public required string Better { get; init; }

    [SystemMessage]
    public string? Instructions { get; init; }

    [UserMessage]
    public required string Question { get; init; }
}

[TrainingRecord("autotrain-reward", "trl-preference")]
public sealed partial record Ranking([property: Chosen] string Better, [property: Rejected] string Worse);

[TrainingRecord("trl-kto", "sharegpt")]
public sealed partial record Verdict([property: Prompt] string Question, [property: Completion] string Answer, [property: Label] bool IsGood);

[TrainingRecord("trl-stepwise")]
public sealed partial class Steps
{
    [Prompt]
    public required string Problem { get; init; }

    [Completion]
    public required IReadOnlyList<string> Solution { get; init; }

    [Label]
    public required List<bool> AreRight { get; init; }
}

public enum Team
{
    Billing,

    [EnumMember(Value = "technical support")]
    Technical,
    Sales,
}

[TrainingRecord("openai-chat", "bedrock-haiku", "alpaca")]
public sealed partial record Classified
{
    [SystemMessage]
    public static string Persona => "You classify tickets.";

    [UserMessage]
    public required string Ticket { get; init; }

    [Label]
    public required Team Team { get; init; }
}

[TrainingRecord("openai-rft", "azure-rft")]
public sealed partial class Graded : IEquatable<Graded>
{
    [SystemMessage]
    public string? Instructions { get; init; }

    [UserMessage]
    public required string Question { get; init; }

    [GraderField("reference_answer")]
    public required string Answer { get; init; }

    [GraderField]
    public int Tolerance { get; init; }

    [GraderField]
    public double? Score { get; init; }

    [GraderField]
    public bool IsExact { get; init; }

    [GraderField]
    public string[]? Alternatives { get; init; }

    [GraderField]
    public IReadOnlyList<int>? Digits { get; init; }

    [GraderField]
    public Team Team { get; init; }

    public bool Equals(Graded? other) =>
        other is not null
        && (Instructions, Question, Answer, Tolerance, Score, IsExact, Team) == (other.Instructions, other.Question, other.Answer, other.Tolerance, other.Score, other.IsExact, other.Team)
        && (Alternatives ?? []).SequenceEqual(other.Alternatives ?? [])
        && (Digits ?? []).SequenceEqual(other.Digits ?? []);

    public override bool Equals(object? obj) => Equals(obj as Graded);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Question);
}

[TrainingRecord("openai-rft", "azure-rft", "gemini-rl")]
public sealed partial record Sum([property: UserMessage] string Question, [property: GraderField("answer")] int Answer, [property: GraderField] string Unit);

[Tool("get_weather", "Current weather of a \"city\"")]
public sealed record WeatherRequest([property: Description("Its name")] string City, [property: JsonPropertyName("day_count")] int? Days)
{
    public Unit Unit { get; init; }

    public Guid? Trace { get; init; }
}

public enum Unit
{
    Celsius,
    Fahrenheit,
}

public sealed record Weather(decimal Degrees, DateTimeOffset At);

[TrainingRecord("openai-chat", "azure-chat", "mistral-chat", "trl-chat")]
public sealed partial record ToolUse
{
    [UserMessage]
    public required string Question { get; init; }

    [ToolCall]
    public required WeatherRequest Request { get; init; }

    [ToolResult]
    public required Weather Weather { get; init; }

    [AssistantMessage]
    public required string Answer { get; init; }
}

[TrainingRecord("openai-chat", "mistral-chat")]
public sealed partial record CallOnly([property: UserMessage] string Question, [property: ToolCall] WeatherRequest Request);

[TrainingRecord("openai-dpo", "azure-dpo")]
public sealed partial record ToolComparison
{
    [UserMessage]
    public required string Question { get; init; }

    [ToolCall]
    public required WeatherRequest Request { get; init; }

    [ToolResult]
    public required string Weather { get; init; }

    [Chosen]
    public required string Better { get; init; }

    [Rejected]
    public required string Worse { get; init; }
}

[TrainingRecord("openai-rft", "azure-rft")]
public sealed partial record ToolGraded
{
    [UserMessage]
    public required string Question { get; init; }

    [ToolCall]
    public required WeatherRequest Request { get; init; }

    [ToolResult]
    public required string Weather { get; init; }

    [UserMessage]
    public required string FollowUp { get; init; }

    [GraderField]
    public required int Answer { get; init; }
}

[TrainingRecord("openai-rft")]
public sealed partial record EndsWithResult
{
    [UserMessage]
    public required string Question { get; init; }

    [ToolCall]
    public required WeatherRequest Request { get; init; }

    [ToolResult]
    public required string Weather { get; init; }

    [GraderField]
    public required int Answer { get; init; }
}

[TrainingRecord("openai-dpo", "azure-dpo")]
public sealed partial class ComparedDialogue : IEquatable<ComparedDialogue>
{
    [Conversation(typeof(WeatherRequest))]
    public required IReadOnlyList<ChatTurn> Turns { get; init; }

    [Chosen]
    public required string Better { get; init; }

    [Rejected]
    public required string Worse { get; init; }

    public bool Equals(ComparedDialogue? other) => other is not null && (Better, Worse) == (other.Better, other.Worse) && Turns.SequenceEqual(other.Turns);

    public override bool Equals(object? obj) => Equals(obj as ComparedDialogue);

    public override int GetHashCode() => Turns.Count;
}

[TrainingRecord("openai-rft", "azure-rft")]
public sealed partial class GradedDialogue : IEquatable<GradedDialogue>
{
    [Conversation(typeof(WeatherRequest))]
    public required IReadOnlyList<ChatTurn> Turns { get; init; }

    [GraderField]
    public required string Answer { get; init; }

    public bool Equals(GradedDialogue? other) => other is not null && string.Equals(Answer, other.Answer, StringComparison.Ordinal) && Turns.SequenceEqual(other.Turns);

    public override bool Equals(object? obj) => Equals(obj as GradedDialogue);

    public override int GetHashCode() => Turns.Count;
}

[TrainingRecord]
public sealed partial class Dialogue : IEquatable<Dialogue>
{
    [SystemMessage]
    public string? Instructions { get; init; }

    [Conversation(typeof(WeatherRequest))]
    public required IReadOnlyList<ChatTurn> Turns { get; init; }

    public bool Equals(Dialogue? other) => other is not null && string.Equals(Instructions, other.Instructions, StringComparison.Ordinal) && Turns.SequenceEqual(other.Turns);

    public override bool Equals(object? obj) => Equals(obj as Dialogue);

    public override int GetHashCode() => Turns.Count;
}

[TrainingRecord]
public sealed partial class Talk : IEquatable<Talk>
{
    [Conversation]
    public required List<ChatTurn> Turns { get; init; }

    public bool Equals(Talk? other) => other is not null && Turns.SequenceEqual(other.Turns);

    public override bool Equals(object? obj) => Equals(obj as Talk);

    public override int GetHashCode() => Turns.Count;
}

[TrainingRecord]
public sealed partial record Values
{
    [SystemMessage]
    public static Unit Persona => Unit.Celsius;

    [UserMessage]
    public required Guid Id { get; init; }

    [AssistantMessage(Weight = 0)]
    public int? Number { get; init; }

    [UserMessage]
    public required DateTime Date { get; init; }

    [AssistantMessage(Weight = 0)]
    public decimal Amount { get; init; }

    [UserMessage]
    public DateOnly Day { get; init; }

    [AssistantMessage(Weight = 0)]
    public Team? Team { get; init; }

    [UserMessage]
    public TimeSpan Length { get; init; }

    [AssistantMessage]
    public bool Yes { get; init; }
}
