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

    /// <summary>Names, on the wire, of the members of a request that cap the output tokens.</summary>
    public static readonly ImmutableArray<string> OutputCapMembers =
        ["max_tokens", "max_completion_tokens", "max_output_tokens", "max_new_tokens", "max_tokens_to_sample", "num_predict", "maxOutputTokens"];

    private static readonly JobTable s_fineTuning = new("fine-tuning job")
    {
        HttpPaths = ["fine_tuning/jobs", "v1/fine-tunes"],
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
        States =
        [
            new("queued", "queued", JobStateKind.Pending),
            new("in_progress", "in_progress", JobStateKind.Working),
            new("completed", "completed", JobStateKind.Succeeded),
            new("failed", "failed", JobStateKind.Failed),
        ],
    };

    /// <summary>Gets the jobs whose status is polled over HTTP.</summary>
    public static ImmutableArray<JobTable> Jobs { get; } = [s_fineTuning, s_batch, s_run, s_video];

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

    /// <summary>
    /// Gets the last segments of the paths where a POST makes a model write, and where the request may lack a cap. Not here:
    /// <c>v1/messages</c>, which rejects such a request, and the legacy <c>completions</c>, which stop after 16 tokens.
    /// </summary>
    public static ImmutableArray<GenerationPath> GenerationPaths { get; } =
    [
        new("chat/completions", "max_completion_tokens", ["messages"]),
        new("v1/responses", "max_output_tokens", ["input", "prompt"]),
        new("openai/responses", "max_output_tokens", ["input", "prompt"]),
    ];
}

/// <summary>A path where a POST makes a model write.</summary>
/// <param name="Path">Its last segments.</param>
/// <param name="Cap">The member of the request that caps the output tokens.</param>
/// <param name="Inputs">Members of which a request has one, by which it is known.</param>
internal sealed record GenerationPath(string Path, string Cap, ImmutableArray<string> Inputs);
