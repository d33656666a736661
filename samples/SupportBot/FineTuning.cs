using AiGuardrails;
using OpenAI;
using OpenAI.Files;
using OpenAI.FineTuning;

namespace SupportBot;

/// <summary>From two files to a model.</summary>
internal sealed class FineTuning(OpenAIClient client)
{
    // Small jobs take minutes, and a queue can take hours. Whoever waits longer wants to know.
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(6);
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromSeconds(30);

    private readonly OpenAIFileClient files = client.GetOpenAIFileClient();
    private readonly FineTuningClient jobs = client.GetFineTuningClient();

    /// <summary>Uploads both files and starts a job.</summary>
    [CostBudget(MaxUsd = 5, Reason = "Twenty short examples, three epochs: about 5,000 tokens, some cents; five dollars leave room for ten times as many.")]
    public async Task<FineTuningJob> StartAsync(string baseModel, string trainingPath, string validationPath, CancellationToken cancellationToken)
    {
        var trainingFile = await UploadAsync(trainingPath, cancellationToken);
        var validationFile = await UploadAsync(validationPath, cancellationToken);

        return await jobs.FineTuneAsync(
            baseModel,
            trainingFile,
            waitUntilCompleted: false,
            new FineTuningOptions
            {
                Suffix = "support",
                ValidationFile = validationFile,
                TrainingMethod = FineTuningTrainingMethod.CreateSupervised(epochCount: 3),
            },
            cancellationToken);
    }

    /// <summary>Finds a job that was started before.</summary>
    public Task<FineTuningJob> FindAsync(string jobId, CancellationToken cancellationToken) => jobs.GetJobAsync(jobId, cancellationToken);

    /// <summary>Watches a job to its end.</summary>
    /// <returns>The ID of the model.</returns>
    /// <exception cref="InvalidOperationException">The job failed or was cancelled.</exception>
    /// <exception cref="TimeoutException">The job took longer than the deadline; it goes on all the same.</exception>
    public static async Task<string> WatchAsync(FineTuningJob job, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);

        try
        {
            while (!job.HasCompleted)
            {
                Console.WriteLine($"{DateTime.Now:T}  {job.Status}");
                await Task.Delay(BetweenPolls, deadline.Token);
                await job.UpdateStatusAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Job {job.JobId} is still '{job.Status}' after {Deadline.TotalHours} hours; 'watch {job.JobId}' goes on watching it");
        }

        // A job ends in one of three ways, and only one of them leaves a model.
        if (job.Status != FineTuningStatus.Succeeded)
        {
            throw new InvalidOperationException($"Job {job.JobId} ended as '{job.Status}': {job.GetRawResponse().Content}");
        }

        return job.Value ?? throw new InvalidOperationException($"Job {job.JobId} succeeded without naming its model");
    }

    private async Task<string> UploadAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        OpenAIFile file = await files.UploadFileAsync(stream, Path.GetFileName(path), FileUploadPurpose.FineTune, cancellationToken);
        return file.Id;
    }
}
