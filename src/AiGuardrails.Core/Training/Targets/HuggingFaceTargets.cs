using static AiGuardrails.Core.Training.Targets.Pieces;

namespace AiGuardrails.Core.Training.Targets;

/// <summary>Hugging Face TRL and AutoTrain: columns of a data set, as texts or as lists of messages; further columns are ignored.</summary>
internal static class HuggingFaceTargets
{
    private const string TrlSource = "huggingface/trl, docs/source/dataset_formats.md, of 2026-07-09";
    private const string AutoTrainSource = "huggingface/autotrain-advanced, docs/source/col_map.mdx and tasks/llm_finetuning.mdx, of 2025-01-21";

    // Arguments are an object here, not a text; a tool message names its tool.
    private static readonly Shape s_toolCalls = ListOf(Of(new ObjectRule
    {
        Members =
        [
            new Member("id", TextOf(TextKind.CallId)),
            new Member("type", OneOf(Verdict.Rejects(), "function")),
            new Member("function", Of(new ObjectRule
            {
                Members =
                [
                    new Member("name", TextOf(TextKind.CalledToolName)).Required(),
                    new Member("arguments", OpenObject with { Kind = TextKind.Arguments }).Required(),
                ],
            })).Required(),
        ],
    })).Marking(TurnMarks.ToolCalls);

    private static readonly Shape s_message = Message(
        [
            Role(TurnRole.System, "system", "content", "name"),
            Role(TurnRole.Developer, "developer", "content", "name"),
            Role(TurnRole.User, "user", "content", "name"),
            Role(TurnRole.Assistant, "assistant", "content", "name", "tool_calls", "thinking"),
            Role(TurnRole.Tool, "tool", "content", "name", "tool_call_id") with { MemberMissing = Verdict.Advises(), Required = ["name"] },
        ],
        [
            new Member("content", ContentOrParts(TypedPart(Anything))
                .OrNull()),
            new Member("tool_calls", s_toolCalls),
            new Member("name", Word),
            new Member("tool_call_id", TextOf(TextKind.AnsweredCallId)),
            new Member("thinking", TextOf(TextKind.Message)),
        ],
        unknown: null,
        roleUnknown: Verdict.Advises());

    private static readonly TurnRule[] s_turns =
    [
        new NeedsContent(TurnRole.System | TurnRole.User, TurnMarks.None, Verdict.Rejects()),
        new NeedsContent(TurnRole.Assistant, TurnMarks.ToolCalls, Verdict.Rejects()),
    ];

    // A list of tools, or, for older versions of the reader, the same as a JSON text.
    private static readonly Member s_tools = new("tools", Tools() with
    {
        Noun = "a list of tools or its JSON text",
        Text = new TextRule(TextKind.Other) { NotJson = Verdict.Rejects() },
    });

    // The one target whose line may be a list: the column as it is, without an object around it.
    private static readonly Member s_autoTrainText = AutoTrainColumn("text", TextKind.Target, Section.Conversation);

    public static IEnumerable<TargetDescription> All { get; } =
    [
        Trl(TrainingTarget.TrlText, Record(null, new Member("text", TextOf(TextKind.Target)).Required())),
        Trl(TrainingTarget.TrlChat, Record(
            null,
            new Member("messages", Messages(
                s_message,
                Section.Conversation,
                [.. s_turns, new Has(TurnRole.Assistant, Verdict.Rejects()), new EndsWith(TurnRole.Assistant, Verdict.Advises())])).Required(),
            s_tools)) with { IsChat = true },
        Trl(TrainingTarget.TrlPromptCompletion, Record(
            null,
            Column("prompt", TextKind.Input, Section.Input).Required(),
            Column("completion", TextKind.Target, Section.Target).Required(),
            s_tools)),
        Trl(TrainingTarget.TrlPreference, Record(
            null,
            Column("prompt", TextKind.Input, Section.Input),
            Column("chosen", TextKind.Target, Section.Target).Required(),
            Column("rejected", TextKind.Rejected, Section.Rejected).Required(),
            s_tools)),
        Trl(TrainingTarget.TrlKto, Record(
            null,
            Column("prompt", TextKind.Input, Section.Input).Required(),
            Column("completion", TextKind.Input, Section.Input).Required(),
            new Member("label", Label).Required())),
        Trl(TrainingTarget.TrlStepwise, Of(
            new ObjectRule
            {
                Members =
                [
                    new Member("prompt", TextOf(TextKind.Input)).Required(),
                    new Member("completions", ListOf(TextOf(TextKind.Input), min: 1)).Required(),
                    new Member("labels", ListOf(Label, min: 1)).Required(),
                ],
                SameLength = ("completions", "labels"),
            },
            "a JSON object")),
        AutoTrain(TrainingTarget.AutoTrainText, Record(null, s_autoTrainText.Required()) with
        {
            List = s_autoTrainText.Shape.List,
            Noun = "a JSON object or a list of messages",
        }),
        AutoTrain(TrainingTarget.AutoTrainDpo, Record(
            null,
            AutoTrainColumn("prompt", TextKind.Input, Section.Input).Required(),
            AutoTrainColumn("text", TextKind.Target, Section.Target).Required(),
            AutoTrainColumn("rejected_text", TextKind.Rejected, Section.Rejected).Required())),
        AutoTrain(TrainingTarget.AutoTrainReward, Record(
            null,
            AutoTrainColumn("text", TextKind.Target, Section.Target).Required(),
            AutoTrainColumn("rejected_text", TextKind.Rejected, Section.Rejected).Required())),
    ];

    private static Member Column(string name, TextKind kind, Section section) => new(name, Messages(s_message, section, s_turns) with
    {
        Noun = "a string or a list of messages",
        Text = new TextRule(kind),
    });

    private static Member AutoTrainColumn(string name, TextKind kind, Section section) => new(name, Messages(
        Message(
            [Role(TurnRole.System, "system", "content"), Role(TurnRole.User, "user", "content"), Role(TurnRole.Assistant, "assistant", "content")],
            [new Member("content", Content()).Required()],
            unknown: null),
        section,
        []) with
    {
        Noun = "a string or a list of messages",
        Text = new TextRule(kind),
    });

    private static TargetDescription Trl(TrainingTarget target, Shape record) => new(target, "TRL", record) { Source = TrlSource };

    private static TargetDescription AutoTrain(TrainingTarget target, Shape record) => new(target, "AutoTrain", record) { Source = AutoTrainSource };
}
