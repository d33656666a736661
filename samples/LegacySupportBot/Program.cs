using LegacySupportBot;
using OpenAI;

// LegacySupportBot train <tickets.json> | watch <job ID> | chat
var apiKey = Environment.GetEnvironmentVariable("OPENAI_API_KEY")
    ?? throw new InvalidOperationException("Set OPENAI_API_KEY.");

var openAI = new OpenAIClient(apiKey);
var chat = new SupportChat(openAI);

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

switch (args)
{
    case ["train", var ticketsPath]:
        var trainingPath = await TrainingDataBuilder.BuildAsync(ticketsPath, stop.Token);
        var model = await new SupportModelTrainer(openAI).TrainAsync(trainingPath, stop.Token);
        await chat.TryOutAsync(model, stop.Token);
        break;

    case ["watch", var jobId]:
        using (var monitor = new JobMonitor(apiKey))
        {
            await chat.TryOutAsync(await monitor.WaitForModelAsync(jobId, stop.Token), stop.Token);
        }

        break;

    default:
        while (Console.ReadLine() is { Length: > 0 } question)
        {
            Console.WriteLine(await chat.AnswerAsync(question, stop.Token));
        }

        break;
}
