using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.CodeFixes.Rules.Cost;

/// <summary>Fix of AIG2008: a <c>[CostBudget]</c> on the member, with the amount to fill in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TrainingJobWithoutCostBudgetCodeFix))]
[Shared]
public sealed class TrainingJobWithoutCostBudgetCodeFix : AddAttributeCodeFix
{
    /// <summary>Initializes a new instance of the <see cref="TrainingJobWithoutCostBudgetCodeFix"/> class.</summary>
    public TrainingJobWithoutCostBudgetCodeFix()
        : base(RuleIds.TrainingJobWithoutCostBudget, "AiGuardrails.CostBudgetAttribute", "Add [CostBudget] with the amount to fill in", "AddCostBudget")
    {
    }

    // Zero, so that nobody takes the placeholder for an amount that was agreed.
    private protected override AttributeArgumentListSyntax Arguments(INamedTypeSymbol attribute, SyntaxTriviaList newLine) =>
        SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(
            Set("MaxUsd", Here(SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0))))));
}
