using System.Globalization;
using System.Text;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Training.Records;

/// <summary>
/// How the records of one type are written to one target: the kind of each member, and all that stands between the values
/// of two members, precomputed, so that writing a record is one copy per member besides its value.
/// </summary>
internal sealed class RecordPlan
{
    /// <summary>The place before the first member.</summary>
    public const int Start = -1;

    private readonly byte[]?[] _between;
    private readonly MessageKind[] _kinds;
    private readonly bool[] _quoted;

    private RecordPlan(RecordLayout layout, IReadOnlyList<RecordMember> members, MessageKind[] kinds)
    {
        Layout = layout;
        Members = [.. members];
        _kinds = kinds;
        _quoted = new bool[members.Count];
        for (var i = 0; i < members.Count; i++)
        {
            _quoted[i] = IsQuotedIn(layout, members[i], kinds[i]);
        }

        _between = new byte[]?[(members.Count + 1) * (members.Count + 1)];
        for (var previous = Start; previous < members.Count; previous++)
        {
            for (var next = previous + 1; next <= members.Count; next++)
            {
                _between[IndexOf(previous, next)] = Utf8.GetBytes(TextBetween(previous, next));
                if (next < members.Count && !members[next].IsOptional)
                {
                    break;
                }
            }
        }
    }

    public RecordLayout Layout { get; }

    public RecordMember[] Members { get; }

    public ReadOnlySpan<MessageKind> Kinds => _kinds;

    /// <summary>Gets what stands between the values of two members, or before the first and, with the end of the line, after the last.</summary>
    public ReadOnlySpan<byte> Between(int previous, int next) => _between[IndexOf(previous, next)];

    /// <summary>Gets whether the value of a member stands between quotation marks.</summary>
    public bool IsQuoted(int member) => _quoted[member];

    /// <summary>Gets the part of the line that a member stands in.</summary>
    public LayoutPart PartOf(int member) => Layout.Parts[PartIndexOf(Layout, _kinds[member])];

    /// <summary>Gets what stands before the value of a member, where it is not alone in its part.</summary>
    public string OpenOf(int member) => _kinds[member] switch
    {
        MessageKind.Conversation => "",
        MessageKind.ToolCall => ToolSyntax.OpenCall(Layout.Tools, Members[member].WireName!, CallOf(member)),
        MessageKind.ToolResult => ToolSyntax.OpenResult(Layout.Tools, Members[CallMemberOf(member)].WireName!, CallOf(member)),
        MessageKind.Field => Quote(Members[member].WireName!) + (_quoted[member] ? ":\"" : ":"),
        var kind => PartOf(member).SlotOf(kind)!.Open,
    };

    /// <summary>Gets what stands after it.</summary>
    public string CloseOf(int member) => _kinds[member] switch
    {
        MessageKind.Conversation => "",
        MessageKind.ToolCall => ToolSyntax.CloseCall(Layout.Tools),
        MessageKind.ToolResult => ToolSyntax.CloseResult,
        MessageKind.Field => _quoted[member] ? "\"" : "",
        var kind => PartOf(member).SlotOf(kind)!.Close,
    };

    /// <summary>Plans how records are written to a target.</summary>
    /// <param name="members">The members, in the order in which they are written.</param>
    /// <param name="target">The target.</param>
    /// <param name="reason">Where the target cannot express the record: why, as a clause.</param>
    /// <returns>The plan, or null.</returns>
    public static RecordPlan? Create(IReadOnlyList<RecordMember> members, TrainingTarget target, out Sentence? reason)
    {
        reason = null;
        var form = FormOf(members);
        foreach (var layout in RecordLayouts.Of(target))
        {
            if (layout.Form != form)
            {
                reason ??= $"the record is {Describe(form)}, and the target takes {Describe(layout.Form)}";
                continue;
            }

            reason = RecordFit.Check(layout, members, out var kinds);
            if (reason is null)
            {
                return new RecordPlan(layout, members, kinds);
            }
        }

        return null;
    }

    /// <summary>Gets what a record of these members shows a model.</summary>
    public static RecordForm FormOf(IReadOnlyList<RecordMember> members)
    {
        var form = RecordForm.Chat;
        foreach (var member in members)
        {
            switch (member.Role)
            {
                case TrainingRole.Text:
                    return RecordForm.Text;
                case TrainingRole.Chosen or TrainingRole.Rejected:
                    return RecordForm.Preference;
                case TrainingRole.GraderField:
                    return RecordForm.Reinforcement;
                case TrainingRole.Completion when member.Value == TrainingValue.Texts:
                    return RecordForm.Steps;
                case TrainingRole.Label when member.IsVerdict:
                    form = RecordForm.Judged;
                    break;
            }
        }

        return form;
    }

    /// <summary>Gets the part that takes values of a kind; -1 where there is none.</summary>
    internal static int PartIndexOf(RecordLayout layout, MessageKind kind) =>
        kind is MessageKind.ToolCall or MessageKind.ToolResult or MessageKind.Conversation
            ? Array.FindIndex(layout.Parts, static part => part.HoldsTools)
            : layout.PartOf(kind);

    private static Sentence Describe(RecordForm form) => form switch
    {
        RecordForm.Chat => "a conversation",
        RecordForm.Preference => "a pair of answers",
        RecordForm.Reinforcement => "a question with fields for a grader",
        RecordForm.Judged => "an answer with a verdict",
        RecordForm.Steps => "an answer in steps",
        _ => "plain text",
    };

    private static bool IsQuotedIn(RecordLayout layout, RecordMember member, MessageKind kind) => kind switch
    {
        MessageKind.Label => false,
        MessageKind.Field => member.Value == TrainingValue.Text || (member.Value == TrainingValue.Literal && layout.Target == TrainingTarget.GeminiRL),
        MessageKind.ToolCall => layout.Tools != ToolForm.Trl,
        MessageKind.Conversation => false,
        _ => member.Value is not (TrainingValue.Texts or TrainingValue.Literals),
    };

    internal static string Quote(string text)
    {
        var buffer = new byte[(text.Length * JsonString.MaxBytesPerChar) + 1];
        _ = JsonString.Encode(text.AsSpan(), buffer, out _, out var written);
        return '"' + Utf8.GetString(buffer.AsSpan(0, written)) + '"';
    }

    private int IndexOf(int previous, int next) => ((previous + 1) * (Members.Length + 1)) + next;

    // Calls are numbered from 1; a result belongs to the call before it.
    private int CallOf(int member)
    {
        var count = 0;
        for (var i = 0; i <= member; i++)
        {
            count += _kinds[i] == MessageKind.ToolCall ? 1 : 0;
        }

        return count;
    }

    private int CallMemberOf(int result) => Array.FindLastIndex(_kinds, result, static kind => kind == MessageKind.ToolCall);

    private string TextBetween(int previous, int next)
    {
        var text = new StringBuilder();
        var part = previous == Start ? null : PartOf(previous);
        var nextPart = next == Members.Length ? null : PartOf(next);
        text.Append(previous == Start ? Layout.Start : CloseOf(previous));
        if (part == nextPart && part is not null)
        {
            return text.Append(',').Append(OpenOf(next)).ToString();
        }

        if (part is not null)
        {
            text.Append(part.Suffix);
            if (part.HoldsTools && ToolSyntax.Declare(Layout.Tools, Members) is { } tools)
            {
                text.Append(tools);
            }

            text.Append(part.Tail);
        }

        return nextPart is null
            ? text.Append("}\n").ToString()
            : text.Append(part is null ? "" : ",").Append(nextPart.Prefix).Append(OpenOf(next)).ToString();
    }
}

/// <summary>The calls of tools, as the targets write them.</summary>
internal static class ToolSyntax
{
    public const string CloseResult = "\"}";

    /// <summary>Gets the identifier of the n-th call of a record, from 1.</summary>
    public static string IdOf(ToolForm form, int number) => form == ToolForm.Mistral
        ? "call" + number.ToString("00000", CultureInfo.InvariantCulture)
        : "call_" + number.ToString(CultureInfo.InvariantCulture);

    // An object there, a text elsewhere.
    public static string OpenCall(ToolForm form, string tool, int number) => form == ToolForm.Trl
        ? $$"""{"role":"assistant","tool_calls":[{"type":"function","function":{"name":"{{tool}}","arguments":"""
        : $$"""{"role":"assistant","tool_calls":[{"id":"{{IdOf(form, number)}}","type":"function","function":{"name":"{{tool}}","arguments":" """.TrimEnd();

    public static string CloseCall(ToolForm form) => form == ToolForm.Trl ? "}}]}" : "\"}}]}";

    public static string OpenResult(ToolForm form, string tool, int number) => form == ToolForm.Trl
        ? $$"""{"role":"tool","name":"{{tool}}","content":" """.TrimEnd()
        : $$"""{"role":"tool","tool_call_id":"{{IdOf(form, number)}}","content":" """.TrimEnd();

    /// <summary>Declares the tools of a record; null where it has none.</summary>
    public static string? Declare(ToolForm form, IReadOnlyList<RecordMember> members)
    {
        var declarations = members.Select(static member => member.Tools).Where(static tools => tools is not null).Distinct(StringComparer.Ordinal).ToList();
        return form == ToolForm.None || declarations.Count == 0 ? null : $",\"tools\":[{string.Join(",", declarations)}]";
    }
}
