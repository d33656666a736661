using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Responses;

/// <summary>AIG3005: the output of a response is used before anything has asked how the response ended.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ResponseStatusUncheckedAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="ResponseStatusUncheckedAnalyzer"/> class.</summary>
    public ResponseStatusUncheckedAnalyzer()
        : base(Descriptors.ResponseStatusUnchecked)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var finding in context.Body.ResponsesOf(context.CancellationToken).Statuses)
        {
            context.Report(finding.Use.GetLocation(), OneLine.Of(finding.Use), $"{OneLine.Of(finding.Subject)}.{finding.Status}");
        }
    }
}
