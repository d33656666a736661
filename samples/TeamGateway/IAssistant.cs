using AiGuardrails;

namespace TeamGateway;

/// <summary>
/// The one way to models in this company: it holds keys, retries and logs. The marks tell the rules what its members are, so that
/// callers are looked at as if they called an SDK.
/// </summary>
public interface IAssistant
{
    [GeneratesText]
    Task<string> AskAsync(
        [ModelId] string model,
        [Instructions] string instructions,
        [UserText] string question,
        [OutputCap] int maxTokens,
        CancellationToken cancellationToken);

    [StartsTraining]
    Task<TrainingRun> TrainAsync([ModelId] string baseModel, string trainingFile, CancellationToken cancellationToken);

    Task<TrainingRun> GetRunAsync(string id, CancellationToken cancellationToken);
}

/// <summary>A training run of the gateway; what its states are called tells the rules which of them are final.</summary>
public sealed record TrainingRun(string Id, RunStatus Status, string? Model);

[JobStatus]
public enum RunStatus { Queued, Running, Succeeded, Failed, Cancelled }
