using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SyntheticExamples;

/// <summary>Stands in for a model, with its habits: it repeats itself, changes its mind about a queue, and is now and then cut off.</summary>
public sealed class OfflineClient : IChatClient
{
    private static readonly (string Text, Queue Queue)[] s_tickets =
    [
        ("was charged 2 times for one lamp!!", Queue.Billing),
        ("where is my parcel, tracking stuck since monday", Queue.Delivery),
        ("the shirt is too small, how do i send it back", Queue.Returns),
        ("do you have a shop in Leeds?", Queue.Other),
        ("invoice has the wrong adress, pls fix", Queue.Billing),
        ("courier left it in the rain", Queue.Delivery),
        ("the zip broke on day one, i want to send it back", Queue.Returns),
        ("can i still change the address of my order??", Queue.Delivery),
        ("why is there VAT twice on the bill", Queue.Billing),
        ("how long do i have to return a jacket", Queue.Returns),
        ("are you hiring", Queue.Other),
        ("was charged 2 times for one lamp!!", Queue.Billing),
        ("want my money back for the broken mug", Queue.Returns),
        ("want my money back for the broken mug", Queue.Billing),
        ("is the blue one dishwasher safe", Queue.Other),
    ];

    private int _calls;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = _calls++;
        var (text, queue) = s_tickets[call % s_tickets.Length];
        var answer = JsonSerializer.Serialize(new { text, queue = queue.ToString() });
        var isCutOff = call % 7 == 6;
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, isCutOff ? answer[..(answer.Length / 2)] : answer))
        {
            FinishReason = isCutOff ? ChatFinishReason.Length : ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 90, OutputTokenCount = isCutOff ? options?.MaxOutputTokens : 40 },
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
