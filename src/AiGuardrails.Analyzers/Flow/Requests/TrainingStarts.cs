using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>How a training job is started.</summary>
internal enum TrainingStartKind
{
    /// <summary>By a method of an SDK with typed options.</summary>
    Typed,

    /// <summary>By a method of an SDK that takes the request as JSON.</summary>
    Json,

    /// <summary>By a request over HTTP.</summary>
    Http,

    /// <summary>By a method of the team that is marked <c>[StartsTraining]</c>.</summary>
    Wrapper,
}

/// <summary>One place where a body starts a training job.</summary>
/// <param name="Kind">How it is started.</param>
/// <param name="Operation">The call, or the request message.</param>
/// <param name="Place">What a finding about the start as a whole underlines.</param>
/// <param name="Name">What a message calls it.</param>
/// <param name="Content">The body of the request, where the job is started by JSON and the body is in view.</param>
/// <param name="Url">What is known of the URL of a request over HTTP.</param>
internal sealed record TrainingStart(
    TrainingStartKind Kind,
    IOperation Operation,
    SyntaxNode Place,
    string Name,
    IOperation? Content = null,
    string? Url = null);

/// <summary>The training jobs that a body starts.</summary>
internal static class TrainingStarts
{
    /// <summary>Every start in the body, in lambdas and local functions too.</summary>
    public static ImmutableArray<TrainingStart> In(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        var starts = ImmutableArray.CreateBuilder<TrainingStart>();
        foreach (var invocation in body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (StartBy(ai, invocation, cancellationToken) is { } start)
            {
                starts.Add(start);
            }
        }

        foreach (var creation in body.All<IObjectCreationOperation>(OperationKind.ObjectCreation))
        {
            if (TrainingRequests.Of(creation, body, cancellationToken) is { } request)
            {
                starts.Add(new TrainingStart(
                    TrainingStartKind.Http, creation, TypeOf(creation.Syntax), creation.Type?.Name ?? "HttpRequestMessage", request.Content, request.Url));
            }
        }

        return starts.ToImmutable();
    }

    /// <summary>
    /// Whether the start is the inside of a method that is itself marked as one. What is asked of a start, a budget and a decision,
    /// is then asked of the callers.
    /// </summary>
    public static bool IsInsideWrapper(AiContext ai, AiBody body, TrainingStart start, CancellationToken cancellationToken)
    {
        var local = start.Operation.SemanticModel?.GetEnclosingSymbol(start.Operation.Syntax.SpanStart, cancellationToken) ?? body.Owner;
        for (var symbol = local; symbol is IMethodSymbol method; symbol = symbol.ContainingSymbol)
        {
            if (ai.IsTrainingWrapper(method))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where a message says that an attribute about the start could stand: top-level statements have the assembly only.</summary>
    public static Sentence PlacesFor(ISymbol owner) => owner is IMethodSymbol { Name: "<Main>$" or "<top-level-statements-entry-point>" }
        ? Sentence.Of("the assembly")
        : Sentence.Of($"'{NameOf(owner)}' or to a type around it");

    private static string NameOf(ISymbol owner) => owner switch
    {
        IMethodSymbol { AssociatedSymbol: { } property } => property.Name,
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } constructor => constructor.ContainingType.Name,
        _ => owner.Name,
    };

    private static TrainingStart? StartBy(AiContext ai, IInvocationOperation invocation, CancellationToken cancellationToken)
    {
        var method = invocation.TargetMethod;
        if (ai.IsTrainingStart(method))
        {
            var json = invocation.Arguments.FirstOrDefault(argument => argument.Parameter is { } parameter && ai.IsJsonBodyParameter(parameter));
            var kind = ai.IsTrainingWrapper(method) ? TrainingStartKind.Wrapper : json is null ? TrainingStartKind.Typed : TrainingStartKind.Json;

            return new TrainingStart(kind, invocation, NameOf(invocation.Syntax), method.Name, json?.Value);
        }

        return TrainingRequests.Of(invocation, cancellationToken) is { } request
            ? new TrainingStart(TrainingStartKind.Http, invocation, NameOf(invocation.Syntax), method.Name, request.Content, request.Url)
            : null;
    }

    private static SyntaxNode NameOf(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => binding.Name,
        InvocationExpressionSyntax invocation => invocation.Expression,
        _ => syntax,
    };

    private static SyntaxNode TypeOf(SyntaxNode syntax) => syntax is ObjectCreationExpressionSyntax creation ? creation.Type : syntax;
}
