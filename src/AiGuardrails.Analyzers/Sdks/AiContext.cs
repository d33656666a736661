using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Options;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// What the rules know of the AI SDKs in one compilation: built at most once, shared by every rule, and null where no SDK
/// is referenced and no AI host is named, which is how a rule costs nothing in other projects.
/// </summary>
internal sealed class AiContext
{
    // Weakly keyed: an entry dies with its compilation, so nothing is pinned between keystrokes.
    private static readonly ConditionalWeakTable<Compilation, StrongBox<AiContext?>> s_contexts = new();

    private static readonly ImmutableArray<SdkTable> s_tables = [OpenAISdk.Table, ExtensionsAISdk.Table, AnthropicSdk.Table];

    private readonly Compilation _compilation;
    private readonly ImmutableArray<SdkTable> _sdks;
    private readonly Lookup _modelParameters;
    private readonly Lookup _modelProperties;
    private readonly Lookup _trainingStarts;
    private readonly Lookup _jsonBodyParameters;
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, JobTable>> _jobsByType;
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, JobTable>> _jobsByStatusType;
    private readonly ConditionalWeakTable<SemanticModel, AiFile> _files = new();
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _resultWrappers;
    private readonly Lazy<ImmutableHashSet<IAssemblySymbol>> _assemblies;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _openEnums;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _costBudgetAttributes;
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _costBudgets;

    private AiContext(Compilation compilation, ImmutableArray<SdkTable> sdks)
    {
        _compilation = compilation;
        _sdks = sdks;
        _modelParameters = new Lookup(this, sdks.SelectMany(static sdk => sdk.ModelParameters));
        _modelProperties = new Lookup(this, sdks.SelectMany(static sdk => sdk.ModelProperties).Select(static m => new MemberParameter(m.Type, m.Name, "")));
        _trainingStarts = new Lookup(this, sdks.SelectMany(static sdk => sdk.TrainingStarts).Select(static m => new MemberParameter(m.Type, m.Name, "")));
        _jsonBodyParameters = new Lookup(this, sdks.SelectMany(static sdk => sdk.JsonBodyParameters));
        _jobsByType = new(() => JobsBy(static job => job.JobTypes));
        _jobsByStatusType = new(() => JobsBy(static job => job.StatusType is { } type ? ImmutableArray.Create(type) : ImmutableArray<string>.Empty));
        _resultWrappers = new(() => [.. sdks.SelectMany(static sdk => sdk.ResultWrappers).SelectMany(name => TypesNamed(name))]);
        _assemblies = new(() => sdks.SelectMany(static sdk => sdk.Anchors).SelectMany(name => TypesNamed(name)).Select(static type => type.ContainingAssembly)
            .ToImmutableHashSet<IAssemblySymbol>(SymbolEqualityComparer.Default));
        _openEnums = new(() => [.. sdks.SelectMany(static sdk => sdk.OpenEnums).SelectMany(name => TypesNamed(name))]);
        _costBudgetAttributes = new(() => TypesNamed("AiGuardrails.CostBudgetAttribute"));
        _costBudgets = new(() => TypesNamed("AiGuardrails.CostBudget"));
        IsTestProject = TestCode.ReferencesTestSdk(compilation);
        Words = new TriggerWords(sdks);
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

    /// <summary>Whether the value of this parameter names the model to call.</summary>
    public bool IsModelParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && _modelParameters.Contains(method, parameter);

    /// <summary>Whether this property names the model to call.</summary>
    public bool IsModelProperty(IPropertySymbol property) => _modelProperties.Contains(property);

    /// <summary>Whether this method starts a training job.</summary>
    public bool IsTrainingStart(IMethodSymbol method) => _trainingStarts.Contains(method);

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

        return null;
    }

    /// <summary>The kind of job whose status has this type, nullable or not, or null.</summary>
    public JobTable? JobOfStatus(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var underlying] })
        {
            type = underlying;
        }

        return type is not null && _jobsByStatusType.Value.TryGetValue(type.OriginalDefinition, out var job) ? job : null;
    }

    /// <summary>The enum inside a type that also takes words which the enum does not have, or null.</summary>
    public INamedTypeSymbol? OpenEnumOf(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeArguments: [.., INamedTypeSymbol known] } named && _openEnums.Value.Contains(named.OriginalDefinition, SymbolEqualityComparer.Default) ? known : null;

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
        job.StatusType is { } name && TypesNamed(name).Any(static type => type.TypeKind == TypeKind.Enum);

    /// <summary>Whether the attribute is <c>[CostBudget]</c>.</summary>
    public bool IsCostBudgetAttribute(AttributeData attribute) =>
        attribute.AttributeClass is { } type && _costBudgetAttributes.Value.Contains(type, SymbolEqualityComparer.Default);

    /// <summary>Whether the type is the run-time cost budget.</summary>
    public bool IsCostBudget(ITypeSymbol? type) =>
        type is not null && _costBudgets.Value.Any(budget => SymbolEqualityComparer.Default.Equals(budget, type));

    /// <summary>Whether rules about production code look at this symbol: not in test projects and test types, unless the team asks for it.</summary>
    public bool IsExcludedAsTest(ISymbol symbol, AiOptions options) =>
        !options.IncludeTests && (IsTestProject || TestCode.IsInTestType(symbol));

    private static AiContext? Create(Compilation compilation, CancellationToken cancellationToken)
    {
        var present = s_tables.Where(table => table.Anchors.Any(anchor => !compilation.GetTypesByMetadataName(anchor).IsEmpty)).ToImmutableArray();

        return present.IsEmpty && !AiHosts.AreNamedIn(compilation, cancellationToken) ? null : new AiContext(compilation, present);
    }

    private ImmutableArray<INamedTypeSymbol> TypesNamed(string metadataName) => _compilation.GetTypesByMetadataName(metadataName);

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
                    if (IsDeclaredBy(definition.ContainingType, entry.Type) && (parameter is null || HasParameter(current, parameter, entry.Parameter)))
                    {
                        return true;
                    }
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
