using static AiGuardrails.Core.Training.Targets.Pieces;

namespace AiGuardrails.Core.Training.Targets;

/// <summary>Together AI: the checker of its own client is the most exact set of rules that a provider publishes.</summary>
internal static class TogetherTargets
{
    private const string Source = "togethercomputer/together-python v1.5.34 (utils/files.py) of 2025-12-23, together-py of 2026, and the page on data preparation of 2026-03";
    private const string NotJson = "Error parsing json payload. Unexpected format on line {line}.";
    private const string ExtraColumn = "Found extra column \"{name}\" in the line {line}.";
    private const string NoFormat = "Error parsing file. Could not detect a format for the line {line} with the columns:";
    private const string OneMessage = "the list must contain exactly one message on line {line}.";
    private const string WeightWords = "Weight must be either 0 or 1 on line {line}.";
    private const long MaxImageCharacters = 23 + (4 * 10L * 1024 * 1024 / 3);

    // Its first client knows neither tools nor the role for their results; its second does.
    private static readonly Verdict s_newOnly = Verdict.Advises();

    private static readonly TextGrammar s_imageData = new(
        "image data ('data:image/jpeg;base64,…', png or webp) of at most 10 MB; Together takes no addresses",
        static utf8 => utf8.Length <= MaxImageCharacters
            && (utf8.StartsWith("data:image/jpeg;base64,"u8) || utf8.StartsWith("data:image/png;base64,"u8) || utf8.StartsWith("data:image/webp;base64,"u8)),
        Verdict.Rejects());

    private static readonly Shape s_message = Message(
        [
            Role(TurnRole.System, "system", "content", "weight"),
            Role(TurnRole.User, "user", "content", "weight"),
            Role(TurnRole.Assistant, "assistant", "content", "weight", "tool_calls"),
            Role(TurnRole.Tool, "tool", "content", "weight", "tool_call_id") with { Discouraged = s_newOnly },
        ],
        [
            new Member("content", ContentOrParts(TypedPart(ImageObject(s_imageData)))
                .OrNull()
                .Otherwise(Verdict.Rejects("Invalid content type on line {line}. Expected string or multimodal list of dicts"))),
            new Member("weight", Weight(boolean: Verdict.Advises(), WeightWords)),
            new Member("tool_calls", ToolCalls()),
            new Member("tool_call_id", TextOf(TextKind.AnsweredCallId)),
        ],
        unknown: null, // taken, and not looked at
        roleUnknown: Verdict.Rejects("Invalid role in conversation on line {line}. Possible roles: system, user, assistant"));

    private static readonly TurnRule[] s_turns =
    [
        new NeedsContent(TurnRole.System | TurnRole.User, TurnMarks.None, Verdict.Rejects("Missing required column `content` in message on line {line}.")),
        new NeedsContent(TurnRole.Tool, TurnMarks.None, Verdict.Rejects()),
        new NeedsContent(TurnRole.Assistant, TurnMarks.ToolCalls, Verdict.Rejects("Missing required column `content` in message on line {line}.")),
        new NeedsContent(TurnRole.Assistant, TurnMarks.None, s_newOnly) { Only = TurnMarks.ToolCalls },
        new NoRepeats(Verdict.Rejects("Invalid role turns on line {line} of the input file. After the optional system message, conversation roles must alternate between user/assistant/user/assistant.")),
        new SystemFirst(Verdict.Advises()),
        new StartsWith(TurnRole.User, Verdict.Advises()),
        new Without(TurnRole.System | TurnRole.Assistant, TurnMarks.Image, "an image; only user messages can", Verdict.Rejects()),
        new MaxImages(10, Verdict.Rejects()),
        new NoWeightOnImages(Verdict.Rejects("Messages with images cannot have non-zero weights.")),
        new OneKindOfContent(Verdict.Rejects("Messages in the conversation must be either all in multimodal or all in text-only format.")),
        new ToolCallsMatch(Verdict.Advises(), Verdict.Advises()),
    ];

    public static IEnumerable<TargetDescription> All { get; } =
    [
        Describe(TrainingTarget.TogetherChat, Record(
            Verdict.Rejects(ExtraColumn),
            new Member("messages", Messages(
                s_message,
                Section.Conversation,
                [
                    .. s_turns,
                    new Has(TurnRole.Assistant, Verdict.Rejects("At least one message with the assistant role must be present in the example.")),
                    new SomethingTrained(Verdict.Advises()),
                ],
                tooFew: Verdict.Rejects("The `messages` column must not be empty."),
                wrongType: Verdict.Rejects("The `messages` column must be a list."))).Required(NoFormat),
            new Member("tools", Tools()) { Present = s_newOnly })) with { IsChat = true },
        Describe(TrainingTarget.TogetherInstruction, Record(
            Verdict.Rejects(ExtraColumn),
            new Member("prompt", TextOrParts(TextKind.Input, ImageObject(s_imageData))).Required(NoFormat),
            new Member("completion", TextOrParts(TextKind.Target, image: null)).Required(NoFormat))),
        Describe(TrainingTarget.TogetherText, Record(
            Verdict.Rejects(ExtraColumn),
            new Member("text", TextOrParts(TextKind.Target, ImageObject(s_imageData), Verdict.Advises())).Required(NoFormat))),
        Describe(TrainingTarget.TogetherPreference, Record(
            Verdict.Rejects(ExtraColumn),
            new Member("input", Record(
                null,
                new Member("messages", Messages(
                    s_message,
                    Section.Input,
                    [
                        .. s_turns,
                        new DoesNotEndWith(TurnRole.Assistant, Verdict.Rejects("The last message in the input conversation must not be from the assistant on line {line}.")),
                    ])).Required(),
                new Member("tools", Anything),
                new Member("parallel_tool_calls", Anything))).Required(NoFormat),
            new Member("preferred_output", Output(Section.Target)).Required(NoFormat),
            new Member("non_preferred_output", Output(Section.Rejected)).Required(NoFormat))),
    ];

    // The checker reads the content of a prompt, a completion and a plain text like that of a message.
    private static Shape TextOrParts(TextKind kind, Shape? image, Verdict? discouraged = null) => TextOf(kind) with
    {
        Noun = "a string or a list of parts",
        List = new ListRule(TypedPart(image, kind: kind, discouraged: discouraged)),
    };

    private static Shape Output(Section section) => Messages(
        s_message,
        section,
        [new EndsWith(TurnRole.Assistant, Verdict.Rejects()), new NeedsContent(TurnRole.Assistant, TurnMarks.None, Verdict.Rejects())],
        min: 1,
        max: 1,
        tooFew: Verdict.Rejects(OneMessage),
        tooMany: Verdict.Rejects(OneMessage));

    private static TargetDescription Describe(TrainingTarget target, Shape record) => new(target, "Together AI", record)
    {
        Source = Source,
        MinRecords = new Limit(1, Verdict.Rejects("File is empty")),
        MaxBytes = new Limit((long)(50.1 * 1024 * 1024 * 1024), Verdict.Rejects()),
        ByteOrderMark = Verdict.Advises("Error parsing json payload. Unexpected format on line 1."),
        BlankLine = Verdict.Rejects(NotJson),
        NotJsonWords = NotJson,
    };
}
