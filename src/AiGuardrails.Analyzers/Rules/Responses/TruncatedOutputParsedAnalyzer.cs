using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Responses;

/// <summary>AIG3001: the text of an answer is parsed before anything has asked why the model stopped.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TruncatedOutputParsedAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="TruncatedOutputParsedAnalyzer"/> class.</summary>
    public TruncatedOutputParsedAnalyzer()
        : base(Descriptors.TruncatedOutputParsed)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var finding in context.Body.ResponsesOf(context.CancellationToken).Parses)
        {
            context.Report(finding.Parse.GetLocation(), finding.Parser, finding.Subject is { } subject ? $"{OneLine.Of(subject)}.{finding.Reason}" : finding.Reason);
        }
    }
}
