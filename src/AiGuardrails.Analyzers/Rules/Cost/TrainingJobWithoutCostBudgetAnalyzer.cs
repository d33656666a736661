using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Cost;

/// <summary>AIG2008: a training job is started, and nothing says what it may cost.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrainingJobWithoutCostBudgetAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="TrainingJobWithoutCostBudgetAnalyzer"/> class.</summary>
    public TrainingJobWithoutCostBudgetAnalyzer()
        : base(Descriptors.TrainingJobWithoutCostBudget)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var invocation in context.Body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (context.Ai.IsTrainingStart(invocation.TargetMethod) || TrainingRequests.IsPost(invocation, context.CancellationToken))
            {
                ReportUnlessCovered(context, invocation, NameOf(invocation.Syntax), invocation.TargetMethod.Name);
            }
        }

        foreach (var creation in context.Body.All<IObjectCreationOperation>(OperationKind.ObjectCreation))
        {
            if (TrainingRequests.IsPost(creation, context.CancellationToken))
            {
                ReportUnlessCovered(context, creation, TypeOf(creation.Syntax), creation.Type?.Name ?? "HttpRequestMessage");
            }
        }
    }

    private static void ReportUnlessCovered(BodyAnalysisContext context, IOperation start, SyntaxNode place, string name)
    {
        if (!IsCovered(context, start))
        {
            context.Report(place.GetLocation(), name, OwnerName(context.Body.Owner));
        }
    }

    private static bool IsCovered(BodyAnalysisContext context, IOperation start) =>
        Coverage.Nearest(context.Body, start, context.Ai.IsCostBudgetAttribute, context.CancellationToken) is not null || UsesBudget(context);

    /// <summary>Whether a run-time budget comes into the member: as a parameter, or as an argument of a call.</summary>
    private static bool UsesBudget(BodyAnalysisContext context) =>
        (context.Body.Owner is IMethodSymbol method && method.Parameters.Any(parameter => context.Ai.IsCostBudget(parameter.Type)))
        || context.Body.All<IArgumentOperation>(OperationKind.Argument).Any(argument => context.Ai.IsCostBudget(argument.Value.Unwrap().Type))
        || context.Body.All<IInvocationOperation>(OperationKind.Invocation).Any(invocation => context.Ai.IsCostBudget(invocation.Instance?.Type));

    private static string OwnerName(ISymbol owner) => owner switch
    {
        IMethodSymbol { AssociatedSymbol: { } property } => property.Name,
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } constructor => constructor.ContainingType.Name,
        IMethodSymbol { Name: "<Main>$" or "<top-level-statements-entry-point>" } => "the assembly",
        _ => owner.Name,
    };

    private static SyntaxNode NameOf(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => binding.Name,
        InvocationExpressionSyntax invocation => invocation.Expression,
        _ => syntax,
    };

    private static SyntaxNode TypeOf(SyntaxNode syntax) => syntax is ObjectCreationExpressionSyntax creation ? creation.Type : syntax;
}
