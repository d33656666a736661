using System.ClientModel;
using AiGuardrails;
using OpenAI;
using OpenAI.Chat;
using SupportBot;

const string TrainingPath = "data/support.jsonl";
const string ValidationPath = "data/support.validation.jsonl";

// Ctrl+C ends every wait in an orderly way; a job that was started goes on at the provider.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

try
{
    return args switch
    {
        ["prepare"] => await PrepareAsync(stop.Token),
        ["train"] => await TrainAsync(stop.Token),
        ["watch", var jobId] => await WatchAsync(jobId, stop.Token),
        ["ask", var question] => await AskAsync(question, stop.Token),
        _ => Usage(),
    };
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
catch (Exception exception) when (exception is TrainingRecordException or ClientResultException or InvalidOperationException or TimeoutException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static async Task<int> PrepareAsync(CancellationToken cancellationToken)
{
    Directory.CreateDirectory("data");
    await WriteAsync(TrainingPath, SupportExamples.ForTraining, cancellationToken);
    await WriteAsync(ValidationPath, SupportExamples.ForValidation, cancellationToken);
    return 0;
}

static async Task WriteAsync(string path, IEnumerable<SupportExample> examples, CancellationToken cancellationToken)
{
    var written = await TrainingFile.WriteAsync(path, examples, cancellationToken: cancellationToken);

    // What is in the file is what will be trained: read it back and compare.
    var index = 0;
    using var expected = examples.GetEnumerator();
    await foreach (var example in TrainingFile.ReadAsync<SupportExample>(path, cancellationToken: cancellationToken))
    {
        index++;
        if (!expected.MoveNext() || example != expected.Current)
        {
            throw new InvalidOperationException($"{path}({index}): the file does not hold what was written");
        }
    }

    Console.WriteLine($"{path}: {written.Records} examples, {written.Bytes} bytes, {index} read back");
}

static async Task<int> TrainAsync(CancellationToken cancellationToken)
{
    var tuning = new FineTuning(CreateClient());
    var job = await tuning.StartAsync(Setting("SUPPORTBOT_BASE_MODEL"), TrainingPath, ValidationPath, cancellationToken);
    Console.WriteLine($"Job {job.JobId} has started.");
    return Report(await FineTuning.WatchAsync(job, cancellationToken));
}

static async Task<int> WatchAsync(string jobId, CancellationToken cancellationToken)
{
    var job = await new FineTuning(CreateClient()).FindAsync(jobId, cancellationToken);
    return Report(await FineTuning.WatchAsync(job, cancellationToken));
}

static int Report(string model)
{
    Console.WriteLine($"The model is {model}; set SUPPORTBOT_MODEL to it.");
    return 0;
}

static async Task<int> AskAsync(string question, CancellationToken cancellationToken)
{
    using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    timeout.CancelAfter(TimeSpan.FromMinutes(1));

    var chat = CreateClient().GetChatClient(Setting("SUPPORTBOT_MODEL"));
    ChatCompletion completion = await chat.CompleteChatAsync(
        [new SystemChatMessage(SupportExample.Persona), new UserChatMessage(question)],
        new ChatCompletionOptions { MaxOutputTokenCount = 300 },
        timeout.Token);

    if (completion.FinishReason != ChatFinishReason.Stop || completion.Content.Count == 0)
    {
        throw new InvalidOperationException($"The model gave no complete answer: {completion.FinishReason}");
    }

    Console.WriteLine(completion.Content[0].Text);
    return 0;
}

static OpenAIClient CreateClient() => new(new ApiKeyCredential(Setting("OPENAI_API_KEY")));

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"The environment variable {name} is not set");

static int Usage()
{
    Console.Error.WriteLine("usage: SupportBot prepare | train | watch <job> | ask <question>");
    return 2;
}
