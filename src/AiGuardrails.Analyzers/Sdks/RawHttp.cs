using System.Collections.Immutable;
using AiGuardrails.Core.Training;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>AI services as code that speaks HTTP itself sees them: hosts, paths, and the JSON members of requests and replies.</summary>
internal static class RawHttp
{
    /// <summary>The JSON member that names the model of a request.</summary>
    public const string ModelMember = "model";

    /// <summary>The path of that member in a JSON patch.</summary>
    public const string ModelPath = "$.model";

    /// <summary>The JSON member that holds the status of a job.</summary>
    public const string StatusMember = "status";

    /// <summary>Names, on the wire, of the members of a request that cap the output tokens.</summary>
    public static readonly ImmutableArray<string> OutputCapMembers =
        ["max_tokens", "max_completion_tokens", "max_output_tokens", "max_new_tokens", "max_tokens_to_sample", "num_predict", "maxOutputTokens"];

    /// <summary>The member of a request to the Responses API that names a prompt kept at the provider, with the settings saved there.</summary>
    public const string StoredPrompt = "prompt";

    private static readonly JobTable s_fineTuning = new("fine-tuning job")
    {
        HttpPaths = ["fine_tuning/jobs", "v1/fine-tunes"],
        RelativePath = "fine-tunes",
        States =
        [
            new("validating_files", "validating_files", JobStateKind.Pending),
            new("queued", "queued", JobStateKind.Pending),
            new("running", "running", JobStateKind.Working),
            new("paused", "paused", JobStateKind.Held),
            new("succeeded", "succeeded", JobStateKind.Succeeded),
            new("failed", "failed", JobStateKind.Failed),
            new("cancelled", "cancelled", JobStateKind.Failed),
        ],
        Results = ["fine_tuned_model", "FineTunedModel", "fineTunedModel", "fine_tuned_model_id"],
    };

    private static readonly JobTable s_batch = new("batch")
    {
        HttpPaths = ["v1/batches", "openai/batches"],
        RelativePath = "batches",
        States =
        [
            new("validating", "validating", JobStateKind.Pending),
            new("in_progress", "in_progress", JobStateKind.Working),
            new("finalizing", "finalizing", JobStateKind.Held),
            new("cancelling", "cancelling", JobStateKind.Held),
            new("completed", "completed", JobStateKind.Succeeded),
            new("failed", "failed", JobStateKind.Failed),
            new("expired", "expired", JobStateKind.Failed),
            new("cancelled", "cancelled", JobStateKind.Failed),
        ],
        Results = ["output_file_id", "OutputFileId", "outputFileId"],
    };

    private static readonly JobTable s_run = new("run")
    {
        HttpPaths = ["v1/threads", "openai/threads"],
        RelativePath = "threads",
        States =
        [
            new("queued", "queued", JobStateKind.Pending),
            new("in_progress", "in_progress", JobStateKind.Working),
            new("requires_action", "requires_action", JobStateKind.NeedsAction),
            new("cancelling", "cancelling", JobStateKind.Held),
            new("completed", "completed", JobStateKind.Succeeded),
            new("failed", "failed", JobStateKind.Failed),
            new("cancelled", "cancelled", JobStateKind.Failed),
            new("incomplete", "incomplete", JobStateKind.Failed),
            new("expired", "expired", JobStateKind.Failed),
        ],
    };

    private static readonly JobTable s_video = new("video")
    {
        HttpPaths = ["v1/videos", "v1/video/generations/jobs"],
        RelativePath = "videos",
        States =
        [
            new("queued", "queued", JobStateKind.Pending),
            new("in_progress", "in_progress", JobStateKind.Working),
            new("completed", "completed", JobStateKind.Succeeded),
            new("failed", "failed", JobStateKind.Failed),
        ],
    };

    // The one job of this service that is spelt with one l.
    private static readonly JobTable s_evalRun = new("eval run")
    {
        HttpPaths = ["v1/evals", "openai/evals"],
        RelativePath = "evals",
        States =
        [
            new("queued", "queued", JobStateKind.Pending),
            new("in_progress", "in_progress", JobStateKind.Working),
            new("completed", "completed", JobStateKind.Succeeded),
            new("canceled", "canceled", JobStateKind.Failed),
            new("failed", "failed", JobStateKind.Failed),
        ],
    };

    /// <summary>Gets the jobs of OpenAI and Azure OpenAI whose status is polled over HTTP.</summary>
    public static ImmutableArray<JobTable> Jobs { get; } = [s_fineTuning, s_batch, s_run, s_video, s_evalRun];

    /// <summary>Gets where a batch that is polled over HTTP has its output, and where the rest.</summary>
    public static BatchOutcome BatchOutcome { get; } = new(s_batch.Noun)
    {
        Outputs = ["output_file_id"],
        Outcomes = ["error_file_id", "request_counts", "errors", "failed_at", "expired_at", "cancelled_at"],
    };

    /// <summary>Gets the hosts whose jobs those are.</summary>
    public static ImmutableArray<string> JobHosts { get; } = ["api.openai.com", ".openai.azure.com"];

    /// <summary>Gets the words for the state of a file, which is polled like a job and is none.</summary>
    public static ImmutableArray<string> FileStates { get; } = ["uploaded", "processed"];

    /// <summary>Gets parts of paths of other things that have a status, with words of their own.</summary>
    public static ImmutableArray<string> OtherPaths { get; } = ["vector_stores", "v1/responses", "openai/responses", "v1/uploads"];

    /// <summary>Gets the parts of a URL that only an AI service has.</summary>
    public static ImmutableArray<string> Hosts { get; } =
    [
        "api.openai.com",
        ".openai.azure.com",
        "api.anthropic.com",
        "api.together.xyz",
        "api.together.ai",
        "api.mistral.ai",
        "api.fireworks.ai",
        "api.cohere.ai",
        "api.cohere.com",
        "generativelanguage.googleapis.com",
        "aiplatform.googleapis.com",
        "api.replicate.com",
        "openrouter.ai/api",
        "api.groq.com",
        "api.deepseek.com",
        "fine_tuning/jobs",
        "chat/completions",
    ];

    /// <summary>Whether the method sends a request or reads a reply.</summary>
    public static bool IsCall(IMethodSymbol method) =>
        method.ContainingType?.Name is "HttpClient" or "HttpClientJsonExtensions" or "HttpContentJsonExtensions" or "HttpMessageInvoker";

    /// <summary>Whether values of the type are JSON that is read by member name.</summary>
    public static bool IsJson(ITypeSymbol? type) => type switch
    {
        { Name: "JsonElement" or "JsonDocument" or "JsonNode" or "JsonObject", ContainingNamespace.Name: "Json" or "Nodes" } => true,
        { Name: "JObject" or "JToken", ContainingNamespace.Name: "Linq" } => true,
        _ => false,
    };

    /// <summary>Gets the JSON members that list the answers in a reply.</summary>
    public static ImmutableArray<string> AnswerMembers { get; } = ["choices", "candidates"];

    /// <summary>Gets the JSON members, somewhere in an answer, that hold what the model wrote.</summary>
    public static ImmutableArray<string> TextMembers { get; } = ["content", "text", "arguments"];

    /// <summary>Gets the last segments of the paths where a POST starts a training job.</summary>
    public static ImmutableArray<string> TrainingStartPaths { get; } =
    [
        "fine_tuning/jobs",
        "v1/fine-tunes",
        "supervisedFineTuningJobs",
        "tuningJobs",
        "finetuning/finetuned-models",
    ];

    /// <summary>The name of a property, or of the parameter behind it, in JSON: what an attribute says, else the usual form of its own name.</summary>
    public static string JsonNameOf(ISymbol member, string name) =>
        GivenJsonNameOf(member) ?? (name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1));

    /// <summary>The name in JSON that an attribute gives to a member, or null.</summary>
    public static string? GivenJsonNameOf(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "JsonPropertyNameAttribute" or "JsonPropertyAttribute" or "DataMemberAttribute")
            {
                var given = attribute.ConstructorArguments.FirstOrDefault().Value
                    ?? attribute.NamedArguments.FirstOrDefault(static argument => argument.Key is "Name" or "PropertyName").Value.Value;
                if (given is string text)
                {
                    return text;
                }
            }
        }

        return null;
    }

    /// <summary>Gets the beginnings of model names, as words: code that sends JSON may hold nothing else that is telling.</summary>
    public static ImmutableArray<string> ModelWords { get; } = ["gpt", "chatgpt", "claude", "davinci", "babbage", "o1", "o3", "o4"];

    /// <summary>Gets the parts of a URL by which a service shows that it takes names of deployments.</summary>
    public static ImmutableArray<string> DeploymentPaths { get; } = ["openai/deployments", "/openai/v1", "/openai/fine_tuning", ".openai.azure.com"];

    /// <summary>The JSON member that takes the ID of the training file.</summary>
    public const string TrainingFileMember = "training_file";

    /// <summary>The JSON member that takes the ID of the validation file.</summary>
    public const string ValidationFileMember = "validation_file";

    /// <summary>The JSON member that takes the ID of the file with the requests of a batch.</summary>
    public const string BatchFileMember = "input_file_id";

    /// <summary>The JSON member that takes the suffix of the model's name.</summary>
    public const string SuffixMember = "suffix";

    /// <summary>Gets the objects of a request that hold hyperparameters, by their members from the outside in; the request itself is one.</summary>
    public static ImmutableArray<ImmutableArray<string>> HyperparameterObjects { get; } =
    [
        [],
        ["hyperparameters"],
        ["method", "supervised", "hyperparameters"],
        ["method", "dpo", "hyperparameters"],
        ["method", "reinforcement", "hyperparameters"],
    ];

    /// <summary>Gets the JSON members that take hyperparameters.</summary>
    public static ImmutableArray<(string Member, Hyperparameter Hyperparameter)> Hyperparameters { get; } =
    [
        ("n_epochs", Hyperparameter.Epochs),
        ("batch_size", Hyperparameter.BatchSize),
        ("learning_rate_multiplier", Hyperparameter.LearningRateMultiplier),
        ("beta", Hyperparameter.Beta),
    ];

    /// <summary>Gets the hosts and paths that tell the trainer; null for one whose ranges are not published.</summary>
    public static ImmutableArray<(string Part, TrainingProvider? Provider)> TrainingProviders { get; } =
    [
        ("api.openai.com", TrainingProvider.OpenAI),
        (".openai.azure.com", TrainingProvider.OpenAI),
        ("openai/fine_tuning/jobs", TrainingProvider.OpenAI),
        ("api.together.xyz", TrainingProvider.Together),
        ("api.together.ai", TrainingProvider.Together),
        ("api.mistral.ai", null),
        ("api.fireworks.ai", null),
        ("api.cohere.", null),
        ("api.replicate.com", null),
        ("aiplatform.googleapis.com", null),
        ("generativelanguage.googleapis.com", null),
        ("supervisedFineTuningJobs", null),
        ("tuningJobs", null),
    ];

    /// <summary>
    /// Whether the call or constructor makes a request body, or the text of one, of its first argument: <c>JsonContent.Create</c>,
    /// <c>new StringContent</c>, <c>JsonSerializer.Serialize</c>.
    /// </summary>
    public static bool PassesJsonOn(IMethodSymbol method) => method.ContainingType?.Name switch
    {
        "JsonContent" or "BinaryContent" => method.Name is "Create" or "CreateJson",
        "BinaryData" => method.Name is "FromString" or "FromBytes" or "FromObjectAsJson" || method.MethodKind == MethodKind.Constructor,
        "StringContent" or "ByteArrayContent" or "ReadOnlyMemoryContent" => method.MethodKind == MethodKind.Constructor,
        "JsonSerializer" => method.Name is "Serialize" or "SerializeToUtf8Bytes" or "SerializeToNode" or "SerializeToElement" or "SerializeToDocument",
        "JsonConvert" => method.Name == "SerializeObject",
        "JObject" or "JToken" => method.Name is "FromObject" or "Parse",
        "JsonNode" or "JsonDocument" => method.Name == "Parse",
        "Encoding" or "UTF8Encoding" => method.Name == "GetBytes",
        _ => false,
    };

    /// <summary>Whether the call gives the text or the bytes of what it is called on: <c>ToJsonString()</c>, <c>"…"u8.ToArray()</c>.</summary>
    public static bool GivesJsonOf(IMethodSymbol method) => method.Name is "ToJsonString" or "ToArray" or "ToString";

    /// <summary>Gets the members of client options that take the address of another service.</summary>
    public static ImmutableArray<string> EndpointMembers { get; } = ["Endpoint", "BaseUrl"];

    /// <summary>Gets the headers, in lower case, that carry the key of a service.</summary>
    public static ImmutableArray<string> KeyHeaders { get; } = ["authorization", "x-api-key", "api-key", "x-goog-api-key"];

    /// <summary>Gets the members of a request whose text the model reads.</summary>
    public static ImmutableArray<string> PromptMembers { get; } = ["content", "text", "prompt", "input", "instructions", "system", "description"];

    /// <summary>Whether the path of a training start is the one that OpenAI has; others have taken it over.</summary>
    public static bool IsOpenAITrainingPath(string url) => url.Contains("fine_tuning/jobs");
    /// <summary>
    /// Gets the last segments of the paths where a POST makes a model write, and where the request may lack a cap. Not here:
    /// <c>v1/messages</c>, which rejects such a request, and the legacy <c>completions</c>, which stop after 16 tokens.
    /// </summary>
    public static ImmutableArray<GenerationPath> GenerationPaths { get; } =
    [
        new("chat/completions", "max_completion_tokens", "messages"),
        new("v1/responses", "max_output_tokens", "input", StoredPrompt),
        new("openai/responses", "max_output_tokens", "input", StoredPrompt),
    ];
}

/// <summary>A path where a POST makes a model write.</summary>
/// <param name="Path">Its last segments.</param>
/// <param name="Cap">The member of the request that caps the output tokens.</param>
/// <param name="Input">The member by which a request is known.</param>
/// <param name="Settings">The member that refers to settings kept at the provider, among which may be a cap; null where there is none.</param>
internal sealed record GenerationPath(string Path, string Cap, string Input, string? Settings = null);
