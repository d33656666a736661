using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace AiGuardrails.CodeFixes.Rules.Cost;

/// <summary>Fix of AIG2008: a <c>[CostBudget]</c> on the member, with the amount to fill in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TrainingJobWithoutCostBudgetCodeFix))]
[Shared]
public sealed class TrainingJobWithoutCostBudgetCodeFix : AiCodeFix
{
    private const string Key = "AddCostBudget";

    // What editors look for to place the caret after a fix; Roslyn keeps the class that names it to itself.
    private const string NavigationAnnotationKind = "CodeAction_Navigation";

    /// <summary>Initializes a new instance of the <see cref="TrainingJobWithoutCostBudgetCodeFix"/> class.</summary>
    public TrainingJobWithoutCostBudgetCodeFix()
        : base(RuleIds.TrainingJobWithoutCostBudget)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic)
    {
        // Without the package's own attributes (the tool checks such projects too) the fix would not compile.
        var offered = !request.Model.Compilation.GetTypesByMetadataName("AiGuardrails.CostBudgetAttribute").IsEmpty
            && TargetOf(request.NodeOf(diagnostic)) is not null;

        return Task.FromResult<ImmutableArray<FixOffer>>(offered ? [new FixOffer("Add [CostBudget] with the amount to fill in", Key)] : []);
    }

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        foreach (var target in diagnostics.Select(diagnostic => TargetOf(request.NodeOf(diagnostic))).Distinct())
        {
            switch (target)
            {
                case CompilationUnitSyntax unit:
                    editor.ReplaceNode(unit, (current, _) => WithAssemblyBudget((CompilationUnitSyntax)current));
                    break;
                case MemberDeclarationSyntax member:
                    editor.ReplaceNode(member, (current, _) => WithBudget((MemberDeclarationSyntax)current));
                    break;
            }
        }

        return editor.GetChangedDocument();
    }

    /// <summary>The declaration that can carry the attribute: the member, the type of an initialiser, or the assembly of top-level statements.</summary>
    private static SyntaxNode? TargetOf(SyntaxNode node)
    {
        for (SyntaxNode? current = node; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case GlobalStatementSyntax { Parent: CompilationUnitSyntax unit }:
                    return unit;
                case MethodDeclarationSyntax or ConstructorDeclarationSyntax or PropertyDeclarationSyntax or TypeDeclarationSyntax:
                    return current;
            }
        }

        return null;
    }

    private static MemberDeclarationSyntax WithBudget(MemberDeclarationSyntax member)
    {
        var leading = member.GetLeadingTrivia();
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(Budget()))
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);

        // Comments and documentation stay above; the new attribute goes below the ones that are there.
        return member.AttributeLists.Count > 0
            ? member.WithAttributeLists(member.AttributeLists.Add(list))
            : member.WithoutLeadingTrivia().WithAttributeLists(SyntaxFactory.SingletonList(list)).WithLeadingTrivia(leading);
    }

    private static CompilationUnitSyntax WithAssemblyBudget(CompilationUnitSyntax unit)
    {
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(Budget()))
            .WithTarget(SyntaxFactory.AttributeTargetSpecifier(SyntaxFactory.Token(SyntaxKind.AssemblyKeyword)))
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed, SyntaxFactory.ElasticLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);

        return unit.AddAttributeLists(list);
    }

    private static AttributeSyntax Budget()
    {
        // Zero, so that nobody takes the placeholder for an amount that was agreed; the editor puts the caret here.
        var amount = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0))
            .WithAdditionalAnnotations(new SyntaxAnnotation(NavigationAnnotationKind));

        return SyntaxFactory.Attribute(
            (NameSyntax)GeneratedSyntax.TypeName("AiGuardrails.CostBudget"),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals("MaxUsd"), nameColon: null, amount))));
    }
}
