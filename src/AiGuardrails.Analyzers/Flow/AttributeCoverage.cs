using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>Attributes that speak for code inside what they stand on: a method for its body, a type for its members, the assembly for all.</summary>
internal static class AttributeCoverage
{
    /// <summary>Whether such an attribute stands on the local function, the lambda or the member around the operation, on a type around it, or on the assembly.</summary>
    public static bool IsCovered(AiBody body, IOperation operation, Func<AttributeData, bool> isWanted, CancellationToken cancellationToken) =>
        Around(body, operation, cancellationToken).Any(symbol => symbol.GetAttributes().Any(isWanted))
        || body.Model.Compilation.Assembly.GetAttributes().Any(isWanted);

    /// <summary>The code around an operation, from the inside out: local functions, the member, the types.</summary>
    public static IEnumerable<ISymbol> Around(AiBody body, IOperation operation, CancellationToken cancellationToken)
    {
        var local = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart, cancellationToken) ?? body.Owner;
        for (var symbol = local; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            yield return symbol;
            if (symbol is IMethodSymbol { AssociatedSymbol: { } property })
            {
                yield return property;
            }
        }
    }

    /// <summary>What a message calls the member that could carry the attribute.</summary>
    public static string NameOf(ISymbol owner) => owner switch
    {
        IMethodSymbol { AssociatedSymbol: { } property } => property.Name,
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } constructor => constructor.ContainingType.Name,
        IMethodSymbol { Name: "<Main>$" or "<top-level-statements-entry-point>" } => "the assembly",
        _ => owner.Name,
    };
}
