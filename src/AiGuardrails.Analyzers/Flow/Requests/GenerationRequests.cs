using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>A body, in view, of an HTTP request that makes a model write and sets no cap on output tokens.</summary>
/// <param name="Path">The path that it goes to.</param>
/// <param name="Syntax">The code that makes it: an object creation, or a text.</param>
internal readonly record struct UncappedRequest(GenerationPath Path, SyntaxNode Syntax);

/// <summary>HTTP requests that make a model write, with a body in view.</summary>
internal static class GenerationRequests
{
    /// <summary>The bodies of the request that the call sends, if that is one, which set no cap on output tokens.</summary>
    public static IEnumerable<UncappedRequest> Uncapped(IInvocationOperation call, AiContext ai, CancellationToken cancellationToken)
    {
        if (!RawHttp.IsCall(call.TargetMethod))
        {
            return [];
        }

        return call.TargetMethod.Name switch
        {
            "PostAsync" or "PostAsJsonAsync" => PathOf(call.ArgumentNamed("requestUri")?.Value, cancellationToken) is { } path
                ? Uncapped(path, (call.ArgumentNamed("content") ?? call.ArgumentNamed("value"))?.Value, ai, cancellationToken)
                : [],
            "SendAsync" or "Send" => UncappedMessages(call.ArgumentNamed("request")?.Value, ai, cancellationToken),
            _ => [],
        };
    }

    /// <summary>The bodies that an argument hands over as JSON, past the typed surface of an SDK, which set no cap on output tokens.</summary>
    public static IEnumerable<UncappedRequest> Uncapped(IArgumentOperation content, AiContext ai, CancellationToken cancellationToken) =>
        // What the body is for shows in what it asks.
        RawHttp.GenerationPaths.GroupBy(static path => path.Input, StringComparer.Ordinal).SelectMany(paths => Uncapped(paths.First(), content.Value, ai, cancellationToken));

    private static IEnumerable<UncappedRequest> UncappedMessages(IOperation? request, AiContext ai, CancellationToken cancellationToken)
    {
        foreach (var message in request is null ? [] : VisibleObject.Of(request, ai, cancellationToken) ?? [])
        {
            if (message.ValueOf("method") is { } method && RequestUrls.IsPost(method)
                && PathOf(message.ValueOf("requestUri"), cancellationToken) is { } path)
            {
                foreach (var found in Uncapped(path, message.ValueOf("Content"), ai, cancellationToken))
                {
                    yield return found;
                }
            }
        }
    }

    private static IEnumerable<UncappedRequest> Uncapped(GenerationPath path, IOperation? content, AiContext ai, CancellationToken cancellationToken)
    {
        foreach (var body in VisibleJson.Of(content, ai, cancellationToken))
        {
            if (IsReadAsWritten(body) && body.MayHave(path.Input) && !MayCap(path, body))
            {
                yield return new UncappedRequest(path, body.Syntax);
            }
        }
    }

    // A prompt that is kept at the provider is saved with its settings, and they are not in view.
    private static bool MayCap(GenerationPath path, VisibleJson body) =>
        RawHttp.OutputCapMembers.Any(body.MayHave) || (path.Settings is { } settings && body.MayHave(settings));

    /// <summary>
    /// Whether the members of the JSON are those in view: of a text, an anonymous object, a dictionary, a JSON object. A class may
    /// have members that its constructor or its converter adds, and a JSON object that is made of others has theirs.
    /// </summary>
    private static bool IsReadAsWritten(VisibleJson body) => body.Object?.Creation switch
    {
        null or IAnonymousObjectCreationOperation => true,
        IObjectCreationOperation { Arguments: var arguments, Type: { } type } => (RawHttp.IsJson(type) || type is { Name: "Dictionary", ContainingNamespace.Name: "Generic" })
            && arguments.All(static argument => argument.ArgumentKind == ArgumentKind.DefaultValue),
        _ => false,
    };

    private static GenerationPath? PathOf(IOperation? url, CancellationToken cancellationToken) =>
        url is null ? null : RawHttp.GenerationPaths.FirstOrDefault(entry => RequestUrls.Of(url, cancellationToken).Any(text => RequestUrls.EndsIn(text, entry.Path)));
}
