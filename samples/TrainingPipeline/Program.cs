using System.ClientModel;
using AiGuardrails;
using OpenAI;
using TrainingPipeline;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

// Which model is trained is configuration; so is the one that comes out of it, in the program that uses it.
var baseModel = Environment.GetEnvironmentVariable("CLAIMS_BASE_MODEL") is { Length: > 0 } configured ? configured : "gpt-4.1-mini-2025-04-14";
try
{
    Directory.CreateDirectory("data");
    await Pipeline.PrepareAsync(baseModel, stop.Token);
    if (args is not ["--train"])
    {
        Console.WriteLine("Nothing was uploaded; --train does, with OPENAI_API_KEY.");
        return 0;
    }

    var key = Environment.GetEnvironmentVariable("OPENAI_API_KEY") is { Length: > 0 } set ? set : throw new InvalidOperationException("The environment variable OPENAI_API_KEY is not set");
    Console.WriteLine($"The model is {await Pipeline.TrainAsync(new OpenAIClient(new ApiKeyCredential(key)), baseModel, stop.Token)}; set CLAIMS_MODEL to it.");
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped; a job that was started goes on.");
    return 130;
}
catch (Exception exception) when (exception is TrainingDataException or TrainingRecordException or ClientResultException or InvalidOperationException or OperationCanceledException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
