using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>HTTP requests that start a training job.</summary>
internal static class TrainingRequests
{
    // Stands for the part of a URL that is not constant; no path holds it.
    private const string Hole = "\u0001";

    /// <summary>Whether the call is a POST to a path that starts a training job: <c>PostAsync</c>, <c>PostAsJsonAsync</c>.</summary>
    public static bool IsPost(IInvocationOperation invocation, CancellationToken cancellationToken) =>
        invocation.TargetMethod is { Name: "PostAsync" or "PostAsJsonAsync", ContainingType.Name: "HttpClient" or "HttpClientJsonExtensions" }
        && invocation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "requestUri") is { } url
        && StartsTraining(url.Value, cancellationToken);

    /// <summary>Whether the request message is a POST to such a path.</summary>
    public static bool IsPost(IObjectCreationOperation creation, CancellationToken cancellationToken) =>
        creation is { Type.Name: "HttpRequestMessage", Arguments: [var method, var url, ..] }
        && method.Value.Unwrap() is IPropertyReferenceOperation { Property.Name: "Post" }
        && StartsTraining(url.Value, cancellationToken);

    private static bool StartsTraining(IOperation url, CancellationToken cancellationToken)
    {
        var value = url.Unwrap();
        if (value is IObjectCreationOperation { Type.Name: "Uri" } uri)
        {
            return uri.Arguments.Any(argument => StartsTraining(argument.Value, cancellationToken));
        }

        if (ConstantValues.Of(value, cancellationToken).Any(static constant => IsStartPath(constant.Text)))
        {
            return true;
        }

        // The host may be configured; the path tells.
        return value switch
        {
            IInterpolatedStringOperation interpolated => IsStartPath(string.Concat(interpolated.Parts.Select(static part =>
                part is IInterpolatedStringTextOperation text ? text.Text.ConstantText() : Hole))),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, RightOperand: var right } => right.ConstantText() is { } text && IsStartPath(text),
            _ => false,
        };
    }

    private static bool IsStartPath(string url)
    {
        var query = url.IndexOf('?');
        var path = (query < 0 ? url : url.Substring(0, query)).TrimEnd('/');
        return RawHttp.TrainingStartPaths.Any(start =>
            path.EndsWith(start, StringComparison.Ordinal)
            && (path.Length == start.Length || path[path.Length - start.Length - 1] == '/'));
    }
}
