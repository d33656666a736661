using System.Collections.Immutable;
using AiGuardrails.Analyzers.Options;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Flow.Origins;

/// <summary>What the team says of sources and checks of its own, by name.</summary>
internal sealed class OriginOptions
{
    /// <summary>Nothing said.</summary>
    public static readonly OriginOptions None = new([], []);

    public OriginOptions(ImmutableArray<string> untrustedSources, ImmutableArray<string> sanitizers)
    {
        UntrustedSources = untrustedSources;
        Sanitizers = sanitizers;
        Key = string.Join(",", untrustedSources) + ";" + string.Join(",", sanitizers);
    }

    /// <summary>Gets the names of members, parameters and types whose text is that of others.</summary>
    public ImmutableArray<string> UntrustedSources { get; }

    /// <summary>Gets the names of methods and types that make a text harmless.</summary>
    public ImmutableArray<string> Sanitizers { get; }

    /// <summary>Gets what tells these options from others.</summary>
    public string Key { get; }

    public static OriginOptions Of(AiOptions options) =>
        options is { UntrustedSources: { IsEmpty: true }, Sanitizers: { IsEmpty: true } } ? None : new(options.UntrustedSources, options.Sanitizers);

    /// <summary>Whether one of the names ends with this word.</summary>
    public static bool Mentions(ImmutableArray<string> names, string word)
    {
        foreach (var name in names)
        {
            if (name.EndsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of the names is that of the symbol: alone, behind its type, or in full.</summary>
    public static bool Names(ImmutableArray<string> names, ISymbol? symbol)
    {
        if (names.IsEmpty || symbol is null)
        {
            return false;
        }

        var owner = symbol.ContainingType;
        foreach (var name in names)
        {
            if (name == symbol.Name
                || (name.EndsWith(symbol.Name, StringComparison.Ordinal)
                    && ((owner is not null && name == owner.Name + "." + symbol.Name) || name == symbol.ContainingSymbol?.ToDisplayString() + "." + symbol.Name)))
            {
                return true;
            }
        }

        return false;
    }
}
