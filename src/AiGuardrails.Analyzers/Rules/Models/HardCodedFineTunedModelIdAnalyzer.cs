using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Models;

/// <summary>AIG1001: the ID of a fine-tuned model stands in code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HardCodedFineTunedModelIdAnalyzer : AiAnalyzer
{
    private static readonly Regex s_modelInJson = new(
        "\"model\"\\s*:\\s*\"(?<id>[^\"\\\\]{1,512})\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromMilliseconds(200));

    /// <summary>Initializes a new instance of the <see cref="HardCodedFineTunedModelIdAnalyzer"/> class.</summary>
    public HardCodedFineTunedModelIdAnalyzer()
        : base(Descriptors.HardCodedFineTunedModelId)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        AnalyzeDeclaration(context);
        AnalyzeSinks(context);
        AnalyzeJsonBodies(context);
    }

    /// <summary>A constant, a read-only static field, an element of one, or a default value: an ID that proves itself needs no call to be seen.</summary>
    private static void AnalyzeDeclaration(BodyAnalysisContext context)
    {
        switch (context.Body.Operation)
        {
            case IFieldInitializerOperation { InitializedFields: [{ IsConst: true } or { IsStatic: true, IsReadOnly: true }] } field:
                ReportConstants(context, field.Value);
                break;

            case IPropertyInitializerOperation { InitializedProperties: [{ IsStatic: true, SetMethod: null }] } property:
                ReportConstants(context, property.Value);
                break;

            case IParameterInitializerOperation parameter:
                ReportConstants(context, parameter.Value);
                break;
        }

        // The defaults of a method's own parameters are no part of the operation of its body.
        foreach (var parameter in context.Body.Syntax is BaseMethodDeclarationSyntax method ? method.ParameterList.Parameters : default)
        {
            if (parameter.Default is { } clause && context.Body.Model.GetOperation(clause, context.CancellationToken) is IParameterInitializerOperation initializer)
            {
                ReportConstants(context, initializer.Value);
            }
        }

        foreach (var parameter in context.Body.All<IParameterInitializerOperation>(OperationKind.ParameterInitializer))
        {
            ReportConstants(context, parameter.Value);
        }
    }

    private static void ReportConstants(BodyAnalysisContext context, IOperation initializer)
    {
        var value = initializer.Unwrap();
        if (value.ConstantText() is not null)
        {
            // A constant that is made of another one is reported where that stands.
            Report(context, ConstantValues.Of(value, context.CancellationToken), ModelIdContext.Anywhere);
            return;
        }

        // Elements of a collection; a comparison, a lookup or a call among them is nobody's model.
        foreach (var child in value.ChildOperations)
        {
            if (value is IArrayCreationOperation or IArrayInitializerOperation or ICollectionExpressionOperation or IObjectCreationOperation or IObjectOrCollectionInitializerOperation
                || (value is IInvocationOperation { IsImplicit: true } or IArgumentOperation)
                || value is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true } } assignment && ReferenceEquals(child, assignment.Value))
            {
                ReportConstants(context, child);
            }
        }
    }

    private static void AnalyzeSinks(BodyAnalysisContext context)
    {
        foreach (var argument in context.Body.All<IArgumentOperation>(OperationKind.Argument))
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is { } parameter && context.Ai.IsModelParameter(parameter))
            {
                Report(context, ConstantValues.Of(argument.Value, context.CancellationToken), ModelIdContext.ModelSink);
            }
        }

        foreach (var assignment in context.Body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: { } property } && context.Ai.IsModelProperty(property))
            {
                Report(context, ConstantValues.Of(assignment.Value, context.CancellationToken), ModelIdContext.ModelSink);
            }
        }
    }

    /// <summary>The member "model" of a JSON body, in code that calls an AI service.</summary>
    private static void AnalyzeJsonBodies(BodyAnalysisContext context)
    {
        if (!context.Body.Http.NamesAiHost && !SendsJson(context))
        {
            return;
        }

        foreach (var assignment in context.Body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            var name = assignment.Target switch
            {
                IPropertyReferenceOperation { Property: { ContainingType.IsAnonymousType: true } property } => property.Name,
                IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key] } => key.Value.ConstantText(),
                _ => null,
            };

            if (name == RawHttp.ModelMember)
            {
                Report(context, ConstantValues.Of(assignment.Value, context.CancellationToken), ModelIdContext.ModelSink);
            }
        }

        // { { "model", "ft:…" } } and body.Add("model", "ft:…").
        foreach (var invocation in context.Body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (invocation is { TargetMethod.Name: "Add", Arguments: [var key, var value] } && key.Value.ConstantText() == RawHttp.ModelMember)
            {
                Report(context, ConstantValues.Of(value.Value, context.CancellationToken), ModelIdContext.ModelSink);
            }
        }

        foreach (var literal in context.Body.All<ILiteralOperation>(OperationKind.Literal))
        {
            if (literal.ConstantText() is { Length: > 12 } text && text.Contains("\"model\"") && ModelIn(text) is { } id)
            {
                Report(context, [new ConstantText(id, literal.Syntax)], ModelIdContext.ModelSink);
            }
        }
    }

    private static bool SendsJson(BodyAnalysisContext context) =>
        context.Body.All<IArgumentOperation>(OperationKind.Argument).Any(argument => argument.Parameter is { } parameter && context.Ai.IsJsonBodyParameter(parameter));

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

    private static void Report(BodyAnalysisContext context, IReadOnlyCollection<ConstantText> constants, ModelIdContext where)
    {
        foreach (var constant in constants)
        {
            if (FineTunedModelId.TryParse(constant.Text, where) is not null && !context.Options.AllowedModelIds.Contains(constant.Text, StringComparer.Ordinal))
            {
                context.Report(constant.Syntax.GetLocation(), constant.Text);
            }
        }
    }
}
