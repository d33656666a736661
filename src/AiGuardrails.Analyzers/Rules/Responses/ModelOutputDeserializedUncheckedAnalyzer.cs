using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Responses;

/// <summary>AIG3003: what is made of the model's JSON is used as if neither the parser nor the result could fail.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelOutputDeserializedUncheckedAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="ModelOutputDeserializedUncheckedAnalyzer"/> class.</summary>
    public ModelOutputDeserializedUncheckedAnalyzer()
        : base(Descriptors.ModelOutputDeserializedUnchecked)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var finding in context.Body.ResponsesOf(context.CancellationToken).Deserializations)
        {
            context.Report(finding.Parse.GetLocation(), finding.Parser);
        }
    }
}
