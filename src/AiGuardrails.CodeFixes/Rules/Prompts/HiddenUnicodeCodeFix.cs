using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Prompts;

/// <summary>Fix of AIG8004: takes the characters, or their escapes, out of the text and leaves every other one as it is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HiddenUnicodeCodeFix), DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)])]
[Shared]
public sealed class HiddenUnicodeCodeFix() : PromptCodeFix(RuleIds.HiddenUnicode)
{
    private protected override Task<ImmutableArray<PromptFixOffer>> OffersAsync(PromptFixRequest request, Diagnostic diagnostic)
    {
        var span = diagnostic.Location.SourceSpan;
        var isSafe = !span.IsEmpty && (request.IsFile ? !JoinsBraces(request.Text, span) : span.End < request.Text.Length && !ChangesTheRest(request.Text, span));
        return Task.FromResult<ImmutableArray<PromptFixOffer>>(isSafe ? [new PromptFixOffer("Remove the hidden characters", nameof(HiddenUnicodeCodeFix), [request.Change(span, "")])] : []);
    }

    /// <summary>Whether two braces would come together, which is an escape in a template.</summary>
    private static bool JoinsBraces(SourceText text, TextSpan span) =>
        span.Start > 0 && span.End < text.Length && text[span.Start - 1] == text[span.End] && text[span.End] is '{' or '}';

    /// <summary>
    /// Whether what stands before and behind would become something else side by side: quotes that end a raw literal, braces that
    /// begin a hole, digits that lengthen an escape such as <c>\x20</c>.
    /// </summary>
    private static bool ChangesTheRest(SourceText text, TextSpan span)
    {
        var (before, after) = (text[span.Start - 1], text[span.End]);
        if (before == after && before is '"' or '{' or '}')
        {
            return true;
        }

        const int LongestEscape = 3;
        var start = span.Start;
        while (start > 0 && span.Start - start < LongestEscape && Uri.IsHexDigit(text[start - 1]))
        {
            start--;
        }

        return Uri.IsHexDigit(after) && start > 1 && text[start - 1] == 'x' && text[start - 2] == '\\';
    }
}
