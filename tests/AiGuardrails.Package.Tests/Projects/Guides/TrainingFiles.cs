using AiGuardrails;

namespace Guides.TrainingFiles;

[TrainingRecord]
public sealed partial record SupportExample
{
    [SystemMessage] public static string Persona => "You are a customer support agent for Acme Corp.";
    [UserMessage] public required string Question { get; init; }
    [AssistantMessage] public required string Answer { get; init; }
}

internal static class Program
{
    public static async Task Write(IEnumerable<SupportExample> examples, CancellationToken cancellationToken)
    {
        TrainingWriteResult result = await TrainingFile.WriteAsync("train.jsonl", examples, cancellationToken: cancellationToken);
        Console.WriteLine(result.Report);   // 1,200 records, 0 errors, 2 warnings, 0 infos, 81,204 tokens (73,083 to 89,325)
    }
}
