using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.CodeFixes.Rules.Responses;

/// <summary>Fix of AIG3001: before the text is read, throw where the answer was cut off or withheld.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TruncatedOutputParsedCodeFix))]
[Shared]
public sealed class TruncatedOutputParsedCodeFix : AiCodeFix
{
    private const string Key = "ThrowWhereStoppedEarly";

    /// <summary>Initializes a new instance of the <see cref="TruncatedOutputParsedCodeFix"/> class.</summary>
    public TruncatedOutputParsedCodeFix()
        : base(RuleIds.TruncatedOutputParsed)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(GuardOf(request, diagnostic) is not null ? [new FixOffer("Throw where the model stopped early", Key)] : []);

    private protected override Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey) =>
        Guards.PlaceAsync(request, diagnostics.Select(diagnostic => GuardOf(request, diagnostic)).OfType<Guard>());

    private static Guard? GuardOf(FixRequest request, Diagnostic diagnostic)
    {
        var node = request.NodeOf(diagnostic);
        return Guards.FlowAround(request, node)?.Parses.FirstOrDefault(parse => parse.Parse.Span == diagnostic.Location.SourceSpan) is { Subject: { } subject } finding
            && Guards.PlaceFor(subject, finding.Read, request) is { } place
            ? ReasonGuard(request, (ExpressionSyntax)subject, finding.Reason, place)
            : null;
    }

    private static Guard? ReasonGuard(FixRequest request, ExpressionSyntax subject, string member, StatementSyntax place)
    {
        var name = subject.WithoutTrivia().ToString();
        var type = request.Model.GetTypeInfo(subject, request.CancellationToken).Type;
        if (request.Ai.ResponseOf(type) is not { } response || ResponseStatusUncheckedCodeFix.MemberOf(type, member) is not { } reason)
        {
            return null;
        }

        if (!response.Statuses.IsEmpty)
        {
            return ResponseStatusUncheckedCodeFix.StatusGuard(request, subject, member, place);
        }

        if (request.Ai.FinishReasonOf(reason.Type) is { } table)
        {
            var conditions = table.Truncated.Concat(table.Filtered)
                .Where(value => request.Model.Compilation.GetTypesByMetadataName(table.Type).Any(known => !known.GetMembers(value).IsEmpty))
                .Select(value => $"{name}.{member} == global::{table.Type}.{value}");

            return new Guard(
                place,
                GeneratedSyntax.ThrowIf(QualifiedSyntax.Expression(string.Join(" || ", conditions)), QualifiedSyntax.Expression($"$\"The model stopped early: {{{name}.{member}}}.\"")),
                name + "." + member);
        }

        return reason.Type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, _] } ? MetadataGuard(request, name, member, place) : null;
    }

    /// <summary>Where the reason is only an entry of a dictionary, by the words of the service underneath.</summary>
    private static Guard? MetadataGuard(FixRequest request, string name, string member, StatementSyntax place)
    {
        const string Variable = "finishReason";
        if (place.FirstAncestorOrSelf<MemberDeclarationSyntax>(static around => around is not GlobalStatementSyntax) is { } around
            && around.DescendantTokens().Any(static token => token.ValueText is Variable or "metadata"))
        {
            return null;
        }

        return new Guard(
            place,
            GeneratedSyntax.ThrowIf(
                QualifiedSyntax.Expression($"{name}.{member} is {{ }} metadata && metadata.TryGetValue(\"FinishReason\", out var {Variable}) && {Variable}?.ToString() is \"Length\" or \"ContentFilter\""),
                QualifiedSyntax.Expression($"$\"The model stopped early: {{{Variable}}}.\"")),
            name + "." + member);
    }
}
