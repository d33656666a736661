using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Rules.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Prompts;

/// <summary>AIG8001: gives a placeholder the name that was probably meant, or the prompt an input of that name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PromptInputsDisagreeCodeFix), DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)])]
[Shared]
public sealed class PromptInputsDisagreeCodeFix() : PromptCodeFix(RuleIds.PromptInputsDisagree)
{
    private const string RenameKey = "AIG8001.Rename";
    private const string AddKey = "AIG8001.Add";

    private protected override async Task<ImmutableArray<PromptFixOffer>> OffersAsync(PromptFixRequest request, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(PromptAnalyzer.NameProperty, out var name) || name is null)
        {
            return [];
        }

        var offers = ImmutableArray.CreateBuilder<PromptFixOffer>();

        // Where a text is put together, the whole of it is reported, and no one place can be changed.
        var span = diagnostic.Location.SourceSpan;
        if (diagnostic.Properties.TryGetValue(PromptAnalyzer.NearestProperty, out var nearest) && nearest is not null && request.Text.ToString(span) == name)
        {
            offers.Add(new PromptFixOffer($"Change to '{{{nearest}}}'", RenameKey, [request.Change(span, nearest)]));
        }

        if (diagnostic.Properties.ContainsKey(PromptAnalyzer.CanAddProperty)
            && SyntaxFacts.IsValidIdentifier(name)
            && await request.TargetOfAsync(diagnostic).ConfigureAwait(false) is { } target
            && target.Type.Name != name
            && target.Type.GetMembers(name).IsEmpty)
        {
            var identifier = SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
            var member = HasRequired(target) ? $"public required string {identifier} {{ get; init; }}" : $"public string {identifier} {{ get; set; }} = \"\";";
            if (Insertion(target.Text, target.Declaration, member) is { } change)
            {
                offers.Add(new PromptFixOffer($"Add the input '{name}'", AddKey, [new PromptFixChange(target.Document.Id, change)]));
            }
        }

        return offers.ToImmutable();
    }

    private static bool HasRequired(PromptFixTarget target) =>
        target.Declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 }
        && !target.Compilation.GetTypesByMetadataName("System.Runtime.CompilerServices.RequiredMemberAttribute").IsEmpty;

    private static TextChange? Insertion(SourceText text, TypeDeclarationSyntax type, string member) => type switch
    {
        { CloseBraceToken: { IsMissing: false, RawKind: not (int)SyntaxKind.None } close } => Insertion(text, type, close, member),

        // A record of parameters alone gets a body.
        { SemicolonToken: { IsMissing: false, RawKind: not (int)SyntaxKind.None } semicolon } => BodyFor(text, type, semicolon, member),
        _ => null,
    };

    private static TextChange BodyFor(SourceText text, TypeDeclarationSyntax type, SyntaxToken semicolon, string member)
    {
        var line = text.ToString(text.Lines.GetLineFromPosition(type.Keyword.SpanStart).Span);
        var indentation = line.Substring(0, line.Length - line.TrimStart().Length);
        var end = PromptSource.LineEndOf(text);
        var step = indentation.StartsWith("\t", StringComparison.Ordinal) ? "\t" : "    ";
        return new TextChange(semicolon.Span, $"{end}{indentation}{{{end}{indentation}{step}{member}{end}{indentation}}}");
    }

    private static TextChange Insertion(SourceText text, TypeDeclarationSyntax type, SyntaxToken close, string member)
    {
        var line = text.Lines.GetLineFromPosition(close.SpanStart);
        var before = text.ToString(TextSpan.FromBounds(line.Start, close.SpanStart));
        if (!string.IsNullOrWhiteSpace(before))
        {
            return new TextChange(new TextSpan(close.SpanStart, 0), (before.EndsWith(" ", StringComparison.Ordinal) ? "" : " ") + member + " ");
        }

        var end = PromptSource.LineEndOf(text);
        var indentation = before + (before.StartsWith("\t", StringComparison.Ordinal) ? "\t" : "    ");
        var gap = type.Members.Count > 0 && !type.Members.Last().AttributeLists.Any() ? "" : type.Members.Count > 0 ? end : "";
        return new TextChange(new TextSpan(line.Start, 0), gap + indentation + member + end);
    }
}
