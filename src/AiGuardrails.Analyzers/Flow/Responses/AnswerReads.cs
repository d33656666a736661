using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Responses;

/// <summary>What is asked of an answer.</summary>
internal enum AnswerFact
{
    /// <summary>Why the model stopped.</summary>
    Reason,

    /// <summary>Whether the response was completed.</summary>
    Status,

    /// <summary>Whether the model refused, or called a tool.</summary>
    Alternative,

    /// <summary>How many parts there are.</summary>
    Count,

    /// <summary>Anything: the answer goes to code that is not in view.</summary>
    Escape,
}

/// <summary>A place that asks something of an answer.</summary>
/// <param name="Fact">What it asks.</param>
/// <param name="Answer">The call that the answer comes from.</param>
/// <param name="Node">The place.</param>
/// <param name="IsTested">Whether something may depend on it; a value that is only logged decides nothing.</param>
internal readonly record struct AnswerRead(AnswerFact Fact, SyntaxNode Answer, SyntaxNode Node, bool IsTested);

/// <summary>Everything that a body asks of the answers in it.</summary>
internal static class AnswerReads
{
    private static readonly ImmutableHashSet<string> s_countMembers = ["Count", "Length", "IsEmpty", "IsDefaultOrEmpty"];

    private static readonly ImmutableHashSet<string> s_countMethods =
        ["Any", "Count", "LongCount", "All", "FirstOrDefault", "LastOrDefault", "SingleOrDefault", "ElementAtOrDefault", "DefaultIfEmpty", "TryGetNonEnumeratedCount"];

    private static readonly ImmutableHashSet<string> s_takingMethods =
        ["First", "Last", "Single", "ElementAt", "Where", "Select", "SelectMany", "OfType", "Cast", "Skip", "Take", "ToList", "ToArray", "Concat", "OrderBy", "Reverse", "AsEnumerable", "GetEnumerator"];

    public static ImmutableArray<AnswerRead> In(AiContext ai, AiBody body, ModelValues values, CancellationToken cancellationToken)
    {
        var reads = ImmutableArray.CreateBuilder<AnswerRead>();
        foreach (var property in body.All<IPropertyReferenceOperation>(OperationKind.PropertyReference))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var instance = InstanceOf(property);
            if (instance is null)
            {
                continue;
            }

            if (s_countMembers.Contains(property.Property.Name))
            {
                AddCounts(instance, property);
            }
            else if (FactOf(ai, instance.Type, property.Property.Name) is { } fact)
            {
                foreach (var value in values.Of(instance).Where(static value => value.Kind is ModelValueKind.Answer or ModelValueKind.Part))
                {
                    reads.Add(new(fact, value.At, property.Syntax, IsTested(property)));
                }
            }
        }

        foreach (var call in body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var receiver = call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments is [var first, ..] ? first.Value : null);
            if (receiver is not null && s_countMethods.Contains(call.TargetMethod.Name))
            {
                AddCounts(receiver, call);
            }
            else if (call.TargetMethod.Name == "GetRawResponse" && receiver is not null && call.Parent is not IPropertyReferenceOperation { Property.Name: "Status" or "IsError" or "Headers" or "ReasonPhrase" })
            {
                Add(AnswerFact.Escape, values.AnswersOf(receiver), call);
            }
        }

        foreach (var loop in body.All<IForEachLoopOperation>(OperationKind.Loop))
        {
            Add(AnswerFact.Count, values.Of(loop.Collection).Where(static value => value.Kind == ModelValueKind.Parts), loop.Collection.Unwrap());
        }

        foreach (var test in body.All<IIsPatternOperation>(OperationKind.IsPattern))
        {
            Add(AnswerFact.Count, values.Of(test.Value).Where(static value => value.Kind == ModelValueKind.Parts), test.Value.Unwrap());
        }

        foreach (var argument in body.All<IArgumentOperation>(OperationKind.Argument))
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddArgument(argument);
        }

        // Code that does not bind, and what is bound at run time, may ask anything.
        foreach (var unknown in body.All<IOperation>(OperationKind.Invalid).Concat(body.All<IOperation>(OperationKind.DynamicInvocation)))
        {
            foreach (var part in unknown.Descendants().OfType<IPropertyReferenceOperation>())
            {
                Add(AnswerFact.Count, values.Of(part).Where(static value => value.Kind == ModelValueKind.Parts), part);
            }

            foreach (var part in unknown.ChildOperations.Where(IsAnswer))
            {
                Add(AnswerFact.Escape, values.AnswersOf(part), part.Unwrap());
            }
        }

        foreach (var assignment in body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            if (assignment.Target is IMemberReferenceOperation or IArrayElementReferenceOperation or IParameterReferenceOperation && IsAnswer(assignment.Value))
            {
                Add(AnswerFact.Escape, values.AnswersOf(assignment.Value), assignment.Value.Unwrap());
            }
        }

        foreach (var element in body.All<ITupleOperation>(OperationKind.Tuple).SelectMany(static tuple => tuple.Elements)
            .Concat(body.All<ICollectionExpressionOperation>(OperationKind.CollectionExpression).SelectMany(static list => list.Elements))
            .Concat(body.All<IArrayInitializerOperation>(OperationKind.ArrayInitializer).SelectMany(static list => list.ElementValues))
            .Where(IsAnswer))
        {
            Add(AnswerFact.Escape, values.AnswersOf(element), element.Unwrap());
        }

        return reads.ToImmutable();

        bool IsAnswer(IOperation value) => ai.ResponseOf(values.AnswerTypeOf(value.Unwrap().Type)) is not null;

        void Add(AnswerFact fact, IEnumerable<ModelValue> found, IOperation at)
        {
            foreach (var value in found)
            {
                reads.Add(new(fact, value.At, at.Syntax, IsTested: true));
            }
        }

        void AddCounts(IOperation list, IOperation read)
        {
            foreach (var value in values.Of(list).Where(static value => value.Kind == ModelValueKind.Parts))
            {
                reads.Add(new(AnswerFact.Count, value.At, read.Syntax, IsTested(read)));
            }
        }

        void AddArgument(IArgumentOperation argument)
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue)
            {
                return;
            }

            var (method, value) = (MethodOf(argument), argument.Value.Unwrap());
            if (IsAnswer(value))
            {
                var fact = method is null ? AnswerFact.Escape : FactOfArgument(ai, method, argument.Parameter, values.AnswerTypeOf(value.Type), cancellationToken);
                if (fact is not null)
                {
                    Add(fact.Value, values.AnswersOf(value), value);
                }
            }
            else if (method is not null && value.Type is { } type && type.SpecialType != SpecialType.System_String
                && !s_takingMethods.Contains(method.Name) && !s_countMethods.Contains(method.Name) && !ai.IsSdk(method.ContainingAssembly)
                && type.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable))
            {
                // "IsNullOrEmpty(completion.Content)".
                Add(AnswerFact.Count, values.Of(value).Where(static found => found.Kind == ModelValueKind.Parts), value);
            }
        }
    }

    /// <summary>What the member says of an answer of that type, or null.</summary>
    private static AnswerFact? FactOf(AiContext ai, ITypeSymbol? type, string member) =>
        ai.ResponseOf(type) is not { } response ? null
        : response.Reasons.Contains(member) ? AnswerFact.Reason
        : response.Statuses.Contains(member) ? AnswerFact.Status
        : response.Alternatives.Contains(member) ? AnswerFact.Alternative
        : null;

    /// <summary>What code that is given the whole answer may ask of it; null where it certainly asks nothing.</summary>
    private static AnswerFact? FactOfArgument(AiContext ai, IMethodSymbol method, IParameterSymbol? parameter, ITypeSymbol? type, CancellationToken cancellationToken)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty && ai.IsSdk(method.ContainingAssembly))
        {
            // The answer as a message of the next request, or in another form.
            return method.Name.Contains("ContentFilter") ? AnswerFact.Reason
                : method.MethodKind == MethodKind.Constructor || method.ReturnsVoid || ai.ResponseOf(method.ReturnType) is not null ? null
                : AnswerFact.Escape;
        }

        if (parameter is null || ai.ResponseOf(type) is not { } response || HelperSyntax.Of(method, cancellationToken) is not { } helper)
        {
            return AnswerFact.Escape;
        }

        var name = parameter.Name;
        var asked = response.Reasons.AddRange(response.Statuses).AddRange(response.Alternatives).AddRange(response.Parts);
        foreach (var identifier in helper.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (identifier.Identifier.ValueText == name && identifier.Parent is ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or AssignmentExpressionSyntax)
            {
                return AnswerFact.Escape;
            }

            if (asked.Contains(identifier.Identifier.ValueText))
            {
                return response.Parts.Contains(identifier.Identifier.ValueText) ? FirstOther(helper, response) : AnswerFact.Reason;
            }
        }

        return null;
    }

    // A helper that looks at the parts alone asks how many there are, or takes what it finds.
    private static AnswerFact FirstOther(SyntaxNode helper, ResponseTable response) =>
        helper.DescendantNodes().OfType<IdentifierNameSyntax>().Any(identifier => response.Reasons.Contains(identifier.Identifier.ValueText) || response.Statuses.Contains(identifier.Identifier.ValueText))
            ? AnswerFact.Reason
            : AnswerFact.Count;

    private static IMethodSymbol? MethodOf(IArgumentOperation argument) => argument.Parent switch
    {
        IInvocationOperation call => call.TargetMethod,
        IObjectCreationOperation creation => creation.Constructor,
        _ => null,
    };

    private static IOperation? InstanceOf(IPropertyReferenceOperation property) =>
        property.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } ? ModelValues.InputOf(property.Parent!) : property.Instance;

    /// <summary>Whether something may depend on what is read: it is not merely written to a log or into a text.</summary>
    private static bool IsTested(IOperation read)
    {
        for (var current = read; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IInterpolationOperation:
                    return false;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType: { } type } method } }:
                    return !(type.Name is "Console" or "Debug" or "Trace" or "String" or "StringBuilder" || method.Name.StartsWith("Log", StringComparison.Ordinal) || method.Name.StartsWith("Write", StringComparison.Ordinal));
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation:
                case IPropertyReferenceOperation or IInvocationOperation when IsReceiver(current, parent):
                    break;
                case IExpressionStatementOperation:
                    return false;
                default:
                    return true;
            }
        }

        return true;
    }

    private static bool IsReceiver(IOperation operation, IOperation parent) => parent switch
    {
        IPropertyReferenceOperation property => property.Instance == operation,
        IInvocationOperation call => call.Instance == operation,
        _ => false,
    };
}
