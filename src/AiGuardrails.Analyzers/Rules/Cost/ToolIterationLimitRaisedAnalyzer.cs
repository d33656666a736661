using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Cost;

/// <summary>AIG2004: the limit on tool iterations is raised beyond what makes sense, or taken away.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ToolIterationLimitRaisedAnalyzer : AiAnalyzer
{
    /// <summary>The property that tells the fix what the limit should be.</summary>
    internal const string Limit = "Limit";

    /// <summary>Initializes a new instance of the <see cref="ToolIterationLimitRaisedAnalyzer"/> class.</summary>
    public ToolIterationLimitRaisedAnalyzer()
        : base(Descriptors.ToolIterationLimitRaised)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var assignment in context.Body.All<IAssignmentOperation>(OperationKind.SimpleAssignment).Concat(context.Body.All<IAssignmentOperation>(OperationKind.CoalesceAssignment)))
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: var property } && context.Ai.ToolIterationLimitOf(property) is { } limit)
            {
                Judge(context, assignment.Value, limit, property.Name);
            }
        }

        foreach (var argument in context.Body.All<IArgumentOperation>(OperationKind.Argument))
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is { } parameter && context.Ai.ToolIterationLimitOf(parameter) is { } limit)
            {
                Judge(context, argument.Value, limit, parameter.Name);
            }
        }
    }

    private static void Judge(BodyAnalysisContext context, IOperation value, ToolIterationLimit limit, string name)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var most = context.Options.MaxToolIterations;
        foreach (var number in ConstantNumbers.Of(value, context.CancellationToken))
        {
            if (number.Value > most)
            {
                Report(context, number.Use, name, number.Value >= int.MaxValue ? Sentence.Of("without limit") : Sentence.Of($"up to {number.Value} times"), most);
            }
        }

        foreach (var source in limit.NullIsUnlimited ? ValueSources.Of(value, context.CancellationToken) : [])
        {
            // Only where it is written down at the limit itself: a variable that starts as null says little.
            if (source.Path.IsEmpty && source.Value is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation)
            {
                Report(context, source.Value.Syntax, name, Sentence.Of("without limit"), most);
            }
        }
    }

    private static void Report(BodyAnalysisContext context, SyntaxNode place, string name, Sentence howOften, int most) =>
        context.Report(
            place.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(Limit, most.ToString(CultureInfo.InvariantCulture)),
            name,
            howOften,
            most.ToString(CultureInfo.InvariantCulture));
}
