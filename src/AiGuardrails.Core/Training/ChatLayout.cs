using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Training;

/// <summary>
/// The fixed text of a line of <c>openai-chat</c>: all that stands between the texts of two messages, precomputed for
/// each pair of neighbours, so that writing a record is one copy per message besides its text.
/// </summary>
/// <remarks>A further target of the same build (a list of messages, each with a role) is a further instance.</remarks>
internal sealed class ChatLayout
{
    /// <summary>The place before the first message.</summary>
    public const int Start = MessageKinds.Count;

    /// <summary>The place after the last message.</summary>
    public const int End = MessageKinds.Count;

    private const int Places = MessageKinds.Count + 1;

    private readonly byte[][] _between = new byte[Places * Places][];

    private ChatLayout()
    {
        for (var previous = 0; previous < Places; previous++)
        {
            for (var next = 0; next < Places; next++)
            {
                var close = previous == Start ? "{\"messages\":[" : Close((MessageKind)previous);
                var open = next == End ? "]}" : (previous == Start ? "" : ",") + Open((MessageKind)next);
                _between[(previous * Places) + next] = Utf8.GetBytes(close + open);
            }
        }
    }

    public static ChatLayout OpenAI { get; } = new();

    /// <summary>Gets what stands between the texts of two messages, or before the first and after the last.</summary>
    public ReadOnlySpan<byte> Between(int previous, int next) => _between[(previous * Places) + next];

    private static string Open(MessageKind kind) => $"{{\"role\":\"{kind.RoleName()}\",\"content\":\"";

    private static string Close(MessageKind kind) => kind switch
    {
        MessageKind.AssistantNotTrained => "\",\"weight\":0}",
        MessageKind.AssistantTrained => "\",\"weight\":1}",
        _ => "\"}",
    };
}
