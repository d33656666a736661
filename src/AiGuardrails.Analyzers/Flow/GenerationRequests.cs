using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>A body, in view, of an HTTP request that makes a model write, and what it lacks.</summary>
/// <param name="Path">The path that it goes to.</param>
/// <param name="Syntax">The code that makes it: an object creation, or a constant text.</param>
internal readonly record struct UncappedRequest(GenerationPath Path, SyntaxNode Syntax);

/// <summary>HTTP requests that make a model write, with a body in view.</summary>
internal static class GenerationRequests
{
    // Stands for the part of a URL that is not constant; no path holds it.
    private const string Hole = "\u0001";

    /// <summary>The bodies of the request that the call sends, if that is one, which set no cap on output tokens.</summary>
    public static IEnumerable<UncappedRequest> Uncapped(IInvocationOperation call, AiContext ai, CancellationToken cancellationToken)
    {
        if (!RawHttp.IsCall(call.TargetMethod))
        {
            return [];
        }

        switch (call.TargetMethod.Name)
        {
            case "PostAsync":
                return PathOf(ArgumentOf(call, "requestUri"), cancellationToken) is { } path ? UncappedContents(path, ArgumentOf(call, "content"), ai, cancellationToken) : [];

            case "PostAsJsonAsync":
                return PathOf(ArgumentOf(call, "requestUri"), cancellationToken) is { } jsonPath ? UncappedObjects(jsonPath, ArgumentOf(call, "value"), ai, cancellationToken) : [];

            case "SendAsync" or "Send":
                return ArgumentOf(call, "request") is { } request ? UncappedMessages(request, ai, cancellationToken) : [];

            default:
                return [];
        }
    }

    /// <summary>The bodies that an argument hands over as JSON, past the typed surface of an SDK, which set no cap on output tokens.</summary>
    public static IEnumerable<UncappedRequest> Uncapped(IArgumentOperation content, AiContext ai, CancellationToken cancellationToken)
    {
        foreach (var source in ValueSources.Of(content.Value, cancellationToken))
        {
            var body = source.Value;
            while (body is IInvocationOperation { TargetMethod: { Name: "Create" or "FromString" or "FromBytes" or "FromObjectAsJson", ContainingType.Name: "BinaryContent" or "BinaryData" }, Arguments: [var given, ..] })
            {
                body = given.Value.Unwrap();
            }

            // What the body is for shows in what it asks.
            foreach (var found in RawHttp.GenerationPaths.GroupBy(static path => path.Inputs[0]).SelectMany(paths => UncappedObjects(paths.First(), body, ai, cancellationToken)))
            {
                yield return found;
            }
        }
    }

    private static IOperation? ArgumentOf(IInvocationOperation call, string parameter) => call.ArgumentNamed(parameter)?.Value;

    private static IEnumerable<UncappedRequest> UncappedMessages(IOperation request, AiContext ai, CancellationToken cancellationToken)
    {
        foreach (var message in VisibleObject.Of(request, ai, cancellationToken) ?? [])
        {
            if (message.ValueOf("method")?.Unwrap() is IPropertyReferenceOperation { Property.Name: "Post" }
                && PathOf(message.ValueOf("requestUri"), cancellationToken) is { } path
                && message.ValueOf("Content") is { } content)
            {
                foreach (var found in UncappedContents(path, content, ai, cancellationToken))
                {
                    yield return found;
                }
            }
        }
    }

    /// <summary>Looks into <c>new StringContent(json)</c> and <c>JsonContent.Create(body)</c>.</summary>
    private static IEnumerable<UncappedRequest> UncappedContents(GenerationPath path, IOperation? content, AiContext ai, CancellationToken cancellationToken)
    {
        foreach (var source in content is null ? [] : ValueSources.Of(content, cancellationToken))
        {
            var body = source.Value switch
            {
                IObjectCreationOperation { Type.Name: "StringContent" or "ByteArrayContent" } creation => creation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "content")?.Value,
                IInvocationOperation { TargetMethod: { Name: "Create", ContainingType.Name: "JsonContent" } } create => ArgumentOf(create, "inputValue"),
                _ => null,
            };

            foreach (var found in UncappedObjects(path, body, ai, cancellationToken))
            {
                yield return found;
            }
        }
    }

    /// <summary>Judges the JSON: constant text, an anonymous object, a JSON object, a dictionary; serialised or yet to be.</summary>
    private static IEnumerable<UncappedRequest> UncappedObjects(GenerationPath path, IOperation? body, AiContext ai, CancellationToken cancellationToken)
    {
        if (body is null)
        {
            yield break;
        }

        var objects = new List<IOperation>();
        foreach (var source in ValueSources.Of(body, cancellationToken))
        {
            if (TextOf(source.Value) is { } json)
            {
                if (IsUncapped(path, json))
                {
                    yield return new UncappedRequest(path, source.Value.Syntax);
                }
            }
            else
            {
                var made = Serialized(source.Value) ?? body;
                if (!objects.Contains(made))
                {
                    objects.Add(made);
                }
            }
        }

        foreach (var made in objects.SelectMany(made => VisibleObject.Of(made, ai, cancellationToken) ?? []))
        {
            if (IsJson(made.Creation) && path.Inputs.Any(made.IsSet) && !RawHttp.OutputCapMembers.Any(made.IsSet))
            {
                yield return new UncappedRequest(path, made.Creation.Syntax);
            }
        }
    }

    private static string? TextOf(IOperation value) => value is IUtf8StringOperation utf8 ? utf8.Value : value.ConstantText();

    private static IOperation? Serialized(IOperation text) => text switch
    {
        IInvocationOperation { TargetMethod: { Name: "Serialize" or "SerializeToUtf8Bytes" or "SerializeObject", ContainingType.Name: "JsonSerializer" or "JsonConvert" }, Arguments: [var value, ..] } => value.Value,
        IInvocationOperation { TargetMethod.Name: "ToJsonString" or "ToString", Instance: { } instance } when RawHttp.IsJson(instance.Type) => instance,
        _ => null,
    };

    private static bool IsJson(IOperation creation) => creation switch
    {
        IAnonymousObjectCreationOperation => true,

        // A JSON object that is made of others has members that are not in view here.
        IObjectCreationOperation { Arguments: var arguments, Type: { } type } => (RawHttp.IsJson(type) || type is { Name: "Dictionary", ContainingNamespace.Name: "Generic" })
            && arguments.All(static argument => argument.ArgumentKind == ArgumentKind.DefaultValue),
        _ => false,
    };

    private static bool IsUncapped(GenerationPath path, string json) =>
        path.Inputs.Any(input => Names(json, input)) && !RawHttp.OutputCapMembers.Any(cap => Names(json, cap));

    private static bool Names(string json, string member) => json.IndexOf("\"" + member + "\"", StringComparison.Ordinal) >= 0;

    private static GenerationPath? PathOf(IOperation? url, CancellationToken cancellationToken)
    {
        var value = url?.Unwrap();
        if (value is IObjectCreationOperation { Type.Name: "Uri" } uri)
        {
            return uri.Arguments.Select(argument => PathOf(argument.Value, cancellationToken)).FirstOrDefault(static path => path is not null);
        }

        if (value is null)
        {
            return null;
        }

        // The host may be configured; the path tells.
        return ConstantValues.Of(value, cancellationToken).Select(static constant => PathIn(constant.Text)).FirstOrDefault(static path => path is not null)
            ?? value switch
            {
                IInterpolatedStringOperation interpolated => PathIn(string.Concat(interpolated.Parts.Select(static part =>
                    part is IInterpolatedStringTextOperation text ? text.Text.ConstantText() : Hole))),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, RightOperand: var right } => right.ConstantText() is { } text ? PathIn(text) : null,
                _ => null,
            };
    }

    private static GenerationPath? PathIn(string url)
    {
        var query = url.IndexOf('?');
        var path = (query < 0 ? url : url.Substring(0, query)).TrimEnd('/');
        return RawHttp.GenerationPaths.FirstOrDefault(entry =>
            path.EndsWith(entry.Path, StringComparison.Ordinal)
            && (path.Length == entry.Path.Length || path[path.Length - entry.Path.Length - 1] == '/'));
    }
}
