using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
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
            if (parameter.Default is { } clause && context.Body.Model.TryGetOperation(clause, context.CancellationToken) is IParameterInitializerOperation initializer)
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

        // Elements of a collection; a comparison, a lookup or another call among them is nobody's model.
        foreach (var child in value.ChildOperations)
        {
            if (value is IArrayCreationOperation or IArrayInitializerOperation or ICollectionExpressionOperation or IObjectCreationOperation or IObjectOrCollectionInitializerOperation or ITupleOperation or IArgumentOperation
                || (value is IInvocationOperation call && (call.IsImplicit || MakesCollection(call.TargetMethod)))
                || (value is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true } } assignment && ReferenceEquals(child, assignment.Value)))
            {
                ReportConstants(context, child);
            }
        }
    }

    // new[] { … }.ToFrozenSet(), ImmutableArray.Create(…), KeyValuePair.Create(…): the elements stay what they are.
    private static bool MakesCollection(IMethodSymbol method)
    {
        var space = method.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false } and not { Name: "Collections" or "Linq", ContainingNamespace.Name: "System" })
        {
            space = space.ContainingNamespace;
        }

        return space is { Name: "Collections" or "Linq", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            && (method.Name.StartsWith("To", StringComparison.Ordinal) || method.Name is "Create" or "CreateRange" or "AsReadOnly" or "Append" or "Concat" or "Add" or "AddRange");
    }

    private static void AnalyzeSinks(BodyAnalysisContext context)
    {
        foreach (var name in ModelSinks.In(context.Ai, context.Body, context.CancellationToken))
        {
            Report(context, [new ConstantText(name.Text, name.Syntax)], ModelIdContext.ModelSink);
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
