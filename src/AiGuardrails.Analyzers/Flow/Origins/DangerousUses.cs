using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Origins;

/// <summary>A text that something acts on.</summary>
/// <param name="Text">The text.</param>
/// <param name="Danger">What it can do there.</param>
internal readonly record struct DangerousUse(IOperation Text, Danger Danger);

/// <summary>
/// The texts of a body that something acts on: commands, queries, scripts, paths, URLs, markup; and the arguments that a helper of the
/// compilation, one level deep, puts there.
/// </summary>
internal static class DangerousUses
{
    private static readonly ConditionalWeakTable<SemanticModel, ConcurrentDictionary<SyntaxNode, AiBody>> s_helpers = new();

    private static readonly ConditionalWeakTable<AiBody, ConcurrentDictionary<string, ImmutableDictionary<IParameterSymbol, Danger>>> s_parameters = new();

    /// <summary>The texts that something acts on in the body itself.</summary>
    public static IEnumerable<DangerousUse> In(AiContext ai, AiBody body, ImmutableArray<string> marked, CancellationToken cancellationToken)
    {
        foreach (var argument in body.All<IArgumentOperation>(OperationKind.Argument))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (argument is { Parameter: { } parameter, ArgumentKind: not ArgumentKind.DefaultValue } && DangerOf(ai, parameter, marked) is { } danger)
            {
                yield return new DangerousUse(argument.Value, danger);
            }
        }

        foreach (var assignment in body.All<IAssignmentOperation>(OperationKind.SimpleAssignment).Concat(body.All<IAssignmentOperation>(OperationKind.CompoundAssignment)))
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: { IsIndexer: false } property }
                && (DangerousSinks.Of(property) ?? (ai.IsDangerousSink(property) || OriginOptions.Names(marked, property) ? Danger.Marked : null)) is { } danger)
            {
                yield return new DangerousUse(assignment.Value, danger);
            }
        }

        foreach (var conversion in body.All<IConversionOperation>(OperationKind.Conversion))
        {
            if (DangerousSinks.IsMarkup(conversion.Type) && !DangerousSinks.IsMarkup(conversion.Operand.Type))
            {
                yield return new DangerousUse(conversion.Operand, Danger.Markup);
            }
        }

        foreach (var call in body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (TextWithTypeNames(call, cancellationToken) is { } text)
            {
                yield return new DangerousUse(text, Danger.TypeName);
            }
        }
    }

    /// <summary>The arguments of the body that a helper gives to something that acts on them.</summary>
    public static IEnumerable<DangerousUse> InHelpers(AiContext ai, AiBody body, OriginOptions options, ImmutableArray<string> marked, CancellationToken cancellationToken)
    {
        foreach (var call in body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
            if (method.DeclaringSyntaxReferences.IsEmpty || method.Parameters.IsEmpty || HelperOf(ai, body, method, marked, cancellationToken) is not { Operation: not null } helper)
            {
                continue;
            }

            var dangers = DangersOf(ai, helper, options, marked, cancellationToken);
            foreach (var argument in call.Arguments)
            {
                if (argument is { ArgumentKind: not ArgumentKind.DefaultValue, Parameter: { } parameter }
                    && parameter.Ordinal < method.Parameters.Length
                    && dangers.TryGetValue(method.Parameters[parameter.Ordinal], out var danger))
                {
                    yield return new DangerousUse(argument.Value, danger);
                }
            }
        }
    }

    /// <summary>The origins of the text, where it was not made harmless for that place, and nothing has asked about it.</summary>
    public static OriginSet OriginsOf(AiContext ai, AiBody body, DangerousUse use, OriginOptions options, CancellationToken cancellationToken) =>
        ValueOrigins.In(ai, body, options).Of(use.Text, value => IsHarmless(ai, value, use.Danger, cancellationToken), cancellationToken);

    private static bool IsHarmless(AiContext ai, IOperation value, Danger danger, CancellationToken cancellationToken) => value switch
    {
        IInvocationOperation call => DangerousSinks.IsHarmless(danger, call.TargetMethod),

        // What the service says of an answer, its ID or the address of an image, is no text of the model.
        IPropertyReferenceOperation { Property: { Type: { SpecialType: SpecialType.System_String } or { Name: "Uri" } } property } =>
            ai.IsSdk(property.ContainingAssembly) && !ai.IsModelOutput(property) && !ai.IsToolArguments(property) && property.Name is not ("Text" or "Content"),
        ILocalReferenceOperation or IParameterReferenceOperation => WasAskedAbout(value, cancellationToken),
        _ => false,
    };

    /// <summary>
    /// Whether a condition above asks something of the variable: where its full path begins, what its host is. What such a question
    /// decides is not known here, and so it counts; whether there is a text at all is no such question.
    /// </summary>
    private static bool WasAskedAbout(IOperation reference, CancellationToken cancellationToken)
    {
        ISymbol? variable = reference switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };

        return variable is not null && ValueSources.ReferencesOf(variable, reference).Any(mention =>
            mention.Syntax.SpanStart < reference.Syntax.SpanStart && ((IsQuestion(mention) && IsInCondition(mention)) || IsGuarded(mention, cancellationToken)));
    }

    /// <summary>Whether the variable is handed to a method of the compilation, for nothing but that it may throw: <c>Guard(path);</c>.</summary>
    private static bool IsGuarded(IOperation mention, CancellationToken cancellationToken)
    {
        return AskerOf(mention) is IInvocationOperation { Parent: IExpressionStatementOperation or IAwaitOperation { Parent: IExpressionStatementOperation } } call
            && (call.TargetMethod.ReducedFrom ?? call.TargetMethod).DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax(cancellationToken).DescendantNodes().Any(static node => node is ThrowStatementSyntax or ThrowExpressionSyntax);
    }

    /// <summary>What is done with the variable: the call that it is given to, the member that is read of it.</summary>
    private static IOperation? AskerOf(IOperation mention)
    {
        var outer = mention.Parent;
        while (outer is IConversionOperation or IArgumentOperation or IParenthesizedOperation)
        {
            outer = outer.Parent;
        }

        return outer;
    }

    private static bool IsQuestion(IOperation mention)
    {
        return AskerOf(mention) switch
        {
            IInvocationOperation call => call.TargetMethod.Name is not ("IsNullOrEmpty" or "IsNullOrWhiteSpace" or "Exists"),
            IPropertyReferenceOperation property => property.Property.Name is not ("Length" or "Count"),
            _ => false,
        };
    }

    private static bool IsInCondition(IOperation mention)
    {
        for (IOperation inner = mention, outer = mention.Parent!; outer is not null; inner = outer, outer = outer.Parent!)
        {
            switch (outer)
            {
                case IConditionalOperation choice:
                    return choice.Condition == inner;
                case IWhileLoopOperation loop:
                    return loop.Condition == inner;
                case IBlockOperation or IAnonymousFunctionOperation:
                    return false;
            }
        }

        return false;
    }

    private static Danger? DangerOf(AiContext ai, IParameterSymbol parameter, ImmutableArray<string> marked) =>
        DangerousSinks.Of(parameter)
        ?? (ai.IsDangerousSink(parameter) || (parameter.Type.SpecialType == SpecialType.System_String && OriginOptions.Names(marked, parameter.ContainingSymbol)) ? Danger.Marked : null);

    /// <summary>The text of a deserialisation whose settings, in view, create the types that the text names.</summary>
    private static IOperation? TextWithTypeNames(IInvocationOperation call, CancellationToken cancellationToken)
    {
        if (call is not { TargetMethod: { Name: "DeserializeObject", ContainingType.Name: "JsonConvert" }, Arguments: [var text, ..] })
        {
            return null;
        }

        foreach (var argument in call.Arguments)
        {
            foreach (var source in argument == text ? [] : ValueSources.Of(argument.Value, cancellationToken))
            {
                if (source.Value is IObjectCreationOperation { Initializer: { } initializer }
                    && initializer.Initializers.OfType<ISimpleAssignmentOperation>().Any(static assignment =>
                        assignment.Target is IPropertyReferenceOperation { Property: { } property }
                        && DangerousSinks.IsTypeNameHandling(property)
                        && assignment.Value.Unwrap() is IFieldReferenceOperation { Field.Name: not "None" }))
                {
                    return text.Value;
                }
            }
        }

        return null;
    }

    private static ImmutableDictionary<IParameterSymbol, Danger> DangersOf(AiContext ai, AiBody helper, OriginOptions options, ImmutableArray<string> marked, CancellationToken cancellationToken)
    {
        var byOptions = s_parameters.GetOrCreateValue(helper);
        var key = options.Key + ";" + string.Join(",", marked);
        if (byOptions.TryGetValue(key, out var known))
        {
            return known;
        }

        var found = ImmutableDictionary.CreateBuilder<IParameterSymbol, Danger>(SymbolEqualityComparer.Default);
        foreach (var use in In(ai, helper, marked, cancellationToken))
        {
            foreach (var origin in OriginsOf(ai, helper, use, options, cancellationToken).Origins)
            {
                if (origin.Parameter?.OriginalDefinition is IParameterSymbol parameter && !found.ContainsKey(parameter))
                {
                    found.Add(parameter, use.Danger);
                }
            }
        }

        return byOptions.GetOrAdd(key, found.ToImmutable());
    }

    /// <summary>The body of a method that another cannot take the place of, where it names a place that acts on text; such a body need not name AI.</summary>
    private static AiBody? HelperOf(AiContext ai, AiBody caller, IMethodSymbol method, ImmutableArray<string> marked, CancellationToken cancellationToken)
    {
        if (method is not { IsVirtual: false, IsAbstract: false, IsOverride: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, DeclaringSyntaxReferences: [var declaration] }
            || method.ContainingType?.TypeKind == TypeKind.Interface
            || declaration.GetSyntax(cancellationToken) is not { } syntax
            || syntax is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            || !syntax.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => DangerousSinks.Words.Contains(name.Identifier.ValueText) || OriginOptions.Mentions(marked, name.Identifier.ValueText))
            || SemanticModels.Of(caller.Model, syntax.SyntaxTree) is not { } model)
        {
            return null;
        }

        return s_helpers.GetOrCreateValue(caller.Model).GetOrAdd(syntax, node => new AiBody(ai, model, node, cancellationToken));
    }
}
