using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>What becomes of a cancellation token, the more the higher.</summary>
internal enum Cancellability
{
    /// <summary>Nobody ever cancels it: there is none, or nothing in view cancels its source.</summary>
    Never,

    /// <summary>Somebody may cancel it: it comes from elsewhere, or its source can be cancelled.</summary>
    BySomebody,

    /// <summary>It is cancelled after a time that the code sets.</summary>
    AfterTime,
}

/// <summary>Whether a token ends a wait: by a time-out in view, by somebody out of view, or never.</summary>
internal static class CancellationTokens
{
    private const int MaxDepth = 6;

    /// <summary>Whether the type is <c>CancellationToken</c>.</summary>
    public static bool IsToken(ITypeSymbol? type) => type is { Name: "CancellationToken", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } };

    /// <summary>Whether the type is <c>CancellationTokenSource</c>.</summary>
    public static bool IsSource(ITypeSymbol? type) => type is { Name: "CancellationTokenSource", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } };

    /// <summary>What becomes of this token, or of the tokens of this source.</summary>
    public static Cancellability Of(IOperation? token, CancellationToken cancellationToken) => Of(token, depth: 0, cancellationToken);

    private static Cancellability Of(IOperation? token, int depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (depth > MaxDepth)
        {
            return Cancellability.BySomebody;
        }

        switch (token?.Unwrap())
        {
            case null or IDefaultValueOperation or ILiteralOperation:
                return Cancellability.Never;

            case IArgumentOperation argument:
                return argument.ArgumentKind == ArgumentKind.DefaultValue ? Cancellability.Never : Of(argument.Value, depth, cancellationToken);

            case IPropertyReferenceOperation { Property: { Name: "None", IsStatic: true } none } when IsToken(none.ContainingType):
                return Cancellability.Never;

            case IPropertyReferenceOperation { Property.Name: "Token", Instance: { } source } when IsSource(source.Type):
                return Of(source, depth + 1, cancellationToken);

            case IObjectCreationOperation creation when IsToken(creation.Type):
                return creation.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: true } }] ? Cancellability.BySomebody : Cancellability.Never;

            case IObjectCreationOperation creation when IsSource(creation.Type):
                return creation.Arguments.Any(static argument => IsTime(argument.Value)) ? Cancellability.AfterTime : Cancellability.Never;

            case IInvocationOperation { TargetMethod: { Name: "CreateLinkedTokenSource", ContainingType: var type } } linked when IsSource(type):
                return Highest(linked.Arguments.SelectMany(static argument => ElementsOf(argument.Value)), depth, cancellationToken);

            case IInvocationOperation { TargetMethod.Name: "CreateCancellationTokenSource" }:
                return Cancellability.AfterTime;

            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                return Highest([conditional.WhenTrue, whenFalse], depth, cancellationToken);

            case ICoalesceOperation coalesce:
                return Highest([coalesce.Value, coalesce.WhenNull], depth, cancellationToken);

            case ILocalReferenceOperation local when IsSource(local.Type):
                return OfSource(local, depth, cancellationToken);

            case ILocalReferenceOperation local:
                return OfLocal(local, depth, cancellationToken);

            case IFieldReferenceOperation { Field: { DeclaringSyntaxReferences: [var declaration] } field } reference when IsSource(field.Type):
                // Whoever has the field can cancel it; a time-out at its declaration is more than that.
                var initial = (declaration.GetSyntax(cancellationToken) as VariableDeclaratorSyntax)?.Initializer?.Value;
                var value = initial is null || reference.SemanticModel is not { } model ? null : SemanticModels.Of(model, initial.SyntaxTree)?.TryGetOperation(initial, cancellationToken);
                return value is not null && Of(value, depth + 1, cancellationToken) == Cancellability.AfterTime ? Cancellability.AfterTime : Cancellability.BySomebody;

            default:
                return Cancellability.BySomebody;
        }
    }

    private static Cancellability Highest(IEnumerable<IOperation> tokens, int depth, CancellationToken cancellationToken) =>
        tokens.Select(token => Of(token, depth + 1, cancellationToken)).DefaultIfEmpty(Cancellability.Never).Max();

    /// <summary>A local token: what it is declared as, or assigned.</summary>
    private static Cancellability OfLocal(ILocalReferenceOperation reference, int depth, CancellationToken cancellationToken)
    {
        var values = ValuesOf(reference).ToArray();
        return values.Length == 0 ? Cancellability.BySomebody : Highest(values, depth, cancellationToken);
    }

    /// <summary>A local source: how it was made, and what is done with it.</summary>
    private static Cancellability OfSource(ILocalReferenceOperation reference, int depth, CancellationToken cancellationToken)
    {
        var found = OfLocal(reference, depth, cancellationToken);
        foreach (var use in UsesOf(reference))
        {
            found = (Cancellability)Math.Max((int)found, (int)OfUse(use));
        }

        return found;
    }

    private static Cancellability OfUse(ILocalReferenceOperation use)
    {
        IOperation node = use;
        while (node.Parent is IConversionOperation or IParenthesizedOperation)
        {
            node = node.Parent;
        }

        switch (node.Parent)
        {
            case IInvocationOperation { TargetMethod.Name: "CancelAfter" } call when call.Instance == node:
                return call.Arguments.Any(static argument => IsTime(argument.Value)) ? Cancellability.AfterTime : Cancellability.Never;

            case IInvocationOperation { TargetMethod.Name: "Dispose" or "TryReset" } call when call.Instance == node:
            case IPropertyReferenceOperation:
            case IUsingOperation or IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Parent.Parent: IVariableDeclarationGroupOperation { Parent: IUsingOperation } } }:
                return Cancellability.Never;

            case ISimpleAssignmentOperation assignment when assignment.Target == node:
                return Cancellability.Never;

            // "cts?.Dispose()" is no reason to believe in it, but anything else may cancel it.
            case IConditionalAccessOperation { WhenNotNull: IInvocationOperation { TargetMethod.Name: "Dispose" } }:
                return Cancellability.Never;

            default:
                return Cancellability.BySomebody;
        }
    }

    /// <summary>Whether the argument is a time after which something happens: infinite is none.</summary>
    private static bool IsTime(IOperation value)
    {
        value = value.Unwrap();
        return value switch
        {
            { ConstantValue: { HasValue: true, Value: -1 } } => false,
            IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan" or "Infinite", ContainingType.Name: "Timeout" } } => false,
            _ => value.Type is { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } or { Name: "TimeSpan" },
        };
    }

    private static ImmutableArray<IOperation> ElementsOf(IOperation value) => value.Unwrap() switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        ICollectionExpressionOperation collection => collection.Elements,
        _ => [value],
    };

    private static IEnumerable<IOperation> ValuesOf(ILocalReferenceOperation reference)
    {
        foreach (var operation in RootOf(reference).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when Same(declarator.Symbol, reference) && declarator.GetVariableInitializer() is { } initializer:
                    yield return initializer.Value;
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation target } assignment when Same(target.Local, reference):
                    yield return assignment.Value;
                    break;
            }
        }
    }

    private static IEnumerable<ILocalReferenceOperation> UsesOf(ILocalReferenceOperation reference) =>
        RootOf(reference).Descendants().OfType<ILocalReferenceOperation>().Where(use => Same(use.Local, reference));

    private static bool Same(ILocalSymbol local, ILocalReferenceOperation reference) => SymbolEqualityComparer.Default.Equals(local, reference.Local);

    private static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }
}
