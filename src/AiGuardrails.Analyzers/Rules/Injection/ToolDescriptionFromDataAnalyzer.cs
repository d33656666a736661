using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow.Origins;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Injection;

/// <summary>AIG7006: what a model is told of a tool holds text that others wrote.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ToolDescriptionFromDataAnalyzer : AiAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public ToolDescriptionFromDataAnalyzer()
        : base(Descriptors.ToolDescriptionFromData)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var argument in context.Body.All<IArgumentOperation>(OperationKind.Argument))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (argument is { Parameter: { } parameter, ArgumentKind: not ArgumentKind.DefaultValue } && context.Ai.IsToolDescription(parameter))
            {
                Analyze(context, argument.Value);
            }
        }

        foreach (var assignment in context.Body.All<IAssignmentOperation>(OperationKind.SimpleAssignment).Concat(context.Body.All<IAssignmentOperation>(OperationKind.CompoundAssignment)))
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: { IsIndexer: false } property } && context.Ai.IsToolDescription(property))
            {
                Analyze(context, assignment.Value);
            }
        }
    }

    private static void Analyze(BodyAnalysisContext context, IOperation description)
    {
        foreach (var origin in ValueOrigins.In(context).Of(description, context.CancellationToken).Origins)
        {
            if ((origin.IsUntrusted || origin.Kind == OriginKind.Retrieved) && origin.Carrier.Syntax.SyntaxTree == context.Body.Syntax.SyntaxTree)
            {
                context.Report(origin.Carrier.Syntax.GetLocation(), OneLine.Short(origin.Source), origin.Words);
            }
        }
    }
}
