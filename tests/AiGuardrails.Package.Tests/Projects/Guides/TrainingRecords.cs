using System.ComponentModel;
using AiGuardrails;

namespace Guides.TrainingRecords;

[TrainingRecord("openai-chat", "bedrock-haiku")]
public sealed partial record SupportExample
{
    [SystemMessage]    public static string Persona => "You are a customer support agent for Acme Corp.";
    [UserMessage]      public required string Question { get; init; }
    [AssistantMessage] public required string Answer { get; init; }
}

[TrainingRecord("openai-rft", "azure-rft")]
public sealed partial record Sum
{
    [UserMessage] public required string Question { get; init; }
    [GraderField("reference_answer")] public required int Answer { get; init; }   // {{ item.reference_answer }}
    [GraderField] public double? Tolerance { get; init; }                         // {{ item.tolerance }}
}

[Tool("get_weather", "Current weather of a city")]
public sealed record WeatherRequest([property: Description("Its name")] string City, int? Days);

[TrainingRecord("openai-chat", "mistral-chat")]
public sealed partial record WeatherExample
{
    [UserMessage]      public required string Question { get; init; }
    [ToolCall]         public required WeatherRequest Request { get; init; }
    [ToolResult]       public required string Weather { get; init; }
    [AssistantMessage] public required string Answer { get; init; }
}

[TrainingRecord]
public sealed partial record Transcript
{
    [SystemMessage] public string? Instructions { get; init; }
    [Conversation(typeof(WeatherRequest))] public required IReadOnlyList<ChatTurn> Turns { get; init; }
}

internal static class Program
{
    public static async Task Write(IEnumerable<SupportExample> examples)
    {
        await TrainingFile.WriteAsync("support.jsonl", examples, new TrainingWriteOptions { Target = TrainingTarget.BedrockHaiku });
    }

    public static Transcript Conversation()
    {
        var call = new ChatTurnCall("call00001", "get_weather", """{"city":"Oslo"}""");
        var transcript = new Transcript
        {
            Turns =
            [
                ChatTurn.User("Weather in Oslo?"),
                ChatTurn.Calls(call),
                ChatTurn.ToolResult(call, "4 C"),
                ChatTurn.Assistant("It is 4 degrees."),
            ],
        };

        return transcript;
    }
}
