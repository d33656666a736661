using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>The URLs and methods of HTTP requests, as far as they are constant: the host may be configured, the path tells.</summary>
internal static class RequestUrls
{
    /// <summary>The texts that a URL may be, with <see cref="PartialTexts.Hole"/> for what is not constant: of a text, or of what <c>new Uri(…)</c> is given.</summary>
    public static IEnumerable<string> Of(IOperation url, CancellationToken cancellationToken) =>
        Uris(url, depth: 0, cancellationToken).SelectMany(value => PartialTexts.Of(value, cancellationToken)).Select(static text => text.Text);

    /// <summary>Whether the path of the URL ends in these segments.</summary>
    public static bool EndsIn(string url, string segments)
    {
        var end = url.IndexOfAny(['?', '#']);
        var path = (end < 0 ? url : url.Substring(0, end)).TrimEnd('/');
        return path.EndsWith(segments, StringComparison.Ordinal)
            && (path.Length == segments.Length || path[path.Length - segments.Length - 1] is '/' or PartialTexts.Hole);
    }

    /// <summary>Whether the method of the request is POST.</summary>
    public static bool IsPost(IOperation method) => method.Unwrap() switch
    {
        IPropertyReferenceOperation { Property: { Name: "Post", ContainingType.Name: "HttpMethod" } } => true,
        IObjectCreationOperation { Type.Name: "HttpMethod", Arguments: [var name] } => string.Equals(name.Value.ConstantText(), "POST", StringComparison.OrdinalIgnoreCase),
        IInvocationOperation { TargetMethod: { Name: "Parse", ContainingType.Name: "HttpMethod" }, Arguments: [var name] } =>
            string.Equals(name.Value.ConstantText(), "POST", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>The texts behind <c>new Uri(…)</c>; of a base and a relative part, the relative part has the path.</summary>
    private static IEnumerable<IOperation> Uris(IOperation value, int depth, CancellationToken cancellationToken)
    {
        var unwrapped = value.Unwrap();
        if (unwrapped.Type is { SpecialType: SpecialType.System_String })
        {
            return [unwrapped];
        }

        return depth > 4 || unwrapped.Type is not { Name: "Uri" }
            ? []
            : ValueSources.Of(unwrapped, cancellationToken)
                .Select(static source => source.Value)
                .OfType<IObjectCreationOperation>()
                .Select(PathArgument)
                .SelectMany(argument => argument is null ? [] : Uris(argument.Value, depth + 1, cancellationToken));
    }

    private static IArgumentOperation? PathArgument(IObjectCreationOperation uri) =>
        uri.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "relativeUri")
        ?? uri.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0);
}
