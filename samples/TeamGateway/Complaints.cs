using AiGuardrails;

namespace TeamGateway;

/// <summary>
/// A caller. What the rules would say of it without this care: the complaint among the instructions is AIG7001, a model in the code
/// AIG1001, training without the two attributes AIG2008 and AIG5002, and a loop that waits for success alone AIG4001.
/// </summary>
public sealed class Complaints(IAssistant assistant, string model)
{
    private const int MaxTokens = 300;

    public Task<string> AnswerAsync([UserText] string complaint, CancellationToken cancellationToken) =>
        assistant.AskAsync(model, "You answer complaints of customers, briefly and kindly.", complaint, MaxTokens, cancellationToken);

    [CostBudget(MaxUsd = 50, Reason = "12,000 complaints of 150 tokens, three epochs, twice")]
    [FineTuningDecision(
        TriedPrompting = true,
        TriedRag = true,
        LabeledExamples = 12_000,
        BudgetUsd = 15_000,
        MachineLearningExpertise = true,
        KnowledgeIsStable = true,
        Goal = TrainingGoal.Behavior,
        DecidedOn = "2026-09-14",
        Rationale = "The tone of our house was not to be had by prompts, and reviewers preferred the tuned answers")]
    public async Task<string> TrainAsync(string trainingFile, TimeSpan betweenPolls, CancellationToken cancellationToken)
    {
        var run = await assistant.TrainAsync(model, trainingFile, cancellationToken);
        while (run.Status is RunStatus.Queued or RunStatus.Running)
        {
            await Task.Delay(betweenPolls, cancellationToken);
            run = await assistant.GetRunAsync(run.Id, cancellationToken);
        }

        return run.Status == RunStatus.Succeeded && run.Model is { } trained
            ? trained
            : throw new InvalidOperationException($"Training run {run.Id} ended as '{run.Status}'");
    }
}
