using AiGuardrails;
using OpenAI.FineTuning;

namespace Chat;

internal sealed class Trainer(FineTuningClient client)
{
    public Task<FineTuningJob> StartAsync(string file, CancellationToken cancellationToken) =>
        client.FineTuneAsync("gpt-4o-mini-2024-07-18", file, waitUntilCompleted: false, cancellationToken: cancellationToken); // expect AIG2008

    [CostBudget(MaxUsd = 25)]
    public Task<FineTuningJob> StartWithinBudgetAsync(string file, CancellationToken cancellationToken) =>
        client.FineTuneAsync("gpt-4o-mini-2024-07-18", file, waitUntilCompleted: false, cancellationToken: cancellationToken);

    public static async Task PollAsync(FineTuningJob job, CancellationToken cancellationToken)
    {
        while (job.Status != FineTuningStatus.Succeeded) // expect AIG4001
        {
            await Task.Delay(TimeSpan.FromSeconds(30), cancellationToken);
            await job.UpdateStatusAsync(cancellationToken);
        }
    }

    public static async Task<string?> WaitAsync(FineTuningJob job, CancellationToken cancellationToken)
    {
        await job.WaitForCompletionAsync(cancellationToken);
        return job.Value; // expect AIG4003
    }
}
