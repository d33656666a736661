using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Cost;

/// <summary>AIG2008: a training job is started, and nothing says what it may cost.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrainingJobWithoutCostBudgetAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="TrainingJobWithoutCostBudgetAnalyzer"/> class.</summary>
    public TrainingJobWithoutCostBudgetAnalyzer()
        : base(Descriptors.TrainingJobWithoutCostBudget)
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
            if (!IsCovered(context, start) && !TrainingStarts.IsInsideWrapper(context.Ai, context.Body, start, context.CancellationToken))
            {
                context.Report(start.Place.GetLocation(), start.Name, TrainingStarts.PlacesFor(context.Body.Owner));
            }
        }
    }

    private static bool IsCovered(BodyAnalysisContext context, TrainingStart start) =>
        Coverage.Nearest(context.Body, start.Operation, context.Ai.IsCostBudgetAttribute, context.CancellationToken) is not null || UsesBudget(context);

    /// <summary>Whether a run-time budget comes into the member: as a parameter, or as an argument of a call.</summary>
    private static bool UsesBudget(BodyAnalysisContext context) =>
        (context.Body.Owner is IMethodSymbol method && method.Parameters.Any(parameter => context.Ai.IsCostBudget(parameter.Type)))
        || context.Body.All<IArgumentOperation>(OperationKind.Argument).Any(argument => context.Ai.IsCostBudget(argument.Value.Unwrap().Type))
        || context.Body.All<IInvocationOperation>(OperationKind.Invocation).Any(invocation => context.Ai.IsCostBudget(invocation.Instance?.Type));
}
