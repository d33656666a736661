using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace RagChat;

/// <summary>Stands in for a model: it answers with the first sentence of the first passage, or makes up a source where it is told to.</summary>
public sealed partial class OfflineClient(bool invents) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var passage = Passage().Match(messages.Last().Text);
        var sentence = passage.Groups["sentence"].Value;
        var source = invents ? "warranty.md#free-repairs" : passage.Groups["source"].Value;
        var answer = passage.Success
            ? JsonSerializer.Serialize(new { isAnswered = true, text = sentence, citations = new[] { new { source, quote = sentence } } })
            : JsonSerializer.Serialize(new { isAnswered = false, text = "The manual does not say.", citations = Array.Empty<object>() });
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer)) { FinishReason = ChatFinishReason.Stop });
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

    [GeneratedRegex(@"^source: (?<source>.+)\n(?<sentence>[^.]+\.)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Passage();
}
