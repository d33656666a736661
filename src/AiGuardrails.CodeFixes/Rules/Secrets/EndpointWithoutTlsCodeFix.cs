using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Secrets;

/// <summary>Fix of AIG6003: <c>https</c> in the place of <c>http</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EndpointWithoutTlsCodeFix))]
[Shared]
public sealed class EndpointWithoutTlsCodeFix : AiCodeFix
{
    private const string Scheme = "http://";

    /// <summary>Initializes a new instance of the <see cref="EndpointWithoutTlsCodeFix"/> class.</summary>
    public EndpointWithoutTlsCodeFix()
        : base(RuleIds.EndpointWithoutTls)
    {
    }

    private protected override async Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic)
    {
        var text = await request.Document.GetTextAsync(request.CancellationToken).ConfigureAwait(false);
        return PlaceOf(text, diagnostic) is null ? [] : [new FixOffer("Use https", nameof(EndpointWithoutTlsCodeFix))];
    }

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var text = await request.Document.GetTextAsync(request.CancellationToken).ConfigureAwait(false);
        var places = diagnostics.Select(diagnostic => PlaceOf(text, diagnostic)).OfType<int>().Distinct().OrderBy(static place => place);
        return request.Document.WithText(text.WithChanges(places.Select(static place => new TextChange(new TextSpan(place, 0), "s"))));
    }

    /// <summary>Where the letter is missing; null where the address names the port of plain HTTP, or the finding is about certificates.</summary>
    private static int? PlaceOf(SourceText text, Diagnostic diagnostic)
    {
        if (diagnostic.Location.SourceSpan.End > text.Length)
        {
            return null;
        }

        var source = text.ToString(diagnostic.Location.SourceSpan);
        var start = source.IndexOf(Scheme, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return null;
        }

        var rest = source.Substring(start + Scheme.Length);
        var end = rest.IndexOfAny(['/', '?', '#', '"']);
        var authority = end < 0 ? rest : rest.Substring(0, end);
        return authority.EndsWith(":80", StringComparison.Ordinal) ? null : diagnostic.Location.SourceSpan.Start + start + "http".Length;
    }
}
