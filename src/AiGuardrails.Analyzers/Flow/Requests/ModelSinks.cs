using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>Where a model is named.</summary>
internal enum ModelSinkKind
{
    /// <summary>At a client or a call.</summary>
    Call,

    /// <summary>As the model that a training job starts from.</summary>
    Training,

    /// <summary>In the JSON body of a request.</summary>
    Json,
}

/// <summary>A constant that names the model to call.</summary>
/// <param name="Text">The name.</param>
/// <param name="Syntax">The piece of source that a reader would change to change it.</param>
/// <param name="Kind">Where the name arrives.</param>
/// <param name="Sink">The argument, the assignment or the text at which it arrives.</param>
internal sealed record ModelName(string Text, SyntaxNode Syntax, ModelSinkKind Kind, IOperation Sink);

/// <summary>The constants of a body that name a model: found once, and shared by the rules about models.</summary>
internal static class ModelSinks
{
    private static readonly Regex s_modelInJson = new(
        "\"model\"\\s*:\\s*\"(?<id>[^\"\\\\]{1,512})\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromMilliseconds(200));

    private static readonly Regex s_endsBeforeModel = new(
        "\"model\"\\s{0,8}:\\s{0,8}\"$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.RightToLeft,
        TimeSpan.FromMilliseconds(200));

    private static readonly ConditionalWeakTable<AiBody, StrongBox<ImmutableArray<ModelName>>> s_known = new();

    /// <summary>The names in the body, in lambdas and local functions too; one for each constant and sink.</summary>
    public static ImmutableArray<ModelName> In(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        if (s_known.TryGetValue(body, out var known))
        {
            return known.Value;
        }

        var names = new StrongBox<ImmutableArray<ModelName>>([.. Arguments(ai, body, cancellationToken), .. Properties(ai, body, cancellationToken), .. Json(ai, body, cancellationToken)]);
        return s_known.GetValue(body, _ => names).Value;
    }

    private static IEnumerable<ModelName> Arguments(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        foreach (var argument in body.All<IArgumentOperation>(OperationKind.Argument))
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is { } parameter && ai.IsModelParameter(parameter))
            {
                var kind = parameter.ContainingSymbol is IMethodSymbol method && ai.IsTrainingStart(method) ? ModelSinkKind.Training : ModelSinkKind.Call;
                foreach (var name in Names(ai, argument.Value, kind, argument, cancellationToken))
                {
                    yield return name;
                }
            }
        }

        // options.Patch.Set("$.model"u8, "…").
        foreach (var invocation in body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (invocation.Arguments is [var path, var value]
                && path.Value.Unwrap() is IUtf8StringOperation { Value: RawHttp.ModelPath }
                && ai.IsJsonPatchSetter(invocation.TargetMethod))
            {
                foreach (var name in Names(ai, value.Value, ModelSinkKind.Call, value, cancellationToken))
                {
                    yield return name;
                }
            }
        }
    }

    private static IEnumerable<ModelName> Properties(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        foreach (var assignment in body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: { } property } && ai.IsModelProperty(property))
            {
                foreach (var name in Names(ai, assignment.Value, ModelSinkKind.Call, assignment, cancellationToken))
                {
                    yield return name;
                }
            }
        }
    }

    /// <summary>The member "model" of a JSON body, in code that calls an AI service.</summary>
    private static IEnumerable<ModelName> Json(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        if (!body.Http.NamesAiHost && !body.All<IArgumentOperation>(OperationKind.Argument).Any(argument => argument.Parameter is { } parameter && ai.IsJsonBodyParameter(parameter)))
        {
            return [];
        }

        var sinks = MemberValues(body).Concat(TextHoles(body))
            .SelectMany(value => Names(ai, value, ModelSinkKind.Json, value, cancellationToken));
        var texts = body.All<ILiteralOperation>(OperationKind.Literal)
            .Select(static literal => (literal, Id: literal.ConstantText() is { Length: > 12 } text && text.Contains("\"model\"") ? ModelIn(text) : null))
            .Where(static pair => pair.Id is not null)
            .Select(static pair => new ModelName(pair.Id!, pair.literal.Syntax, ModelSinkKind.Json, pair.literal));

        return sinks.Concat(texts);
    }

    /// <summary>What becomes the member: of an anonymous object, of a dictionary, or of a type of the team.</summary>
    private static IEnumerable<IOperation> MemberValues(AiBody body)
    {
        foreach (var assignment in body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            var name = assignment.Target switch
            {
                IPropertyReferenceOperation { Property: { ContainingType.IsAnonymousType: true } property } => property.Name,
                IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key] } => key.Value.ConstantText(),
                IPropertyReferenceOperation { Property: var property } => RawHttp.JsonNameOf(property, property.Name),
                _ => null,
            };

            if (name == RawHttp.ModelMember)
            {
                yield return assignment.Value;
            }
        }

        // new ChatRequest("…"), where a type of the team has a parameter for the member.
        foreach (var creation in body.All<IObjectCreationOperation>(OperationKind.ObjectCreation))
        {
            foreach (var argument in creation.Arguments)
            {
                if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter } && RawHttp.JsonNameOf(parameter, parameter.Name) == RawHttp.ModelMember
                    && creation.Constructor is { DeclaringSyntaxReferences.IsEmpty: false })
                {
                    yield return argument.Value;
                }
            }
        }

        // { { "model", "…" } } and body.Add("model", "…").
        foreach (var invocation in body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (invocation is { TargetMethod.Name: "Add", Arguments: [var key, var value] } && key.Value.ConstantText() == RawHttp.ModelMember)
            {
                yield return value.Value;
            }
        }
    }

    /// <summary>What stands in a JSON text that is put together, behind <c>"model": "</c>.</summary>
    private static IEnumerable<IOperation> TextHoles(AiBody body)
    {
        foreach (var interpolated in body.All<IInterpolatedStringOperation>(OperationKind.InterpolatedString))
        {
            for (var i = 1; i < interpolated.Parts.Length; i++)
            {
                if (interpolated.Parts[i] is IInterpolationOperation { Alignment: null, FormatString: null } hole
                    && interpolated.Parts[i - 1] is IInterpolatedStringTextOperation text
                    && EndsBeforeModel(text.Text.ConstantText()))
                {
                    yield return hole.Expression;
                }
            }
        }

        foreach (var sum in body.All<IBinaryOperation>(OperationKind.Binary))
        {
            if (sum is { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var left }
                && EndsBeforeModel(left.ConstantText() ?? ((left.Unwrap() as IBinaryOperation)?.RightOperand).ConstantText()))
            {
                yield return sum.RightOperand;
            }
        }
    }

    private static IEnumerable<ModelName> Names(AiContext ai, IOperation value, ModelSinkKind kind, IOperation sink, CancellationToken cancellationToken)
    {
        if (value.Unwrap() is IFieldReferenceOperation { Field: var field } reference && ai.ModelIdOf(field) is { } id)
        {
            return [new ModelName(id, reference.Syntax, kind, sink)];
        }

        return ConstantValues.Of(value, cancellationToken).Select(constant => new ModelName(constant.Text, constant.Syntax, kind, sink));
    }

    private static bool EndsBeforeModel(string? text)
    {
        try
        {
            return text is not null && text.EndsWith("\"", StringComparison.Ordinal) && s_endsBeforeModel.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string? ModelIn(string json)
    {
        try
        {
            var match = s_modelInJson.Match(json);
            return match.Success ? match.Groups["id"].Value : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
