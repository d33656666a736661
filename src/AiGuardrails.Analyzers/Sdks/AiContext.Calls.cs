using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

// Models, generation calls and what bounds them.
internal sealed partial class AiContext
{
    private readonly MemberLookup _modelParameters = types.Members(static sdk => sdk.ModelParameters);
    private readonly MemberLookup _modelProperties = types.Members(static sdk => sdk.ModelProperties);
    private readonly MemberLookup _deploymentParameters = types.Members(static sdk => sdk.DeploymentParameters);
    private readonly MemberLookup _generationCalls = types.Members(static sdk => sdk.GenerationCalls);
    private readonly MemberLookup _jsonBodyParameters = types.Members(static sdk => sdk.JsonBodyParameters);
    private readonly MemberLookup _outputCapParameters = types.Members(static sdk => sdk.OutputCapParameters);
    private readonly MemberLookup _neutralSteps = types.Members(static sdk => sdk.NeutralSteps);
    private readonly MemberLookup _configuringSteps = types.Members(static sdk => sdk.ConfiguringSteps);
    private readonly MemberLookup _cappingBridges = types.Members(static sdk => sdk.CappingBridges);
    private readonly MemberLookup _toolIterationMembers =
        types.Members(static sdk => sdk.ToolIterationLimits.Select(static limit => new MemberParameter(limit.Type, limit.Member, limit.Parameter ?? "")));

    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _clientBuilders = types.Set(static sdk => sdk.ClientBuilders);
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _deploymentClients = types.Set(static sdk => sdk.DeploymentClients);
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _modelEnums = types.Set(static sdk => sdk.ModelEnums);
    private readonly bool _referencesDeployments = types.Compilation.ReferencedAssemblyNames.Any(static assembly => AzureOpenAISdk.IsAzureAI(assembly.Name));
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, CallOptions>> _callOptions = types.Table(static sdk => sdk.CallOptions, static options => options.Type);

    /// <summary>Whether the value of this parameter names the model, or the deployment, to call.</summary>
    public bool IsModelParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method
        && (_modelParameters.Contains(method, parameter) || _deploymentParameters.Contains(method, parameter) || _annotations.IsModelId(parameter));

    /// <summary>Whether the value of this parameter is the name of a deployment, which says nothing about the model behind it.</summary>
    public bool IsDeploymentParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && _deploymentParameters.Contains(method, parameter);

    /// <summary>Whether this property names the model to call.</summary>
    public bool IsModelProperty(IPropertySymbol property) => _modelProperties.Contains(property) || _annotations.IsModelId(property);

    /// <summary>The ID on the wire of a member of an enum of models, or null.</summary>
    public string? ModelIdOf(IFieldSymbol field) =>
        field.ContainingType is { TypeKind: TypeKind.Enum } type && _modelEnums.Value.Contains(type) ? ModelEnumNames.WireNameOf(field.Name) : null;

    /// <summary>Whether the type is a client that takes deployments where its base class takes models.</summary>
    public bool IsDeploymentClient(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (_deploymentClients.Value.Contains(current.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gets a value indicating whether an SDK whose clients take deployments is referenced.</summary>
    public bool MayUseDeployments => _referencesDeployments || !_deploymentClients.Value.IsEmpty;

    /// <summary>Whether the method makes a model produce output.</summary>
    public bool IsGenerationCall(IMethodSymbol method) => _generationCalls.Contains(method) || _annotations.GeneratesText(method);

    /// <summary>Whether this parameter takes the JSON body of an AI call.</summary>
    public bool IsJsonBodyParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && _jsonBodyParameters.Contains(method, parameter);

    /// <summary>What is known of a type of options of generation calls: its own entry, or that of the nearest type that it derives from.</summary>
    public CallOptions? CallOptionsOf(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (_callOptions.Value.TryGetValue(current.OriginalDefinition, out var options))
            {
                return options;
            }
        }

        return type is not null && _annotations.OutputCapsOf(type) is { IsEmpty: false } own ? new CallOptions(type.ToDisplayString(), own) : null;
    }

    /// <summary>Whether the parameter of a generation call caps the output tokens.</summary>
    public bool IsOutputCapParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && (_outputCapParameters.Contains(method, parameter) || _annotations.IsOutputCap(parameter));

    /// <summary>Whether the type is a builder of clients.</summary>
    public bool IsClientBuilder(ITypeSymbol? type) => type is INamedTypeSymbol && _clientBuilders.Value.Contains(type);

    /// <summary>Whether the method, a step of a builder or an extension of the options, leaves the cap as it is.</summary>
    public bool IsNeutralStep(IMethodSymbol method) => _neutralSteps.Contains(method);

    /// <summary>Whether the step of a builder takes a delegate which works on the options of every call.</summary>
    public bool IsConfiguringStep(IMethodSymbol method) => _configuringSteps.Contains(method);

    /// <summary>The names of the steps by which a builder configures such options.</summary>
    public ImmutableArray<string> ConfiguringStepsOf(CallOptions options) =>
        [.. _types.Sdks.Where(sdk => sdk.CallOptions.Contains(options)).SelectMany(static sdk => sdk.ConfiguringSteps).Select(static step => step.Name)];

    /// <summary>Whether the method makes a client with a cap on output tokens of its own.</summary>
    public bool IsCappingBridge(IMethodSymbol method) => _cappingBridges.Contains(method);

    /// <summary>Gets the names of clients of models that run on the machine itself.</summary>
    public ImmutableArray<string> LocalClients { get; } = [.. types.Sdks.SelectMany(static sdk => sdk.LocalClients)];

    /// <summary>The limits on tool iterations of the SDKs in use.</summary>
    public IEnumerable<ToolIterationLimit> ToolIterationLimits => _types.Sdks.SelectMany(static sdk => sdk.ToolIterationLimits);

    /// <summary>The limit on tool iterations that this property or parameter sets, or null.</summary>
    public ToolIterationLimit? ToolIterationLimitOf(ISymbol symbol)
    {
        var (member, parameter) = symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } of ? ((ISymbol)method, of) : (symbol, null);
        return _toolIterationMembers.Contains(member, parameter)
            ? ToolIterationLimits.First(limit => limit.Member == member.Name && limit.Parameter is null == parameter is null)
            : null;
    }
}
