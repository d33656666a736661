using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.CodeFixes.Rules.Responses;

/// <summary>Fix of AIG3005: before the output is used, throw unless the response was completed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ResponseStatusUncheckedCodeFix))]
[Shared]
public sealed class ResponseStatusUncheckedCodeFix : AiCodeFix
{
    private const string Key = "ThrowUnlessCompleted";

    /// <summary>Initializes a new instance of the <see cref="ResponseStatusUncheckedCodeFix"/> class.</summary>
    public ResponseStatusUncheckedCodeFix()
        : base(RuleIds.ResponseStatusUnchecked)
    {
    }

    /// <summary><c>if (response.Status != ResponseStatus.Completed) { throw …; }</c>, or null where the status is of another kind.</summary>
    internal static Guard? StatusGuard(FixRequest request, ExpressionSyntax subject, string member, StatementSyntax place)
    {
        var name = subject.WithoutTrivia().ToString();
        var status = request.Ai.UnwrapStatus(MemberOf(request.Model.GetTypeInfo(subject, request.CancellationToken).Type, member)?.Type);

        return status?.GetMembers("Completed").IsEmpty == false
            ? new Guard(
                place,
                GeneratedSyntax.ThrowIf(
                    QualifiedSyntax.Expression($"{name}.{member} != {status.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}.Completed"),
                    QualifiedSyntax.Expression($"$\"The response ended as '{{{name}.{member}}}'.\"")),
                name + "." + member)
            : null;
    }

    /// <summary>The property of that name, of the type or of what it derives from.</summary>
    internal static IPropertySymbol? MemberOf(ITypeSymbol? type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
            {
                return property;
            }
        }

        return null;
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(GuardOf(request, diagnostic) is not null ? [new FixOffer("Throw unless the response was completed", Key)] : []);

    private protected override Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey) =>
        Guards.PlaceAsync(request, diagnostics.Select(diagnostic => GuardOf(request, diagnostic)).OfType<Guard>());

    private static Guard? GuardOf(FixRequest request, Diagnostic diagnostic)
    {
        var node = request.NodeOf(diagnostic);
        return Guards.FlowAround(request, node)?.Statuses.FirstOrDefault(status => status.Use.Span == diagnostic.Location.SourceSpan) is { } finding
            && Guards.PlaceFor(finding.Subject, finding.Use, request) is { } place
            ? StatusGuard(request, (ExpressionSyntax)finding.Subject, finding.Status, place)
            : null;
    }
}
