using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Flow.Origins;

/// <summary>
/// Answers where the values of one body come from. It builds on <see cref="ValueSources"/>, which follows a value to the expressions
/// that make it, and takes these apart: text that is put together, calls that pass text on, members of data, containers in view, and
/// helpers of the compilation in both directions.
/// </summary>
internal sealed class ValueOrigins
{
    /// <summary>Levels from a value to its origin, over all steps.</summary>
    public const int MaxDepth = 48;

    /// <summary>Expressions that are looked at for one value.</summary>
    public const int MaxSteps = 600;

    /// <summary>Levels of helper methods.</summary>
    public const int MaxCalls = 2;

    /// <summary>Mentions of one container that are looked at.</summary>
    public const int MaxMentions = 128;

    // Weakly keyed by the body, then by what the team says: rules with the same options share what was found.
    private static readonly ConditionalWeakTable<AiBody, ConcurrentDictionary<string, ValueOrigins>> s_byBody = new();

    private readonly AiContext _ai;
    private readonly OriginOptions _options;
    private readonly ConcurrentDictionary<IOperation, OriginSet> _known = new();

    private ValueOrigins(AiContext ai, OriginOptions options)
    {
        _ai = ai;
        _options = options;
    }

    /// <summary>The origins of the values of a body, shared by all rules that have the same options.</summary>
    public static ValueOrigins In(AiContext ai, AiBody body, OriginOptions options) =>
        s_byBody.GetOrCreateValue(body).GetOrAdd(options.Key, _ => new ValueOrigins(ai, options));

    /// <summary>The origins of the values of the body that a rule looks at.</summary>
    public static ValueOrigins In(BodyAnalysisContext context) => In(context.Ai, context.Body, OriginOptions.Of(context.Options));

    /// <summary>Where the value, and each part of it, comes from.</summary>
    public OriginSet Of(IOperation value, CancellationToken cancellationToken) =>
        _known.TryGetValue(value, out var known) ? known : _known.GetOrAdd(value, new OriginWalk(_ai, _options, isHarmless: null, cancellationToken).Of(value));

    /// <summary>Where the value comes from, where the rule knows of steps after which a text does no harm any more.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isHarmless">Whether what the expression yields can do no harm at the place in question: an encoder, a parameterised query.</param>
    /// <param name="cancellationToken">The token.</param>
    public OriginSet Of(IOperation value, Func<IOperation, bool> isHarmless, CancellationToken cancellationToken) =>
        new OriginWalk(_ai, _options, isHarmless, cancellationToken).Of(value);
}
