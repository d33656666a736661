using static AiGuardrails.Core.Training.Targets.Pieces;

namespace AiGuardrails.Core.Training.Targets;

/// <summary>Replicate, Anyscale, Mistral, Fireworks AI, Cohere, and the shapes that LLaMA-Factory reads.</summary>
internal static class OtherTargets
{
    private const string ReplicateSource = "replicate/cog-llama-template of 2023-12-18";
    private const string AnyscaleSource = "anyscale/templates (archived) of 2024";
    private const string MistralSource = "mistralai/mistral-finetune and mistral-common of 2026-06-12 and 2026-07-23; mistralai/platform-docs-public of 2026-08-21 (fine-tuning deprecated)";
    private const string FireworksSource = "fw-ai/cookbook, skills/fireworks-training, of 2026-08-19";
    private const string CohereSource = "cohere-ai/cohere-developer-experience, fine-tuning v2 (archived), of 2026-07-14";
    private const string LlamaFactorySource = "hiyouga/LLaMA-Factory, data/README.md and data/converter.py, of 2026-08-18";
    private const string ReplicateColumns = "Dataset did not contain `text` or `prompt` and `completion` inputs.";
    private const long Megabyte = 1024L * 1024;

    private static readonly TurnRule s_fireworksContent = new NeedsContent(
        TurnRole.System | TurnRole.User | TurnRole.Assistant | TurnRole.Tool, TurnMarks.None, Verdict.Rejects("empty content"));

    public static IEnumerable<TargetDescription> All { get; } =
    [
        new(TrainingTarget.ReplicateText, "Replicate", Record(
            Verdict.Notes(),
            new Member("text", TextOf(TextKind.Target)).Required(ReplicateColumns))) { Source = ReplicateSource },
        new(TrainingTarget.ReplicatePromptCompletion, "Replicate", Record(
            Verdict.Notes(),
            new Member("prompt", TextOf(TextKind.Input)).Required(ReplicateColumns),
            new Member("completion", TextOf(TextKind.Target)).Required(ReplicateColumns),
            new Member("text", Anything) { Present = Verdict.Rejects() })) { Source = ReplicateSource },
        new(TrainingTarget.AnyscaleChat, "Anyscale", Record(
            Verdict.Advises(),
            new Member("messages", Messages(
                Message(
                    [Role(TurnRole.System, "system", "content"), Role(TurnRole.User, "user", "content"), Role(TurnRole.Assistant, "assistant", "content")],
                    [new Member("content", Content()).Required()],
                    Verdict.Advises()),
                Section.Conversation,
                [new Has(TurnRole.Assistant, Verdict.Rejects()), new EndsWith(TurnRole.Assistant, Verdict.Advises())])).Required()))
        {
            Source = AnyscaleSource,
            IsChat = true,
        },
        new(TrainingTarget.MistralChat, "Mistral", Mistral())
        {
            Source = MistralSource,
            MinRecords = new Limit(10, Verdict.Advises()), // a constant of its checker; the call is commented out
            MaxRecords = new Limit(10_000_000, Verdict.Advises()),
            MaxBytes = new Limit(512 * Megabyte, Verdict.Rejects()),
            MaxValidationBytes = new Limit(Megabyte, Verdict.Rejects()),
            ByteOrderMark = Verdict.Advises(),
            RefusesEmptyText = true,
            IsChat = true,
        },
        new(TrainingTarget.FireworksChat, "Fireworks AI", Fireworks())
        {
            Source = FireworksSource,
            MinRecords = new Limit(3, Verdict.Rejects("DATASET_INVALID")),
            MaxRecords = new Limit(3_000_000, Verdict.Rejects("DATASET_INVALID")),
            ByteOrderMark = Verdict.Advises(),
            BlankLine = Verdict.Advises(),
            IsChat = true,
        },
        new(TrainingTarget.FireworksDpo, "Fireworks AI", FireworksPreference())
        {
            Source = FireworksSource,
            MinRecords = new Limit(3, Verdict.Rejects("DATASET_INVALID")),
            MaxRecords = new Limit(3_000_000, Verdict.Rejects("DATASET_INVALID")),
            ByteOrderMark = Verdict.Advises(),
            BlankLine = Verdict.Advises(),
        },
        new(TrainingTarget.CohereChat, "Cohere", Record(
            Verdict.Advises(),
            new Member("messages", Messages(
                Message(
                    [Role(TurnRole.System, "System", "content"), Role(TurnRole.User, "User", "content"), Role(TurnRole.Assistant, "Chatbot", "content")],
                    [new Member("content", Content()).Required()],
                    Verdict.Advises()),
                Section.Conversation,
                [new Has(TurnRole.User, Verdict.Rejects()), new Has(TurnRole.Assistant, Verdict.Rejects()), new SystemFirst(Verdict.Advises())])).Required()))
        {
            Source = CohereSource,
            MinRecords = new Limit(2, Verdict.Rejects()),
            MaxTokens = 16_384,
            TokenLimitIsPerMessage = true,
            Overlong = OverlongExample.Dropped,
            IsChat = true,
        },
        new(TrainingTarget.ShareGpt, "LLaMA-Factory", ShareGpt()) { Source = LlamaFactorySource, Overlong = OverlongExample.Truncated, IsChat = true },

        // A column that an example lacks is null once the file is loaded, so the converter takes that.
        new(TrainingTarget.Alpaca, "LLaMA-Factory", Record(
            null,
            new Member("instruction", TextOf(TextKind.Input)).Required(),
            new Member("input", TextOf(TextKind.Input).OrNull()),
            new Member("output", TextOf(TextKind.Target)).Required(),
            new Member("system", TextOf(TextKind.System).OrNull()),
            new Member("history", ListOf(ListOf(TextOf(TextKind.Input), min: 2, max: 2)).OrNull()))) { Source = LlamaFactorySource },
    ];

    private static Shape Mistral()
    {
        var callId = new TextGrammar(
            "an ID of exactly nine letters and digits",
            static utf8 => (utf8.Length == 9 && AllOf(utf8, IsAlphanumeric)) || utf8.SequenceEqual("null"u8),
            Verdict.Rejects());
        var answeredId = new TextGrammar("an ID of exactly nine letters and digits", static utf8 => utf8.Length == 9 && AllOf(utf8, IsAlphanumeric), Verdict.Rejects());
        var message = Message(
            [
                Role(TurnRole.System, "system", "content"),
                Role(TurnRole.User, "user", "content"),
                Role(TurnRole.Assistant, "assistant", "content", "tool_calls", "weight"),
                Role(TurnRole.Tool, "tool", "content", "tool_call_id", "name") with { Required = ["tool_call_id"] },
            ],
            [
                // A part of an image holds its address as a string of its own.
                new Member("content", ContentOrParts(TypedPart(TextOf(TextKind.Media))).OrNull()),
                // The loader of mistral-finetune takes what it needs from a call and looks at nothing else.
                new Member("tool_calls", ToolCalls(callId, FunctionName, type: Verdict.Advises())),
                new Member("tool_call_id", new Shape { Noun = "a string", Text = new TextRule(TextKind.AnsweredCallId) { Grammar = answeredId } }),
                new Member("name", Word),
                new Member("weight", Weight(boolean: Verdict.Advises()).OrNull()),
            ],
            Verdict.Advises());

        return Record(
            Verdict.Advises(),
            new Member("messages", Messages(
                message,
                Section.Conversation,
                [
                    new NeedsContent(TurnRole.System | TurnRole.User | TurnRole.Tool, TurnMarks.None, Verdict.Rejects()),
                    new NeedsContent(TurnRole.Assistant, TurnMarks.ToolCalls, Verdict.Rejects("Assistant message must have either content or tool_calls, but not both.")),
                    new NotBoth(TurnMarks.Text, TurnMarks.ToolCalls, "content and tool calls", Verdict.Rejects("Assistant message must have either content or tool_calls, but not both.")),
                    new AtMost(TurnRole.System, 1, Verdict.Rejects()),
                    new EndsWith(TurnRole.Assistant, Verdict.Rejects("Expected last role Assistant for finetuning")),
                    new NoEmptyText(Verdict.Rejects("Assistant message must have either content or tool_calls, but not both.")) { Only = TurnRole.Assistant },
                    new Has(TurnRole.User, Verdict.Rejects("Conversation must start with a user message or system message")),
                    new StartsWith(TurnRole.User, Verdict.Advises()),
                    new Follows(TurnRole.Assistant, [TurnRole.None, TurnRole.User, TurnRole.Assistant, TurnRole.System, TurnRole.Tool], Verdict.Rejects()),
                    new Follows(TurnRole.User, [TurnRole.None, TurnRole.System, TurnRole.User, TurnRole.Assistant, TurnRole.Tool], Verdict.Rejects()),
                    new Follows(TurnRole.Tool, [TurnRole.Assistant, TurnRole.Tool], Verdict.Rejects()),
                    new Follows(TurnRole.System, [TurnRole.None, TurnRole.System, TurnRole.User], Verdict.Advises()), // taken out before it looks at the order
                    new ToolCallsMatch(Verdict.Rejects("More tool responses than tool calls"), Verdict.Rejects("Not the same number of function calls and responses")),
                    new SomethingTrained(Verdict.Advises()),
                ])).Required(),
            new Member("tools", Tools(everythingRequired: true, type: Verdict.Advises()).OrNull()));
    }

    private static Shape FireworksMessage(bool weighted) => Message(
        [
            Role(TurnRole.System, "system", "content"),
            Role(TurnRole.User, "user", "content"),
            Role(TurnRole.Assistant, "assistant", weighted ? ["content", "tool_calls", "weight"] : ["content", "tool_calls"]),
            Role(TurnRole.Tool, "tool", "content", "tool_call_id", "name"),
        ],
        [
            new Member("content", ContentOrParts(TypedPart(ImageObject(), empty: Verdict.Rejects()), Verdict.Rejects("empty content"), minParts: 1).OrNull()),
            new Member("tool_calls", ToolCalls()),
            new Member("tool_call_id", TextOf(TextKind.AnsweredCallId)),
            new Member("name", Word),
            .. weighted ? [new Member("weight", Weight())] : Array.Empty<Member>(),
        ],
        unknown: null);

    private static Shape Fireworks() => Record(
        null,
        new Member("messages", Messages(
            FireworksMessage(weighted: true),
            Section.Conversation,
            [
                s_fireworksContent,
                new SystemFirst(Verdict.Rejects()),
                new StartsWith(TurnRole.User, Verdict.Rejects()),
                new Follows(TurnRole.User, [TurnRole.None, TurnRole.System, TurnRole.Assistant], Verdict.Rejects()),
                new Follows(TurnRole.Assistant, [TurnRole.User, TurnRole.Tool], Verdict.Rejects()),
                new Follows(TurnRole.Tool, [TurnRole.Assistant, TurnRole.Tool], Verdict.Rejects()),
                new EndsWith(TurnRole.Assistant, Verdict.Rejects()),
                new SomethingTrained(Verdict.Rejects("No valid training examples after tokenization")),
                new ToolCallsMatch(Verdict.Advises(), Verdict.Advises()),
            ])).Required(),
        new Member("tools", Tools()));

    private static Shape FireworksPreference()
    {
        var message = FireworksMessage(weighted: false);
        Shape Output(Section section) => Messages(message, section, [s_fireworksContent, new EndsWith(TurnRole.Assistant, Verdict.Rejects())], min: 1, max: 1);
        return Record(
            null,
            new Member("input", Record(
                null,
                new Member("messages", Messages(
                    message,
                    Section.Input,
                    [
                        s_fireworksContent,
                        new SystemFirst(Verdict.Rejects()),
                        new Exactly(TurnRole.User, 1, Verdict.Rejects()),
                        new EndsWith(TurnRole.User, Verdict.Rejects()),
                    ])).Required(),
                new Member("tools", Tools()))).Required(),
            new Member("preferred_output", Output(Section.Target)).Required(),
            new Member("non_preferred_output", Output(Section.Rejected)).Required());
    }

    // What does not fit is skipped with a line in a log: the record is lost.
    private static Shape ShareGpt()
    {
        const string Skipped = "Skipping this abnormal example.";
        var message = Message(
            [
                Role(TurnRole.User, "human", "value"),
                Role(TurnRole.Assistant, "gpt", "value"),
                Role(TurnRole.Tool, "observation", "value"),
                Role(TurnRole.Assistant, "function_call", "value"),
                Role(TurnRole.System, "system", "value"),
            ],
            [new Member("value", Content()).Required()],
            unknown: null,
            roleMissing: Verdict.Rejects(),
            roleUnknown: Verdict.Rejects("Invalid role tag. " + Skipped),
            tag: "from");
        Shape Answer(TextKind kind) => Of(new ObjectRule
        {
            Members =
            [
                // Another tag is noted in a log; the example is kept, and its answer has the wrong role.
                new Member("from", OneOf(Verdict.Advises("Invalid role tag"), "gpt", "function_call")).Required(),
                new Member("value", TextOf(kind)).Required(),
            ],
        });

        return Of(
            new ObjectRule
            {
                Pairs = ("conversations", "chosen", Verdict.Rejects("Invalid message count. " + Skipped)),
                Members =
                [
                    new Member("conversations", Messages(message, Section.Conversation, [new AskAndAnswer(Verdict.Rejects("Invalid role tag. " + Skipped))])).Required(),
                    new Member("system", TextOf(TextKind.System).OrNull()),
                    new Member("tools", TextOf(TextKind.Other).OrNull()),
                    new Member("kto_tag", Label.OrNull()),
                    new Member("chosen", Answer(TextKind.Target)),
                    new Member("rejected", Answer(TextKind.Rejected)),
                    new Member("images", ListOf(Word)),
                    new Member("videos", ListOf(Word)),
                    new Member("audios", ListOf(Word)),
                ],
            },
            "a JSON object");
    }
}
