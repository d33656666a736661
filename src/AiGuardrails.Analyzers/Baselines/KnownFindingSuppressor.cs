using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Baselines;

/// <summary>Suppresses the findings that the baseline of the team lists, whatever level the team gave them; logs still have them.</summary>
/// <remarks>
/// The compiler asks no suppressor about a diagnostic whose default severity is error: see <see cref="FindingLog"/>. An editor may
/// ask about a part of a file; there the first of several equal findings may be another one than in a build.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KnownFindingSuppressor : DiagnosticSuppressor
{
    /// <summary>What the identifiers of the suppressions begin with; the number of the rule follows.</summary>
    internal const string Prefix = "AIGB";

    private const string Justification = "Listed in aiguardrails.baseline.json";

    private static readonly ImmutableDictionary<string, SuppressionDescriptor> s_suppressions = KnownFindings.Rules.ToImmutableDictionary(
        static rule => rule.Id,
        static rule => new SuppressionDescriptor(Prefix + rule.Id.Substring(3), rule.Id, Justification),
        StringComparer.Ordinal);

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
        [.. s_suppressions.Values.OrderBy(static suppression => suppression.Id, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (KnownFindings.Of(context.Options, context.CancellationToken) is not { Baseline: { } baseline } known)
        {
            return;
        }

        var keys = new FindingKeys(known, context.Compilation, context.Options.AdditionalFiles, context.CancellationToken);
        var findings =
            from diagnostic in context.ReportedDiagnostics
            let key = keys.Of(diagnostic.Id, diagnostic.Location)
            where key is not null && baseline.CountOf(key.Value) > 0
            group diagnostic by key.Value;

        foreach (var equal in findings)
        {
            context.CancellationToken.ThrowIfCancellationRequested();

            // Of more findings than are known, the last ones are the new ones, in every build the same.
            var places = new HashSet<FileLinePositionSpan>();
            foreach (var diagnostic in equal.OrderBy(static diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition))
            {
                if (places.Add(diagnostic.Location.GetLineSpan()) && places.Count > baseline.CountOf(equal.Key))
                {
                    break;
                }

                context.ReportSuppression(Suppression.Create(s_suppressions[diagnostic.Id], diagnostic));
            }
        }
    }
}
