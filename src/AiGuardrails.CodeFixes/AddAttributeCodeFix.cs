using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes;

/// <summary>Base of the fixes that put an attribute of the package on the member around a finding, with values to fill in.</summary>
public abstract class AddAttributeCodeFix : AiCodeFix
{
    // What editors look for to place the caret after a fix; Roslyn keeps the class that names it to itself.
    private const string NavigationAnnotationKind = "CodeAction_Navigation";

    private readonly string _attribute;
    private readonly string _title;
    private readonly string _key;

    private protected AddAttributeCodeFix(string rule, string attribute, string title, string key)
        : base(rule)
    {
        _attribute = attribute;
        _title = title;
        _key = key;
    }

    private protected sealed override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic)
    {
        // Without the package's own attributes (the tool checks such projects too) the fix would not compile.
        var offered = AttributeIn(request) is not null && TargetOf(request.NodeOf(diagnostic)) is not null;

        return Task.FromResult<ImmutableArray<FixOffer>>(offered ? [new FixOffer(_title, _key)] : []);
    }

    private protected sealed override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        if (AttributeIn(request) is not { } type)
        {
            return request.Document;
        }

        var name = _attribute.Substring(0, _attribute.Length - nameof(Attribute).Length);
        foreach (var target in diagnostics.Select(diagnostic => TargetOf(request.NodeOf(diagnostic))).Distinct())
        {
            if (target is null)
            {
                continue;
            }

            var attribute = SyntaxFactory.Attribute((NameSyntax)GeneratedSyntax.TypeName(name), Arguments(type, NewLineAt(target)));
            switch (target)
            {
                case CompilationUnitSyntax unit:
                    editor.ReplaceNode(unit, (current, _) => WithAssemblyAttribute((CompilationUnitSyntax)current, attribute));
                    break;
                case MemberDeclarationSyntax member:
                    editor.ReplaceNode(member, (current, _) => WithAttribute((MemberDeclarationSyntax)current, attribute));
                    break;
            }
        }

        return editor.GetChangedDocument();
    }

    /// <summary>The values of the attribute, for the team to replace.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="newLine">What stands before a value that has a line of its own: the formatter leaves attributes alone.</param>
    private protected abstract AttributeArgumentListSyntax Arguments(INamedTypeSymbol attribute, SyntaxTriviaList newLine);

    /// <summary><c>name = value</c>.</summary>
    private protected static AttributeArgumentSyntax Set(string name, ExpressionSyntax value) =>
        SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals(name), nameColon: null, value);

    /// <summary>The value that the editor puts the caret on.</summary>
    private protected static ExpressionSyntax Here(ExpressionSyntax value) => value.WithAdditionalAnnotations(new SyntaxAnnotation(NavigationAnnotationKind));

    /// <summary>A new line of the file's own kind, one step further in than the declaration.</summary>
    private static SyntaxTriviaList NewLineAt(SyntaxNode declaration)
    {
        var text = declaration.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(declaration.SpanStart);
        var first = text.Lines[0];
        var end = first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
        var indentation = declaration is CompilationUnitSyntax ? "" : text.ToString(TextSpan.FromBounds(line.Start, declaration.SpanStart));

        return SyntaxFactory.TriviaList(
            SyntaxFactory.EndOfLine(end),
            SyntaxFactory.Whitespace((string.IsNullOrWhiteSpace(indentation) ? indentation : "") + (indentation.StartsWith("\t", StringComparison.Ordinal) ? "\t" : "    ")));
    }

    private INamedTypeSymbol? AttributeIn(FixRequest request) =>
        request.Model.Compilation.GetTypesByMetadataName(_attribute) is [var type, ..] ? type : null;

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

    private static MemberDeclarationSyntax WithAttribute(MemberDeclarationSyntax member, AttributeSyntax attribute)
    {
        var leading = member.GetLeadingTrivia();
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);

        // Comments and documentation stay above; the new attribute goes below the ones that are there.
        return member.AttributeLists.Count > 0
            ? member.WithAttributeLists(member.AttributeLists.Add(list))
            : member.WithoutLeadingTrivia().WithAttributeLists(SyntaxFactory.SingletonList(list)).WithLeadingTrivia(leading);
    }

    private static CompilationUnitSyntax WithAssemblyAttribute(CompilationUnitSyntax unit, AttributeSyntax attribute)
    {
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithTarget(SyntaxFactory.AttributeTargetSpecifier(SyntaxFactory.Token(SyntaxKind.AssemblyKeyword)))
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed, SyntaxFactory.ElasticLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);

        return unit.AddAttributeLists(list);
    }
}
