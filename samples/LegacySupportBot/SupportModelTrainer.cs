using OpenAI;
using OpenAI.Files;
using OpenAI.FineTuning;

namespace LegacySupportBot;

/// <summary>Steps 2 to 4 over the SDK: upload, start the job, wait for the model.</summary>
internal sealed class SupportModelTrainer(OpenAIClient openAI)
{
    private const string BaseModel = "gpt-3.5-turbo-0613";

    public async Task<string> TrainAsync(string trainingPath, CancellationToken cancellationToken)
    {
        OpenAIFile trainingFile = await openAI.GetOpenAIFileClient().UploadFileAsync(trainingPath, FileUploadPurpose.FineTune);

        var job = await openAI.GetFineTuningClient().FineTuneAsync(
            BaseModel,
            trainingFile.Id,
            waitUntilCompleted: false,
            new FineTuningOptions { Suffix = "support" },
            cancellationToken);

        Console.WriteLine($"Started {job.JobId}");

        while (job.Status == FineTuningStatus.Running || job.Status == FineTuningStatus.Queued)
        {
            await Task.Delay(TimeSpan.FromSeconds(60), cancellationToken);
            await job.UpdateStatusAsync(cancellationToken);
            Console.WriteLine($"{DateTime.Now:t} {job.Status}");
        }

        return job.Value!;
    }
}
