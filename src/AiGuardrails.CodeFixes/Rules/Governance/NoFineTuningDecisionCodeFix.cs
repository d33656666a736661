using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.CodeFixes.Rules.Governance;

/// <summary>Fix of AIG5002: a <c>[FineTuningDecision]</c> on the member, with every field to fill in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NoFineTuningDecisionCodeFix))]
[Shared]
public sealed class NoFineTuningDecisionCodeFix : AddAttributeCodeFix
{
    /// <summary>Initializes a new instance of the <see cref="NoFineTuningDecisionCodeFix"/> class.</summary>
    public NoFineTuningDecisionCodeFix()
        : base(RuleIds.NoFineTuningDecision, "AiGuardrails.FineTuningDecisionAttribute", "Add [FineTuningDecision] with every field to fill in", "AddFineTuningDecision")
    {
    }

    // The fields are those of the attribute itself, in its order: a field that it gains is asked for without a change here.
    private protected override AttributeArgumentListSyntax Arguments(INamedTypeSymbol attribute, SyntaxTriviaList newLine)
    {
        var fields = attribute.GetMembers().OfType<IPropertySymbol>()
            .Where(static property => property is { IsStatic: false, DeclaredAccessibility: Accessibility.Public, SetMethod.DeclaredAccessibility: Accessibility.Public })
            .Select(static property => (property.Name, Value: EmptyValue(property)))
            .Where(static field => field.Value is not null)
            .Select((field, index) => Set(field.Name, index == 0 ? Here(field.Value!) : field.Value!).WithLeadingTrivia(newLine));

        return SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList(fields));
    }

    /// <summary>The value that states nothing.</summary>
    private static ExpressionSyntax? EmptyValue(IPropertySymbol property) => property.Type switch
    {
        // Zero would be a statement here: that a request saves nothing, or that training is free.
        _ when property.Name is "SavingPerRequestUsd" or "TrainingCostUsd" => SyntaxFactory.ParseExpression("double.NaN"),
        { SpecialType: SpecialType.System_Boolean } => SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression),
        { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double } =>
            SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0)),
        { SpecialType: SpecialType.System_String } => GeneratedSyntax.Text(""),
        INamedTypeSymbol { TypeKind: TypeKind.Enum } type when type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(static field => field.ConstantValue is 0) is { } none =>
            GeneratedSyntax.TypeExpression(type.ContainingNamespace.ToDisplayString() + "." + type.Name + "." + none.Name),
        _ => null,
    };
}
