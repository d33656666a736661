using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>An HTTP request that starts a training job: what is known of its URL, and its body where that is in view.</summary>
internal readonly record struct TrainingRequest(string Url, IOperation? Content);

/// <summary>HTTP requests that start a training job.</summary>
internal static class TrainingRequests
{
    /// <summary>The request of a call that posts to a path that starts a training job (<c>PostAsync</c>, <c>PostAsJsonAsync</c>), or null.</summary>
    public static TrainingRequest? Of(IInvocationOperation invocation, CancellationToken cancellationToken) =>
        invocation.TargetMethod is { Name: "PostAsync" or "PostAsJsonAsync", ContainingType.Name: "HttpClient" or "HttpClientJsonExtensions" }
        && invocation.ArgumentNamed("requestUri") is { } url
        && StartUrl(url.Value, cancellationToken) is { } start
            ? new TrainingRequest(start, (invocation.ArgumentNamed("content") ?? invocation.ArgumentNamed("value"))?.Value)
            : null;

    /// <summary>The request that a message is, when it is posted to such a path, or null.</summary>
    public static TrainingRequest? Of(IObjectCreationOperation creation, AiBody body, CancellationToken cancellationToken)
    {
        if (creation.Type is not { Name: "HttpRequestMessage" })
        {
            return null;
        }

        var set = PropertiesOf(creation, body).ToLookup(static property => property.Name, static property => property.Value, StringComparer.Ordinal);
        var methods = ArgumentsNamed(creation, "method").Concat(set["Method"]);
        if (!methods.Any(static method => RequestUrls.IsPost(method)))
        {
            return null;
        }

        var start = ArgumentsNamed(creation, "requestUri").Concat(set["RequestUri"])
            .Select(url => StartUrl(url, cancellationToken))
            .FirstOrDefault(static url => url is not null);

        return start is null ? null : new TrainingRequest(start, set["Content"].LastOrDefault());
    }

    /// <summary>The URL, with holes, when a POST to it starts a training job.</summary>
    private static string? StartUrl(IOperation url, CancellationToken cancellationToken) =>
        RequestUrls.Of(url, cancellationToken).FirstOrDefault(static text => RawHttp.TrainingStartPaths.Any(path => RequestUrls.EndsIn(text, path)));

    private static IEnumerable<IOperation> ArgumentsNamed(IObjectCreationOperation creation, string parameter) =>
        creation.Arguments.Where(argument => argument.Parameter?.Name == parameter).Select(static argument => argument.Value);

    /// <summary>What the initialiser sets, and what is assigned to the local that holds the object, up to its next value.</summary>
    private static IEnumerable<(string Name, IOperation Value)> PropertiesOf(IObjectCreationOperation creation, AiBody body)
    {
        foreach (var operation in creation.Initializer?.Initializers ?? [])
        {
            if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } assignment)
            {
                yield return (property.Property.Name, assignment.Value);
            }
        }

        if (LocalOf(creation) is not { } local)
        {
            yield break;
        }

        var start = creation.Syntax.Span.End;
        var end = body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment)
            .Where(assignment => IsLocal(assignment.Target, local) && assignment.Syntax.SpanStart > start)
            .Select(static assignment => assignment.Syntax.SpanStart)
            .DefaultIfEmpty(int.MaxValue)
            .Min();

        foreach (var assignment in body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            if (assignment.Target is IPropertyReferenceOperation { Instance: { } instance } property
                && IsLocal(instance, local)
                && assignment.Syntax.SpanStart > start
                && assignment.Syntax.SpanStart < end)
            {
                yield return (property.Property.Name, assignment.Value);
            }
        }
    }

    private static ILocalSymbol? LocalOf(IOperation value)
    {
        var parent = value.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
        {
            parent = parent.Parent;
        }

        return parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => target.Local,
            _ => null,
        };
    }

    private static bool IsLocal(IOperation operation, ILocalSymbol local) =>
        operation.Unwrap() is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);
}
