using System.Globalization;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Training;
using AiGuardrails.Core.Training.Records;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.CompilerServices;

/// <summary>Writes the turns of a conversation: what a target says of their order is checked here, since each record has its own.</summary>
internal static class TurnWriter
{
    /// <summary>Writes the turns, with commas between them.</summary>
    /// <param name="json">Where they go.</param>
    /// <param name="plan">How records are written to the target.</param>
    /// <param name="member">The index of the member that holds them.</param>
    /// <param name="follows">Whether this record has the member before it.</param>
    /// <param name="turns">The turns.</param>
    /// <returns>Null, or what is wrong with them: a clause.</returns>
    public static string? Write(ref JsonUtf8Writer json, RecordPlan plan, int member, bool follows, IEnumerable<ChatTurn> turns)
    {
        var layout = plan.Layout;
        var part = plan.PartOf(member);
        var around = new List<Turn>();
        for (var i = 0; i < member; i++)
        {
            AddFixed(around, plan, i, part);
        }

        var before = around.Count;
        var count = 0;
        foreach (var turn in turns)
        {
            count++;
            if (turn is null)
            {
                return $"turn {Text(count)} of it is null";
            }

            if (TurnSyntax.Check(layout, part, turn.Data) is { } reason)
            {
                return $"turn {Text(count)} of it {reason}";
            }

            if (count == 1 && before == 0 && turn.Role == ChatTurnRole.System && member > 0 && !follows && plan.Members[member - 1].IsOptional)
            {
                return "it begins with instructions, which a file could not tell from those of the record; give them to the record";
            }

            around.Add(turn.Data.ToTurn(layout));
            json.WriteRaw(count == 1 ? "" : ",");
            if (WriteTurn(ref json, layout, part, turn.Data) is { } failure)
            {
                return $"turn {Text(count)} of it: {failure}";
            }
        }

        if (count == 0)
        {
            return "it is empty; a conversation has a turn";
        }

        for (var i = member + 1; i < plan.Members.Length; i++)
        {
            AddFixed(around, plan, i, part);
        }

        return RecordFit.CheckTurns(layout, part, around.ToArray())?.English ?? CheckCalls(turns);
    }

    // Members that may be left out stand before the conversation only, and are instructions: no rule is about their absence.
    private static void AddFixed(List<Turn> turns, RecordPlan plan, int member, LayoutPart part)
    {
        if (plan.PartOf(member) == part && !plan.Members[member].IsOptional)
        {
            turns.Add(new TurnData(plan.Kinds[member]).ToTurn(plan.Layout));
        }
    }

    private static string? CheckCalls(IEnumerable<ChatTurn> turns)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var turn in turns)
        {
            if (turn.Role == ChatTurnRole.Tool && !open.Remove(turn.ToolCallId ?? ""))
            {
                return $"the call '{turn.ToolCallId}' is answered and not made, or answered twice";
            }

            if (turn.Role != ChatTurnRole.Tool && open.Count > 0)
            {
                return $"the call '{open.First()}' is not answered, and the conversation goes on";
            }

            foreach (var call in turn.ToolCalls)
            {
                if (!open.Add(call.Id))
                {
                    return $"two calls have the identifier '{call.Id}'";
                }
            }
        }

        return null;
    }

    private static string? WriteTurn(ref JsonUtf8Writer json, RecordLayout layout, LayoutPart part, TurnData turn)
    {
        string? failure;
        switch (turn.Kind)
        {
            case MessageKind.ToolCall:
                return WriteCalls(ref json, layout, turn);
            case MessageKind.ToolResult:
                json.WriteRaw(layout.Tools == ToolForm.Trl ? "{\"role\":\"tool\",\"name\":" : "{\"role\":\"tool\",\"tool_call_id\":");
                failure = WriteString(ref json, layout, (layout.Tools == ToolForm.Trl ? turn.ToolName : turn.CallId) ?? "");
                json.WriteRaw(",\"content\":");
                failure ??= WriteString(ref json, layout, turn.Text!);
                json.WriteRaw("}");
                return failure;
        }

        if (turn.Images.Count == 0)
        {
            var slot = TurnSyntax.SlotOf(layout, part, turn.Kind)!;
            json.WriteRaw(slot.Open);
            failure = TrainingRecordWriter.CheckText(ref json, layout, turn.Text!);
            json.WriteRaw(slot.Close);
            return failure;
        }

        failure = null;
        json.WriteRaw("{\"role\":\"user\",\"content\":[");
        foreach (var image in turn.Images)
        {
            json.WriteRaw(layout.Images == ImageForm.Mistral ? "{\"type\":\"image_url\",\"image_url\":" : "{\"type\":\"image_url\",\"image_url\":{\"url\":");
            failure ??= WriteString(ref json, layout, image);
            json.WriteRaw(layout.Images == ImageForm.Mistral ? "}," : "}},");
        }

        json.WriteRaw("{\"type\":\"text\",\"text\":");
        failure ??= WriteString(ref json, layout, turn.Text!);
        json.WriteRaw("}]}");
        return failure;
    }

    private static string? WriteCalls(ref JsonUtf8Writer json, RecordLayout layout, TurnData turn)
    {
        string? failure = null;
        json.WriteRaw("{\"role\":\"assistant\",\"tool_calls\":[");
        for (var i = 0; i < turn.Calls.Count; i++)
        {
            var call = turn.Calls[i];
            failure ??= CheckCall(layout, call);
            json.WriteRaw(i == 0 ? "{\"id\":" : ",{\"id\":");
            failure ??= WriteString(ref json, layout, call.Id);
            json.WriteRaw(",\"type\":\"function\",\"function\":{\"name\":");
            failure ??= WriteString(ref json, layout, call.Name);
            json.WriteRaw(",\"arguments\":");
            if (layout.Tools == ToolForm.Trl)
            {
                json.WriteRaw(call.Arguments);
            }
            else
            {
                failure ??= WriteString(ref json, layout, call.Arguments);
            }

            json.WriteRaw("}}");
        }

        json.WriteRaw("]}");
        return failure;
    }

    private static string? CheckCall(RecordLayout layout, CallData call)
    {
        if (call.Name.Length is 0 or > 64 || !call.Name.All(static c => IsLetterOrDigit(c) || c is '_' or '-'))
        {
            return $"the tool is called '{call.Name}'; a name has 1 to 64 letters, digits, '_' and '-'";
        }

        if (layout.Tools == ToolForm.Mistral && !(call.Id.Length == 9 && call.Id.All(IsLetterOrDigit)))
        {
            return $"the call is '{call.Id}', and the target asks for exactly nine letters and digits";
        }

        // Line ends between the values of an object are JSON, and would end the line.
        var tree = new JsonTree();
        return tree.Parse(Utf8.GetBytes(call.Arguments)) is not null || tree[0].Type != JsonTokenType.ObjectStart || call.Arguments.AsSpan().IndexOf('\n') >= 0
            ? $"the arguments of '{call.Name}' are no JSON object on one line"
            : null;
    }

    private static bool IsLetterOrDigit(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';

    private static string? WriteString(ref JsonUtf8Writer json, RecordLayout layout, string text)
    {
        json.WriteRaw("\"");
        var failure = TrainingRecordWriter.CheckText(ref json, layout, text);
        json.WriteRaw("\"");
        return failure;
    }

    private static void WriteRaw(this ref JsonUtf8Writer json, string text) => json.WriteRaw(Utf8.GetBytes(text));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
