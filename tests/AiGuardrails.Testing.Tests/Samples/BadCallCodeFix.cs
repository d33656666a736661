using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Testing.Tests.Samples;

/// <summary>A fix as it should be: Bad becomes Good. The sabotages derive from it.</summary>
public class BadCallCodeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["KIT0001"];

    protected virtual string? EquivalenceKey => "CallGood";

    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken);
        if (root!.FindNode(context.Span) is IdentifierNameSyntax { Identifier.ValueText: "Bad" } name)
        {
            Register(context, name);
        }
    }

    protected virtual void Register(CodeFixContext context, IdentifierNameSyntax name) =>
        context.RegisterCodeFix(CodeAction.Create("Call Good", cancellationToken => FixAsync(context.Document, name, cancellationToken), EquivalenceKey), context.Diagnostics);

    protected virtual ExpressionSyntax Replacement(IdentifierNameSyntax name) => SyntaxFactory.IdentifierName("Good").WithTriviaFrom(name);

    private async Task<Document> FixAsync(Document document, IdentifierNameSyntax name, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken);
        return document.WithSyntaxRoot(root!.ReplaceNode(name, Replacement(name)));
    }
}
