using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Origins;

/// <summary>Builders, lists and dictionaries: what code puts into them before they are read.</summary>
internal sealed partial class OriginWalk
{
    private void VisitContents(IOperation container, Frame frame)
    {
        if (container is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation) || !IsContainer(container.Type))
        {
            return;
        }

        if (container is IPropertyReferenceOperation { Property.IsIndexer: true })
        {
            return;
        }

        foreach (var mention in MentionsOf(container).Take(ValueOrigins.MaxMentions))
        {
            if (mention.Syntax != container.Syntax && ValueSources.CanPrecede(mention, container, made: null))
            {
                VisitAdded(mention, frame with { Source = null });
            }
        }
    }

    private void VisitAdded(IOperation mention, Frame frame)
    {
        for (var current = mention; ;)
        {
            switch (current.Parent)
            {
                case IInvocationOperation call when call.Instance == current:
                    if (IsAdding(call.TargetMethod))
                    {
                        foreach (var argument in call.Arguments)
                        {
                            if (!DataSources.IsClosed(argument.Value.Type))
                            {
                                Visit(argument.Value, frame.Part());
                            }
                        }
                    }

                    current = call;
                    continue;

                // Handed to a helper that fills it.
                case IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call }
                    when !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty
                        && frame.Calls.Count() < ValueOrigins.MaxCalls
                        && BodyOf(call) is { } body:
                    var formal = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition.Parameters[parameter.Ordinal];
                    foreach (var inner in ValueSources.ReferencesOf(formal, body).Take(ValueOrigins.MaxMentions))
                    {
                        VisitAdded(inner, frame with { Calls = frame.Calls.Push(call), Depth = frame.Depth + 1 });
                    }

                    return;

                case IPropertyReferenceOperation { Property.IsIndexer: true, Parent: ISimpleAssignmentOperation assignment } element when element.Instance == current && assignment.Target == element:
                    Visit(assignment.Value, frame.Part());
                    return;

                case IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation assignment } element when element.ArrayReference == current && assignment.Target == element:
                    Visit(assignment.Value, frame.Part());
                    return;

                default:
                    return;
            }
        }
    }

    private IEnumerable<IOperation> MentionsOf(IOperation variable) => variable switch
    {
        ILocalReferenceOperation local => ValueSources.ReferencesOf(local.Local, variable),
        IParameterReferenceOperation parameter => ValueSources.ReferencesOf(parameter.Parameter, variable),
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => ValueSources.ReferencesInType(field.Field, variable, cancellationToken) ?? [],
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => ValueSources.ReferencesInType(property.Property, variable, cancellationToken) ?? [],
        _ => [],
    };

    private static bool IsAdding(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.IsEmpty
        && (method.Name.StartsWith("Append", StringComparison.Ordinal)
            || method.Name.StartsWith("Add", StringComparison.Ordinal)
            || method.Name.StartsWith("Write", StringComparison.Ordinal)
            || method.Name is "Insert" or "InsertRange" or "Push" or "Enqueue" or "TryAdd" or "Replace" or "AddOrUpdate" or "GetOrAdd");

    private static bool IsContainer(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol => true,
        { SpecialType: SpecialType.System_String } => false,
        INamedTypeSymbol { Name: "StringBuilder" or "StringWriter" or "TextWriter" or "MemoryStream" } => true,
        INamedTypeSymbol named => IsCollection(named) || named.AllInterfaces.Any(IsCollection),
        _ => false,
    };

    private static bool IsCollection(INamedTypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_ICollection_T
        || type is { Name: "ICollection" or "IDictionary" or "IProducerConsumerCollection" or "Queue" or "Stack", ContainingNamespace.Name: "Collections" or "Generic" or "Concurrent" };
}
