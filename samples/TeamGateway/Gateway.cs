using AiGuardrails;
using Microsoft.Extensions.AI;

namespace TeamGateway;

/// <summary>The gateway over Microsoft.Extensions.AI; training is pretended.</summary>
public sealed class Gateway(IChatClient client) : IAssistant
{
    private int _polls;

    public async Task<string> AskAsync(string model, string instructions, [UserText] string question, int maxTokens, CancellationToken cancellationToken)
    {
        var response = await client.GetResponseAsync(
            [new ChatMessage(ChatRole.System, instructions), new ChatMessage(ChatRole.User, question)],
            new ChatOptions { ModelId = model, MaxOutputTokens = maxTokens },
            cancellationToken);

        return response.FinishReason == ChatFinishReason.Stop
            ? response.Text
            : throw new InvalidOperationException($"The model gave no complete answer: {response.FinishReason}");
    }

    public Task<TrainingRun> TrainAsync(string baseModel, string trainingFile, CancellationToken cancellationToken) =>
        Task.FromResult(new TrainingRun("run-1", RunStatus.Queued, Model: null));

    public Task<TrainingRun> GetRunAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(++_polls < 3 ? new TrainingRun(id, RunStatus.Running, Model: null) : new TrainingRun(id, RunStatus.Succeeded, "complaints-2"));
}

/// <summary>Stands in for a model.</summary>
public sealed class OfflineClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "I am sorry about that. A new one goes out today.")) { FinishReason = ChatFinishReason.Stop });

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The gateway does not stream.");

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
