using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>AI services as code that speaks HTTP itself sees them: hosts, paths, and the JSON members of requests and replies.</summary>
internal static class RawHttp
{
    /// <summary>The JSON member that names the model of a request.</summary>
    public const string ModelMember = "model";

    /// <summary>The JSON member that holds the status of a job.</summary>
    public const string StatusMember = "status";

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

    /// <summary>Gets the hosts whose jobs those are.</summary>
    public static ImmutableArray<string> JobHosts { get; } = ["api.openai.com", ".openai.azure.com"];

    /// <summary>Gets the words for the state of a file, which is polled like a job and is none.</summary>
    public static ImmutableArray<string> FileStates { get; } = ["uploaded", "processed"];

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

    /// <summary>Gets the last segments of the paths where a POST starts a training job.</summary>
    public static ImmutableArray<string> TrainingStartPaths { get; } =
    [
        "fine_tuning/jobs",
        "v1/fine-tunes",
        "supervisedFineTuningJobs",
        "tuningJobs",
    ];
}
