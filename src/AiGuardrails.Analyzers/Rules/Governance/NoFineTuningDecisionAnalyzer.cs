using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Governance;

/// <summary>AIG5002: a training job is started, and nothing says why training was chosen.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoFineTuningDecisionAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="NoFineTuningDecisionAnalyzer"/> class.</summary>
    public NoFineTuningDecisionAnalyzer()
        : base(Descriptors.NoFineTuningDecision)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var start in context.Body.TrainingStartsOf(context.CancellationToken))
        {
            if (Coverage.Nearest(context.Body, start.Operation, context.Ai.IsFineTuningDecisionAttribute, context.CancellationToken) is null
                && !TrainingStarts.IsInsideWrapper(context.Ai, context.Body, start, context.CancellationToken))
            {
                context.Report(start.Place.GetLocation(), start.Name, TrainingStarts.PlacesFor(context.Body.Owner));
            }
        }
    }
}
