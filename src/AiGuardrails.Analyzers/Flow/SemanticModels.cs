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
}
