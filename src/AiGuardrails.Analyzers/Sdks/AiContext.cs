using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Options;
using AiGuardrails.Core.Training;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// What the rules know of the AI SDKs in one compilation: built at most once, shared by every rule, and null where no SDK
/// is referenced and no AI host is named, which is how a rule costs nothing in other projects.
/// </summary>
internal sealed class AiContext
{
    // Weakly keyed: an entry dies with its compilation, so nothing is pinned between keystrokes.
    private static readonly ConditionalWeakTable<Compilation, StrongBox<AiContext?>> s_contexts = new();

    /// <summary>Every table, whether its SDK is referenced or not.</summary>
    public static readonly ImmutableArray<SdkTable> Tables =
        [OpenAISdk.Table, AzureOpenAISdk.Table, ExtensionsAISdk.Table, AnthropicSdk.Table, SemanticKernelSdk.Table, CommunityOpenAISdk.Table, .. OtherSdks.Tables];

    private readonly Compilation _compilation;
    private readonly ImmutableArray<SdkTable> _sdks;
    private readonly Lookup _modelParameters;
    private readonly Lookup _modelProperties;
    private readonly Lookup _deploymentParameters;
    private readonly Lookup _generationCalls;
    private readonly Lookup _outputCapParameters;
    private readonly Lookup _neutralSteps;
    private readonly Lookup _configuringSteps;
    private readonly Lookup _cappingBridges;
    private readonly Lookup _toolIterationMembers;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _clientBuilders;
    private readonly Lookup _trainingStarts;
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, CallOptions>> _callOptions;
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _deploymentClients;
    private readonly Annotations _annotations;
    private readonly bool _hasAnnotations;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _statusWrappers;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<INamedTypeSymbol, JobTable?> _inferredJobs = new(SymbolEqualityComparer.Default);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<INamedTypeSymbol, JobTable?> _inferredStatuses = new(SymbolEqualityComparer.Default);
    private readonly Lookup _jsonBodyParameters;
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, JobTable>> _jobsByType;
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, JobTable>> _jobsByStatusType;
    private readonly ConditionalWeakTable<SemanticModel, AiFile> _files = new();
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _resultWrappers;
    private readonly Lazy<ImmutableHashSet<IAssemblySymbol>> _assemblies;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<INamedTypeSymbol, JobTable?> _statusShapes = new(SymbolEqualityComparer.Default);
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, JobTable>> _protocolJobs;
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, BatchOutcome>> _batchOutcomes;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _costBudgetAttributes;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _costBudgets;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _decisionAttributes;
    private readonly Lookup _uploadFileParameters;
    private readonly Lookup _uploadPurposeParameters;
    private readonly Lookup _uploadPurposes;
    private readonly Lookup _trainingFileParameters;
    private readonly Lookup _jsonPatchSetters;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _modelEnums;
    private readonly bool _referencesDeployments;
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, TrainingOptions>> _trainingOptions;
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, HyperparameterType>> _hyperparameterTypes;
    private readonly Lookup _instructionSinks;
    private readonly ImmutableHashSet<string> _promptHelpers;
    private readonly Lookup _toolArguments;
    private readonly Lookup _toolDescriptions;
    private readonly Lookup _modelOutputs;
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _textParts;
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _retrievalResults;
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _roleTypes;
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, ResponseTable>> _responses;
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, PartTable>> _parts;
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, FinishReasonTable>> _finishReasons;
    private readonly TextSinks _credentialSinks;
    private readonly TextSinks _endpointSinks;
    private readonly TextSinks _promptTextSinks;
    private readonly Lookup _sensitiveTelemetry;
    private readonly Lazy<ImmutableArray<string>> _localClients;

    private AiContext(Compilation compilation, ImmutableArray<SdkTable> sdks, ImmutableHashSet<string> annotated, ImmutableHashSet<string> helpers, ImmutableHashSet<string> tools)
    {
        _compilation = compilation;
        _sdks = sdks;
        _modelParameters = new Lookup(this, sdks.SelectMany(static sdk => sdk.ModelParameters));
        _modelProperties = new Lookup(this, sdks.SelectMany(static sdk => sdk.ModelProperties).Select(static m => new MemberParameter(m.Type, m.Name, "")));
        _deploymentParameters = new Lookup(this, sdks.SelectMany(static sdk => sdk.DeploymentParameters));
        _generationCalls = new Lookup(this, sdks.SelectMany(static sdk => sdk.GenerationCalls).Select(static m => new MemberParameter(m.Type, m.Name, "")));
        _outputCapParameters = new Lookup(this, sdks.SelectMany(static sdk => sdk.OutputCapParameters));
        _neutralSteps = new Lookup(this, sdks.SelectMany(static sdk => sdk.NeutralSteps).Select(static m => new MemberParameter(m.Type, m.Name, "")));
        _configuringSteps = new Lookup(this, sdks.SelectMany(static sdk => sdk.ConfiguringSteps).Select(static m => new MemberParameter(m.Type, m.Name, "")));
        _cappingBridges = new Lookup(this, sdks.SelectMany(static sdk => sdk.CappingBridges).Select(static m => new MemberParameter(m.Type, m.Name, "")));
        _toolIterationMembers = new Lookup(this, sdks.SelectMany(static sdk => sdk.ToolIterationLimits).Select(static limit => new MemberParameter(limit.Type, limit.Member, limit.Parameter ?? "")));
        _clientBuilders = new(() => [.. sdks.SelectMany(static sdk => sdk.ClientBuilders).SelectMany(name => TypesNamed(name))]);
        _callOptions = new(() => sdks.SelectMany(static sdk => sdk.CallOptions).SelectMany(options => TypesNamed(options.Type).Select(type => (type, options)))
            .ToImmutableDictionary<(INamedTypeSymbol Type, CallOptions Options), ITypeSymbol, CallOptions>(static pair => pair.Type, static pair => pair.Options, SymbolEqualityComparer.Default));
        _deploymentClients = new(() => sdks.SelectMany(static sdk => sdk.DeploymentClients).SelectMany(name => TypesNamed(name)).ToImmutableHashSet<ITypeSymbol>(SymbolEqualityComparer.Default));
        _localClients = new(() => [.. sdks.SelectMany(static sdk => sdk.LocalClients)]);
        _annotations = new Annotations(compilation);
        _hasAnnotations = !annotated.IsEmpty;
        _statusWrappers = new(() => [.. sdks.SelectMany(static sdk => sdk.StatusWrappers).SelectMany(name => TypesNamed(name))]);
        _trainingStarts = new Lookup(this, sdks.SelectMany(static sdk => sdk.TrainingStarts).Select(static m => new MemberParameter(m.Type, m.Name, "")));
        _jsonBodyParameters = new Lookup(this, sdks.SelectMany(static sdk => sdk.JsonBodyParameters));
        _jobsByType = new(() => JobsBy(static job => job.JobTypes));
        _jobsByStatusType = new(() => JobsBy(static job => job.StatusType is { } type ? ImmutableArray.Create(type) : ImmutableArray<string>.Empty));
        _resultWrappers = new(() => [.. sdks.SelectMany(static sdk => sdk.ResultWrappers).SelectMany(name => TypesNamed(name))]);
        _assemblies = new(() => sdks.SelectMany(static sdk => sdk.Anchors).SelectMany(name => TypesNamed(name)).Select(static type => type.ContainingAssembly)
            .ToImmutableHashSet<IAssemblySymbol>(SymbolEqualityComparer.Default));
        _batchOutcomes = new(() => sdks.SelectMany(static sdk => sdk.BatchOutcomes)
            .SelectMany(batch => batch.Types.Concat(batch.ItemTypes).Concat(batch.ItemSuccessTypes).SelectMany(name => TypesNamed(name)).Select(type => (Type: type, Batch: batch)))
            .ToImmutableDictionary<(INamedTypeSymbol Type, BatchOutcome Batch), ITypeSymbol, BatchOutcome>(static pair => pair.Type, static pair => pair.Batch, SymbolEqualityComparer.Default));
        _protocolJobs = new(() => sdks.SelectMany(static sdk => sdk.ProtocolJobs)
            .SelectMany(entry => TypesNamed(entry.Type).Select(type => (Type: type, Job: RawHttp.Jobs.First(job => job.Name == entry.Job))))
            .ToImmutableDictionary<(INamedTypeSymbol Type, JobTable Job), ITypeSymbol, JobTable>(static pair => pair.Type, static pair => pair.Job, SymbolEqualityComparer.Default));
        _costBudgetAttributes = new(() => TypesNamed("AiGuardrails.CostBudgetAttribute"));
        _costBudgets = new(() => TypesNamed("AiGuardrails.CostBudget").AddRange(TypesNamed("AiGuardrails.CostMeter")));
        _decisionAttributes = new(() => TypesNamed("AiGuardrails.FineTuningDecisionAttribute"));
        _uploadFileParameters = new Lookup(this, sdks.SelectMany(static sdk => sdk.FileUploads).Select(static upload => new MemberParameter(upload.Type, upload.Method, upload.FileParameter)));
        _uploadPurposeParameters = new Lookup(this, sdks.SelectMany(static sdk => sdk.FileUploads).Select(static upload => new MemberParameter(upload.Type, upload.Method, upload.PurposeParameter)));
        _uploadPurposes = new Lookup(this, sdks.SelectMany(static sdk => sdk.UploadPurposes).Select(static purpose => new MemberParameter(purpose.Type, purpose.Member, "")));
        _trainingFileParameters = new Lookup(this, sdks.SelectMany(static sdk => sdk.TrainingFileParameters));
        _jsonPatchSetters = new Lookup(this, sdks.SelectMany(static sdk => sdk.JsonPatchSetters).Select(static m => new MemberParameter(m.Type, m.Name, "")));
        _modelEnums = new(() => [.. sdks.SelectMany(static sdk => sdk.ModelEnums).SelectMany(name => TypesNamed(name))]);
        _referencesDeployments = compilation.ReferencedAssemblyNames.Any(static assembly => AzureOpenAISdk.IsAzureAI(assembly.Name));
        _trainingOptions = new(() => ByType(sdks.SelectMany(static sdk => sdk.TrainingOptions), static options => options.Type));
        _hyperparameterTypes = new(() => ByType(sdks.SelectMany(static sdk => sdk.HyperparameterTypes), static type => type.Type));
        _instructionSinks = new Lookup(this, sdks.SelectMany(static sdk => sdk.InstructionSinks).Select(static sink => new MemberParameter(sink.Type, sink.Member, sink.Parameter ?? "")));
        _toolDescriptions = new Lookup(this, sdks.SelectMany(static sdk => sdk.ToolDescriptionSinks).Select(static sink => new MemberParameter(sink.Type, sink.Member, sink.Parameter ?? "")));
        _toolArguments = new Lookup(this, sdks.SelectMany(static sdk => sdk.ToolArguments).Select(static m => new MemberParameter(m.Type, m.Name, "")));

        // A type of messages that code also makes itself is no answer by its type alone.
        _modelOutputs = new Lookup(this, sdks.SelectMany(static sdk => sdk.Responses
            .Where(response => !sdk.InstructionSinks.Any(sink => sink.Type == response.Type))
            .SelectMany(static response => response.Texts.Concat(response.Parts).Select(member => new MemberParameter(response.Type, member, "")))));
        _textParts = new(() => sdks.SelectMany(static sdk => sdk.TextParts).SelectMany(name => TypesNamed(name)).ToImmutableHashSet<ITypeSymbol>(SymbolEqualityComparer.Default));
        _retrievalResults = new(() => sdks.SelectMany(static sdk => sdk.RetrievalResults).SelectMany(name => TypesNamed(name)).ToImmutableHashSet<ITypeSymbol>(SymbolEqualityComparer.Default));
        _roleTypes = new(() => sdks.SelectMany(static sdk => sdk.Roles).SelectMany(role => TypesNamed(role.Type)).ToImmutableHashSet<ITypeSymbol>(SymbolEqualityComparer.Default));
        _responses = new(() => ByType(sdks.SelectMany(static sdk => sdk.Responses), static response => response.Type));
        _parts = new(() => ByType(sdks.SelectMany(static sdk => sdk.Parts), static part => part.Type));
        _finishReasons = new(() => ByType(sdks.SelectMany(static sdk => sdk.FinishReasons), static reason => reason.Type));
        _credentialSinks = new TextSinks(this, sdks.SelectMany(static sdk => sdk.CredentialSinks));
        _endpointSinks = new TextSinks(this, sdks.SelectMany(static sdk => sdk.EndpointSinks));
        _promptTextSinks = new TextSinks(this, sdks.SelectMany(static sdk => sdk.InstructionSinks.Concat(sdk.PromptSinks).Concat(sdk.ToolDescriptionSinks)));
        _sensitiveTelemetry = new Lookup(this, sdks.SelectMany(static sdk => sdk.SensitiveTelemetry).Select(static m => new MemberParameter(m.Type, m.Name, "")));
        IsTestProject = TestCode.ReferencesTestSdk(compilation);
        _promptHelpers = helpers;
        Words = new TriggerWords(sdks, annotated, helpers.Except(PromptHelpers.Common).Union(tools));
    }

    /// <summary>Gets a value indicating whether the project references a test SDK.</summary>
    public bool IsTestProject { get; }

    /// <summary>Gets the identifiers and words of strings that make a body worth a semantic look.</summary>
    public TriggerWords Words { get; }

    /// <summary>Gets the jobs of the SDKs in use, by name and states.</summary>
    public IEnumerable<JobTable> Jobs => _sdks.SelectMany(static sdk => sdk.Jobs);

    /// <summary>Returns the context of a compilation, or null where the project has nothing to do with AI.</summary>
    public static AiContext? TryGet(Compilation compilation, CancellationToken cancellationToken)
    {
        if (s_contexts.TryGetValue(compilation, out var known))
        {
            return known.Value;
        }

        var context = Create(compilation, cancellationToken);
        return s_contexts.GetValue(compilation, _ => new StrongBox<AiContext?>(context)).Value;
    }

    /// <summary>The bodies of a file that are worth a look, analysed once for all rules.</summary>
    public AiFile FileOf(SemanticModel model, CancellationToken cancellationToken) =>
        _files.TryGetValue(model, out var file) ? file : _files.GetValue(model, m => AiFile.Create(this, m, cancellationToken));

    /// <summary>Whether the value of this parameter names the model, or the deployment, to call.</summary>
    public bool IsModelParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method
        && (_modelParameters.Contains(method, parameter) || _deploymentParameters.Contains(method, parameter) || _annotations.IsModelId(parameter));

    /// <summary>Whether the value of this parameter is the name of a deployment, which says nothing about the model behind it.</summary>
    public bool IsDeploymentParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && _deploymentParameters.Contains(method, parameter);

    /// <summary>Whether this property names the model to call.</summary>
    public bool IsModelProperty(IPropertySymbol property) => _modelProperties.Contains(property) || _annotations.IsModelId(property);

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

    /// <summary>Whether the type is a builder of clients.</summary>
    public bool IsClientBuilder(ITypeSymbol? type) => type is INamedTypeSymbol && _clientBuilders.Value.Contains(type, SymbolEqualityComparer.Default);

    /// <summary>Whether the method, a step of a builder or an extension of the options, leaves the cap as it is.</summary>
    public bool IsNeutralStep(IMethodSymbol method) => _neutralSteps.Contains(method);

    /// <summary>Whether the step of a builder takes a delegate which works on the options of every call.</summary>
    public bool IsConfiguringStep(IMethodSymbol method) => _configuringSteps.Contains(method);

    /// <summary>The names of the steps by which a builder configures such options.</summary>
    public ImmutableArray<string> ConfiguringStepsOf(CallOptions options) =>
        [.. _sdks.Where(sdk => sdk.CallOptions.Contains(options)).SelectMany(static sdk => sdk.ConfiguringSteps).Select(static step => step.Name)];

    /// <summary>Whether the method makes a client with a cap on output tokens of its own.</summary>
    public bool IsCappingBridge(IMethodSymbol method) => _cappingBridges.Contains(method);

    /// <summary>Gets the names of clients of models that run on the machine itself.</summary>
    public ImmutableArray<string> LocalClients => _localClients.Value;

    /// <summary>The limit on tool iterations that this property or parameter sets, or null.</summary>
    public ToolIterationLimit? ToolIterationLimitOf(ISymbol symbol)
    {
        var (member, parameter) = symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } of ? ((ISymbol)method, of) : (symbol, null);
        return _toolIterationMembers.Contains(member, parameter)
            ? ToolIterationLimits.First(limit => limit.Member == member.Name && limit.Parameter is null == parameter is null)
            : null;
    }

    /// <summary>Whether the parameter of a generation call caps the output tokens.</summary>
    public bool IsOutputCapParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && (_outputCapParameters.Contains(method, parameter) || _annotations.IsOutputCap(parameter));

    /// <summary>The limits on tool iterations of the SDKs in use.</summary>
    public IEnumerable<ToolIterationLimit> ToolIterationLimits => _sdks.SelectMany(static sdk => sdk.ToolIterationLimits);

    /// <summary>Whether this method starts a training job.</summary>
    public bool IsTrainingStart(IMethodSymbol method) => _trainingStarts.Contains(method) || _annotations.StartsTraining(method);

    /// <summary>Whether the team says that this type, or the value of this member, is the status of a job.</summary>
    public bool IsAnnotatedJobStatus(ISymbol symbol) => _annotations.IsJobStatus(symbol);

    /// <summary>Whether this parameter takes the JSON body of an AI call.</summary>
    public bool IsJsonBodyParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && _jsonBodyParameters.Contains(method, parameter);

    /// <summary>Whether the assembly is an AI SDK.</summary>
    public bool IsSdk(IAssemblySymbol assembly) => _assemblies.Value.Contains(assembly);

    /// <summary>The type of the answer itself, where the SDK wraps its answers.</summary>
    public ITypeSymbol? Unwrap(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeArguments: [var answer] } named && _resultWrappers.Value.Contains(named.OriginalDefinition, SymbolEqualityComparer.Default) ? answer : type;

    /// <summary>The kind of job that this type is, or null.</summary>
    public JobTable? JobOf(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (_jobsByType.Value.TryGetValue(current.OriginalDefinition, out var job))
            {
                return job;
            }
        }

        return type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface, SpecialType: SpecialType.None } named
            ? _inferredJobs.GetOrAdd(named, InferJob)
            : null;
    }

    /// <summary>The kind of job whose status has this type, nullable or not, or null.</summary>
    public JobTable? JobOfStatus(ITypeSymbol? type)
    {
        type = UnwrapStatus(type);
        if (type is null)
        {
            return null;
        }

        return _jobsByStatusType.Value.TryGetValue(type.OriginalDefinition, out var job) ? job
            : type is INamedTypeSymbol { TypeKind: TypeKind.Enum or TypeKind.Struct, SpecialType: SpecialType.None } named ? _inferredStatuses.GetOrAdd(named, InferStatus)
            : null;
    }

    /// <summary>The type of the status itself, where it is nullable or held in a wrapper.</summary>
    public ITypeSymbol? UnwrapStatus(ITypeSymbol? type)
    {
        while (type is INamedTypeSymbol { IsGenericType: true } generic
            && (generic.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || _statusWrappers.Value.Contains(generic.OriginalDefinition, SymbolEqualityComparer.Default)))
        {
            type = generic.TypeArguments[generic.TypeArguments.Length - 1];
        }

        return type;
    }

    /// <summary>The kind of job whose status has this type, also where its shape does not tell what each of its states means.</summary>
    public JobTable? JobOfComparedStatus(ITypeSymbol? type) =>
        JobOfStatus(type)
        ?? (UnwrapStatus(type) is INamedTypeSymbol { TypeKind: TypeKind.Enum or TypeKind.Struct, SpecialType: SpecialType.None } named
            ? _statusShapes.GetOrAdd(named, status => InferredJobs.IsNamedAsStatus(status) && IsInSdkNamespace(status) ? InferredJobs.ShapeOf(status) : null)
            : null);

    /// <summary>The batch that this type is, or is the outcome of one request of; null where it is neither.</summary>
    public BatchOutcome? BatchOutcomeOf(ITypeSymbol? type) =>
        type is not null && _batchOutcomes.Value.TryGetValue(type, out var batch) ? batch : null;

    /// <summary>The kind of job that the calls of this type yield as JSON, or null.</summary>
    public JobTable? ProtocolJobOf(ITypeSymbol? type) =>
        type is not null && _protocolJobs.Value.TryGetValue(type, out var job) ? job : null;

    /// <summary>Whether the type is that one or derives from it.</summary>
    public bool IsOrDerivesFrom(ITypeSymbol? type, string metadataName)
    {
        var wanted = TypesNamed(metadataName);
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (wanted.Contains(current, SymbolEqualityComparer.Default))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the status of this kind of job is an enum, whose text is the name of a member.</summary>
    public bool JobsUseEnum(JobTable job) =>
        !job.IsWrapped && job.StatusType is { } name && TypesNamed(name).Any(static type => type.TypeKind == TypeKind.Enum);

    /// <summary>Whether the attribute is <c>[CostBudget]</c>.</summary>
    public bool IsCostBudgetAttribute(AttributeData attribute) =>
        attribute.AttributeClass is { } type && _costBudgetAttributes.Value.Contains(type, SymbolEqualityComparer.Default);

    /// <summary>Whether this is a method of the team, marked <c>[StartsTraining]</c>.</summary>
    public bool IsTrainingWrapper(IMethodSymbol method) => _annotations.StartsTraining(method);

    /// <summary>Whether the type is a cost budget at run time, or the meter that holds one.</summary>
    public bool IsCostBudget(ITypeSymbol? type) =>
        type is not null && _costBudgets.Value.Any(budget => SymbolEqualityComparer.Default.Equals(budget, type));

    /// <summary>Whether the attribute is <c>[FineTuningDecision]</c>.</summary>
    public bool IsFineTuningDecisionAttribute(AttributeData attribute) =>
        attribute.AttributeClass is { } type && _decisionAttributes.Value.Contains(type, SymbolEqualityComparer.Default);

    /// <summary>Whether this parameter takes the name or the path of a file to upload.</summary>
    public bool IsUploadFileParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && _uploadFileParameters.Contains(method, parameter);

    /// <summary>Whether this parameter says what an uploaded file is for.</summary>
    public bool IsUploadPurposeParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && _uploadPurposeParameters.Contains(method, parameter);

    /// <summary>The word that the service knows for what an uploaded file is for, or null where the value does not tell.</summary>
    public string? UploadPurposeOf(IOperation value) => value.Unwrap() switch
    {
        IPropertyReferenceOperation { Property: var property } when _uploadPurposes.Contains(property) =>
            _sdks.SelectMany(static sdk => sdk.UploadPurposes).First(purpose => purpose.Member == property.Name).Word,
        var text => text.ConstantText()?.ToLowerInvariant(),
    };

    /// <summary>Whether this parameter of a training start takes the ID of the training file.</summary>
    public bool IsTrainingFileParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && _trainingFileParameters.Contains(method, parameter);

    /// <summary>Whether the method sets a member of a request by its path in the JSON.</summary>
    public bool IsJsonPatchSetter(IMethodSymbol method) => _jsonPatchSetters.Contains(method);

    /// <summary>The ID on the wire of a member of an enum of models, or null.</summary>
    public string? ModelIdOf(IFieldSymbol field) =>
        field.ContainingType is { TypeKind: TypeKind.Enum } type && _modelEnums.Value.Contains(type, SymbolEqualityComparer.Default) ? ModelEnumNames.WireNameOf(field.Name) : null;

    /// <summary>What is known of a type of options of training starts, or null.</summary>
    public TrainingOptions? TrainingOptionsOf(ITypeSymbol? type) =>
        type is not null && _trainingOptions.Value.TryGetValue(type.OriginalDefinition, out var options) ? options : null;

    /// <summary>The hyperparameter that values of this type hold, or null.</summary>
    public Hyperparameter? HyperparameterOf(ITypeSymbol? type) =>
        type is not null && _hyperparameterTypes.Value.TryGetValue(type.OriginalDefinition, out var known) ? known.Hyperparameter : null;

    /// <summary>The place of instructions that this parameter, or this property, is; null where it is none.</summary>
    public TextSink? InstructionSinkOf(ISymbol symbol)
    {
        var (member, parameter) = symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } of ? ((ISymbol)method, of) : (symbol, null);
        if (_instructionSinks.Contains(member, parameter) && _sdks.SelectMany(static sdk => sdk.InstructionSinks).FirstOrDefault(IsThis) is { Type: not null } sink)
        {
            return sink;
        }

        return _annotations.IsInstructions(symbol) ? new TextSink(symbol.ContainingType?.Name ?? "", member.Name, parameter?.Name) : null;

        // By the type as well: different SDKs have types of the same name.
        bool IsThis(TextSink candidate)
        {
            if (candidate.Member != member.Name || candidate.Parameter is null != parameter is null)
            {
                return false;
            }

            if (parameter is not null && candidate.Parameter != parameter.Name && !(member is IMethodSymbol { OverriddenMethod: { } overridden } && overridden.Parameters[parameter.Ordinal].Name == candidate.Parameter))
            {
                return false;
            }

            var owner = member is IMethodSymbol { ReducedFrom: { } reduced } ? reduced.ContainingType : member.ContainingType;
            return IsOrDerivesFrom(owner?.OriginalDefinition, candidate.Type);
        }
    }

    /// <summary>Whether a method of that name in the compilation names a place of instructions, and takes something.</summary>
    public bool MayWriteInstructions(string method) => _promptHelpers.Contains(method);

    /// <summary>Whether the value is a role whose messages the model takes as instructions; false where that is not certain.</summary>
    public bool IsTrustedRole(IOperation value, CancellationToken cancellationToken) =>
        ValueSources.Of(value, cancellationToken).Any(source => source.Value switch
        {
            IPropertyReferenceOperation { Property: { IsStatic: true } property } => IsTrustedRoleMember(property),
            IFieldReferenceOperation { Field: { IsStatic: true } field } => IsTrustedRoleMember(field),
            IObjectCreationOperation { Arguments: [var name, ..], Type: { } type } when _roleTypes.Value.Contains(type) => IsTrustedRoleName(name.Value.ConstantText()),
            var text => IsTrustedRoleName(text.ConstantText()),
        });

    /// <summary>Whether this is the name, on the wire, of a role whose messages the model takes as instructions.</summary>
    public static bool IsTrustedRoleName(string? name) =>
        string.Equals(name, "system", StringComparison.OrdinalIgnoreCase) || string.Equals(name, "developer", StringComparison.OrdinalIgnoreCase);

    /// <summary>The way to write the text of this message of the developer as a message of the user, or null.</summary>
    public UserMessage? UserMessageFor(IMethodSymbol method)
    {
        foreach (var message in _sdks.SelectMany(static sdk => sdk.UserMessages))
        {
            if (message.Member == method.Name && TypesNamed(message.Type).Contains(method.ContainingType, SymbolEqualityComparer.Default))
            {
                return message;
            }
        }

        return null;
    }

    /// <summary>Whether the team says that something acts on the text that this parameter or property is given.</summary>
    public bool IsDangerousSink(ISymbol symbol) => _annotations.IsDangerousSink(symbol);

    /// <summary>Whether the text of this argument, or of this property, tells a model what a tool does, or what it is called.</summary>
    public bool IsToolDescription(ISymbol symbol) =>
        symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter ? _toolDescriptions.Contains(method, parameter) : _toolDescriptions.Contains(symbol);

    /// <summary>Whether values of the type say in whose name a message speaks.</summary>
    public bool IsRole(ITypeSymbol? type) => type is not null && _roleTypes.Value.Contains(type);

    /// <summary>The names of the roles of the type whose messages are no instructions, and of which a client may choose.</summary>
    public ImmutableArray<string> ClientRolesOf(ITypeSymbol type) =>
        _sdks.SelectMany(static sdk => sdk.Roles).FirstOrDefault(role => TypesNamed(role.Type).Contains(type, SymbolEqualityComparer.Default)).Others is { IsDefault: false } others
            ? [.. others.Where(static name => name is "User" or "Assistant")]
            : [];

    /// <summary>Whether the team says that this parameter or property takes text of the user.</summary>
    public bool IsUserText(ISymbol symbol) => _annotations.IsUserText(symbol);

    /// <summary>Whether the property holds what a model asks a tool to work on.</summary>
    public bool IsToolArguments(IPropertySymbol property) => _toolArguments.Contains(property);

    /// <summary>Whether the member yields the answer of a model, or a part of it.</summary>
    public bool IsModelOutput(ISymbol member) => _modelOutputs.Contains(member);

    /// <summary>Whether values of the type are pieces of messages that are made of text.</summary>
    public bool IsTextPart(ITypeSymbol? type) => type is not null && _textParts.Value.Contains(type.OriginalDefinition);

    /// <summary>Whether values of the type are what a search returned.</summary>
    public bool IsRetrievalResult(ITypeSymbol? type)
    {
        for (var current = UnwrapTask(type); current is not null; current = current.BaseType)
        {
            if (_retrievalResults.Value.Contains(current.OriginalDefinition) || _annotations.IsRetrieved(current))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the team says that the member yields what a search returned.</summary>
    public bool IsRetrieved(ISymbol symbol) => _annotations.IsRetrieved(symbol);

    /// <summary>Whether the team says that the text is that of others.</summary>
    public bool IsUntrusted(ISymbol symbol) => _annotations.IsUntrusted(symbol);

    /// <summary>Whether the team says that the method makes text harmless, or checks it.</summary>
    public bool IsSanitizer(IMethodSymbol method) => _annotations.IsSanitizer(method);

    /// <summary>What awaiting a value of the type yields.</summary>
    public static ITypeSymbol? UnwrapTask(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask" or "ConfiguredTaskAwaitable", TypeArguments: [var result] } ? result : type;

    private bool IsTrustedRoleMember(ISymbol member) =>
        _sdks.SelectMany(static sdk => sdk.Roles).Any(role =>
            (role.Trusted.Contains(member.Name) || IsTrustedRoleName(member.Name)) && TypesNamed(role.Type).Contains(member.ContainingType, SymbolEqualityComparer.Default));
    /// <summary>What is known of a type of answers of models, or of what it derives from; null where it is none.</summary>
    public ResponseTable? ResponseOf(ITypeSymbol? type) => Nearest(_responses.Value, type);

    /// <summary>What is known of a type of parts of answers, or of what it derives from; null where it is none.</summary>
    public PartTable? PartOf(ITypeSymbol? type) => Nearest(_parts.Value, type);

    /// <summary>The type that says why a model stopped, nullable, in a wrapper or not; null where it is none.</summary>
    public FinishReasonTable? FinishReasonOf(ITypeSymbol? type) =>
        UnwrapStatus(type) is { } reason && _finishReasons.Value.TryGetValue(reason.OriginalDefinition, out var known) ? known : null;
    // What a name alone tells is true of a library; code of this compilation may be a stand-in that calls nobody.
    private bool IsReferencedSdk(IAssemblySymbol assembly) => IsSdk(assembly) && !SymbolEqualityComparer.Default.Equals(assembly, _compilation.Assembly);

    /// <summary>Whether this parameter or property takes the key of an AI service.</summary>
    public bool IsCredentialSink(ISymbol symbol) =>
        _credentialSinks.Contains(symbol)
        || _annotations.IsApiKey(symbol)
        || symbol is IParameterSymbol { Name: "apiKey", Type.SpecialType: SpecialType.System_String, ContainingAssembly: { } assembly } && IsReferencedSdk(assembly);

    /// <summary>Whether this parameter or property takes the address of an AI service.</summary>
    public bool IsEndpointSink(ISymbol symbol) =>
        _endpointSinks.Contains(symbol)
        || symbol switch
        {
            IPropertySymbol { SetMethod: not null, ContainingAssembly: { } assembly } property => RawHttp.EndpointMembers.Contains(property.Name) && IsReferencedSdk(assembly),
            IParameterSymbol { Name: "endpoint", ContainingAssembly: { } assembly } => IsReferencedSdk(assembly),
            _ => false,
        };

    /// <summary>Whether the text of this parameter or property is read by a model, in whatever role: instructions, messages, descriptions of tools.</summary>
    public bool IsPromptTextSink(ISymbol symbol) => _promptTextSinks.Contains(symbol);

    /// <summary>Whether this property puts the text of prompts and answers into the telemetry.</summary>
    public bool IsSensitiveTelemetry(IPropertySymbol property) => _sensitiveTelemetry.Contains(property);

    /// <summary>Whether the switch, or environment variable, of this name does so for the whole process.</summary>
    public bool IsSensitiveSwitch(string name) => _sdks.Any(sdk => sdk.SensitiveSwitches.Contains(name, StringComparer.Ordinal));

    /// <summary>Whether rules about production code look at this symbol: not in test projects and test types, unless the team asks for it.</summary>
    public bool IsExcludedAsTest(ISymbol symbol, AiOptions options) =>
        !options.IncludeTests && (IsTestProject || TestCode.IsInTestType(symbol));

    private static AiContext? Create(Compilation compilation, CancellationToken cancellationToken)
    {
        var present = Tables.Where(table => table.Anchors.Any(anchor => !compilation.GetTypesByMetadataName(anchor).IsEmpty)).ToImmutableArray();

        var annotated = AnnotatedNames.In(compilation, cancellationToken);

        return present.IsEmpty && annotated.IsEmpty && !SourceMarks.NameHost(compilation, cancellationToken) ? null : new AiContext(compilation, present, annotated, PromptHelpers.In(compilation, cancellationToken), ToolMethods.In(compilation, cancellationToken));
    }

    // A status by the shape of its type counts in the namespaces of AI SDKs, and where the team says so.
    private JobTable? InferStatus(INamedTypeSymbol type) =>
        (InferredJobs.IsNamedAsStatus(type) && IsInSdkNamespace(type)) || _annotations.IsJobStatus(type) ? InferredJobs.TableOf(type) : null;

    private JobTable? InferJob(INamedTypeSymbol type)
    {
        if (!IsInSdkNamespace(type) && (!_hasAnnotations || type.SpecialType != SpecialType.None || type.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) == true))
        {
            return null;
        }

        JobTable? found = null;
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } property && JobOfStatus(property.Type) is { IsInferred: true } job)
            {
                // Two statuses of one type: which of them is the job's is not known.
                if (found is not null)
                {
                    return null;
                }

                found = job;
            }
        }

        return found;
    }

    private bool IsInSdkNamespace(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        if (space is null || space.IsGlobalNamespace)
        {
            return false;
        }

        var name = space.ToDisplayString();
        return _sdks.SelectMany(static sdk => sdk.Namespaces).Any(sdk =>
            name.StartsWith(sdk, StringComparison.Ordinal) && (name.Length == sdk.Length || name[sdk.Length] == '.'));
    }

    private ImmutableArray<INamedTypeSymbol> TypesNamed(string metadataName) => _compilation.GetTypesByMetadataName(metadataName);

    private static T? Nearest<T>(ImmutableDictionary<ITypeSymbol, T> known, ITypeSymbol? type)
        where T : class
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (known.TryGetValue(current.OriginalDefinition, out var found))
            {
                return found;
            }
        }

        return null;
    }

    private ImmutableDictionary<ITypeSymbol, T> ByType<T>(IEnumerable<T> entries, Func<T, string> name)
    {
        var byType = ImmutableDictionary.CreateBuilder<ITypeSymbol, T>(SymbolEqualityComparer.Default);
        foreach (var entry in entries)
        {
            foreach (var type in TypesNamed(name(entry)))
            {
                byType[type] = entry;
            }
        }

        return byType.ToImmutable();
    }

    private ImmutableDictionary<ITypeSymbol, JobTable> JobsBy(Func<JobTable, ImmutableArray<string>> names)
    {
        var jobs = ImmutableDictionary.CreateBuilder<ITypeSymbol, JobTable>(SymbolEqualityComparer.Default);
        foreach (var job in Jobs)
        {
            foreach (var type in names(job).SelectMany(name => TypesNamed(name)))
            {
                jobs[type] = job;
            }
        }

        return jobs.ToImmutable();
    }

    /// <summary>Places that take text: parameters and properties.</summary>
    private sealed class TextSinks(AiContext context, IEnumerable<TextSink> sinks)
    {
        private readonly Lookup _parameters = new(context, sinks.Where(static sink => sink.Parameter is not null).Select(static sink => new MemberParameter(sink.Type, sink.Member, sink.Parameter!)));
        private readonly Lookup _properties = new(context, sinks.Where(static sink => sink.Parameter is null).Select(static sink => new MemberParameter(sink.Type, sink.Member, "")));

        public bool Contains(ISymbol symbol) => symbol switch
        {
            IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter => _parameters.Contains(method, parameter),
            IPropertySymbol property => _properties.Contains(property),
            _ => false,
        };
    }

    /// <summary>Entries of one concept, found by member name first and by symbol only then.</summary>
    private sealed class Lookup(AiContext context, IEnumerable<MemberParameter> entries)
    {
        private readonly ILookup<string, MemberParameter> _byMember = entries.ToLookup(static entry => entry.Member, StringComparer.Ordinal);

        // The types behind an entry, resolved when a member of that name is first met.
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, ImmutableArray<INamedTypeSymbol>> _types = new(StringComparer.Ordinal);

        public bool Contains(ISymbol member) => Contains(member, parameter: null);

        /// <summary>Whether the member, what it overrides, or what it implements, is an entry with that parameter.</summary>
        public bool Contains(ISymbol member, IParameterSymbol? parameter)
        {
            if (!_byMember.Contains(member.Name))
            {
                return false;
            }

            for (var current = member; current is not null; current = Overridden(current))
            {
                var definition = current is IMethodSymbol { ReducedFrom: { } reduced } ? reduced : current.OriginalDefinition;
                foreach (var entry in _byMember[member.Name])
                {
                    if ((IsDeclaredBy(definition.ContainingType, entry.Type) || Implements(definition, entry.Type)) && (parameter is null || HasParameter(current, parameter, entry.Parameter)))
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        // A call through the class binds to the class; the table names the interface.
        private bool Implements(ISymbol member, string metadataName)
        {
            if (member is not IMethodSymbol { IsStatic: false, MethodKind: MethodKind.Ordinary, ContainingType: { TypeKind: TypeKind.Class or TypeKind.Struct } type })
            {
                return false;
            }

            foreach (var contract in type.AllInterfaces)
            {
                if (IsDeclaredBy(contract, metadataName)
                    && contract.GetMembers(member.Name).Any(declared => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(declared)?.OriginalDefinition, member)))
                {
                    return true;
                }
            }

            return false;
        }

        private static ISymbol? Overridden(ISymbol member) => member switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            _ => null,
        };

        // An override may rename the parameter (Azure does), so the name is asked of the member that the table knows.
        private static bool HasParameter(ISymbol member, IParameterSymbol parameter, string name) =>
            member is IMethodSymbol method
            && parameter.Ordinal < method.Parameters.Length
            && string.Equals(method.Parameters[parameter.Ordinal].Name, name, StringComparison.Ordinal);

        private bool IsDeclaredBy(INamedTypeSymbol? type, string metadataName) =>
            type is not null
            && _types.GetOrAdd(metadataName, name => context.TypesNamed(name)).Contains(type.OriginalDefinition, SymbolEqualityComparer.Default);
    }
}
