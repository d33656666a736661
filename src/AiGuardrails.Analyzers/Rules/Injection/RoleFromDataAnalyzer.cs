using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Flow.Origins;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Injection;

/// <summary>AIG7004: whoever sends a message chooses in whose name it speaks.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RoleFromDataAnalyzer : AiAnalyzer
{
    /// <summary>The property under which a finding says that the whole value is a role made of a text; there is a fix for it.</summary>
    public const string MadeOfText = "madeOfText";

    private static readonly ImmutableDictionary<string, string?> s_madeOfText = ImmutableDictionary<string, string?>.Empty.Add(MadeOfText, "");

    // What hands on the elements of a sequence as they are.
    private static readonly ImmutableHashSet<string> s_steps =
        ImmutableHashSet.Create(StringComparer.Ordinal, "ToList", "ToArray", "AsEnumerable", "ToListAsync", "ToArrayAsync", "Take", "TakeLast", "Skip", "SkipLast", "Reverse", "Concat", "Append", "Prepend", "Deserialize", "DeserializeAsync", "DeserializeObject", "ReadFromJsonAsync", "GetFromJsonAsync", "ToObject");

    /// <summary>Creates the analyzer.</summary>
    public RoleFromDataAnalyzer()
        : base(Descriptors.RoleFromData)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var creation in context.Body.All<IObjectCreationOperation>(OperationKind.ObjectCreation))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (context.Ai.IsRole(creation.Type) && creation.Arguments is [var text, ..] && UntrustedIn(context, text.Value) is { } origin)
            {
                context.Report(creation.Syntax.GetLocation(), s_madeOfText, MessageFor(creation, origin));
            }
        }

        foreach (var conversion in context.Body.All<IConversionOperation>(OperationKind.Conversion))
        {
            if (conversion is { OperatorMethod: not null, Operand: { } text } && context.Ai.IsRole(conversion.Type) && !context.Ai.IsRole(text.Type) && UntrustedIn(context, text) is { } origin)
            {
                context.Report(text.Syntax.GetLocation(), s_madeOfText, MessageFor(text, origin));
            }
        }

        foreach (var argument in context.Body.All<IArgumentOperation>(OperationKind.Argument))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (argument is { Parameter: { } parameter, ArgumentKind: not ArgumentKind.DefaultValue })
            {
                AnalyzeArgument(context, argument, parameter);
            }
        }

        foreach (var choice in context.Body.All<ISwitchExpressionOperation>(OperationKind.SwitchExpression))
        {
            foreach (var arm in choice.Arms)
            {
                AnalyzeChoice(context, choice.Value, arm.Pattern, arm.Value);
            }
        }

        foreach (var choice in context.Body.All<IConditionalOperation>(OperationKind.Conditional))
        {
            AnalyzeCondition(context, choice);
        }

        AnalyzeJson(context);
    }

    /// <summary>A role that was sent as such, and messages that were sent whole and are sent on.</summary>
    private static void AnalyzeArgument(BodyAnalysisContext context, IArgumentOperation argument, IParameterSymbol parameter)
    {
        var value = argument.Value.Unwrap();
        if (context.Ai.IsRole(parameter.Type) && context.Ai.IsRole(value.Type) && value is IPropertyReferenceOperation { Instance: not null } or IParameterReferenceOperation)
        {
            if (UntrustedIn(context, value) is { } origin)
            {
                context.Report(value.Syntax.GetLocation(), MessageFor(value, origin));
            }
        }
        else if (IsMessages(context.Ai, parameter.Type)
            && argument.Parent is IInvocationOperation call
            && (context.Ai.IsGenerationCall(call.TargetMethod) || call.TargetMethod.Name is "AddRange" or "InsertRange")
            && SentMessages(context, value, 0) is { } sent)
        {
            context.Report(
                value.Syntax.GetLocation(),
                Sentence.Of($"The messages '{OneLine.Short(value)}' come from {sent.Words} with the roles that are written in them; take over the text and set each role yourself"));
        }
    }

    private static Origin? SentMessages(BodyAnalysisContext context, IOperation messages, int depth)
    {
        foreach (var source in ValueSources.Of(messages, context.CancellationToken))
        {
            var value = source.Value;
            if (value is IInvocationOperation call)
            {
                // Whatever else is done with a list may leave out what does not belong there.
                if (!s_steps.Contains(call.TargetMethod.Name) || depth > 4)
                {
                    continue;
                }

                if (call is { TargetMethod.TypeArguments: [var made] } && IsMessages(context.Ai, made) && UntrustedIn(context, value) is { } read)
                {
                    return read;
                }

                if ((call.Instance ?? (call.Arguments is [var first, ..] ? first.Value : null)) is { } sequence && IsMessages(context.Ai, sequence.Type) && SentMessages(context, sequence, depth + 1) is { } behind)
                {
                    return behind;
                }
            }
            else if (value is IParameterReferenceOperation or IPropertyReferenceOperation or IFieldReferenceOperation && IsMessages(context.Ai, value.Type) && UntrustedIn(context, value) is { } origin)
            {
                return origin;
            }
        }

        return null;
    }

    /// <summary>A choice among roles, by what was sent, that has the role of the developer among the outcomes.</summary>
    private static void AnalyzeChoice(BodyAnalysisContext context, IOperation asked, IPatternOperation pattern, IOperation outcome)
    {
        if (Speaks(context, outcome)
            && (pattern is IDiscardPatternOperation || NamesTrustedRole(pattern))
            && SentIn(context, asked) is { } origin)
        {
            context.Report(outcome.Syntax.GetLocation(), MessageFor(asked, origin));
        }
    }

    private static void AnalyzeCondition(BodyAnalysisContext context, IConditionalOperation choice)
    {
        if (choice is not { WhenFalse: { } whenFalse, Type: not null } || choice.Condition.Unwrap() is not { } condition)
        {
            return;
        }

        var (asked, named, isEqual) = condition switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison =>
                comparison.RightOperand.Unwrap().ConstantText() is { } right ? (comparison.LeftOperand, right, comparison.OperatorKind == BinaryOperatorKind.Equals)
                : comparison.LeftOperand.Unwrap().ConstantText() is { } left ? (comparison.RightOperand, left, comparison.OperatorKind == BinaryOperatorKind.Equals)
                : (null, "", false),
            IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var constant } } match => (match.Value, constant.ConstantText() ?? "", true),
            IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String } } call => call.Instance is { } instance && call.Arguments is [var other, ..]
                ? (instance, other.Value.ConstantText() ?? "", true)
                : call.Arguments is [var one, var two, ..] ? (one.Value, two.Value.ConstantText() ?? "", true) : (null, "", false),
            _ => (null, "", false),
        };

        if (asked is null || named.Length == 0)
        {
            return;
        }

        // Equal to "system": the first outcome. Not equal to any other role: whatever is left.
        var outcome = AiContext.IsTrustedRoleName(named) == isEqual ? choice.WhenTrue : whenFalse;
        if (Speaks(context, outcome) && SentIn(context, asked) is { } origin)
        {
            context.Report(outcome.Syntax.GetLocation(), MessageFor(asked, origin));
        }
    }

    /// <summary>A message in the body of a request, in JSON.</summary>
    private static void AnalyzeJson(BodyAnalysisContext context)
    {
        if (!context.Body.Http.NamesAiHost)
        {
            return;
        }

        foreach (var made in context.Body.All<IAnonymousObjectCreationOperation>(OperationKind.AnonymousObjectCreation))
        {
            var members = made.Initializers.OfType<ISimpleAssignmentOperation>().Where(static assignment => assignment.Target is IPropertyReferenceOperation).ToLookup(
                static assignment => ((IPropertyReferenceOperation)assignment.Target).Property.Name, static assignment => assignment.Value, StringComparer.Ordinal);
            if (members["content"].Any() && members["role"].FirstOrDefault() is { } role && UntrustedIn(context, role) is { } origin)
            {
                context.Report(role.Syntax.GetLocation(), MessageFor(role, origin));
            }
        }
    }

    /// <summary>Whether the outcome is the role of the developer, or a message that has it.</summary>
    private static bool Speaks(BodyAnalysisContext context, IOperation outcome)
    {
        var value = outcome.Unwrap();
        return context.Ai.IsRole(value.Type)
            ? context.Ai.IsTrustedRole(value, context.CancellationToken)
            : value switch
            {
                IObjectCreationOperation creation => creation.Arguments.Any(argument => argument.Parameter is { } parameter && context.Ai.InstructionSinkOf(parameter) is { Role: null }),
                IInvocationOperation call => call.Arguments.Any(argument => argument.Parameter is { } parameter && context.Ai.InstructionSinkOf(parameter) is { Role: null }),
                _ => false,
            };
    }

    private static bool NamesTrustedRole(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value: var value } => AiContext.IsTrustedRoleName(value.Unwrap() is IFieldReferenceOperation { Field: { } field } && field.ContainingType.TypeKind == TypeKind.Enum ? field.Name : value.ConstantText()),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => NamesTrustedRole(either.LeftPattern) || NamesTrustedRole(either.RightPattern),
        _ => false,
    };

    /// <summary>What a choice asks for, where it was sent; a value of an enum is no text, and was chosen by the sender all the same.</summary>
    private static Origin? SentIn(BodyAnalysisContext context, IOperation asked)
    {
        asked = asked.Unwrap();
        while (asked is IInvocationOperation { TargetMethod.Name: "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant" or "Trim", Instance: { } text })
        {
            asked = text.Unwrap();
        }

        return asked switch
        {
            IConditionalAccessOperation access => SentIn(context, access.Operation),
            IPropertyReferenceOperation { Instance: { } receiver, Type.TypeKind: TypeKind.Enum } => UntrustedIn(context, receiver),
            _ => UntrustedIn(context, asked),
        };
    }

    private static Origin? UntrustedIn(BodyAnalysisContext context, IOperation value) =>
        ValueOrigins.In(context).Of(value, context.CancellationToken).Origins.FirstOrDefault(static origin => origin.Kind == OriginKind.Untrusted);

    /// <summary>Whether values of the type are messages with a role each.</summary>
    private static bool IsMessages(AiContext ai, ITypeSymbol? type)
    {
        var element = AiContext.UnwrapTask(type) switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { TypeArguments: [var argument] } named when named.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
                || named.AllInterfaces.Any(static contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T) => argument,
            _ => null,
        };

        return element is not null && element.GetMembers().OfType<IPropertySymbol>().Any(property => ai.IsRole(property.Type));
    }

    private static Sentence MessageFor(IOperation role, Origin origin) =>
        $"The role is taken from '{OneLine.Short(role)}', which comes from {origin.Words}; choose it with a switch that lets only user and assistant through";
}
