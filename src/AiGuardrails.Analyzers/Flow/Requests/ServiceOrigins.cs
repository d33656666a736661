using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>Whose service a call speaks to.</summary>
internal enum ServiceKind
{
    /// <summary>Nothing in view says so.</summary>
    Unknown,

    /// <summary>The service that the SDK speaks to by itself.</summary>
    Default,

    /// <summary>One that takes names of deployments: what model is behind a name is the team's own affair.</summary>
    Deployments,

    /// <summary>One that the code names by its host.</summary>
    Named,
}

/// <summary>Whose service a call speaks to.</summary>
/// <param name="Kind">How it is known.</param>
/// <param name="Provider">The provider in the catalogue, where the host is one of its hosts; else null.</param>
internal readonly record struct ServiceOrigin(ServiceKind Kind, string? Provider = null);

/// <summary>Finds out whose service a call speaks to: from the client that it is made on, or from the hosts that the code names.</summary>
internal sealed class ServiceOrigins(AiContext ai, ModelCatalogue catalogue, CancellationToken cancellationToken)
{
    private const int MaxDepth = 8;

    /// <summary>The service behind a place where a model is named.</summary>
    public ServiceOrigin Of(ModelName name, AiBody body) => name switch
    {
        { Kind: ModelSinkKind.Json } => OfTexts(body),
        { Sink: IArgumentOperation { Parent: { } call } } => OfCall(call, depth: 0),
        _ => default,
    };

    /// <summary>The service behind a URL, of which parts may be unknown.</summary>
    public ServiceOrigin OfUrl(string url)
    {
        if (RawHttp.DeploymentPaths.Any(url.Contains))
        {
            return new(ServiceKind.Deployments);
        }

        return catalogue.FindProviderOf(url) is { } provider ? OfProvider(provider)
            : url.StartsWith("http", StringComparison.OrdinalIgnoreCase) && url.IndexOf(PartialTexts.Hole) < 0 ? new(ServiceKind.Named)
            : default;
    }

    /// <summary>The service whose host the strings of a body name, or those of the type around it.</summary>
    public ServiceOrigin OfTexts(AiBody body)
    {
        if (RawHttp.DeploymentPaths.Any(path => body.Http.Names(path, inTypeAround: false) || body.Http.Names(path, inTypeAround: true)))
        {
            return new(ServiceKind.Deployments);
        }

        foreach (var around in (bool[])[false, true])
        {
            var providers = catalogue.Providers.Where(provider => provider.Hosts.Any(host => body.Http.Names(host, around))).ToArray();
            if (providers.Length > 0)
            {
                return providers.Length == 1 ? OfProvider(providers[0]) : default;
            }

            if (RawHttp.Hosts.Any(host => host.Contains('.') && body.Http.Names(host, around)))
            {
                return new(ServiceKind.Named);
            }
        }

        return default;
    }

    /// <summary>The service behind a call that makes a client, or that is made on one.</summary>
    public ServiceOrigin OfCall(IOperation call) => OfCall(call, depth: 0);

    private static ServiceOrigin OfProvider(ModelProvider provider) =>
        provider.Name == ModelCatalogue.Azure ? new(ServiceKind.Deployments) : new(ServiceKind.Named, provider.Name);

    private ServiceOrigin OfClient(IOperation? client, int depth)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (client is null || depth > MaxDepth)
        {
            return default;
        }

        if (ai.IsDeploymentClient(client.Unwrap().Type))
        {
            return new(ServiceKind.Deployments);
        }

        // Where the ways lead to different services, none is known, save that one of them may take deployments.
        ServiceOrigin? all = null;
        foreach (var source in ValueSources.Of(client, cancellationToken).Where(static source => !source.IsNull))
        {
            var one = source.Value switch
            {
                var made when ai.IsDeploymentClient(made.Type) => new(ServiceKind.Deployments),
                IObjectCreationOperation or IInvocationOperation => OfCall(source.Value, depth + 1),
                IConditionalAccessOperation access => OfClient(access.WhenNotNull, depth + 1),
                IConditionalAccessInstanceOperation instance => OfClient(ReceiverOf(instance), depth + 1),
                _ => default,
            };

            if (one.Kind == ServiceKind.Deployments)
            {
                return one;
            }

            all = all is null || all == one ? one : default(ServiceOrigin);
        }

        return all ?? default;
    }

    private ServiceOrigin OfCall(IOperation call, int depth)
    {
        var (arguments, instance, method) = call switch
        {
            IObjectCreationOperation creation => (creation.Arguments, null, creation.Constructor),
            IInvocationOperation invocation => (invocation.Arguments, invocation.Instance, invocation.TargetMethod),
            _ => default,
        };

        if (method is null || depth > MaxDepth)
        {
            return default;
        }

        if (ai.IsDeploymentClient(method.ContainingType) || method.Parameters.Any(ai.IsDeploymentParameter))
        {
            return new(ServiceKind.Deployments);
        }

        if (!ai.IsSdk(method.ContainingAssembly))
        {
            return default;
        }

        if (instance is not null)
        {
            return OfClient(instance, depth + 1);
        }

        var origin = new ServiceOrigin(ServiceKind.Default);
        foreach (var argument in arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && OfArgument(argument.Parameter, argument.Value, depth) is { } given)
            {
                if (given.Kind is ServiceKind.Deployments)
                {
                    return given;
                }

                origin = given;
            }
        }

        return origin;
    }

    /// <summary>What an argument says of the service; null where it has no say in it.</summary>
    private ServiceOrigin? OfArgument(IParameterSymbol? parameter, IOperation value, int depth) =>
        new ValueSource(value.Unwrap(), []).IsNull ? null : parameter switch
        {
            { Name: "endpoint" or "baseUri" } => OfEndpoint(value),
            { Name: "options" or "settings" or "clientOptions" } => OfOptions(value),
            { Type.Name: "HttpClient" or "ClientPipeline" } => default(ServiceOrigin),
            { Type: { } type } when type.Name.EndsWith("Client", StringComparison.Ordinal) && ai.IsSdk(type.ContainingAssembly) => OfClient(value, depth + 1),
            _ => null,
        };

    /// <summary>Options may name another endpoint; those that are not in view may do anything.</summary>
    private ServiceOrigin? OfOptions(IOperation value)
    {
        if (VisibleObject.Of(value, ai, cancellationToken) is not { } visible || visible.Count < ValueSources.Of(value, cancellationToken).Count)
        {
            return default(ServiceOrigin);
        }

        ServiceOrigin? origin = null;
        foreach (var options in visible)
        {
            foreach (var endpoint in RawHttp.EndpointMembers.SelectMany(options.ValuesOf))
            {
                origin = OfEndpoint(endpoint);
            }

            if (origin is null && RawHttp.EndpointMembers.Any(options.HasValue))
            {
                origin = new(ServiceKind.Named);
            }
        }

        return origin;
    }

    private ServiceOrigin OfEndpoint(IOperation value)
    {
        foreach (var source in ValueSources.Of(value, cancellationToken))
        {
            foreach (var url in PartialTexts.Of(source.Value is IObjectCreationOperation { Arguments: [var text, ..] } ? text.Value : source.Value, cancellationToken))
            {
                return OfUrl(url.Text) is { Kind: not ServiceKind.Unknown } known ? known : new(ServiceKind.Named);
            }
        }

        // Who names an endpoint means another one than that of the SDK.
        return new(ServiceKind.Named);
    }

    private static IOperation? ReceiverOf(IOperation inner)
    {
        for (var current = inner.Parent; current is not null; current = current.Parent)
        {
            if (current is IConditionalAccessOperation access)
            {
                return access.Operation;
            }
        }

        return null;
    }
}
