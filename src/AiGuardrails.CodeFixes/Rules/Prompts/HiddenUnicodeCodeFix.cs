using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Prompts;

/// <summary>Fix of AIG8004: takes the characters, or their escapes, out of the literal and leaves every other one as it is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HiddenUnicodeCodeFix))]
[Shared]
public sealed class HiddenUnicodeCodeFix : AiCodeFix
{
    /// <summary>Initializes a new instance of the <see cref="HiddenUnicodeCodeFix"/> class.</summary>
    public HiddenUnicodeCodeFix()
        : base(RuleIds.HiddenUnicode)
    {
    }

    private protected override async Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic)
    {
        var text = await request.Document.GetTextAsync(request.CancellationToken).ConfigureAwait(false);
        return diagnostic.Location.SourceSpan is { IsEmpty: false } span && span.End < text.Length && !ChangesTheRest(text, span)
            ? [new FixOffer("Remove the hidden characters", nameof(HiddenUnicodeCodeFix))]
            : [];
    }

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var text = await request.Document.GetTextAsync(request.CancellationToken).ConfigureAwait(false);
        return request.Document.WithText(text.WithChanges(diagnostics
            .Select(static diagnostic => diagnostic.Location.SourceSpan)
            .Distinct()
            .OrderBy(static span => span.Start)
            .Select(static span => new TextChange(span, ""))));
    }

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
