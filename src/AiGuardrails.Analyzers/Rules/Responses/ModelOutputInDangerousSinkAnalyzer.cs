using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow.Origins;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Responses;

/// <summary>AIG3007: what a model wrote reaches something that acts on it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelOutputInDangerousSinkAnalyzer : AiAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public ModelOutputInDangerousSinkAnalyzer()
        : base(Descriptors.ModelOutputInDangerousSink)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        var options = OriginOptions.Of(context.Options);
        var marked = context.Options.DangerousSinks;
        var uses = DangerousUses.In(context.Ai, context.Body, marked, context.CancellationToken)
            .Concat(DangerousUses.InHelpers(context.Ai, context.Body, options, marked, context.CancellationToken));

        foreach (var use in uses)
        {
            foreach (var origin in DangerousUses.OriginsOf(context.Ai, context.Body, use, options, context.CancellationToken).Origins)
            {
                if (origin.Kind is OriginKind.ModelOutput or OriginKind.ToolArguments && origin.Carrier.Syntax.SyntaxTree == context.Body.Syntax.SyntaxTree)
                {
                    var (place, wayOut) = DangerousSinks.WordsOf(use.Danger);
                    context.Report(origin.Carrier.Syntax.GetLocation(), OneLine.Short(origin.Source), place, wayOut);
                }
            }
        }
    }
}
