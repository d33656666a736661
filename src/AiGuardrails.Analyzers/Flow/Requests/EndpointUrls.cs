using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>The addresses that a body gives to clients of AI services, or sends requests to.</summary>
internal static class EndpointUrls
{
    /// <summary>The addresses, as far as they are in view, each with the piece of source that holds it.</summary>
    public static IEnumerable<PartialText> In(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        foreach (var argument in body.All<IArgumentOperation>(OperationKind.Argument))
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Parameter is not { } parameter)
            {
                continue;
            }

            var isSink = ai.IsEndpointSink(parameter);
            if (isSink || (parameter.Name is "requestUri" && body.Http.NamesAiHost))
            {
                foreach (var url in TextsOf(argument.Value, cancellationToken))
                {
                    if (isSink || NamesService(url.Text))
                    {
                        yield return url;
                    }
                }
            }
        }

        foreach (var assignment in body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            if (assignment.Target is not IPropertyReferenceOperation { Property: var property })
            {
                continue;
            }

            var isSink = ai.IsEndpointSink(property);
            if (isSink || (property is { Name: "BaseAddress" or "RequestUri", ContainingType.Name: "HttpClient" or "HttpRequestMessage" } && body.Http.NamesAiHost))
            {
                foreach (var url in TextsOf(assignment.Value, cancellationToken))
                {
                    // The host of the service is this one, where only its paths are named elsewhere.
                    if (isSink || NamesService(url.Text) || (property.Name == "BaseAddress" && body.Http.Hosts.IsEmpty))
                    {
                        yield return url;
                    }
                }
            }
        }
    }

    private static bool NamesService(string url) => RawHttp.Hosts.Any(host => url.IndexOf(host, StringComparison.OrdinalIgnoreCase) >= 0);

    private static IEnumerable<PartialText> TextsOf(IOperation value, CancellationToken cancellationToken)
    {
        if (value.Type?.SpecialType == SpecialType.System_String || value.Unwrap().Type?.SpecialType == SpecialType.System_String)
        {
            return Addresses(value, cancellationToken);
        }

        var found = new List<PartialText>();
        foreach (var source in ValueSources.Of(value, cancellationToken))
        {
            // new Uri("…"), and new Uri(new Uri("…"), "path").
            var made = source.Value;
            for (var depth = 0; depth < 4 && made.Unwrap() is IObjectCreationOperation { Type.Name: "Uri", Arguments: [var first, ..] }; depth++)
            {
                made = first.Value;
                if (made.Unwrap().Type?.SpecialType == SpecialType.System_String)
                {
                    found.AddRange(Addresses(made, cancellationToken));
                    break;
                }

                if (ValueSources.Of(made, cancellationToken) is [{ Value: var only }])
                {
                    made = only;
                }
            }
        }

        return found;
    }

    // A constant is shown where it is declared; an address with unknown parts, where it is put together.
    private static IEnumerable<PartialText> Addresses(IOperation value, CancellationToken cancellationToken)
    {
        var constants = ConstantValues.Of(value, cancellationToken);
        return constants.Select(static constant => new PartialText(constant.Text, constant.Syntax))
            .Concat(PartialTexts.Of(value, cancellationToken).Where(text => constants.All(constant => constant.Text != text.Text)));
    }
}
