using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Jobs;

/// <summary>AIG4006: a job is refreshed in a way that leaves its typed members as they were, and one of them is read then.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StaleJobObjectAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="StaleJobObjectAnalyzer"/> class.</summary>
    public StaleJobObjectAnalyzer()
        : base(Descriptors.StaleJobObject)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var finding in StaleReads.In(context.Ai, context.Body, context.CancellationToken))
        {
            var refresh = finding.Refresh.Syntax;
            context.Report(refresh.GetLocation(), OneLine.Of(finding.Read.Syntax), OneLine.Of(refresh.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == refresh ? access : refresh));
        }
    }
}
