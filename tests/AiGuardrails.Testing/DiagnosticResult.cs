using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Testing;

/// <summary>
/// A diagnostic that a test expects, where markup alone says too little. It stands at a markup key (<c>{|#0:…|}</c>),
/// never at positions given as numbers.
/// </summary>
public sealed record DiagnosticResult(string Id)
{
    internal int? MarkupKey { get; private init; }

    internal bool IsWithoutLocation { get; private init; }

    internal ImmutableArray<object?> Arguments { get; private init; } = [];

    internal string? Message { get; private init; }

    internal DiagnosticSeverity? Severity { get; private init; }

    public static DiagnosticResult CompilerError(string id) => new(id) { Severity = DiagnosticSeverity.Error };

    public DiagnosticResult WithLocation(int markupKey) => this with { MarkupKey = markupKey, IsWithoutLocation = false };

    /// <summary>For what is reported on the compilation as a whole.</summary>
    public DiagnosticResult WithNoLocation() => this with { MarkupKey = null, IsWithoutLocation = true };

    /// <summary>The arguments of the message, as the descriptor's message format takes them.</summary>
    public DiagnosticResult WithArguments(params object?[] arguments) => this with { Arguments = [.. arguments] };

    public DiagnosticResult WithMessage(string message) => this with { Message = message };

    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => this with { Severity = severity };
}
