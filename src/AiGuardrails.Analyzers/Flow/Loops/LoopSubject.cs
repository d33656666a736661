using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>What a loop is about, and what its rule counts as an end to it.</summary>
internal sealed record LoopSubject
{
    /// <summary>Whether this operation yields the subject: a generation call, a read of the job.</summary>
    public required Func<IOperation, bool> Is { get; init; }

    /// <summary>Whether every value of the type is the subject.</summary>
    public Func<ITypeSymbol?, bool> IsType { get; init; } = static _ => false;

    /// <summary>Whether this operation reads the part of the subject that tells how far it is.</summary>
    public Func<IOperation, bool> IsVerdict { get; init; } = static _ => false;

    /// <summary>Gets what a token must be good for to end the loop.</summary>
    public required Cancellability Needed { get; init; }

    /// <summary>Gets the names of types and members that end a loop in which they appear.</summary>
    public ImmutableArray<string> Guards { get; init; } = [];
}
