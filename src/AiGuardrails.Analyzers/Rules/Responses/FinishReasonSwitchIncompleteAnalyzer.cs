using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Responses;

/// <summary>AIG3006: a switch on why the model stopped that passes over answers which were cut off or withheld.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FinishReasonSwitchIncompleteAnalyzer : AiAnalyzer
{
    // What makes a text of a text, or reads one: a default that does no more than this tells nobody anything.
    private static readonly ImmutableHashSet<string> s_quietTypes = ["String", "Enumerable", "StringBuilder", "Task", "ValueTask"];

    /// <summary>Initializes a new instance of the <see cref="FinishReasonSwitchIncompleteAnalyzer"/> class.</summary>
    public FinishReasonSwitchIncompleteAnalyzer()
        : base(Descriptors.FinishReasonSwitchIncomplete)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var choice in context.Body.All<ISwitchOperation>(OperationKind.Switch))
        {
            if (ReasonOf(context.Ai, choice.Value) is { } reason && IsSilent(context.Ai, choice))
            {
                Report(context, reason, choice.Value, choice.Cases.SelectMany(static section => section.Clauses));
            }
        }

        foreach (var choice in context.Body.All<ISwitchExpressionOperation>(OperationKind.SwitchExpression))
        {
            if (ReasonOf(context.Ai, choice.Value) is { } reason
                && choice.Arms.FirstOrDefault(static arm => arm.Pattern is IDiscardPatternOperation && arm.Guard is null) is { } otherwise
                && IsQuiet(context.Ai, otherwise.Value))
            {
                Report(context, reason, choice.Value, choice.Arms.SelectMany(static arm => arm.Guard is { } guard ? new IOperation[] { arm.Pattern, guard } : [arm.Pattern]));
            }
        }
    }

    private static void Report(BodyAnalysisContext context, FinishReasonTable reason, IOperation value, IEnumerable<IOperation> labels)
    {
        var named = labels.SelectMany(static label => label.DescendantsAndSelf()).Select(NameOf).OfType<string>().ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);

        // A reason that the body names elsewhere may have been dealt with before the switch.
        var elsewhere = context.Body.All<IOperation>(OperationKind.FieldReference).Concat(context.Body.All<IOperation>(OperationKind.PropertyReference))
            .Where(member => context.Ai.FinishReasonOf(member.Type) == reason || context.Ai.FinishReasonOf((member as IMemberReferenceOperation)?.Member.ContainingType) == reason)
            .Select(NameOf)
            .OfType<string>();
        named = named.Union(elsewhere);

        var missing = new List<string>();
        foreach (var arm in new[] { reason.Truncated, reason.Filtered })
        {
            if (!arm.Any(named.Contains))
            {
                missing.Add($"{reason.Type.Substring(reason.Type.LastIndexOf('.') + 1)}.{arm[0]}");
            }
        }

        if (missing.Count > 0)
        {
            context.Report(value.Syntax.GetLocation(), OneLine.Of(value.Syntax), Sentence.All(missing));
        }
    }

    /// <summary>The reason that the value is, or whose text it is.</summary>
    private static FinishReasonTable? ReasonOf(AiContext ai, IOperation value)
    {
        for (IOperation? current = value.Unwrap(); current is not null;)
        {
            if (ai.FinishReasonOf(current.Type) is { } reason)
            {
                return reason;
            }

            current = current switch
            {
                IConditionalAccessOperation access => access.WhenNotNull.Unwrap(),
                IConditionalAccessInstanceOperation instance => StablePath.ReceiverOf(instance)?.Unwrap(),
                IPropertyReferenceOperation { Property.Name: "Value" } property => property.Instance?.Unwrap(),
                IInvocationOperation { TargetMethod.Name: "ToString" or "Value" or "Raw" or "ToLower" or "ToLowerInvariant" or "GetValueOrDefault" } call => call.Instance?.Unwrap(),
                ICoalesceOperation coalesce => coalesce.Value.Unwrap(),
                _ => null,
            };
        }

        return null;
    }

    /// <summary>Whether a reason without an arm leaves no trace.</summary>
    private static bool IsSilent(AiContext ai, ISwitchOperation choice)
    {
        if (choice.Cases.FirstOrDefault(static section => section.Clauses.Any(static clause => clause is IDefaultCaseClauseOperation)) is { } otherwise)
        {
            return otherwise.Body.All(statement => IsQuiet(ai, statement));
        }

        // What follows the switch is what happens then: throwing there is an arm.
        return choice.Syntax.Parent switch
        {
            BlockSyntax block => block.Statements.SkipWhile(statement => statement != choice.Syntax).Skip(1).FirstOrDefault() is not ThrowStatementSyntax,
            _ => true,
        };
    }

    private static bool IsQuiet(AiContext ai, IOperation operation) => operation.DescendantsAndSelf().All(part => part switch
    {
        IThrowOperation => false,
        IInvocationOperation call => ai.ResponseOf(call.Instance?.Type) is not null || ai.PartOf(call.Instance?.Type) is not null
            || s_quietTypes.Contains(call.TargetMethod.ContainingType?.Name ?? "") || ai.FinishReasonOf(call.Instance?.Type) is not null,
        IObjectCreationOperation or IDelegateCreationOperation or IDynamicInvocationOperation => false,
        _ => true,
    });

    /// <summary>The reason that an operation names: by its member, or by its word on the wire.</summary>
    private static string? NameOf(IOperation operation) => operation switch
    {
        IMemberReferenceOperation member => member.Member.Name,
        { ConstantValue: { HasValue: true, Value: string word } } => word.Replace("_", ""),
        _ => null,
    };
}
