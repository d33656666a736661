using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

// The answers of models, and what must not be done with them.
internal sealed partial class AiContext
{
    // A type of messages that code also makes itself is no answer by its type alone.
    private readonly MemberLookup _modelOutputs = types.Members(static sdk => sdk.Responses
        .Where(response => !sdk.InstructionSinks.Any(sink => sink.Type == response.Type))
        .SelectMany(static response => response.Texts.Concat(response.Parts).Select(member => new MemberParameter(response.Type, member, ""))));

    private readonly Lazy<ImmutableDictionary<ITypeSymbol, ResponseTable>> _responses = types.Table(static sdk => sdk.Responses, static response => response.Type);
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, PartTable>> _parts = types.Table(static sdk => sdk.Parts, static part => part.Type);
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, FinishReasonTable>> _finishReasons = types.Table(static sdk => sdk.FinishReasons, static reason => reason.Type);
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _textParts = types.Set(static sdk => sdk.TextParts);
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _resultWrappers = types.Set(static sdk => sdk.ResultWrappers);

    /// <summary>Whether the member yields the answer of a model, or a part of it.</summary>
    public bool IsModelOutput(ISymbol member) => _modelOutputs.Contains(member);

    /// <summary>Whether values of the type are pieces of messages that are made of text.</summary>
    public bool IsTextPart(ITypeSymbol? type) => type is not null && _textParts.Value.Contains(type.OriginalDefinition);

    /// <summary>What is known of a type of answers of models, or of what it derives from; null where it is none.</summary>
    public ResponseTable? ResponseOf(ITypeSymbol? type) => SdkTypes.Nearest(_responses.Value, type);

    /// <summary>What is known of a type of parts of answers, or of what it derives from; null where it is none.</summary>
    public PartTable? PartOf(ITypeSymbol? type) => SdkTypes.Nearest(_parts.Value, type);

    /// <summary>The type that says why a model stopped, nullable, in a wrapper or not; null where it is none.</summary>
    public FinishReasonTable? FinishReasonOf(ITypeSymbol? type) =>
        UnwrapStatus(type) is { } reason && _finishReasons.Value.TryGetValue(reason.OriginalDefinition, out var known) ? known : null;

    /// <summary>The type of the answer itself, where the SDK wraps its answers.</summary>
    public ITypeSymbol? Unwrap(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeArguments: [var answer] } named && _resultWrappers.Value.Contains(named.OriginalDefinition) ? answer : type;

    /// <summary>What awaiting a value of the type yields.</summary>
    public static ITypeSymbol? UnwrapTask(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask" or "ConfiguredTaskAwaitable", TypeArguments: [var result] } ? result : type;

    /// <summary>Whether the team says that something acts on the text that this parameter or property is given.</summary>
    public bool IsDangerousSink(ISymbol symbol) => _annotations.IsDangerousSink(symbol);
}
