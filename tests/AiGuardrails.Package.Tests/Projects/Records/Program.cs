using AiGuardrails;

SupportExample[] examples =
[
    new() { Question = "How do I reset my password?", Answer = "Under Settings, Security." },
    new() { Question = "Où est ma facture ?", Answer = "Sous « Factures »." },
];

await TrainingFile.WriteAsync(args[0], examples);

[TrainingRecord]
public sealed partial record SupportExample
{
    [SystemMessage] public static string Persona => "You are a customer support agent for Acme Corp.";

    [UserMessage] public required string Question { get; init; }

    [AssistantMessage] public required string Answer { get; init; }
}
