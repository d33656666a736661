using AiGuardrails;
using OpenAI;
using OpenAI.Files;
using OpenAI.FineTuning;

namespace TrainingPipeline;

/// <summary>From typed records to a model: prepare, estimate, upload, start, monitor. Every step can be repeated.</summary>
[CostBudget(MaxUsd = 20, Reason = "Twice what three epochs of 12,000 claims cost, rounded up")]
[FineTuningDecision(
    TriedPrompting = true,
    TriedRag = true,
    LabeledExamples = 12_000,
    BudgetUsd = 15_000,
    MachineLearningExpertise = true,
    KnowledgeIsStable = true,
    RequestsPerMonth = 2_000_000,
    SavingPerRequestUsd = 0.002,
    TrainingCostUsd = 20,
    Goal = TrainingGoal.Knowledge,
    DecidedOn = "2026-09-01",
    Rationale = "Claims are coded by a scheme of our own that no prompt explains in the tokens we can afford")]
internal static class Pipeline
{
    public const string TrainingPath = "data/claims.jsonl";
    public const string ValidationPath = "data/claims.validation.jsonl";
    private const int Epochs = 3;

    private static readonly TimeSpan s_deadline = TimeSpan.FromHours(12);
    private static readonly TimeSpan s_betweenPolls = TimeSpan.FromSeconds(30);

    /// <summary>Writes both files, checked and without a leak, each with a manifest, and says what training would cost.</summary>
    public static async Task PrepareAsync(string baseModel, CancellationToken cancellationToken)
    {
        var options = new TrainingWriteOptions { RefuseDuplicates = true, RefuseConflicts = true, Checks = { BaseModel = baseModel, Epochs = Epochs } };
        var split = await TrainingFile.SplitAsync(TrainingPath, ValidationPath, Claims.All, new TrainingSplit { ValidationShare = 0.2 }, options, cancellationToken: cancellationToken);

        Console.WriteLine($"{TrainingPath}: {split.Training.Report}");
        Console.WriteLine($"{ValidationPath}: {split.Validation.Report}");
        Console.WriteLine(split.Training.Report?.Cost is { } cost ? $"training '{baseModel}' costs about {cost}" : $"what training '{baseModel}' costs is not known");
    }

    /// <summary>Uploads what the manifests vouch for, starts a job and watches it to its end.</summary>
    /// <returns>The ID of the model, which belongs into configuration.</returns>
    public static async Task<string> TrainAsync(OpenAIClient client, string baseModel, CancellationToken cancellationToken)
    {
        // A file that was changed since it was checked is not uploaded.
        await TrainingManifest.VerifyAsync("data/claims.manifest.json", cancellationToken);
        await TrainingManifest.VerifyAsync("data/claims.validation.manifest.json", cancellationToken);

        var files = client.GetOpenAIFileClient();
        var trainingFile = await UploadAsync(files, TrainingPath, cancellationToken);
        var validationFile = await UploadAsync(files, ValidationPath, cancellationToken);
        FineTuningJob job = await client.GetFineTuningClient().FineTuneAsync(
            baseModel,
            trainingFile,
            waitUntilCompleted: false,
            new FineTuningOptions { Suffix = "claims", ValidationFile = validationFile, TrainingMethod = FineTuningTrainingMethod.CreateSupervised(epochCount: Epochs) },
            cancellationToken);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(s_deadline);
        while (!job.HasCompleted)
        {
            Console.WriteLine($"{job.JobId}: {job.Status}");
            await Task.Delay(s_betweenPolls, deadline.Token);
            await job.UpdateStatusAsync(deadline.Token);
        }

        // A job ends in one of three ways, and only one of them leaves a model.
        return job.Status == FineTuningStatus.Succeeded && job.Value is { } model
            ? model
            : throw new InvalidOperationException($"Job {job.JobId} ended as '{job.Status}'");
    }

    private static async Task<string> UploadAsync(OpenAIFileClient files, string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        OpenAIFile file = await files.UploadFileAsync(stream, Path.GetFileName(path), FileUploadPurpose.FineTune, cancellationToken);
        return file.Id;
    }
}
