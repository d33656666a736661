using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Jobs;

/// <summary>AIG4003: the result of a job is used after a wait, on a way on which nothing has excluded that the job failed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JobResultUsedWithoutFailureCheckAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="JobResultUsedWithoutFailureCheckAnalyzer"/> class.</summary>
    public JobResultUsedWithoutFailureCheckAnalyzer()
        : base(Descriptors.JobResultUsedWithoutFailureCheck)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var finding in context.Body.JobsOf(context.CancellationToken).Results)
        {
            context.ReportOn(finding.Job, finding.Result.GetLocation(), finding.Result.ToString(), StateList.Of(finding.Job, finding.States));
        }
    }
}
