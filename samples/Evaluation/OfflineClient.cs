using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Evaluation;

/// <summary>Stands in for two models: the one that was only told what to do takes irony at its word, the tuned one does not.</summary>
public sealed class OfflineClient(bool isTuned) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var conversation = messages.ToList();
        var review = conversation[^1].Text;
        var mood = review.Contains("Never again") || (isTuned && review.StartsWith("Oh great")) ? Mood.Angry
            : review.Contains("Best") || review.Contains("great") ? Mood.Pleased
            : Mood.Neutral;

        // About four characters to a token.
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, mood.ToString()))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = conversation.Sum(static message => message.Text.Length) / 4, OutputTokenCount = 2 },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
