using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Cost;

/// <summary>AIG2006: the model is called for every element of a sequence at once, and nothing limits how many calls run.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedFanOutAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="UnboundedFanOutAnalyzer"/> class.</summary>
    public UnboundedFanOutAnalyzer()
        : base(Descriptors.UnboundedFanOut)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var found in FanOut.UnboundedIn(context.Ai, context.Body, context.Options.MaxFanout, context.CancellationToken))
        {
            var place = found.Together.Syntax is InvocationExpressionSyntax call ? call.Expression : found.Together.Syntax;
            context.Report(place.GetLocation(), found.Call.TargetMethod.Name);
        }
    }
}
