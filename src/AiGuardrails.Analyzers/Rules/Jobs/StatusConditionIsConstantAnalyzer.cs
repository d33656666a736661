using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Jobs;

/// <summary>AIG4002: comparisons of a job status are joined in such a way that the condition has the same value in every state.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StatusConditionIsConstantAnalyzer : AiAnalyzer
{
    /// <summary>The property of a finding that holds the operator that is meant.</summary>
    internal const string Rewrite = "Rewrite";

    /// <summary>Initializes a new instance of the <see cref="StatusConditionIsConstantAnalyzer"/> class.</summary>
    public StatusConditionIsConstantAnalyzer()
        : base(Descriptors.StatusConditionIsConstant)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        var conditions = new StatusConditions(context.Ai, context.Body, context.CancellationToken);
        foreach (var finding in conditions.FindConstant())
        {
            var tree = context.Body.Syntax.SyntaxTree;
            var location = Location.Create(tree, finding.Span);
            object[] arguments =
            [
                OneLine.Of(tree.GetRoot(context.CancellationToken), finding.Span),
                finding.Value ? "true" : "false",
                finding.Status.Job.Noun,
                finding.Rewrite is { } rewrite ? Sentence.Of($"join the comparisons with '{rewrite}'")
                    : finding.Value ? Sentence.Of("every state passes one of the comparisons")
                    : Sentence.Of("no state passes all of the comparisons"),
            ];

            var properties = ImmutableDictionary<string, string?>.Empty.Add(Rewrite, finding.Rewrite);
            if (finding.Status.Job.IsInferred)
            {
                // Known by the names of its states alone.
                context.ReportAs(RuleLevel.Suggestion, location, properties, arguments);
            }
            else
            {
                context.Report(location, properties, arguments);
            }
        }
    }
}
