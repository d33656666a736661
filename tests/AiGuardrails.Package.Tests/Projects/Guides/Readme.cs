using AiGuardrails;

namespace Guides.Readme;

[TrainingRecord]
public sealed partial record SupportExample
{
    [SystemMessage]
    public static string Persona => "You are a customer support agent for Acme Corp.";

    [UserMessage]
    public required string Question { get; init; }

    [AssistantMessage]
    public required string Answer { get; init; }
}

internal static class Program
{
    public static async Task Run(IEnumerable<SupportExample> examples)
    {
        await TrainingFile.WriteAsync("support.jsonl", examples);

        await foreach (var example in TrainingFile.ReadAsync<SupportExample>("support.jsonl"))
        {
            Console.WriteLine(example.Question);
        }
    }
}
