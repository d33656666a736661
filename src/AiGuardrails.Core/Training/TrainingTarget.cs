using System.Diagnostics.CodeAnalysis;

namespace AiGuardrails;

/// <summary>
/// A file format of training data, such as <see cref="OpenAIChat"/>. The names are the same in code, in MSBuild and on
/// the command line.
/// </summary>
public sealed class TrainingTarget
{
    private TrainingTarget(string name) => Name = name;

    /// <summary>Gets <c>openai-chat</c>: OpenAI, supervised fine-tuning on chat messages, tools included.</summary>
    public static TrainingTarget OpenAIChat { get; } = new("openai-chat");

    /// <summary>Gets <c>openai-dpo</c>: OpenAI, pairs of a preferred and another answer.</summary>
    public static TrainingTarget OpenAIDpo { get; } = new("openai-dpo");

    /// <summary>Gets <c>openai-rft</c>: OpenAI, reinforcement fine-tuning with fields for the grader.</summary>
    public static TrainingTarget OpenAIRft { get; } = new("openai-rft");

    /// <summary>Gets <c>azure-chat</c>: Azure OpenAI, supervised fine-tuning on chat messages, tools included.</summary>
    public static TrainingTarget AzureChat { get; } = new("azure-chat");

    /// <summary>Gets <c>azure-dpo</c>: Azure OpenAI, pairs of a preferred and another answer.</summary>
    public static TrainingTarget AzureDpo { get; } = new("azure-dpo");

    /// <summary>Gets <c>azure-rft</c>: Azure OpenAI, reinforcement fine-tuning with fields for the grader.</summary>
    public static TrainingTarget AzureRft { get; } = new("azure-rft");

    /// <summary>Gets <c>together-chat</c>: Together AI, chat messages.</summary>
    public static TrainingTarget TogetherChat { get; } = new("together-chat");

    /// <summary>Gets <c>together-instruction</c>: Together AI, prompt and completion.</summary>
    public static TrainingTarget TogetherInstruction { get; } = new("together-instruction");

    /// <summary>Gets <c>together-text</c>: Together AI, plain text.</summary>
    public static TrainingTarget TogetherText { get; } = new("together-text");

    /// <summary>Gets <c>together-preference</c>: Together AI, pairs of a preferred and another answer.</summary>
    public static TrainingTarget TogetherPreference { get; } = new("together-preference");

    /// <summary>Gets <c>bedrock-haiku</c>: Amazon Bedrock, Claude 3 Haiku.</summary>
    public static TrainingTarget BedrockHaiku { get; } = new("bedrock-haiku");

    /// <summary>Gets <c>bedrock-converse</c>: Amazon Bedrock, conversations for Nova and Llama.</summary>
    public static TrainingTarget BedrockConverse { get; } = new("bedrock-converse");

    /// <summary>Gets <c>bedrock-prompt-completion</c>: Amazon Bedrock, prompt and completion for Titan, Llama and Command.</summary>
    public static TrainingTarget BedrockPromptCompletion { get; } = new("bedrock-prompt-completion");

    /// <summary>Gets <c>gemini</c>: Google Vertex AI, supervised fine-tuning.</summary>
    public static TrainingTarget Gemini { get; } = new("gemini");

    /// <summary>Gets <c>gemini-preference</c>: Google Vertex AI, scored completions.</summary>
    public static TrainingTarget GeminiPreference { get; } = new("gemini-preference");

    /// <summary>Gets <c>gemini-rl</c>: Google Vertex AI, reinforcement learning with references.</summary>
    public static TrainingTarget GeminiRL { get; } = new("gemini-rl");

    /// <summary>Gets <c>trl-text</c>: Hugging Face TRL, plain text.</summary>
    public static TrainingTarget TrlText { get; } = new("trl-text");

    /// <summary>Gets <c>trl-chat</c>: Hugging Face TRL, chat messages.</summary>
    public static TrainingTarget TrlChat { get; } = new("trl-chat");

    /// <summary>Gets <c>trl-prompt-completion</c>: Hugging Face TRL, prompt and completion, as texts or as messages.</summary>
    public static TrainingTarget TrlPromptCompletion { get; } = new("trl-prompt-completion");

    /// <summary>Gets <c>trl-preference</c>: Hugging Face TRL, chosen and rejected, as texts or as messages.</summary>
    public static TrainingTarget TrlPreference { get; } = new("trl-preference");

    /// <summary>Gets <c>trl-kto</c>: Hugging Face TRL, completions with a label each.</summary>
    public static TrainingTarget TrlKto { get; } = new("trl-kto");

    /// <summary>Gets <c>trl-stepwise</c>: Hugging Face TRL, steps of a solution with a label each.</summary>
    public static TrainingTarget TrlStepwise { get; } = new("trl-stepwise");

    /// <summary>Gets <c>autotrain-text</c>: Hugging Face AutoTrain, text or a list of messages.</summary>
    public static TrainingTarget AutoTrainText { get; } = new("autotrain-text");

    /// <summary>Gets <c>autotrain-dpo</c>: Hugging Face AutoTrain, prompt, chosen text and rejected text.</summary>
    public static TrainingTarget AutoTrainDpo { get; } = new("autotrain-dpo");

    /// <summary>Gets <c>autotrain-reward</c>: Hugging Face AutoTrain, chosen text and rejected text.</summary>
    public static TrainingTarget AutoTrainReward { get; } = new("autotrain-reward");

    /// <summary>Gets <c>replicate-text</c>: Replicate, plain text.</summary>
    public static TrainingTarget ReplicateText { get; } = new("replicate-text");

    /// <summary>Gets <c>replicate-prompt-completion</c>: Replicate, prompt and completion.</summary>
    public static TrainingTarget ReplicatePromptCompletion { get; } = new("replicate-prompt-completion");

    /// <summary>Gets <c>anyscale-chat</c>: Anyscale, chat messages.</summary>
    public static TrainingTarget AnyscaleChat { get; } = new("anyscale-chat");

    /// <summary>Gets <c>mistral-chat</c>: Mistral, chat messages, tools included.</summary>
    public static TrainingTarget MistralChat { get; } = new("mistral-chat");

    /// <summary>Gets <c>fireworks-chat</c>: Fireworks AI, chat messages.</summary>
    public static TrainingTarget FireworksChat { get; } = new("fireworks-chat");

    /// <summary>Gets <c>fireworks-dpo</c>: Fireworks AI, pairs of a preferred and another answer.</summary>
    public static TrainingTarget FireworksDpo { get; } = new("fireworks-dpo");

    /// <summary>Gets <c>cohere-chat</c>: Cohere, chat messages.</summary>
    public static TrainingTarget CohereChat { get; } = new("cohere-chat");

    /// <summary>Gets <c>sharegpt</c>: conversations as LLaMA-Factory and Axolotl read them.</summary>
    public static TrainingTarget ShareGpt { get; } = new("sharegpt");

    /// <summary>Gets <c>alpaca</c>: instruction, input and output as LLaMA-Factory and Axolotl read them.</summary>
    public static TrainingTarget Alpaca { get; } = new("alpaca");

    /// <summary>Gets every target, provider by provider.</summary>
    public static IReadOnlyList<TrainingTarget> All { get; } =
    [
        OpenAIChat, OpenAIDpo, OpenAIRft,
        AzureChat, AzureDpo, AzureRft,
        TogetherChat, TogetherInstruction, TogetherText, TogetherPreference,
        BedrockHaiku, BedrockConverse, BedrockPromptCompletion,
        Gemini, GeminiPreference, GeminiRL,
        TrlText, TrlChat, TrlPromptCompletion, TrlPreference, TrlKto, TrlStepwise,
        AutoTrainText, AutoTrainDpo, AutoTrainReward,
        ReplicateText, ReplicatePromptCompletion,
        AnyscaleChat, MistralChat, FireworksChat, FireworksDpo, CohereChat, ShareGpt, Alpaca,
    ];

    /// <summary>Gets the name, in lower case: <c>openai-chat</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the targets that records can be written to and read from: all of them, each for the records that it can express.</summary>
    internal static IReadOnlyList<TrainingTarget> OfRecords => All;

    /// <summary>Finds a target by its exact name.</summary>
    /// <param name="name">The name, in lower case.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="FormatException">There is no target of that name; the message lists the names that there are.</exception>
    public static TrainingTarget Parse(string name)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        return TryParse(name, out var target)
            ? target
            : throw new FormatException($"'{name}' is not a training target; expected {string.Join(", ", All.Select(static known => known.Name))}");
    }

    /// <summary>Finds a target by its exact name.</summary>
    /// <param name="name">The name, in lower case; null is no name.</param>
    /// <param name="target">The target, where the result is true.</param>
    /// <returns>Whether there is a target of that name.</returns>
    public static bool TryParse(string? name, [NotNullWhen(true)] out TrainingTarget? target)
    {
        target = All.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.Ordinal));
        return target is not null;
    }

    /// <summary>Gets the name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
