using System.Collections.Immutable;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// What one AI SDK calls the concepts that the rules ask for. A table of names, resolved to symbols once per compilation
/// by <see cref="AiContext"/>; a name that the referenced version of the SDK lacks is simply not there.
/// </summary>
internal sealed record SdkTable(string Name)
{
    /// <summary>Types that only this SDK declares; it is in use where one of them is referenced.</summary>
    public required ImmutableArray<string> Anchors { get; init; }

    /// <summary>Generic types that an answer of the service is wrapped in.</summary>
    public ImmutableArray<string> ResultWrappers { get; init; } = [];

    /// <summary>Parameters that name the model to call.</summary>
    public ImmutableArray<MemberParameter> ModelParameters { get; init; } = [];

    /// <summary>Properties that name the model to call.</summary>
    public ImmutableArray<Member> ModelProperties { get; init; } = [];

    /// <summary>Methods that start a training job.</summary>
    public ImmutableArray<Member> TrainingStarts { get; init; } = [];

    /// <summary>Parameters that take a request body as JSON, where the typed surface is bypassed.</summary>
    public ImmutableArray<MemberParameter> JsonBodyParameters { get; init; } = [];

    /// <summary>Long-running jobs, with their states.</summary>
    public ImmutableArray<JobTable> Jobs { get; init; } = [];

    /// <summary>Generic types around an enum that take words which the enum does not have yet; the enum is their last type argument.</summary>
    public ImmutableArray<string> OpenEnums { get; init; } = [];

    /// <summary>Batches of requests, whose end says nothing about the single requests.</summary>
    public ImmutableArray<BatchOutcome> BatchOutcomes { get; init; } = [];
}

/// <summary>A member of a type. <see cref="Constructor"/> stands for every constructor of the type.</summary>
internal readonly record struct Member(string Type, string Name)
{
    public const string Constructor = ".ctor";
}

/// <summary>A parameter, matched by name and never by position: overloads and versions move positions about.</summary>
internal readonly record struct MemberParameter(string Type, string Member, string Parameter);

/// <summary>Where a batch of requests has its output, and where it says which requests have none.</summary>
/// <param name="Name">What it is called.</param>
internal sealed record BatchOutcome(string Name)
{
    /// <summary>The types of the batch; empty where it is only seen as JSON.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Members, or JSON members, that lead to the output of the requests that succeeded.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>Members, or JSON members, that say what became of the others.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = [];

    /// <summary>The types of the outcome of one request; empty where the output is a file.</summary>
    public ImmutableArray<string> ItemTypes { get; init; } = [];

    /// <summary>Methods of the outcome of one request that are true for a request that succeeded.</summary>
    public ImmutableArray<string> ItemSuccessTests { get; init; } = [];

    /// <summary>The types of a request that succeeded.</summary>
    public ImmutableArray<string> ItemSuccessTypes { get; init; } = [];
}
