using System.Collections.Immutable;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>The answer of a model: which members hold its text, and which say whether the text is whole.</summary>
/// <param name="Type">The type of the answer, streaming updates included.</param>
internal sealed record ResponseTable(string Type)
{
    /// <summary>Properties and methods that yield the text.</summary>
    public ImmutableArray<string> Texts { get; init; } = [];

    /// <summary>Members that list the parts of the answer; empty when the model refuses or calls a tool.</summary>
    public ImmutableArray<string> Parts { get; init; } = [];

    /// <summary>Members that list something else which leads to the text: choices, messages, items of the output.</summary>
    public ImmutableArray<string> Lists { get; init; } = [];

    /// <summary>Members that say why the model stopped.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>Members that say whether the call itself ended well, in services that report a failure in the answer.</summary>
    public ImmutableArray<string> Statuses { get; init; } = [];

    /// <summary>Members whose look tells that there may be no text: refusals and tool calls.</summary>
    public ImmutableArray<string> Alternatives { get; init; } = [];
}

/// <summary>A part of an answer, and the members that yield its text.</summary>
internal sealed record PartTable(string Type, ImmutableArray<string> Texts)
{
    /// <summary>Members that yield the arguments of a tool call: text of the model too, in JSON.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];
}

/// <summary>The type that says why a model stopped.</summary>
/// <param name="Type">An enum or a string struct.</param>
/// <param name="Truncated">The members for an answer that was cut off.</param>
/// <param name="Filtered">The members for an answer that was withheld or refused.</param>
internal sealed record FinishReasonTable(string Type, ImmutableArray<string> Truncated, ImmutableArray<string> Filtered);
