using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Jobs;

/// <summary>AIG4004: a wait for a job that nothing ends but the job.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedJobWaitAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="UnboundedJobWaitAnalyzer"/> class.</summary>
    public UnboundedJobWaitAnalyzer()
        : base(Descriptors.UnboundedJobWait)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        var polls = PollLoops.Of(context.Ai, context.Body, context.CancellationToken);
        foreach (var loop in polls.Loops)
        {
            // A tick or a line of input comes again and again: it is an end only where a way out hangs on it.
            if (LoopSyntax.IsPollLoop(loop.Loop) && loop.WaitsForJob && (loop.Bounds.Bounds & ~LoopBound.Input) == LoopBound.None)
            {
                context.ReportOn(loop.Job, LocationOf(loop.Loop), LoopSyntax.KeywordOf(loop.Loop).Text, loop.Job.Noun, Sentence.Of("give it a deadline, an attempt limit, or a token that somebody cancels"));
            }
        }

        foreach (var wait in polls.Waits)
        {
            if (!JobWaits.IsBounded(context.Body, wait.Call, context.CancellationToken))
            {
                context.ReportOn(wait.Job, JobWaits.PlaceOf(wait.Call).GetLocation(), wait.Call.TargetMethod.Name, wait.Job.Noun, Sentence.Of("pass a token that is cancelled after a time"));
            }
        }
    }

    private static Location LocationOf(SyntaxNode loop) =>
        LoopSyntax.ConditionOf(loop) is { } condition && !condition.IsKind(SyntaxKind.TrueLiteralExpression)
            ? condition.GetLocation()
            : LoopSyntax.KeywordOf(loop).GetLocation();
}

/// <summary>Whether a call that waits for a job is ended by anything but the job.</summary>
internal static class JobWaits
{
    /// <summary>What a reader must change: the token that is none, or the call that has none.</summary>
    public static SyntaxNode PlaceOf(IInvocationOperation call) =>
        TokenOf(call) is { Syntax: ArgumentSyntax argument } ? argument.Expression
        : call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Name
        : call.Syntax is InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } ? binding.Name
        : call.Syntax is InvocationExpressionSyntax invocation ? invocation.Expression
        : call.Syntax;

    /// <summary>The argument that is the token of the call; null where it has none of its own.</summary>
    public static IArgumentOperation? TokenOf(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue && CancellationTokens.IsToken(argument.Parameter?.Type));

    /// <summary>The argument that carries a token among other settings, in calls that take JSON; null where it is left out.</summary>
    public static IArgumentOperation? RequestOptionsOf(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter?.Type.Name == "RequestOptions");

    public static bool IsBounded(AiBody body, IInvocationOperation call, CancellationToken cancellationToken)
    {
        if (TokenOf(call) is { } token && CancellationTokens.Of(token.Value, cancellationToken) != Cancellability.Never)
        {
            return true;
        }

        return (RequestOptionsOf(call) is { } options && MayCarryToken(body, options.Value, cancellationToken))
            || IsBoundedByUse(body, call, cancellationToken)
            || LoopBounds.IsTimedByCaller(body, call.Syntax, cancellationToken);
    }

    private static bool MayCarryToken(AiBody body, IOperation options, CancellationToken cancellationToken)
    {
        options = options.Unwrap();
        switch (options)
        {
            case { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation:
                return false;

            case IObjectCreationOperation creation:
                return TokensSetBy(creation).Any(value => CancellationTokens.Of(value, cancellationToken) != Cancellability.Never);

            case ILocalReferenceOperation { Local: var local }:
                // Made in view, and given no token on the way.
                var uses = body.All<ILocalReferenceOperation>(OperationKind.LocalReference).Where(use => SymbolEqualityComparer.Default.Equals(use.Local, local)).ToArray();
                var declared = body.All<IVariableDeclaratorOperation>(OperationKind.VariableDeclarator)
                    .Where(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                    .Select(static declarator => declarator.GetVariableInitializer()?.Value.Unwrap())
                    .OfType<IObjectCreationOperation>()
                    .FirstOrDefault();
                return declared is null
                    || MayCarryToken(body, declared, cancellationToken)
                    || uses.Any(use => use.Parent is IAssignmentOperation || (use.Parent is IPropertyReferenceOperation { Property.Name: "CancellationToken", Parent: IAssignmentOperation { Value: var value } }
                        && CancellationTokens.Of(value, cancellationToken) != Cancellability.Never));

            default:
                return true;
        }
    }

    private static IEnumerable<IOperation> TokensSetBy(IObjectCreationOperation creation) =>
        (creation.Initializer?.Initializers ?? [])
            .OfType<ISimpleAssignmentOperation>()
            .Where(static assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: "CancellationToken" })
            .Select(static assignment => assignment.Value);

    /// <summary>Whether what is done with the call ends the wait, or is out of view.</summary>
    private static bool IsBoundedByUse(AiBody body, IOperation call, CancellationToken cancellationToken)
    {
        var node = call;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsTask(node.Type))
            {
                // Nobody gets hold of the wait: the code stands still until it is over.
                return false;
            }

            switch (node.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    node = node.Parent;
                    break;

                case IAwaitOperation:
                    return false;

                case IInvocationOperation chained when chained.Instance == node:
                    switch (chained.TargetMethod.Name)
                    {
                        case "ConfigureAwait" or "AsTask" or "Preserve" or "GetAwaiter":
                        case "WaitAsync" or "Wait" when !IsTimed(chained, cancellationToken):
                            if (chained.Parent is IAwaitOperation || chained.TargetMethod.Name == "Wait" || chained.Parent is IInvocationOperation { TargetMethod.Name: "GetResult" })
                            {
                                return false;
                            }

                            node = chained;
                            break;

                        default:
                            return true;
                    }

                    break;

                case IPropertyReferenceOperation { Property.Name: "Result" }:
                    return false;

                case IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation outer } } } } }
                    when outer.TargetMethod.Name is "Select" or "Run":
                    node = outer;
                    if (outer.TargetMethod.Name == "Select")
                    {
                        return !IsAwaitedTogether(outer);
                    }

                    break;

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    var uses = body.All<ILocalReferenceOperation>(OperationKind.LocalReference).Where(use => SymbolEqualityComparer.Default.Equals(use.Local, local)).ToArray();
                    return uses.Length == 0 || uses.Any(use => IsBoundedByUse(body, use, cancellationToken));

                default:
                    return true;
            }
        }
    }

    // "await Task.WhenAll(jobs.Select(job => job.WaitForCompletionAsync()))"
    private static bool IsAwaitedTogether(IOperation sequence)
    {
        var node = sequence;
        while (node.Parent is IConversionOperation or IArgumentOperation or IArrayInitializerOperation or IArrayCreationOperation
            || node.Parent is IInvocationOperation { TargetMethod: { Name: "AsTask" or "ToArray" or "ToList" or "Select" } }
            || node.Parent is IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType.Name: "Task" } })
        {
            node = node.Parent;
        }

        return node is IInvocationOperation { TargetMethod.Name: "WhenAll" } && node.Parent is IAwaitOperation;
    }

    private static bool IsTimed(IInvocationOperation call, CancellationToken cancellationToken) =>
        call.Arguments.Any(argument => argument.ArgumentKind != ArgumentKind.DefaultValue
            && (!CancellationTokens.IsToken(argument.Parameter?.Type) || CancellationTokens.Of(argument.Value, cancellationToken) != Cancellability.Never));

    private static bool IsTask(ITypeSymbol? type) =>
        type is { Name: "Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" or "TaskAwaiter" or "ValueTaskAwaiter" };
}
