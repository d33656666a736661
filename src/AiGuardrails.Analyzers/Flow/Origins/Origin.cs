using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Flow.Origins;

/// <summary>Where a value, or a part of one, comes from.</summary>
internal enum OriginKind
{
    /// <summary>Nothing is known. It never leads to a finding.</summary>
    Unknown,

    /// <summary>It stands in the code.</summary>
    Constant,

    /// <summary>A setting of the team: configuration, options, the environment, the command line.</summary>
    Configuration,

    /// <summary>Data that can only be one of a few values: a type without room for text, or a text that was checked against a list.</summary>
    Checked,

    /// <summary>Text that others wrote: a request, console input, a message, a reply, a database.</summary>
    Untrusted,

    /// <summary>The answer of a model.</summary>
    ModelOutput,

    /// <summary>What a model asks a tool to work on.</summary>
    ToolArguments,

    /// <summary>Text that a search returned.</summary>
    Retrieved,
}

/// <summary>One origin of a value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Words">What it is, for messages: "the request", "console input", "model output".</param>
/// <param name="Carrier">The piece of the value in question that brings it in: what a reader would take out.</param>
/// <param name="Source">The expression behind it, which may stand elsewhere.</param>
/// <param name="IsPart">Whether it is put together with other text, and does not make the whole value.</param>
internal sealed record Origin(OriginKind Kind, Sentence Words, IOperation Carrier, IOperation Source, bool IsPart)
{
    /// <summary>Gets the parameter that an unknown value comes from: its callers know more.</summary>
    public IParameterSymbol? Parameter { get; init; }

    /// <summary>Gets a value indicating whether only a name tells: a member that is called as such text is called.</summary>
    public bool IsByName { get; init; }

    /// <summary>Gets a value indicating whether others wrote the text, or a model did for them.</summary>
    public bool IsUntrusted => Kind is OriginKind.Untrusted or OriginKind.ModelOutput or OriginKind.ToolArguments;
}

/// <summary>Every origin of a value that was found.</summary>
internal sealed class OriginSet(ImmutableArray<Origin> origins)
{
    /// <summary>Gets the origins, in the order in which they were found; at least one.</summary>
    public ImmutableArray<Origin> Origins { get; } = origins;

    /// <summary>Gets a value indicating whether the value stands in the code, whole.</summary>
    public bool IsConstant => Origins.All(static origin => origin.Kind == OriginKind.Constant);

    /// <summary>Gets a value indicating whether every part of the value is known, and none is of others.</summary>
    public bool IsTrusted => Origins.All(static origin => origin.Kind is OriginKind.Constant or OriginKind.Configuration or OriginKind.Checked);

    /// <summary>Gets the origins that others, or a model, wrote.</summary>
    public IEnumerable<Origin> Untrusted => Origins.Where(static origin => origin.IsUntrusted);

    /// <summary>The origins of one kind.</summary>
    public IEnumerable<Origin> OfKind(OriginKind kind) => Origins.Where(origin => origin.Kind == kind);
}
