using AiGuardrails.Analyzers.Flow.Origins;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Rules.Injection;

/// <summary>Base of the rules that ask where the text of instructions comes from.</summary>
public abstract class InstructionOriginAnalyzer : AiAnalyzer
{
    private protected InstructionOriginAnalyzer(DiagnosticDescriptor rule)
        : base(rule)
    {
    }

    private protected sealed override void Analyze(BodyAnalysisContext context)
    {
        var options = OriginOptions.Of(context.Options);
        var texts = InstructionTexts.In(context.Ai, context.Body, context.CancellationToken)
            .Concat(InstructionTexts.InHelpers(context.Ai, context.Body, options, context.CancellationToken));

        foreach (var text in texts)
        {
            foreach (var origin in ValueOrigins.In(context.Ai, context.Body, options).Of(text, context.CancellationToken).Origins)
            {
                // What carries it stands in this body: the value in question does.
                if (IsAtFault(origin) && origin.Carrier.Syntax.SyntaxTree == context.Body.Syntax.SyntaxTree)
                {
                    context.Report(origin.Carrier.Syntax.GetLocation(), MessageFor(origin, OneLine.Short(origin.Source)));
                }
            }
        }
    }

    /// <summary>Whether text of that origin must not be among instructions.</summary>
    private protected abstract bool IsAtFault(Origin origin);

    /// <summary>What the message says of the origin.</summary>
    private protected abstract object[] MessageFor(Origin origin, string name);
}
