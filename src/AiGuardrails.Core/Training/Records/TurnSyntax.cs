using System.Text;
using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Training.Records;

/// <summary>A call of a tool in a turn: arguments are a JSON text.</summary>
internal sealed record CallData(string Id, string Name, string Arguments);

/// <summary>A turn of a conversation, as far as any target can hold it.</summary>
internal sealed record TurnData(MessageKind Kind)
{
    public string? Text { get; init; }

    public IReadOnlyList<CallData> Calls { get; init; } = [];

    public string? CallId { get; init; }

    public string? ToolName { get; init; }

    /// <summary>Gets the addresses of images, which stand before the text.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];
}

/// <summary>Turns as the targets write them.</summary>
internal static class TurnSyntax
{
    /// <summary>Reads a turn.</summary>
    /// <returns>Null, or what is wrong: a clause without its subject.</returns>
    public static string? Read(RecordLayout layout, LayoutPart part, JsonTree tree, ReadOnlySpan<byte> utf8, int node, out TurnData turn)
    {
        turn = new TurnData(MessageKind.User);
        return "cannot be read yet";
    }
}
