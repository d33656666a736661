using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow.Responses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace AiGuardrails.CodeFixes.Rules.Responses;

/// <summary>Fix of AIG3002: before a part is taken, throw where there is none; what an update of a stream brings is only taken where there is something.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FirstContentPartUncheckedCodeFix))]
[Shared]
public sealed class FirstContentPartUncheckedCodeFix : AiCodeFix
{
    private const string Key = "CheckCount";

    /// <summary>Initializes a new instance of the <see cref="FirstContentPartUncheckedCodeFix"/> class.</summary>
    public FirstContentPartUncheckedCodeFix()
        : base(RuleIds.FirstContentPartUnchecked)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(
            FindingOf(request, diagnostic) is not { } finding ? []
            : finding.IsStreamed ? [new FixOffer("Only where there is content", Key)]
            : [new FixOffer("Throw where there is no content", Key)]);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var findings = diagnostics.Select(diagnostic => FindingOf(request, diagnostic)).OfType<UncheckedPart>().ToList();
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        Guards.Place(editor, findings.Where(static finding => !finding.IsStreamed).Select(finding => GuardOf(request, finding)).OfType<Guard>());
        foreach (var finding in findings.Where(static finding => finding.IsStreamed).GroupBy(static finding => finding.Access.FirstAncestorOrSelf<StatementSyntax>()!).Select(static group => group.First()))
        {
            var statement = finding.Access.FirstAncestorOrSelf<StatementSyntax>()!;
            var condition = SyntaxFactory.ParseExpression($"{finding.List.WithoutTrivia()}.{finding.Count} > 0");
            editor.ReplaceNode(statement, (current, _) =>
                SyntaxFactory.IfStatement(condition, SyntaxFactory.Block(((StatementSyntax)current).WithoutLeadingTrivia().WithoutTrailingTrivia().WithAdditionalAnnotations(Formatter.Annotation)))
                    .WithTriviaFrom(current)
                    .WithAdditionalAnnotations(Formatter.Annotation));
        }

        return editor.GetChangedDocument();
    }

    /// <summary>The finding, where a check of the count settles it.</summary>
    private static UncheckedPart? FindingOf(FixRequest request, Diagnostic diagnostic)
    {
        var node = request.NodeOf(diagnostic);
        return Guards.FlowAround(request, node)?.Parts.FirstOrDefault(part => part.Access.Span == diagnostic.Location.SourceSpan) is { } finding
            && IsFirstOrLast(finding.Access)
            && Guards.PlaceFor(finding.List, finding.Access, request) is { } place
            && HasCount(request, finding)
            && (!finding.IsStreamed || place is ExpressionStatementSyntax)
            ? finding
            : null;
    }

    // The third element, or the one that fits, may be missing where there are others.
    private static bool IsFirstOrLast(SyntaxNode access) => access switch
    {
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: var index }] } => index.WithoutTrivia().ToString() is "0" or "^1",
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "First" or "Last" } } => true,
        _ => false,
    };

    private static bool HasCount(FixRequest request, UncheckedPart finding) =>
        request.Model.GetTypeInfo(finding.List, request.CancellationToken).Type is { } type
        && type.AllInterfaces.Concat([type]).Concat(BasesOf(type)).Any(part => part.GetMembers(finding.Count).OfType<IPropertySymbol>().Any(static property => property.DeclaredAccessibility == Accessibility.Public));

    private static IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    private static Guard? GuardOf(FixRequest request, UncheckedPart finding)
    {
        var list = finding.List.WithoutTrivia().ToString();
        return Guards.PlaceFor(finding.List, finding.Access, request) is { } place
            ? new Guard(
                place,
                GeneratedSyntax.ThrowIf(SyntaxFactory.ParseExpression($"{list}.{finding.Count} == 0"), GeneratedSyntax.Text("The model's answer has no content: it refused, or called a tool.")),
                list)
            : null;
    }
}
