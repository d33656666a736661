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
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class PromptInputsDisagreeCodeFix() : PromptCodeFix(RuleIds.PromptInputsDisagree)
{
    private const string RenameKey = "AIG8001.Rename";
    private const string AddKey = "AIG8001.Add";

    private protected override IEnumerable<PromptFixOffer> Offers(AttributeSyntax block, SemanticModel model, SourceText text, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(PromptAnalyzer.NameProperty, out var name) || name is null)
        {
            yield break;
        }

        // Where a text is put together, the whole of it is reported, and no one place can be changed.
        var span = diagnostic.Location.SourceSpan;
        if (diagnostic.Properties.TryGetValue(PromptAnalyzer.NearestProperty, out var nearest) && nearest is not null && text.ToString(span) == name)
        {
            yield return new PromptFixOffer($"Change to '{{{nearest}}}'", RenameKey, new TextChange(span, nearest));
        }

        if (diagnostic.Properties.ContainsKey(PromptAnalyzer.CanAddProperty)
            && SyntaxFacts.IsValidIdentifier(name)
            && block.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { CloseBraceToken: { IsMissing: false, RawKind: not (int)SyntaxKind.None } close } type
            && model.GetDeclaredSymbol(type) is { } symbol
            && symbol.Name != name
            && symbol.GetMembers(name).IsEmpty)
        {
            var identifier = SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
            var member = HasRequired(model, type) ? $"public required string {identifier} {{ get; init; }}" : $"public string {identifier} {{ get; set; }} = \"\";";
            yield return new PromptFixOffer($"Add the input '{name}'", AddKey, Insertion(text, type, close, member));
        }
    }

    private static bool HasRequired(SemanticModel model, TypeDeclarationSyntax type) =>
        type.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 }
        && !model.Compilation.GetTypesByMetadataName("System.Runtime.CompilerServices.RequiredMemberAttribute").IsEmpty;

    private static TextChange Insertion(SourceText text, TypeDeclarationSyntax type, SyntaxToken close, string member)
    {
        var line = text.Lines.GetLineFromPosition(close.SpanStart);
        var before = text.ToString(TextSpan.FromBounds(line.Start, close.SpanStart));
        if (!string.IsNullOrWhiteSpace(before))
        {
            return new TextChange(new TextSpan(close.SpanStart, 0), (before.EndsWith(" ", StringComparison.Ordinal) ? "" : " ") + member + " ");
        }

        var end = text.ToString(TextSpan.FromBounds(text.Lines[0].End, text.Lines[0].EndIncludingLineBreak));
        var indentation = before + (before.StartsWith("\t", StringComparison.Ordinal) ? "\t" : "    ");
        var gap = type.Members.Count > 0 && !type.Members.Last().AttributeLists.Any() ? "" : type.Members.Count > 0 ? end : "";
        return new TextChange(new TextSpan(line.Start, 0), gap + indentation + member + end);
    }
}
