namespace AiGuardrails.Core.Training.Records;

/// <summary>
/// The layouts of every target. Where a target takes an example in two shapes, the one for less comes first: texts before
/// lists of messages. Sources are those of the descriptions of the targets.
/// </summary>
internal static class RecordLayouts
{
    private const MessageKind System = MessageKind.System;
    private const MessageKind User = MessageKind.User;
    private const MessageKind Assistant = MessageKind.Assistant;
    private const MessageKind Answer = MessageKind.Answer;
    private const MessageKind Rejected = MessageKind.Rejected;

    private static readonly LayoutSlot[] s_chat = Roles("system");
    private static readonly LayoutSlot[] s_weightedChat =
    [
        .. Roles("system"),
        Slot(MessageKind.AssistantNotTrained, "{'role':'assistant','content':", ",'weight':0}"),
        Slot(MessageKind.AssistantTrained, "{'role':'assistant','content':", ",'weight':1}"),
    ];

    private static readonly LayoutSlot[] s_gemini = [Slot(User, "{'role':'user','parts':[{'text':", "}]}"), Slot(Assistant, "{'role':'model','parts':[{'text':", "}]}")];
    private static readonly LayoutSlot s_field = new(MessageKind.Field, "", "");
    private static readonly LayoutSlot s_label = new(MessageKind.Label, "", "");

    private static readonly LayoutPart s_messages = Messages("'messages':[", s_chat, "messages");
    private static readonly LayoutPart s_prompt = Messages("'prompt':[", s_chat, "prompt");
    private static readonly LayoutPart s_conversation = Messages("'conversations':[", [Slot(User, "{'from':'human','value':", "}"), Slot(Assistant, "{'from':'gpt','value':", "}")], "conversations");
    private static readonly LayoutPart s_geminiSystem = Part("'systemInstruction':{'parts':[{'text':", System, "}]}");
    private static readonly LayoutPart s_geminiContents = Messages("'contents':[", s_gemini, "contents");
    private static readonly LayoutPart s_kto = new(Json("'label':"), "", s_label);

    private static readonly Dictionary<TrainingTarget, RecordLayout[]> s_all = new RecordLayout[]
    {
        Chat(TrainingTarget.OpenAIChat, weights: true) with { Tools = ToolForm.OpenAI, Images = ImageForm.OpenAI },
        Pairs(TrainingTarget.OpenAIDpo) with { Tools = ToolForm.OpenAI },
        Reinforcement(TrainingTarget.OpenAIRft) with { Tools = ToolForm.OpenAI, Images = ImageForm.OpenAI },
        Chat(TrainingTarget.AzureChat, weights: true) with { Tools = ToolForm.OpenAI, Images = ImageForm.OpenAI },
        Pairs(TrainingTarget.AzureDpo) with { Tools = ToolForm.OpenAI },
        Reinforcement(TrainingTarget.AzureRft) with { Tools = ToolForm.OpenAI, Images = ImageForm.OpenAI },

        Chat(TrainingTarget.TogetherChat, weights: true),
        Texts(TrainingTarget.TogetherInstruction, "prompt", "completion"),
        Text(TrainingTarget.TogetherText),
        Pairs(TrainingTarget.TogetherPreference),

        new(TrainingTarget.BedrockHaiku, RecordForm.Chat, Part("'system':", System), s_messages) { Reserved = ["\nHuman:", "\nAssistant:"] },
        new(
            TrainingTarget.BedrockConverse,
            RecordForm.Chat,
            Part("'system':[{'text':", System, "}]"),
            Messages("'messages':[", [Slot(User, "{'role':'user','content':[{'text':", "}]}"), Slot(Assistant, "{'role':'assistant','content':[{'text':", "}]}")], "messages"))
        {
            Start = Json("{'schemaVersion':'bedrock-conversation-2024',"),
        },
        Texts(TrainingTarget.BedrockPromptCompletion, "prompt", "completion"),

        new(TrainingTarget.Gemini, RecordForm.Chat, s_geminiSystem, s_geminiContents),
        new(
            TrainingTarget.GeminiPreference,
            RecordForm.Preference,
            s_geminiSystem,
            s_geminiContents,
            Part("'completions':[{'score':1,'completion':{'role':'model','parts':[{'text':", Answer, "}]}}"),
            Part("{'score':0,'completion':{'role':'model','parts':[{'text':", Rejected, "}]}}]")),
        new(TrainingTarget.GeminiRL, RecordForm.Reinforcement, s_geminiSystem, s_geminiContents, new LayoutPart(Json("'references':{"), "}", s_field) { IsList = true, IsFields = true }),

        Text(TrainingTarget.TrlText),
        Chat(TrainingTarget.TrlChat) with { Tools = ToolForm.Trl },
        Texts(TrainingTarget.TrlPromptCompletion, "prompt", "completion"),
        new(TrainingTarget.TrlPromptCompletion, RecordForm.Chat, s_prompt, MessageApart("completion", Answer)),
        new(TrainingTarget.TrlPreference, RecordForm.Preference, Part("'chosen':", Answer), Part("'rejected':", Rejected)),
        new(TrainingTarget.TrlPreference, RecordForm.Preference, Part("'prompt':", User), Part("'chosen':", Answer), Part("'rejected':", Rejected)),
        new(TrainingTarget.TrlPreference, RecordForm.Preference, s_prompt, MessageApart("chosen", Answer), MessageApart("rejected", Rejected)),
        new(TrainingTarget.TrlKto, RecordForm.Judged, Part("'prompt':", User), Part("'completion':", Answer), s_kto),
        new(TrainingTarget.TrlKto, RecordForm.Judged, s_prompt, MessageApart("completion", Answer), s_kto),
        new(TrainingTarget.TrlStepwise, RecordForm.Steps, Part("'prompt':", User), new LayoutPart(Json("'completions':"), "", new LayoutSlot(Answer, "", "")), new LayoutPart(Json("'labels':"), "", s_label)),

        Text(TrainingTarget.AutoTrainText),
        new(TrainingTarget.AutoTrainText, RecordForm.Chat, Messages("'text':[", s_chat, "text")),
        new(TrainingTarget.AutoTrainDpo, RecordForm.Preference, Part("'prompt':", User), Part("'text':", Answer), Part("'rejected_text':", Rejected)),
        new(TrainingTarget.AutoTrainDpo, RecordForm.Preference, s_prompt, MessageApart("text", Answer), MessageApart("rejected_text", Rejected)),
        new(TrainingTarget.AutoTrainReward, RecordForm.Preference, Part("'text':", Answer), Part("'rejected_text':", Rejected)),

        Text(TrainingTarget.ReplicateText),
        Texts(TrainingTarget.ReplicatePromptCompletion, "prompt", "completion"),
        Chat(TrainingTarget.AnyscaleChat),
        Chat(TrainingTarget.MistralChat, weights: true) with { Tools = ToolForm.Mistral, Images = ImageForm.Mistral },
        Chat(TrainingTarget.FireworksChat, weights: true) with { Images = ImageForm.OpenAI },
        Pairs(TrainingTarget.FireworksDpo),
        new(
            TrainingTarget.CohereChat,
            RecordForm.Chat,
            Messages(
                "'messages':[",
                [Slot(System, "{'role':'System','content':", "}"), Slot(User, "{'role':'User','content':", "}"), Slot(Assistant, "{'role':'Chatbot','content':", "}")],
                "messages")),

        new(TrainingTarget.ShareGpt, RecordForm.Chat, Part("'system':", System), s_conversation),
        new(
            TrainingTarget.ShareGpt,
            RecordForm.Preference,
            Part("'system':", System),
            s_conversation,
            Part("'chosen':{'from':'gpt','value':", Answer, "}"),
            Part("'rejected':{'from':'gpt','value':", Rejected, "}")),
        new(TrainingTarget.ShareGpt, RecordForm.Judged, Part("'system':", System), s_conversation, new LayoutPart(Json("'kto_tag':"), "", s_label)),

        // Most files have all columns, and nothing in these two.
        new(TrainingTarget.Alpaca, RecordForm.Chat, Part("'system':", System), Part("'instruction':", User), Part("'output':", Answer)) { EmptyMembers = ["input", "history"] },
    }
        .GroupBy(static layout => layout.Target)
        .ToDictionary(static group => group.Key, static group => group.ToArray());

    /// <summary>Gets the layouts of a target, the plainest first.</summary>
    public static IReadOnlyList<RecordLayout> Of(TrainingTarget target) => s_all[target];

    /// <summary>Gets the targets that have a layout, in the order of <see cref="TrainingTarget.All"/>.</summary>
    public static IEnumerable<TrainingTarget> Targets => TrainingTarget.All.Where(s_all.ContainsKey);

    private static RecordLayout Chat(TrainingTarget target, bool weights = false) =>
        new(target, RecordForm.Chat, weights ? s_messages with { Slots = s_weightedChat } : s_messages) { HasWeights = weights };

    private static RecordLayout Texts(TrainingTarget target, string prompt, string completion) =>
        new(target, RecordForm.Chat, Part($"'{prompt}':", User), Part($"'{completion}':", Answer));

    private static RecordLayout Text(TrainingTarget target) => new(target, RecordForm.Text, Part("'text':", MessageKind.Text));

    private static RecordLayout Pairs(TrainingTarget target) => new(
        target,
        RecordForm.Preference,
        Messages("'input':{'messages':[", s_chat, "input", "messages") with { Tail = "}" },
        MessageApart("preferred_output", Answer),
        MessageApart("non_preferred_output", Rejected));

    // The instructions have the role 'developer' here: the schema has no 'system'.
    private static RecordLayout Reinforcement(TrainingTarget target) => new(
        target,
        RecordForm.Reinforcement,
        Messages("'messages':[", Roles("developer"), "messages"),
        new LayoutPart("", "", s_field) { IsList = true, IsFields = true })
    { InstructsAsDeveloper = true };

    private static LayoutSlot[] Roles(string system) =>
    [
        Slot(System, $"{{'role':'{system}','content':", "}"),
        Slot(User, "{'role':'user','content':", "}"),
        Slot(Assistant, "{'role':'assistant','content':", "}"),
    ];

    private static LayoutPart MessageApart(string name, MessageKind kind) => Part($"'{name}':[{{'role':'assistant','content':", kind, "}]");

    private static LayoutPart Messages(string prefix, LayoutSlot[] slots, params string[] rules) =>
        new(Json(prefix), "]", slots) { IsList = true, HoldsTools = true, Rules = rules };

    private static LayoutPart Part(string prefix, MessageKind kind, string suffix = "") => new(Json(prefix), Json(suffix), Slot(kind, "", ""));

    private static LayoutSlot Slot(MessageKind kind, string open, string close) => new(kind, Json(open) + '"', '"' + Json(close));

    private static string Json(string text) => text.Replace('\'', '"');
}
