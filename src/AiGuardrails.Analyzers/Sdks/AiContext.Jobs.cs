using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

// Jobs and batches, by the type of the job, of its status or of its outcome.
internal sealed partial class AiContext
{
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, JobTable>> _jobsByType = types.TableOfMany(static sdk => sdk.Jobs, static job => job.JobTypes);
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, JobTable>> _jobsByStatusType =
        types.TableOfMany(static sdk => sdk.Jobs, static job => job.StatusType is { } type ? [type] : []);

    private readonly Lazy<ImmutableDictionary<ITypeSymbol, ProtocolJob>> _protocolJobs = types.Table(static sdk => sdk.ProtocolJobs, static job => job.Type);
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, BatchOutcome>> _batchOutcomes =
        types.TableOfMany(static sdk => sdk.BatchOutcomes, static batch => [.. batch.Types, .. batch.ItemTypes, .. batch.ItemSuccessTypes]);

    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _statusWrappers = types.Set(static sdk => sdk.StatusWrappers);
    private readonly bool _hasAnnotations = !annotated.IsEmpty;
    private readonly ConcurrentDictionary<INamedTypeSymbol, JobTable?> _inferredJobs = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, JobTable?> _inferredStatuses = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, JobTable?> _statusShapes = new(SymbolEqualityComparer.Default);

    /// <summary>Gets the jobs of the SDKs in use, by name and states.</summary>
    public IEnumerable<JobTable> Jobs => _types.Sdks.SelectMany(static sdk => sdk.Jobs);

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

    /// <summary>The kind of job whose status has this type, also where its shape does not tell what each of its states means.</summary>
    public JobTable? JobOfComparedStatus(ITypeSymbol? type) =>
        JobOfStatus(type)
        ?? (UnwrapStatus(type) is INamedTypeSymbol { TypeKind: TypeKind.Enum or TypeKind.Struct, SpecialType: SpecialType.None } named
            ? _statusShapes.GetOrAdd(named, status => InferredJobs.IsNamedAsStatus(status) && IsInSdkNamespace(status) ? InferredJobs.ShapeOf(status) : null)
            : null);

    /// <summary>The type of the status itself, where it is nullable or held in a wrapper.</summary>
    public ITypeSymbol? UnwrapStatus(ITypeSymbol? type)
    {
        while (type is INamedTypeSymbol { IsGenericType: true } generic
            && (generic.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || _statusWrappers.Value.Contains(generic.OriginalDefinition)))
        {
            type = generic.TypeArguments[generic.TypeArguments.Length - 1];
        }

        return type;
    }

    /// <summary>Whether the status of this kind of job is an enum, whose text is the name of a member.</summary>
    public bool JobsUseEnum(JobTable job) =>
        !job.IsWrapped && job.StatusType is { } name && _types.Named(name).Any(static type => type.TypeKind == TypeKind.Enum);

    /// <summary>Whether the team says that this type, or the value of this member, is the status of a job.</summary>
    public bool IsAnnotatedJobStatus(ISymbol symbol) => _annotations.IsJobStatus(symbol);

    /// <summary>The kind of job that the calls of this type yield as JSON, or null.</summary>
    public JobTable? ProtocolJobOf(ITypeSymbol? type) =>
        type is not null && _protocolJobs.Value.TryGetValue(type, out var entry) ? RawHttp.Jobs.First(job => job.Name == entry.Job) : null;

    /// <summary>The batch that this type is, or is the outcome of one request of; null where it is neither.</summary>
    public BatchOutcome? BatchOutcomeOf(ITypeSymbol? type) =>
        type is not null && _batchOutcomes.Value.TryGetValue(type, out var batch) ? batch : null;

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
        return _types.Sdks.SelectMany(static sdk => sdk.Namespaces).Any(sdk =>
            name.StartsWith(sdk, StringComparison.Ordinal) && (name.Length == sdk.Length || name[sdk.Length] == '.'));
    }
}
