using System.Text.Json;

namespace LegacySupportBot;

/// <summary>Step 1, prepare the data: solved tickets become chat examples, one JSON object a line.</summary>
internal static class TrainingDataBuilder
{
    private const string Persona = "You are a customer support agent for Acme Corp. Be friendly, be brief, and never promise a refund.";

    public static async Task<string> BuildAsync(string ticketsPath, CancellationToken cancellationToken)
    {
        await using var input = File.OpenRead(ticketsPath);
        var tickets = await JsonSerializer.DeserializeAsync<List<SupportTicket>>(input, cancellationToken: cancellationToken) ?? [];

        var trainingPath = Path.ChangeExtension(ticketsPath, ".jsonl");
        await using var output = new StreamWriter(trainingPath);

        var count = 0;
        foreach (var ticket in tickets.Where(ticket => ticket.Rating >= 4))
        {
            var example = new
            {
                messages = new[]
                {
                    new { role = "system", content = Persona },
                    new { role = "user", content = ticket.Subject + "\n\n" + ticket.Question },
                    new { role = "assistant", content = ticket.Answer },
                },
            };

            await output.WriteLineAsync(JsonSerializer.Serialize(example).AsMemory(), cancellationToken);
            count++;
        }

        Console.WriteLine($"{count} of {tickets.Count} tickets written to {trainingPath}");
        return trainingPath;
    }
}
