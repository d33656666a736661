using static AiGuardrails.Core.Training.Targets.Pieces;

namespace AiGuardrails.Core.Training.Targets;

/// <summary>OpenAI and Azure OpenAI: one shape, two sets of limits and habits.</summary>
internal static class OpenAITargets
{
    private const string OpenAISource = "OpenAI API specification (FineTuneChatRequestInput, FineTunePreferenceRequestInput, FineTuneReinforcementRequestInput) of 2025-07-04 and fine-tuning guide of 2024";
    private const string AzureSource = "Azure AI Foundry documentation of 2025-02 to 2026-02, and the validators of Microsoft's azure-skills of 2026-08-21";
    private const string RoleMissing = "Invalid file format. … Discriminator 'role' is missing in value";
    private const string NeitherShape = "Unexpected file format, expected either prompt/completion pairs or chat messages.";
    private const string TooFewOpenAI = "Training file has {count} example(s), but must have at least 10 examples";
    private const long MaxFileBytes = 512L * 1024 * 1024;

    // 8 GB through the Uploads API, which takes a file in parts; the Files API refuses more than 512 MB.
    private static readonly Limit s_maxBytes = new(MaxFileBytes, Verdict.Rejects());

    // The checker of Microsoft warns of empty content; OpenAI's says nothing.
    private static Verdict? Empty(bool azure) => azure ? Verdict.Advises("Empty content") : null;

    private static Shape Parts(bool azure) => ContentOrParts(TypedPart(ImageObject(), refusal: true), Empty(azure), minParts: 1).OrNull();

    private static Shape Functions { get; } = ListOf(
        Of(new ObjectRule
        {
            Members =
            [
                new Member("name", new Shape { Noun = "a string", Text = new TextRule(TextKind.ToolName) { Grammar = FunctionName } }).Required(),
                new Member("description", Word),
                new Member("parameters", OpenObject),
            ],
        }),
        min: 1,
        max: 128);

    private static Member[] MessageMembers(bool azure) =>
    [
        new("content", Parts(azure)),
        new("name", Word),
        new("weight", Weight()),
        new("tool_calls", ToolCalls(name: FunctionName)),
        new("tool_call_id", TextOf(TextKind.AnsweredCallId)),
        new("refusal", TextOf(TextKind.Message).Marking(TurnMarks.Refusal).OrNull()),
        new("function_call", Of(new ObjectRule
        {
            Members =
            [
                new Member("name", TextOf(TextKind.CalledToolName)).Required(),
                new Member("arguments", new Shape { Noun = "a JSON text in a string", Text = new TextRule(TextKind.Arguments) { NotJson = Verdict.Advises() } }).Required(),
            ],
        }).OrNull().Marking(TurnMarks.FunctionCall)),
    ];

    private static readonly string[] s_assistant = ["content", "name", "weight", "tool_calls", "refusal", "function_call"];

    // 'developer' is not in OpenAI's schema of supervised chats, yet nothing shows that the service refuses it. Azure's checker
    // of chats refuses it, and 'function' too; its checker of preferences does not look at roles.
    private static Shape ChatMessage(bool azure, bool checksRoles) => Message(
        [
            Role(TurnRole.System, "system", "content", "name"),
            Role(TurnRole.User, "user", "content", "name"),
            Role(TurnRole.Assistant, "assistant", s_assistant),
            Role(TurnRole.Tool, "tool", "content", "tool_call_id") with { Required = ["tool_call_id"] },
            Role(TurnRole.Function, "function", "content", "name") with
            {
                Required = ["name"],
                Discouraged = checksRoles ? Verdict.Rejects() : azure ? Verdict.Advises() : Verdict.Notes(),
            },
            Role(TurnRole.Developer, "developer", "content", "name") with { Discouraged = checksRoles ? Verdict.Rejects() : Verdict.Advises() },
        ],
        MessageMembers(azure),
        Verdict.Advises(),
        Verdict.Rejects(RoleMissing));

    private static TurnRule[] ContentRules { get; } =
    [
        new NeedsContent(TurnRole.System | TurnRole.Developer | TurnRole.User | TurnRole.Tool, TurnMarks.None, Verdict.Rejects()),
        new NeedsContent(TurnRole.Assistant, TurnMarks.ToolCalls | TurnMarks.FunctionCall | TurnMarks.Refusal, Verdict.Rejects()),
        new Without(TurnRole.System | TurnRole.Assistant, TurnMarks.Image, "an image; only user messages can", Verdict.Rejects()),
        new ToolCallsMatch(Verdict.Advises(), Verdict.Advises()),
    ];

    // Azure's checker of chats takes tool calls, and nothing else, in place of the member 'content'; null will do.
    private static readonly TurnRule[] s_azureContentRules =
        [new NeedsContent(TurnRole.Assistant, TurnMarks.ToolCalls, Verdict.Advises("Missing 'content' (and no 'tool_calls')")) { Only = TurnMarks.FunctionCall | TurnMarks.Refusal }];

    private static readonly TurnRule[] s_azureInputRules = [new Has(TurnRole.User, Verdict.Rejects("'input.messages' has no 'user' message"))];

    public static IEnumerable<TargetDescription> All { get; } =
    [
        new(TrainingTarget.OpenAIChat, "OpenAI", Chat(azure: false))
        {
            Source = OpenAISource,
            MinRecords = new Limit(10, Verdict.Rejects(TooFewOpenAI)),
            AdvisedRecords = 50,
            MaxBytes = s_maxBytes,
            MaxTokens = 65_536,
            IsChat = true,
        },
        new(TrainingTarget.OpenAIDpo, "OpenAI", Preference(azure: false))
        {
            Source = OpenAISource,
            MinRecords = new Limit(10, Verdict.Rejects(TooFewOpenAI)),
            MaxBytes = s_maxBytes,
            MaxTokens = 65_536,
        },
        new(TrainingTarget.OpenAIRft, "OpenAI", Reinforcement(azure: false))
        {
            Source = OpenAISource,
            MaxBytes = s_maxBytes,
        },
        new(TrainingTarget.AzureChat, "Azure OpenAI", Chat(azure: true))
        {
            Source = AzureSource,
            MinRecords = new Limit(10, Verdict.Rejects()),
            AdvisedRecords = 50,
            MaxBytes = s_maxBytes,
            MaxTokens = 65_536,
            IsChat = true,
        },
        new(TrainingTarget.AzureDpo, "Azure OpenAI", Preference(azure: true))
        {
            Source = AzureSource,
            MinRecords = new Limit(10, Verdict.Rejects()),
            MaxBytes = s_maxBytes,
            MaxTokens = 65_536,
        },
        new(TrainingTarget.AzureRft, "Azure OpenAI", Reinforcement(azure: true))
        {
            Source = AzureSource,
            MinRecords = new Limit(10, Verdict.Rejects()),
            MaxBytes = s_maxBytes,
        },
    ];

    private static Shape Chat(bool azure) => Record(
        Verdict.Advises(),
        new Member("messages", Messages(
            ChatMessage(azure, checksRoles: azure),
            Section.Conversation,
            [
                .. ContentRules,
                .. azure ? s_azureContentRules : [],
                new Has(TurnRole.Assistant, Verdict.Rejects()),
                azure ? new Has(TurnRole.User, Verdict.Rejects()) : new Has(TurnRole.User, Verdict.Notes()),
                new EndsWith(TurnRole.Assistant, Verdict.Advises(azure ? "Last message must be assistant" : null)),
                new SomethingTrained(Verdict.Advises()),
                azure ? new MaxImages(64, Verdict.Rejects()) : new MaxImages(10, Verdict.Rejects()),
            ])).Required(NeitherShape),
        new Member("tools", Tools()),
        new Member("parallel_tool_calls", TrueOrFalse),
        new Member("functions", Functions).Discouraged());

    private static Shape Preference(bool azure)
    {
        var message = ChatMessage(azure, checksRoles: false);
        Shape Output(Section section) => Messages(
            message,
            section,
            azure
                ? [.. ContentRules, new Has(TurnRole.Assistant, Verdict.Rejects()), new AtMost(TurnRole.User, 0, Verdict.Rejects()), new AtMost(TurnRole.System, 0, Verdict.Rejects())]
                : [.. ContentRules, new EndsWith(TurnRole.Assistant, Verdict.Rejects())],
            max: azure ? int.MaxValue : 1);

        return Record(
            Verdict.Advises(),
            new Member("input", Record(
                Verdict.Advises(),
                new Member("messages", Messages(
                    message,
                    Section.Input,
                    [
                        .. ContentRules,
                        new DoesNotEndWith(TurnRole.Assistant, Verdict.Advises()),
                        .. azure ? s_azureInputRules : [],
                    ])).Required(),
                new Member("tools", Tools()),
                new Member("parallel_tool_calls", TrueOrFalse))).Required(),
            new Member("preferred_output", Output(Section.Target)).Required(),
            new Member("non_preferred_output", Output(Section.Rejected)).Required());
    }

    // "messages" and "tools" are the only reserved words: every other member is for the grader.
    private static Shape Reinforcement(bool azure) => Of(
        new ObjectRule
        {
            UnknownKind = TextKind.Label,
            UnknownMissing = azure ? Verdict.Rejects() : Verdict.Advises(),
            Members =
            [
                new Member("messages", Messages(
                    Message(
                        [
                            Role(TurnRole.Developer, "developer", "content", "name"),
                            Role(TurnRole.User, "user", "content", "name"),
                            Role(TurnRole.Assistant, "assistant", s_assistant),
                            Role(TurnRole.Tool, "tool", "content", "tool_call_id") with { Required = ["tool_call_id"] },
                            Role(TurnRole.System, "system", "content", "name") with { Discouraged = Verdict.Advises() },
                        ],
                        MessageMembers(azure),
                        Verdict.Advises(),
                        Verdict.Rejects(RoleMissing)),
                    Section.Input,
                    [
                        .. ContentRules,
                        new EndsWith(TurnRole.User, azure ? Verdict.Rejects() : Verdict.Advises()),
                    ])).Required(),
                new Member("tools", Tools()),
            ],
        },
        "a JSON object");
}
