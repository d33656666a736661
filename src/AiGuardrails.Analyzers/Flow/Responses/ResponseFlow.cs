using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Responses;

/// <summary>
/// The answers of models in one body: what is asked of each of them, and what is used before it is asked. See
/// <c>docs/contributing/flow.md</c>.
/// </summary>
internal sealed class ResponseFlow
{
    private static readonly ResponseFlow s_none = new([], [], [], []);

    private ResponseFlow(
        ImmutableArray<TruncatedParse> parses,
        ImmutableArray<UncheckedPart> parts,
        ImmutableArray<UncheckedDeserialization> deserializations,
        ImmutableArray<UncheckedStatus> statuses)
    {
        Parses = parses;
        Parts = parts;
        Deserializations = deserializations;
        Statuses = statuses;
    }

    /// <summary>Gets the texts that are parsed before anything has asked why the model stopped.</summary>
    public ImmutableArray<TruncatedParse> Parses { get; }

    /// <summary>Gets the parts that are taken before anything has asked whether there is one.</summary>
    public ImmutableArray<UncheckedPart> Parts { get; }

    /// <summary>Gets what is made of the model's JSON and used as if that could not fail.</summary>
    public ImmutableArray<UncheckedDeserialization> Deserializations { get; }

    /// <summary>Gets the outputs that are used before anything has asked how the response ended.</summary>
    public ImmutableArray<UncheckedStatus> Statuses { get; }

    public static ResponseFlow Create(AiContext ai, AiBody body, CancellationToken cancellationToken) =>
        MayHaveAnswers(ai, body) ? new Builder(ai, body, cancellationToken).Build() : s_none;

    /// <summary>Whether a call in the body may yield an answer: one of a model, or of a helper in view that yields the type of an answer or a text.</summary>
    private static bool MayHaveAnswers(AiContext ai, AiBody body) =>
        body.All<IInvocationOperation>(OperationKind.Invocation).Any(call => ai.IsGenerationCall(call.TargetMethod))
        || JsonAnswers.AreReadIn(body)
        || (body.All<IInvocationOperation>(OperationKind.Invocation).Any(static call => !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty)
            && (body.All<IPropertyReferenceOperation>(OperationKind.PropertyReference).Any(property => ai.ResponseOf(property.Instance?.Type) is not null || ai.PartOf(property.Instance?.Type) is not null)
                || body.All<IInvocationOperation>(OperationKind.Invocation).Any(static call => Parsers.TextOf(call) is not null)));

    private sealed class Builder
    {
        private static readonly ImmutableHashSet<string> s_taking = ["First", "Last", "Single", "ElementAt"];

        private readonly AiContext _ai;
        private readonly AiBody _body;
        private readonly CancellationToken _cancellationToken;
        private readonly ModelValues _values;
        private readonly FlowOrder _order;
        private readonly Lazy<ImmutableArray<AnswerRead>> _reads;

        public Builder(AiContext ai, AiBody body, CancellationToken cancellationToken)
        {
            _ai = ai;
            _body = body;
            _cancellationToken = cancellationToken;
            _values = new ModelValues(ai, body, cancellationToken);
            _order = new FlowOrder(body, cancellationToken);
            _reads = new(() => AnswerReads.In(ai, body, _values, cancellationToken));
        }

        public ResponseFlow Build() => new([.. ParsesIn()], [.. PartsIn()], [.. DeserializationsIn()], [.. StatusesIn()]);

        private Passed Asked(ModelValue value, SyntaxNode use, Func<AnswerRead, bool> counts) =>
            _order.Between(value.At, use, [.. _reads.Value.Where(read => read.Answer == value.At && counts(read)).Select(static read => read.Node)]);

        private IEnumerable<TruncatedParse> ParsesIn()
        {
            foreach (var parse in _body.All<IOperation>(OperationKind.Invocation).Concat(_body.All<IOperation>(OperationKind.ObjectCreation)))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (Parsers.TextOf(parse) is not { } text)
                {
                    continue;
                }

                foreach (var value in _values.Of(text).Where(static value => value.Kind == ModelValueKind.Text))
                {
                    if (ReasonOf(value) is { } reason && !Asked(value, parse.Syntax, AsksForEnd).Any)
                    {
                        var read = value.Read ?? text;
                        var subject = SubjectOf(read, static response => !response.Reasons.IsEmpty || !response.Statuses.IsEmpty);
                        yield return new(parse.Syntax, Parsers.NameOf(parse), read.Syntax, subject?.Syntax, reason);
                        break;
                    }
                }
            }
        }

        /// <summary>The member by which the answer says why it ended; null where it says nothing.</summary>
        private string? ReasonOf(ModelValue value)
        {
            for (var current = value.Read is null ? null : ReceiverOf(value.Read); current is not null; current = ReceiverOf(current))
            {
                if (FirstOf(_ai.ResponseOf(current.Type)) is { } own)
                {
                    return own;
                }
            }

            var type = _values.AnswerTypeOf(value.Call.Type);
            return FirstOf(_ai.ResponseOf(type)) ?? (type is INamedTypeSymbol { TypeArguments: [.., var element] } ? FirstOf(_ai.ResponseOf(element)) : null);

            static string? FirstOf(ResponseTable? response) => response?.Reasons.Concat(response.Statuses).FirstOrDefault();
        }

        private IOperation? SubjectOf(IOperation read, Func<ResponseTable, bool> isMeant)
        {
            for (var current = ReceiverOf(read); current is not null; current = ReceiverOf(current))
            {
                if (_ai.ResponseOf(current.Type) is { } response && isMeant(response))
                {
                    return current;
                }
            }

            return null;
        }

        private static IOperation? ReceiverOf(IOperation operation) => operation switch
        {
            IPropertyReferenceOperation { Instance: { } instance } => instance.Unwrap(),
            IInvocationOperation { Instance: { } instance } => instance.Unwrap(),
            IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [var first, ..] } => first.Value.Unwrap(),
            IArrayElementReferenceOperation { ArrayReference: var array } => array.Unwrap(),
            IImplicitIndexerReferenceOperation { Instance: var instance } => instance.Unwrap(),
            IConditionalAccessInstanceOperation instance => StablePath.ReceiverOf(instance)?.Unwrap(),
            _ => null,
        };

        private IEnumerable<UncheckedPart> PartsIn()
        {
            var accesses = new List<(IOperation Access, IOperation List, IReadOnlyList<ModelValue> Values)>();
            foreach (var (access, list) in Accesses())
            {
                _cancellationToken.ThrowIfCancellationRequested();
                var values = _values.Of(list).Where(static value => value.Kind == ModelValueKind.Parts).ToList();
                if (values.Count > 0)
                {
                    accesses.Add((access, list, values));
                }
            }

            foreach (var (access, list, values) in accesses.OrderBy(static entry => entry.Access.Syntax.SpanStart))
            {
                // Where an earlier index did not throw, this one does not either.
                var earlier = accesses.Where(entry => entry.Access != access).ToList();
                foreach (var value in values)
                {
                    var places = _reads.Value
                        .Where(read => read.Answer == value.At && read.IsTested)
                        .Select(static read => read.Node)
                        .Concat(earlier.Where(entry => entry.Values.Any(other => other.At == value.At)).Select(static entry => entry.Access.Syntax))
                        .ToList();
                    if (!IsGuarded(access) && !IsAlwaysAsked(value, access.Syntax, places))
                    {
                        yield return new(access.Syntax, list.Unwrap().Syntax, CountOf(list.Unwrap().Type), IsStreamed(value));
                        break;
                    }
                }
            }
        }

        private bool IsAlwaysAsked(ModelValue value, SyntaxNode use, List<SyntaxNode> places) => places.Count > 0 && _order.Between(value.At, use, places).Every;

        private bool IsStreamed(ModelValue value) =>
            _values.AnswerTypeOf(value.Call.Type) is not { } type || _ai.ResponseOf(type) is null;

        private static string CountOf(ITypeSymbol? type) => type is IArrayTypeSymbol ? "Length" : "Count";

        private IEnumerable<(IOperation Access, IOperation List)> Accesses()
        {
            foreach (var property in _body.All<IPropertyReferenceOperation>(OperationKind.PropertyReference))
            {
                if (property is { Property.IsIndexer: true, Instance: { } list, Arguments: [{ Value.ConstantValue.HasValue: true }] })
                {
                    yield return (property, list);
                }
            }

            foreach (var element in _body.All<IImplicitIndexerReferenceOperation>(OperationKind.ImplicitIndexerReference))
            {
                yield return (element, element.Instance);
            }

            foreach (var element in _body.All<IArrayElementReferenceOperation>(OperationKind.ArrayElementReference))
            {
                if (element.Indices is [{ ConstantValue.HasValue: true }])
                {
                    yield return (element, element.ArrayReference);
                }
            }

            foreach (var call in _body.All<IInvocationOperation>(OperationKind.Invocation))
            {
                if (s_taking.Contains(call.TargetMethod.Name) && (call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments is [var first, ..] ? first.Value : null)) is { } list)
                {
                    yield return (call, list);
                }
            }
        }

        /// <summary>Whether somebody is ready for the exception of an index that is not there.</summary>
        private static bool IsGuarded(IOperation access) => HandlersAround(access).Any(static handler =>
            handler.ExceptionType is { Name: "ArgumentOutOfRangeException" or "IndexOutOfRangeException" or "InvalidOperationException" or "ArgumentException" });

        private static IEnumerable<ICatchClauseOperation> HandlersAround(IOperation operation)
        {
            for (var current = operation; current.Parent is { } parent; current = parent)
            {
                if (parent is ITryOperation attempt && attempt.Body == current)
                {
                    foreach (var handler in attempt.Catches)
                    {
                        yield return handler;
                    }
                }
            }
        }

        private IEnumerable<UncheckedStatus> StatusesIn()
        {
            var reported = new HashSet<SyntaxNode>();
            foreach (var use in UsesOfOutput().OrderBy(static use => use.Syntax.SpanStart))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                var subject = ReceiverOf(use)!;
                foreach (var value in _values.AnswersOf(subject))
                {
                    if (!reported.Contains(value.At) && !IsAsked(value, use))
                    {
                        reported.Add(value.At);
                        yield return new(use.Syntax, subject.Syntax, _ai.ResponseOf(subject.Type)!.Statuses[0]);
                    }
                }
            }
        }

        private IEnumerable<IOperation> UsesOfOutput()
        {
            foreach (var call in _body.All<IInvocationOperation>(OperationKind.Invocation))
            {
                if (_ai.ResponseOf(call.Instance?.Type) is { Statuses.IsEmpty: false } response && response.Texts.Contains(call.TargetMethod.Name))
                {
                    yield return call;
                }
            }

            foreach (var property in _body.All<IPropertyReferenceOperation>(OperationKind.PropertyReference))
            {
                if (_ai.ResponseOf(property.Instance?.Type) is { Statuses.IsEmpty: false } response && response.Lists.Contains(property.Property.Name))
                {
                    yield return property;
                }
            }
        }

        /// <summary>Whether the status is read before the output is used; what waits in a variable is used later, and any read may come before that.</summary>
        private bool IsAsked(ModelValue value, IOperation use) =>
            IsKept(use)
                ? _reads.Value.Any(read => read.Answer == value.At && AsksForEnd(read))
                : Asked(value, use.Syntax, AsksForEnd).Any;

        private static bool AsksForEnd(AnswerRead read) => read.Fact is AnswerFact.Reason or AnswerFact.Status or AnswerFact.Escape;

        /// <summary>Whether the value, or what is chosen from it, is put into a variable.</summary>
        private static bool IsKept(IOperation read)
        {
            for (var current = read; current.Parent is { } parent; current = parent)
            {
                switch (parent)
                {
                    case IConversionOperation or IParenthesizedOperation or ICoalesceOperation or IConditionalAccessOperation or IPropertyReferenceOperation:
                    case IInvocationOperation call when call.Instance == current:
                    case IInvocationOperation { TargetMethod.IsExtensionMethod: true }:
                    case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } }:
                        break;
                    case IVariableInitializerOperation or ISimpleAssignmentOperation { Target: ILocalReferenceOperation }:
                        return true;
                    default:
                        return false;
                }
            }

            return false;
        }

        private IEnumerable<UncheckedDeserialization> DeserializationsIn()
        {
            foreach (var call in _body.All<IInvocationOperation>(OperationKind.Invocation))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (Parsers.IsDeserialization(call)
                    && !IsValue(_values.AnswerTypeOf(call.Type))
                    && Parsers.TextOf(call) is { } text
                    && !HandlersAround(call).Any(static handler => handler.ExceptionType is null or { Name: "Exception" or "SystemException" or "JsonException" or "JsonReaderException" or "Object" })
                    && Deserialized.IsTrusted(call)
                    && _values.Of(text).Any(static value => value.Kind is ModelValueKind.Text or ModelValueKind.Arguments))
                {
                    yield return new(call.Syntax, Parsers.NameOf(call));
                }
            }
        }

        private static bool IsValue(ITypeSymbol? type) => type is null or { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T };
    }
}
