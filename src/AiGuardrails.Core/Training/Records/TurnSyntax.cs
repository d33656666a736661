using AiGuardrails.Core.Json;
using AiGuardrails.Core.Training.Targets;

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

    /// <summary>Gets what the rules of order ask for.</summary>
    public Turn ToTurn(RecordLayout layout) => new()
    {
        Role = Kind switch
        {
            MessageKind.System => layout.InstructsAsDeveloper ? TurnRole.Developer : TurnRole.System,
            MessageKind.User => TurnRole.User,
            MessageKind.ToolResult => TurnRole.Tool,
            _ => TurnRole.Assistant,
        },
        Marks = (Kind == MessageKind.ToolCall ? TurnMarks.ToolCalls : TurnMarks.Content | TurnMarks.StringContent | TurnMarks.Text)
            | (Images.Count > 0 ? TurnMarks.Image : TurnMarks.None),
        Images = Images.Count,
        Weight = Kind switch { MessageKind.AssistantNotTrained => 0, MessageKind.AssistantTrained => 1, _ => -1 },
    };
}

/// <summary>Turns as the targets write them, one by one: what a layout has no slot for.</summary>
internal static class TurnSyntax
{
    /// <summary>Gets whether a target can hold a turn at all.</summary>
    /// <returns>Null, or what stands in the way: a clause without its subject.</returns>
    public static string? Check(RecordLayout layout, LayoutPart part, TurnData turn)
    {
        var kind = turn.Kind;
        if (kind is MessageKind.ToolCall or MessageKind.ToolResult)
        {
            return layout.Tools == ToolForm.None ? "calls a tool or answers a call, for which the target has no published form" : null;
        }

        if (turn.Images.Count > 0 && layout.Images == ImageForm.None)
        {
            return "holds an image, for which the target has no place";
        }

        if (kind.IsAssistant() && kind != MessageKind.AssistantNotTrained && TakesAnswersForContext(layout))
        {
            return "is an answer, which the target takes for context: only the last one, which stands apart, is trained on";
        }

        if (kind is MessageKind.AssistantNotTrained or MessageKind.AssistantTrained && !layout.HasWeights && !TakesAnswersForContext(layout))
        {
            return "has a weight, for which the target has no place";
        }

        return SlotOf(layout, part, kind) is null ? "is of a role that has no place among the messages of the target" : null;
    }

    /// <summary>Finds the place of a turn; where every answer but the last is context, one that says so needs no weight.</summary>
    public static LayoutSlot? SlotOf(RecordLayout layout, LayoutPart part, MessageKind kind) =>
        part.SlotOf(kind == MessageKind.AssistantNotTrained && TakesAnswersForContext(layout) ? MessageKind.Assistant : kind);

    /// <summary>Reads a turn.</summary>
    /// <returns>Null, or what is wrong: a clause without its subject.</returns>
    public static string? Read(RecordLayout layout, LayoutPart part, JsonTree tree, ReadOnlySpan<byte> utf8, int node, out TurnData turn)
    {
        turn = new TurnData(MessageKind.User);
        if (tree[node].Type != JsonTokenType.ObjectStart)
        {
            return "is not an object";
        }

        if (tree.Find(node, "tool_calls") >= 0 && layout.Tools != ToolForm.None)
        {
            return ReadCalls(layout, tree, utf8, node, out turn);
        }

        if (layout.Tools != ToolForm.None && TextAt(tree, utf8, node, "role") == "tool")
        {
            return ReadResult(layout, tree, utf8, node, out turn);
        }

        if (tree.Find(node, "content") is >= 0 and var content && tree[content].Type == JsonTokenType.ArrayStart && layout.Images != ImageForm.None)
        {
            return ReadParts(layout, tree, utf8, node, content, out turn);
        }

        foreach (var slot in part.Slots)
        {
            if (SlotReader.Read(slot, tree, utf8, node) is { } text)
            {
                var isContext = slot.Kind == MessageKind.Assistant && TakesAnswersForContext(layout);
                turn = new TurnData(isContext ? MessageKind.AssistantNotTrained : slot.Kind) { Text = text };
                return string.IsNullOrWhiteSpace(text) ? "has an empty text" : null;
            }
        }

        return "is not of a form that a conversation holds: a role that the target knows, a text, and nothing else";
    }

    private static bool TakesAnswersForContext(RecordLayout layout) => layout.AnswerIsApart && layout.Form != RecordForm.Preference;

    private static string? ReadCalls(RecordLayout layout, JsonTree tree, ReadOnlySpan<byte> utf8, int node, out TurnData turn)
    {
        turn = new TurnData(MessageKind.ToolCall);
        var list = tree.Find(node, "tool_calls");
        if (TextAt(tree, utf8, node, "role") != "assistant" || tree[list].Type != JsonTokenType.ArrayStart || tree.ChildrenOf(node).Count() != 2)
        {
            return "has tool calls and something else beside them that would be lost";
        }

        var calls = new List<CallData>();
        foreach (var call in tree.ChildrenOf(list))
        {
            var function = tree[call].Type == JsonTokenType.ObjectStart ? tree.Find(call, "function") : -1;
            var arguments = function >= 0 && tree[function].Type == JsonTokenType.ObjectStart ? tree.Find(function, "arguments") : -1;
            var id = function >= 0 ? TextAt(tree, utf8, call, "id") : null;
            var name = arguments >= 0 ? TextAt(tree, utf8, function, "name") : null;
            var isText = layout.Tools != ToolForm.Trl;
            if (name is null
                || id is null
                || TextAt(tree, utf8, call, "type") != "function"
                || tree.ChildrenOf(call).Count() != 3
                || tree.ChildrenOf(function).Count() != 2
                || tree[arguments].Type != (isText ? JsonTokenType.String : JsonTokenType.ObjectStart)
                || tree[arguments].HasLoneSurrogate)
            {
                return "has a tool call of another form than 'id', 'type' and 'function' with 'name' and 'arguments'";
            }

            calls.Add(new CallData(id, name, isText ? tree.TextOf(utf8, arguments) : tree.RawOf(utf8, arguments)));
        }

        turn = turn with { Calls = calls };
        return calls.Count == 0 ? "has an empty list of tool calls" : null;
    }

    private static string? ReadResult(RecordLayout layout, JsonTree tree, ReadOnlySpan<byte> utf8, int node, out TurnData turn)
    {
        var reference = layout.Tools == ToolForm.Trl ? "name" : "tool_call_id";
        var text = TextAt(tree, utf8, node, "content");
        var answered = TextAt(tree, utf8, node, reference);
        turn = new TurnData(MessageKind.ToolResult)
        {
            Text = text,
            CallId = layout.Tools == ToolForm.Trl ? null : answered,
            ToolName = layout.Tools == ToolForm.Trl ? answered : null,
        };
        return text is null || answered is null || tree.ChildrenOf(node).Count() != 3 ? $"is no answer of a tool with 'content' and '{reference}' and nothing else" : null;
    }

    private static string? ReadParts(RecordLayout layout, JsonTree tree, ReadOnlySpan<byte> utf8, int node, int content, out TurnData turn)
    {
        turn = new TurnData(MessageKind.User);
        var images = new List<string>();
        string? text = null;
        if (TextAt(tree, utf8, node, "role") != "user" || tree.ChildrenOf(node).Count() != 2)
        {
            return "is a list of parts, which only a message of the user can be, and it has nothing else";
        }

        foreach (var part in tree.ChildrenOf(content))
        {
            var type = tree[part].Type == JsonTokenType.ObjectStart && tree.ChildrenOf(part).Count() == 2 ? TextAt(tree, utf8, part, "type") : null;
            if (type == "text" && text is null)
            {
                text = TextAt(tree, utf8, part, "text");
                continue;
            }

            var image = type == "image_url" && text is null ? tree.Find(part, "image_url") : -1;
            var address = image < 0 ? null
                : layout.Images == ImageForm.Mistral ? TextAt(tree, utf8, part, "image_url")
                : tree[image].Type == JsonTokenType.ObjectStart && tree.ChildrenOf(image).Count() == 1 ? TextAt(tree, utf8, image, "url")
                : null;
            if (address is null)
            {
                return "has parts that are not images and then one text";
            }

            images.Add(address);
        }

        turn = turn with { Text = text, Images = images };
        return text is null || images.Count == 0 ? "has parts that are not images and then one text" : null;
    }

    private static string? TextAt(JsonTree tree, ReadOnlySpan<byte> utf8, int node, string name)
    {
        var found = tree.Find(node, name);
        return found >= 0 && tree[found].Type == JsonTokenType.String && !tree[found].HasLoneSurrogate ? tree.TextOf(utf8, found) : null;
    }
}

/// <summary>Finds the value in a message that is written by a slot.</summary>
internal static class SlotReader
{
    private const string Hole = "\\u0001";

    /// <summary>Gets the text of a message; null where it is not one of this slot.</summary>
    public static string? Read(LayoutSlot slot, JsonTree tree, ReadOnlySpan<byte> utf8, int node)
    {
        var template = Utf8.GetBytes(slot.Open + Hole + slot.Close);
        var pattern = new JsonTree();
        pattern.Parse(template);
        string? text = null;
        return Matches(pattern, template, 0, tree, utf8, node, ref text) ? text : null;
    }

    private static bool Matches(JsonTree pattern, byte[] template, int expected, JsonTree tree, ReadOnlySpan<byte> utf8, int node, ref string? text)
    {
        if (pattern[expected].Type != tree[node].Type)
        {
            return false;
        }

        var parts = pattern.ChildrenOf(expected).ToList();
        var children = tree.ChildrenOf(node).ToList();
        if (parts.Count != children.Count)
        {
            return false;
        }

        switch (pattern[expected].Type)
        {
            case JsonTokenType.ObjectStart:
                foreach (var part in parts)
                {
                    var child = tree.Find(node, pattern[part].Name!);
                    if (child < 0 || !Matches(pattern, template, part, tree, utf8, child, ref text))
                    {
                        return false;
                    }
                }

                return true;
            case JsonTokenType.ArrayStart:
                for (var i = 0; i < parts.Count; i++)
                {
                    if (!Matches(pattern, template, parts[i], tree, utf8, children[i], ref text))
                    {
                        return false;
                    }
                }

                return true;
            case JsonTokenType.String:
                if (tree[node].HasLoneSurrogate)
                {
                    return false;
                }

                var wanted = pattern.TextOf(template, expected);
                var found = tree.TextOf(utf8, node);
                if (wanted == "\u0001")
                {
                    text = found;
                    return true;
                }

                return string.Equals(wanted, found, StringComparison.Ordinal);
            default:
                return string.Equals(pattern.RawOf(template, expected), tree.RawOf(utf8, node), StringComparison.Ordinal);
        }
    }
}
