using AiGuardrails;
using Microsoft.Extensions.AI;
using SyntheticExamples;

const int Wanted = 60;

// Prices of the model that makes the tickets up, and what the whole run may cost.
var price = new TokenPrice(inputUsdPerMillionTokens: 0.15m, outputUsdPerMillionTokens: 0.60m);
var meter = new CostMeter(new CostBudget(0.01m, "synthetic tickets"));

using IChatClient client = new OfflineClient();
var examples = new Dictionary<string, TicketExample>(StringComparer.OrdinalIgnoreCase);
var contradicted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
var (repeated, unusable) = (0, 0);

try
{
    for (var number = 1; number <= Wanted; number++)
    {
        var request = new TicketRequest { Queue = (Queue)(number % 4), Number = number };
        var options = request.CreateOptions();

        // Held before the call and settled after it: the limit holds whatever the answer is.
        using var reservation = meter.Reserve(price.CostOf(inputTokens: 500, outputTokens: options.MaxOutputTokens ?? 200));
        var response = await client.GetResponseAsync(request.ToChatMessages(), options);
        reservation.Complete(price.CostOf(response.Usage?.InputTokenCount ?? 500, response.Usage?.OutputTokenCount ?? 200));

        // Cut off, withheld, refused or no JSON of this shape: none of it becomes an example.
        if (!TicketRequest.TryRead(response, out var ticket, out _))
        {
            unusable++;
        }
        else if (!examples.TryAdd(ticket.Text, new TicketExample { Ticket = ticket.Text, Queue = ticket.Queue }))
        {
            repeated++;
            if (examples[ticket.Text].Queue != ticket.Queue)
            {
                contradicted.Add(ticket.Text);
            }
        }
    }
}
catch (CostBudgetExceededException exception)
{
    Console.Error.WriteLine(exception.Message);
}

// Two answers to one ticket teach the model to guess: neither is kept.
foreach (var text in contradicted)
{
    examples.Remove(text);
}

Console.WriteLine($"{examples.Count} examples kept, {repeated} repeated, {contradicted.Count} contradicted, {unusable} unusable; {meter}");
Directory.CreateDirectory("data");
try
{
    var written = await TrainingFile.WriteAsync("data/tickets.jsonl", examples.Values, new TrainingWriteOptions { RefuseDuplicates = true, RefuseConflicts = true });
    Console.WriteLine($"{written.Files[0]}: {written.Report}");
    written.Report?.ThrowIfAny();
    return 0;
}
catch (Exception exception) when (exception is TrainingDataException or TrainingRecordException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
