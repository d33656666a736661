using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>Which of the attributes that speak for code around them speaks for one operation.</summary>
internal static class Coverage
{
    /// <summary>
    /// The nearest attribute around the operation: on the local function, the member, the property of an accessor, the
    /// types from the inside out, the assembly. Null where there is none.
    /// </summary>
    public static AttributeData? Nearest(AiBody body, IOperation operation, Func<AttributeData, bool> isWanted, CancellationToken cancellationToken)
    {
        var local = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart, cancellationToken) ?? body.Owner;
        for (var symbol = local; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            var found = On(symbol, isWanted) ?? (symbol is IMethodSymbol { AssociatedSymbol: { } property } ? On(property, isWanted) : null);
            if (found is not null)
            {
                return found;
            }
        }

        return On(body.Model.Compilation.Assembly, isWanted);
    }

    private static AttributeData? On(ISymbol symbol, Func<AttributeData, bool> isWanted) => symbol.GetAttributes().FirstOrDefault(isWanted);
}
