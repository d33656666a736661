using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Responses;

/// <summary>AIG3002: a part of an answer is taken before anything has asked whether there is one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FirstContentPartUncheckedAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="FirstContentPartUncheckedAnalyzer"/> class.</summary>
    public FirstContentPartUncheckedAnalyzer()
        : base(Descriptors.FirstContentPartUnchecked)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var finding in context.Body.ResponsesOf(context.CancellationToken).Parts)
        {
            context.Report(finding.Access.GetLocation(), OneLine.Of(finding.Access), $"{OneLine.Of(finding.List)}.{finding.Count}");
        }
    }
}
