using TeamGateway;

using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
using var client = new OfflineClient();

// Which model is asked is configuration, here and everywhere.
var model = Environment.GetEnvironmentVariable("COMPLAINTS_MODEL") is { Length: > 0 } configured ? configured : "complaints-1";
var complaints = new Complaints(new Gateway(client), model);

Console.WriteLine(await complaints.AnswerAsync("The lamp arrived broken!", stop.Token));
Console.WriteLine($"trained: {await complaints.TrainAsync("complaints.jsonl", TimeSpan.FromMilliseconds(10), stop.Token)}");
