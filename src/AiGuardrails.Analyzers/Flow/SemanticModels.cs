using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>Semantic models of other files: for a constant, or a helper method, that is declared elsewhere.</summary>
internal static class SemanticModels
{
    public static SemanticModel? Of(SemanticModel model, SyntaxTree tree)
    {
        if (model.SyntaxTree == tree)
        {
            return model;
        }

#pragma warning disable RS1030 // A model costs something: it is asked for only where a use has led to a declaration in another file.
        return model.Compilation.ContainsSyntaxTree(tree) ? model.Compilation.GetSemanticModel(tree) : null;
#pragma warning restore RS1030
    }

    /// <summary>
    /// The operation of a piece of source; null where it has none, and where the compiler itself throws instead of making one: of half-typed
    /// code there are trees that it has no operation for (an interpolated string that is assigned to, for one).
    /// </summary>
    public static IOperation? TryGetOperation(this SemanticModel model, SyntaxNode syntax, CancellationToken cancellationToken)
    {
        try
        {
#pragma warning disable RS0030 // Everybody else asks here.
            return model.GetOperation(syntax, cancellationToken);
#pragma warning restore RS0030
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
