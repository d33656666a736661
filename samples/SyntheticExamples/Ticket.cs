using AiGuardrails;

namespace SyntheticExamples;

public enum Queue { Billing, Delivery, Returns, Other }

/// <summary>What the model is asked to make up: a ticket, and the queue that it belongs to.</summary>
public sealed record GeneratedTicket(string Text, Queue Queue);

[Prompt("tickets/generate", Version = 1, Output = typeof(GeneratedTicket), MaxOutputTokens = 200)]
[Block(BlockRole.System, """
    You make up support tickets of a mail-order shop, as customers write them: short, sometimes rude, with typing errors.
    The ticket belongs to the queue {Queue}. Answer with the JSON shape you were given.
    """)]
[Block(BlockRole.User, "Ticket number {Number}.")]
public sealed partial record TicketRequest
{
    public required Queue Queue { get; init; }

    public required int Number { get; init; }
}

/// <summary>The training example that is made of it.</summary>
[TrainingRecord]
public sealed partial record TicketExample
{
    [SystemMessage]
    public static string Task => "Name the queue of a ticket: Billing, Delivery, Returns or Other.";

    [UserMessage]
    public required string Ticket { get; init; }

    [AssistantMessage]
    public required Queue Queue { get; init; }
}
