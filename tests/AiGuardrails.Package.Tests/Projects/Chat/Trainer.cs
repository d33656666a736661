using AiGuardrails;
using OpenAI.Chat;
using OpenAI.FineTuning;

namespace Chat;

internal sealed class Trainer(FineTuningClient client)
{
    public Task<FineTuningJob> StartAsync(string file, CancellationToken cancellationToken) =>
        client.FineTuneAsync("gpt-4o-mini-2024-07-18", file, waitUntilCompleted: false, cancellationToken: cancellationToken); // expect AIG1007 AIG2008 AIG5001 AIG5002

    [CostBudget(MaxUsd = 25)]
    public Task<FineTuningJob> StartWithinBudgetAsync(string file, CancellationToken cancellationToken) =>
        client.FineTuneAsync("gpt-4o-mini-2024-07-18", file, waitUntilCompleted: false, cancellationToken: cancellationToken); // expect AIG1007 AIG5001 AIG5002

    public static async Task PollAsync(FineTuningJob job, CancellationToken cancellationToken)
    {
        while (job.Status != FineTuningStatus.Succeeded) // expect AIG4001
        {
            await Task.Delay(TimeSpan.FromSeconds(30), cancellationToken);
            await job.UpdateStatusAsync(cancellationToken);
        }
    }

    public static async Task<ChatClient> WaitAsync(FineTuningJob job, string key, CancellationToken cancellationToken)
    {
        await job.WaitForCompletionAsync(cancellationToken);
        return new ChatClient(job.Value, key); // expect AIG4003
    }
}
