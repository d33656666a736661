using System.Text.Json.Serialization;

namespace LegacySupportBot;

/// <summary>A ticket from the help desk's export: what the customer asked, and how an agent solved it.</summary>
internal sealed record SupportTicket(
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("question")] string Question,
    [property: JsonPropertyName("answer")] string Answer,
    [property: JsonPropertyName("rating")] int Rating);
