using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow;

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

    /// <summary>The service behind a client.</summary>
    public ServiceOrigin OfClient(IOperation? client) => OfClient(client, depth: 0);

    private static ServiceOrigin OfProvider(ModelProvider provider) =>
        provider.Name == ModelCatalogue.Azure ? new(ServiceKind.Deployments) : new(ServiceKind.Named, provider.Name);

    private ServiceOrigin OfClient(IOperation? client, int depth)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (client is null || depth > MaxDepth)
        {
            return default;
        }

        client = client.Unwrap();
        if (ai.IsDeploymentClient(client.Type))
        {
            return new(ServiceKind.Deployments);
        }

        return client switch
        {
            IObjectCreationOperation or IInvocationOperation => OfCall(client, depth + 1),
            ILocalReferenceOperation local => OfAll(ConstantValues.AssignedTo(local, cancellationToken), depth),
            IFieldReferenceOperation field => OfAll(ConstantValues.InitialValues(field, field.Field, cancellationToken), depth),
            IPropertyReferenceOperation property => OfAll(ConstantValues.InitialValues(property, property.Property, cancellationToken), depth),
            ICoalesceOperation coalesce => OfAll([coalesce.Value, coalesce.WhenNull], depth),
            IConditionalOperation { WhenFalse: { } other } conditional => OfAll([conditional.WhenTrue, other], depth),
            IConditionalAccessOperation access => OfClient(access.WhenNotNull, depth + 1),
            IConditionalAccessInstanceOperation instance => OfClient(ReceiverOf(instance), depth + 1),
            _ => default,
        };
    }

    // Where the ways lead to different services, none is known, save that one of them may take deployments.
    private ServiceOrigin OfAll(IEnumerable<IOperation?> values, int depth)
    {
        ServiceOrigin? all = null;
        foreach (var value in values)
        {
            var one = OfClient(value, depth + 1);
            if (one.Kind == ServiceKind.Deployments)
            {
                return one;
            }

            all = all is null || all == one ? one : default(ServiceOrigin);
        }

        return all ?? default;
    }

    /// <summary>The service behind a call that makes a client, or that is made on one.</summary>
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

        if (instance is not null)
        {
            return ai.IsSdk(method.ContainingAssembly) ? OfClient(instance, depth + 1) : default;
        }

        if (!ai.IsSdk(method.ContainingAssembly))
        {
            return call is IInvocationOperation { Arguments.IsEmpty: true } ? OfClient(ConstantValues.ReturnedBy(call, method, cancellationToken), depth + 1) : default;
        }

        var origin = new ServiceOrigin(ServiceKind.Default);
        foreach (var argument in arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Value.Unwrap() is var value && value.ConstantValue is not { HasValue: true, Value: null }
                && OfArgument(argument.Parameter, value, depth) is { } given)
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
    private ServiceOrigin? OfArgument(IParameterSymbol? parameter, IOperation value, int depth) => parameter switch
    {
        { Name: "endpoint" or "baseUri" } => OfEndpoint(value),
        { Name: "options" or "settings" or "clientOptions" } => OfOptions(value, depth + 1),
        { Type.Name: "HttpClient" or "ClientPipeline" } => default(ServiceOrigin),
        { Type: { } type } when type.Name.EndsWith("Client", StringComparison.Ordinal) && ai.IsSdk(type.ContainingAssembly) => OfClient(value, depth + 1),
        _ => null,
    };

    private ServiceOrigin OfEndpoint(IOperation value)
    {
        foreach (var url in PartialTexts.Of(value is IObjectCreationOperation { Arguments: [var text, ..] } ? text.Value : value, cancellationToken))
        {
            return OfUrl(url.Text);
        }

        return default;
    }

    /// <summary>Options may name another endpoint; those that are not in view may do anything.</summary>
    private ServiceOrigin? OfOptions(IOperation value, int depth)
    {
        if (depth > MaxDepth)
        {
            return default(ServiceOrigin);
        }

        switch (value.Unwrap())
        {
            case IObjectCreationOperation creation:
                foreach (var member in creation.Initializer?.Initializers ?? [])
                {
                    if (member is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Endpoint" or "BaseUrl" }, Value: var endpoint })
                    {
                        return OfEndpoint(endpoint.Unwrap());
                    }
                }

                return null;

            case ILocalReferenceOperation local:
                // options.Endpoint = …, anywhere in the body.
                if (local.SemanticModel is { } model && BodyOf(local) is { } body && EndpointSetOn(local.Local, body, model) is { } set)
                {
                    return OfEndpoint(set.Unwrap());
                }

                var assigned = ConstantValues.AssignedTo(local, cancellationToken).ToArray();
                return assigned is [var only] ? OfOptions(only, depth + 1) : default(ServiceOrigin);

            case IFieldReferenceOperation field:
                return ConstantValues.InitialValues(field, field.Field, cancellationToken).ToArray() is [{ } initial] ? OfOptions(initial, depth + 1) : default(ServiceOrigin);

            default:
                return default(ServiceOrigin);
        }
    }

    private static SyntaxNode? BodyOf(IOperation operation) => operation.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is GlobalStatementSyntax { Parent: { } unit } ? unit : operation.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>();

    private IOperation? EndpointSetOn(ILocalSymbol options, SyntaxNode body, SemanticModel model)
    {
        foreach (var assignment in body.DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            if (assignment.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Endpoint" or "BaseUrl", Expression: IdentifierNameSyntax name }
                && name.Identifier.ValueText == options.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol, options))
            {
                return model.GetOperation(assignment.Right, cancellationToken);
            }
        }

        return null;
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
